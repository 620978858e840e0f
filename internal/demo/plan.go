package demo

import (
	"time"

	"truepenny/internal/sellers"
)

// twist is what is unusual about an application.
type twist string

const (
	plain      twist = ""
	otherFace  twist = "other face"  // somebody else's face before the camera
	expired    twist = "expired"     // the document's last day has passed
	otherName  twist = "other name"  // the form says another family name
	otherBirth twist = "other birth" // the form says another date of birth
	noCamera   twist = "no camera"   // the capture failed twice, so they took the other road
	darkPhoto  twist = "dark photo"
	corrected  twist = "corrected" // the person corrected what was read
)

// ending is how far an application has come.
type ending string

const (
	atDetails   ending = "details"
	atDocument  ending = "document"
	atSend      ending = "ready to send"
	inAnalysis  ending = "analysing"
	inQueue     ending = "waiting"
	claimed     ending = "claimed"
	inSecond    ending = "second"
	askedAgain  ending = "asked"
	approved    ending = "approved"
	refused     ending = "refused"
	onAppeal    ending = "appeal"
	wasCanceled ending = "cancelled"
)

// plan is one application of the demo marketplace.
type plan struct {
	road  sellers.Road
	kind  sellers.DocumentKind
	twist twist
	end   ending
	ago   time.Duration // before the seeding it was begun
	firm  bool          // a business
}

const (
	day  = 24 * time.Hour
	hour = time.Hour
)

// plans are in no order; the seeding runs all events by their time. The road on
// documents is as common as the other: it is as good.
var plans = []plan{
	{sellers.RoadFace, sellers.Passport, plain, approved, 19 * day, false},
	{sellers.RoadDocuments, sellers.IdentityCard, plain, approved, 18*day + 3*hour, true},
	{sellers.RoadFace, sellers.Passport, otherFace, refused, 17 * day, false},
	{sellers.RoadFace, sellers.IdentityCard, plain, approved, 16*day + 5*hour, true},
	{sellers.RoadDocuments, sellers.Passport, expired, refused, 15 * day, false},
	{sellers.RoadDocuments, sellers.Passport, plain, approved, 14 * day, false},
	{sellers.RoadFace, sellers.Passport, plain, wasCanceled, 13 * day, false},
	{sellers.RoadFace, sellers.Passport, otherName, approved, 12 * day, false},
	{sellers.RoadFace, sellers.IdentityCard, otherFace, onAppeal, 11 * day, false},
	{sellers.RoadDocuments, sellers.Licence, plain, approved, 10 * day, true},
	{sellers.RoadFace, sellers.Passport, plain, approved, 9 * day, true},
	{sellers.RoadDocuments, sellers.Licence, plain, refused, 8 * day, false},
	{sellers.RoadFace, sellers.Passport, darkPhoto, askedAgain, 7 * day, false},
	{sellers.RoadFace, sellers.Passport, plain, inQueue, 6*day + 2*hour, false},
	{sellers.RoadDocuments, sellers.Passport, plain, askedAgain, 5 * day, true},
	{sellers.RoadFace, sellers.IdentityCard, otherBirth, inQueue, 4*day + 20*hour, false},
	{sellers.RoadFace, sellers.Passport, expired, inSecond, 3*day + 4*hour, false},
	{sellers.RoadDocuments, sellers.IdentityCard, plain, inQueue, 2*day + 22*hour, false},
	{sellers.RoadFace, sellers.Passport, otherFace, inSecond, 2*day + 7*hour, true},
	{sellers.RoadFace, sellers.Passport, noCamera, inQueue, 2*day + 1*hour, false},
	{sellers.RoadDocuments, sellers.Passport, otherName, inQueue, 1*day + 21*hour, true},
	{sellers.RoadFace, sellers.Passport, corrected, inQueue, 1*day + 15*hour, false},
	{sellers.RoadFace, sellers.IdentityCard, plain, claimed, 1*day + 3*hour, false},
	{sellers.RoadDocuments, sellers.Licence, plain, inQueue, 23 * hour, false},
	{sellers.RoadFace, sellers.Passport, otherFace, inQueue, 19 * hour, false},
	{sellers.RoadFace, sellers.Passport, plain, inQueue, 9 * hour, true},
	{sellers.RoadDocuments, sellers.Passport, plain, wasCanceled, 8 * hour, false},
	{sellers.RoadFace, sellers.Passport, plain, atSend, 5 * hour, false},
	{sellers.RoadDocuments, sellers.IdentityCard, plain, atDocument, 3 * hour, false},
	{sellers.RoadFace, sellers.Passport, plain, atDetails, 2 * hour, false},
	{sellers.RoadFace, sellers.Passport, plain, inAnalysis, 30 * time.Minute, false},
}
