package sellers

import (
	"time"

	"truepenny/internal/audit"
)

// Case is everything a case page needs. Building one is a look at a person's
// data and leaves an entry that the person can read.
type Case struct {
	Application Application
	Fields      []Field    // read from the document and corrected by the person
	Evidence    []Evidence // of all rounds that are still kept, newest round first
	Captures    []Capture
	Checks      []Check // of the current round
	Decisions   []DecisionRecord
	History     []Event // newest first
	Looks       []Event // who looked at what, newest first
	Connection  string  // why the actor may not decide: reason id, "" when they may
	Holder      string  // staff id of who holds it now
	Previous    *QueueRow
}

// Event is one line of an application's history, in codes that pages turn into
// words.
type Event struct {
	Index   int64
	At      time.Time
	Action  string // "application.submitted", "vault.opened" ...
	By      audit.Kind
	ActorID string // empty in the person's own timeline: they see the role
	Role    string
	Reason  string
	Purpose string
	Details map[string]string
	Times   int // how many equal looks in a row this line stands for
}
