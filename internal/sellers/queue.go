package sellers

import "time"

// Sort orders the queue.
type Sort string

const (
	SortDue       Sort = "due" // what is promised soonest first; the default
	SortSubmitted Sort = "submitted"
	SortNumber    Sort = "number"
	SortName      Sort = "name"
)

// PageSize is the number of rows of a queue page.
const PageSize = 50

// QueueFilter narrows the queue; empty fields do not narrow. Cases that were
// never sent are not in the queue.
type QueueFilter struct {
	State      State
	Road       Road
	Country    string
	Outcome    Outcome
	ClaimedBy  string // staff id
	Mine       bool   // held by the actor
	Unclaimed  bool
	Appeals    bool   // reopened by an appeal, not decided yet
	Overdue    bool   // open and past the promised time
	Text       string // a number ("TP-2041", "2041") or part of a name
	Sort       Sort
	Descending bool
	Page       int // from 1; 0 is 1
}

// QueueRow is one line of the queue.
type QueueRow struct {
	ID          string
	Number      int64
	Name        string
	Kind        Kind
	Country     string
	State       State
	Road        Road
	Outcome     Outcome
	SubmittedAt time.Time
	DueAt       time.Time
	DecidedAt   time.Time
	ClaimedBy   string // "" when nobody holds it now
	Appealed    bool
	Version     int64
}

// Counts are the figures beside the places in the side bar.
type Counts struct {
	Waiting, Mine, Second, Appeals, Asked, Overdue int64
}
