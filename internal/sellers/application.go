package sellers

import (
	"fmt"
	"time"
)

// Kind says who applies.
type Kind string

const (
	Person   Kind = "person"
	Business Kind = "business" // a person applies for it and is the one verified
)

// Road is the way a person chose to prove who they are. Both lead to the same
// standing.
type Road string

const (
	NoRoad        Road = ""
	RoadFace      Road = "face"      // identity document and a face capture, compared by a machine, decided by a person
	RoadDocuments Road = "documents" // identity document and a second paper, decided by a person
)

// Roads lists the roads that exist, for pages that show them side by side.
var Roads = []Road{RoadFace, RoadDocuments}

// Application is a seller's request to be verified. Reviewers call it a case.
type Application struct {
	ID        string
	Number    int64 // shown as "TP-2041"; Label makes that
	AccountID string
	State     State
	Road      Road
	Version   int64 // grows with every change; a decision names the one it was taken on
	Round     int   // 0 before it was ever sent, then 1, and one more for every time it was sent again

	Details
	DocumentKind DocumentKind // chosen with the first side that is uploaded

	CreatedAt   time.Time
	UpdatedAt   time.Time
	SubmittedAt time.Time // zero when never
	DueAt       time.Time // by when a person's decision is promised
	DecidedAt   time.Time

	ClaimedBy string // staff id, "" for nobody; look at Claimed, which knows the expiry
	ClaimedAt time.Time

	Outcome    Outcome // the worst outcome of the current round's checks
	Appealed   bool    // the one appeal was used
	ReapplyAt  time.Time
	PreviousID string    // the refused application this one follows
	EmptiedAt  time.Time // when its pictures and details were removed because nobody sent it

	FailedCaptures int       // in a row, since the last pause
	CapturePause   time.Time // no capture before this time

	detailsRound int // the round for which the details were last confirmed
}

// Details is what the person says about themselves. BirthDate is "2006-01-02"
// or empty; Country an ISO 3166-1 alpha-2 code.
type Details struct {
	Country      string
	Kind         Kind
	GivenNames   string
	FamilyName   string
	BusinessName string
	BirthDate    string
	Address      Address
}

// Address is a postal address; Region may be empty where none is used.
type Address struct {
	Line1, Line2, Postcode, City, Region string
}

// Label is the number as people read it.
func (a Application) Label() string { return fmt.Sprintf("TP-%d", a.Number) }

// Subject is how the audit log names the application.
func (a Application) Subject() string { return subject(a.ID) }

func subject(id string) string { return "application:" + id }

// Claimed returns who holds the case at now, "" when nobody does or when the
// holder has been idle for longer than the policy allows.
func (a Application) Claimed(now time.Time, p Policy) string {
	if a.ClaimedBy == "" || now.Sub(a.ClaimedAt) >= p.ClaimIdle {
		return ""
	}
	return a.ClaimedBy
}

// DisplayName is the business name of a business, else the person's name.
func (a Application) DisplayName() string {
	if a.Kind == Business && a.BusinessName != "" {
		return a.BusinessName
	}
	switch {
	case a.GivenNames == "":
		return a.FamilyName
	case a.FamilyName == "":
		return a.GivenNames
	}
	return a.GivenNames + " " + a.FamilyName
}
