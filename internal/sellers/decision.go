package sellers

import "time"

// DecisionKind is what a reviewer decides.
type DecisionKind string

const (
	Approve DecisionKind = "approve"
	Refuse  DecisionKind = "refuse" // proposed by one, confirmed by another
	Ask     DecisionKind = "ask"    // for named items again
)

// RefusalReasons is the closed list of reason codes for a refusal.
var RefusalReasons = []string{
	"document.not-genuine", "document.expired", "document.unreadable", "document.not-accepted",
	"face.different", "details.different", "paper.not-accepted", "age.below", "other",
}

// Item is something a person can be asked for again.
type Item string

const (
	ItemFront   Item = "document-front"
	ItemBack    Item = "document-back"
	ItemCapture Item = "capture"
	ItemPaper   Item = "paper"
	ItemDetails Item = "details"
)

// Items lists what can be asked for, in the order pages show it.
var Items = []Item{ItemDetails, ItemFront, ItemBack, ItemCapture, ItemPaper}

// Decision is what a reviewer hands in. Words go to the person as they are.
type Decision struct {
	Kind       DecisionKind
	ReasonCode string // of a refusal: one of RefusalReasons
	Words      string // needed for refuse and ask, 10 to 2,000 characters
	Items      []Item // of an ask: at least one
}

// SecondLook is the answer of the second person to a proposed refusal.
type SecondLook struct {
	Confirm bool   // true: refused; false: back to waiting
	Words   string // for colleagues; needed when it is returned
}

// Standing says what became of a decision.
type Standing string

const (
	Proposed  Standing = "proposed" // a refusal before the second look
	Final     Standing = "final"
	Returned  Standing = "returned"  // the second person did not agree
	Withdrawn Standing = "withdrawn" // the case moved on before the second look
	Overruled Standing = "overruled" // a final refusal that an appeal reopened
)

// DecisionRecord is a decision as it was taken.
type DecisionRecord struct {
	ID string
	Decision
	Standing    Standing
	Round       int
	Version     int64  // of the case it was taken on
	By, Role    string // staff id and role
	At          time.Time
	SecondBy    string // who confirmed or returned it
	SecondAt    time.Time
	SecondWords string
	ReapplyAt   time.Time // of a final refusal
	AppealUntil time.Time // of a final refusal that can be appealed
}

// Result is what the person sees of the latest decision: no staff id, no score.
type Result struct {
	Kind        DecisionKind
	ReasonCode  string
	Words       string
	Items       []Item
	At          time.Time
	ReapplyAt   time.Time
	AppealUntil time.Time // zero when there is no appeal (any more)
}
