package requests

import (
	"fmt"
	"time"

	"truepenny/internal/vault"
)

// Kind is what a person asks for, by the right it rests on (GDPR, articles 15,
// 16, 17, 21 and 77). To have something kept unused for a while (article 18) is
// asked as an objection: the program knows no such state.
type Kind string

const (
	Access        Kind = "access"
	Rectification Kind = "rectification"
	Erasure       Kind = "erasure"
	Objection     Kind = "objection"
	Complaint     Kind = "complaint"
)

// Kinds is the closed list, in the order pages show it.
var Kinds = []Kind{Access, Rectification, Erasure, Objection, Complaint}

// Channel is how a request came.
type Channel string

const (
	ByAccount Channel = "account" // from the person's own pages, signed in
	ByLetter  Channel = "letter"  // by post, mail or telephone; an officer wrote it down
)

// State is where a request stands.
type State string

const (
	Open     State = "open"
	Answered State = "answered"
)

// Way is how it was made sure who asks. The list is closed: no way asks for a
// document or for anything that is not held already.
type Way string

const (
	Unchecked Way = ""
	SignedIn  Way = "signed-in"   // asked from the account
	MailLink  Way = "mail-link"   // opened a link mailed to the address on file
	PostCode  Way = "letter-code" // told the code posted to the address on file
)

// Outcome is what an answer says.
type Outcome string

const (
	Granted     Outcome = "granted"
	Partly      Outcome = "partly"
	Refused     Outcome = "refused"
	NothingHeld Outcome = "nothing-held" // a letter about nobody we can find
)

// Outcomes is the closed list, in the order pages show it.
var Outcomes = []Outcome{Granted, Partly, Refused, NothingHeld}

// Request is one thing that a person asked for. What they wrote, where to answer
// and what was answered are sealed; Letter and Reply open them.
type Request struct {
	ID          string
	Number      int64  // shown as "R-1041"; Label makes that
	Person      string // account id; "" for a letter of nobody we know yet
	Kind        Kind
	Channel     Channel
	Purpose     vault.Purpose // of an erasure; "" is everything
	Field       string        // of a rectification: a name of sellers' details
	Application string        // of a rectification, or what the request is about
	PostOnly    bool          // a letter without a mail address: the answer is printed and posted
	State       State
	Identity    Way
	IdentityAt  time.Time
	OpenedAt    time.Time
	DueAt       time.Time
	ExtendedAt  time.Time // zero when never
	AnsweredAt  time.Time
	AnsweredBy  string // staff id
	Outcome     Outcome
	Template    string    // code of the answer's template
	Erasure     string    // id of the receipt of what was deleted for it
	KeepUntil   time.Time // after the answer; zero while it is open
	Version     int64

	words, reason, answer, contact string // ids of sealed items
}

// Label is the number as people read it.
func (r Request) Label() string { return fmt.Sprintf("R-%d", r.Number) }

// Subject is how the audit log names the request.
func (r Request) Subject() string { return subject(r.ID) }

func subject(id string) string { return "request:" + id }

// Letter is what a request says, in clear.
type Letter struct {
	Words   string
	Value   string // of a rectification: what should stand there
	Contact string // mail address to answer to
	Postal  string // postal address, for a letter
}

// New is a request as it comes in.
type New struct {
	Kind        Kind
	Person      string // account id; "" for a letter of nobody we know
	Channel     Channel
	Words       string
	Contact     string // mail address; "" takes that of the account
	Postal      string // of a letter
	Field       string // rectification
	Value       string // rectification
	Application string
	Purpose     vault.Purpose // of an erasure; "" is everything
	ReceivedAt  time.Time     // of a letter: the day it came, which starts the clock; zero is now
}

// Mark is how near the end of the clock is.
type Mark string

const (
	InTime  Mark = ""
	DueSoon Mark = "due-soon"
	Overdue Mark = "overdue"
)

// soon is how long before its end a request counts as due soon.
const soon = 5 * 24 * time.Hour

// Mark says how near the end of its clock an open request is.
func (r Request) Mark(now time.Time) Mark {
	switch {
	case r.State != Open:
		return InTime
	case now.After(r.DueAt):
		return Overdue
	case r.DueAt.Sub(now) <= soon:
		return DueSoon
	}
	return InTime
}
