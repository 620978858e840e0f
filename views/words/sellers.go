package words

import "time"

// Words of the seller's way, from starting an application to sending it.
const (
	StepNameDetails  = "Your details"
	StepNameRoad     = "Your choice"
	StepNameDocument = "Your document"
	StepNameFace     = "Your face"
	StepNameEither   = "Face or paper"
	StepNamePaper    = "Second paper"
	StepNameSend     = "Check and send"

	WhyAsked   = "Why we ask"
	WhatIsKept = "What we keep"
	WhoDecides = "Who decides"
	APerson    = "A person. The computer alone never turns anybody down."

	ApplyStartTitle   = "Start your application"
	ApplyStartLead    = "It has five short steps. You can stop at any of them and go on later, on this device or another."
	ApplyStartNeed    = "Have ready"
	ApplyStartNeedDoc = "your passport, identity card or driving licence"
	ApplyStartNeedTwo = "a camera, or a picture of one more paper with your name, such as a utility bill"
	ApplyStart        = "Start an application"

	DetailsTitle        = "Your details"
	DetailsLead         = "We compare them with your document, so please write them as they stand there. They are saved as you type."
	DetailsWhy          = "To know who applies, and to see that your document is yours. Your address tells us where post from buyers would reach you."
	DetailsCountry      = "Which country do you sell from?"
	DetailsKind         = "Do you sell as a person or as a business?"
	DetailsPerson       = "As a person"
	DetailsPersonHelp   = "In your own name, also with a shop name"
	DetailsBusiness     = "As a business"
	DetailsBusinessHelp = "A company or partnership; you apply for it and are the one we verify"
	DetailsBusinessName = "Name of the business"
	DetailsBusinessAs   = "As it is registered."
	DetailsYou          = "You"
	DetailsGiven        = "Given names"
	DetailsGivenHelp    = "All of them, as on your document. Leave it empty if your document shows only one name."
	DetailsFamily       = "Family name"
	DetailsBirth        = "Date of birth"
	DetailsBirthHelp    = "For example 27 3 1987"
	DetailsAddress      = "Your address"
	DetailsLine1        = "Street and number"
	DetailsLine2        = "Flat, floor or building"
	DetailsPostcode     = "Postcode"
	DetailsCity         = "Town or city"
	DetailsRegion       = "Region, state or county"
	DetailsChanged      = "These details were changed in another tab or on another device"
	DetailsChangedText  = "Nothing is lost. Below is what you wrote here. Press Continue again to keep it, or take what was saved there."
	DetailsTakeSaved    = "Take what was saved there"
	DetailsSavedThere   = "Saved there"

	RoadTitle      = "How do you want to show that the document is yours?"
	RoadLead       = "Both roads count the same: both begin with your identity document, and on both a person decides. You can change your choice until you send."
	RoadsHeading   = "The two roads"
	RoadFaceAction = "Choose the camera"
	RoadPapersDo   = "Choose papers"
	RoadChosen     = "Your choice so far"

	ConsentTitle    = "May we compare your face with your document?"
	ConsentLead     = "Nothing has been opened yet. Please read this first; your answer is kept with the date and the exact text."
	ConsentUsed     = "What is used"
	ConsentUsedText = "About fifteen seconds of pictures from your camera, and the portrait in your document"
	ConsentWhyText  = "To see, once, that you are the person in the document"
	ConsentWho      = "Who sees it"
	ConsentWhoText  = "The reviewers who decide. You see each time that one of them looked, and why"
	ConsentNever    = "Never used for"
	ConsentFull     = "The full notice, word for word"
	ConsentYes      = "Yes, compare my face"
	ConsentNo       = "No, decide on my papers"
	ConsentNoMeans  = "Both answers lead on. “No” leads to a second paper instead of the camera; it counts the same and is not held against you."
	ConsentGiven    = "You agreed"
	ConsentDeclined = "You said no"
	ConsentTaken    = "You took your agreement back"
	WithdrawTitle   = "Take your agreement back"
	WithdrawText    = "The pictures of your face are deleted at once and for good. You go on with a second paper instead; that counts the same."
	WithdrawDecided = "The pictures of your face are deleted at once and for good. The decision stands."
	WithdrawSent    = "The pictures of your face are deleted at once and for good. We then ask you for a second paper instead; that counts the same."
	WithdrawDo      = "Take it back and delete the pictures"
	WithdrawLink    = "Take back my agreement to the face comparison"

	CheckTitle      = "Check your answers and send"
	CheckLead       = "Please look through it once. Until you send, you can change everything."
	CheckDocument   = "Document"
	CheckRead       = "Read from the document"
	CheckFace       = "Face"
	CheckPaper      = "Second paper"
	CheckRoad       = "Your choice"
	CheckBirth      = "Date of birth"
	CheckName       = "Name"
	CheckCountry    = "Country"
	CheckKind       = "You sell as"
	CheckAddress    = "Address"
	CheckPictures   = "Pictures"
	CheckNotYet     = "Something is still missing"
	CheckSend       = "Send my application"
	CheckSending    = "By sending it you say that what you wrote is true as far as you know."
	CheckChanged    = "Your answers were changed in another tab or on another device. This is how they stand now: please look again before you send."
	CheckNext       = "What happens next"
	CheckNextText   = "First a computer reads and compares. Then a person decides"
	CheckFaceIn     = "In, and good enough to compare"
	CheckConsentYes = "With your face. You agreed to the comparison"
	CheckConsentNo  = "With papers alone"

	SaidSaved     = "Saved."
	SaidDocument  = "The picture is in."
	SaidPaper     = "The paper is in."
	SaidRemoved   = "The picture is deleted."
	SaidCapture   = "The pictures of your face are in."
	SaidWithdrawn = "Your agreement is taken back and the pictures of your face are deleted."
	SaidPapers    = "You go on with papers. The camera stays off."
	SaidYes       = "Your answer is kept. You can take it back at any time."
	SaidSent      = "Your application is sent."
	SaidCancelled = "Your application is cancelled."
	SaidAppealed  = "Your appeal is in."
	SaidStarted   = "Your new application is started. What you told us about yourself is carried over; please check it."
	SaidLate      = "Your application had moved on in another tab or on another device. This is where it stands now; nothing is lost."
)

