package sellers

// StepName is a step of the applicant's way.
type StepName string

const (
	StepDetails  StepName = "details"
	StepRoad     StepName = "road"
	StepDocument StepName = "document"
	StepCapture  StepName = "capture" // on the face road
	StepPaper    StepName = "paper"   // on the road on documents
	StepSend     StepName = "send"
)

// Progress tells which steps are done and what is next.
type Progress struct {
	Steps []ProgressStep // in order; the fourth depends on the road
	Next  StepName       // the first that is not done
	Ready bool           // everything but sending is done
	Items []Item         // what was asked for again and has not come yet
}

// ProgressStep is one step of the way.
type ProgressStep struct {
	Name StepName
	Done bool
	Todo []string // codes of what is missing: field names, "front", "back", "consent" ...
}