// Said is the sentence that follows an action to the next page; only these can
// be named in an address.
var Said = map[string]string{
	"saved": SaidSaved, "document": SaidDocument, "paper": SaidPaper, "removed": SaidRemoved, "capture": SaidCapture,
	"papers": SaidPapers, "yes": SaidYes, "sent": SaidSent, "cancelled": SaidCancelled,
	"appealed": SaidAppealed, "started": SaidStarted, "late": SaidLate, "asked": RequestsSent, "answered": MyConsentSaved, "held": DeleteHeld,
	"left-test": SaidLeftTest,
}

// DraftKept says what becomes of what is typed.
func DraftKept(days int) string {
	return "What you write here. If you never send it, it is emptied " + Count(days, "day", "days") + " after your last change."
}

// Promise is by when a person decides: within so many working days.
func Promise(workingDays int) string {
	return "within " + Count(workingDays, "working day", "working days") + " (Monday to Friday). We write to you by e-mail, and this page tells you where it stands."
}

// Links of the head and foot of a seller's pages.
const (
	NavApplication = "Your application"
	NavAccount     = "Your account"
	NoticesLink    = "What is kept, and why"
	ReadingWhy     = "So that you can see what a computer makes of your document before anybody decides by it."
)

// ConsentAnswered says which answer stands, and since when.
func ConsentAnswered(answer string, at time.Time) string {
	switch answer {
	case "given":
		return ConsentGiven + ": " + Moment(at) + "."
	case "declined":
		return ConsentDeclined + ": " + Moment(at) + ". You can change your mind."
	}
	return ConsentTaken + ": " + Moment(at) + ". You can change your mind."
}
