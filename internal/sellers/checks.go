package sellers

import (
	"slices"
	"time"

	"truepenny/internal/biometrics/face"
)

// Reason codes of checks that were not run.
const (
	reasonDeclined = "declined"       // the person is on the road without a face capture
	reasonEngine   = "engine.missing" // the part that would run it is not installed
)

// Outcome is the result of one check.
type Outcome string

const (
	Pass   Outcome = "pass"
	Review Outcome = "review" // a person must look
	Fail   Outcome = "fail"
	NotRun Outcome = "not run" // never a mark against the person
)

// Outcomes lists the outcomes, worst first.
var Outcomes = []Outcome{Fail, Review, NotRun, Pass}

// CheckKind names an automatic test on evidence.
type CheckKind string

const (
	CheckRead     CheckKind = "document-read"   // the machine-readable zone was read and its check digits are right
	CheckExpiry   CheckKind = "document-expiry" // the document is valid on the day
	CheckName     CheckKind = "name"            // document against form
	CheckBirth    CheckKind = "birth-date"      // document against form
	CheckBarcode  CheckKind = "barcode"         // the bar code on the back against the form and the rest of the document
	CheckPrinted  CheckKind = "printed"         // what is printed on the document against its machine-readable zone
	CheckPaper    CheckKind = "paper"           // second papers against the form, and how old they are
	CheckPortrait CheckKind = "portrait"        // the document shows one usable portrait
	CheckCapture  CheckKind = "capture"         // the capture followed its prompts
	CheckFace     CheckKind = "face"            // portrait against the frames of the capture
)

// CheckKinds lists the checks in the order they run and are shown.
var CheckKinds = []CheckKind{CheckRead, CheckExpiry, CheckName, CheckBirth, CheckPrinted, CheckBarcode, CheckPaper, CheckPortrait, CheckCapture, CheckFace}

// Check is one automatic test on the evidence of one round. It never decides.
type Check struct {
	Kind      CheckKind
	Round     int
	Outcome   Outcome
	Reason    string           // reason code, "" when it passed and there is nothing to say
	Score     float64          // where there is one; see HasScore
	HasScore  bool             // a score is for reviewers only, never for the applicant
	Threshold *face.Thresholds // what the score was held against, with its error rates
	Compared  []Compared       // filled in a Case only: what was compared
	At        time.Time

	item string // vault item of Compared
}

// Compared is one pair of values that a check held against each other.
type Compared struct {
	What  string // code: "family-name", "birth-date", "frame", "expiry" ...
	Left  string // from the document, or the evidence id of a frame
	Right string // from the form, or the distance of a frame
	Same  bool
	Note  string // reason code: "transliterated", "truncated", "order", "differs" ...
	Box   Box    // where on the picture
	// Evidence is the picture that Box is on, for second papers.
	Evidence string
}

// Analysis is the honest progress of the machine checks of the current round.
type Analysis struct {
	State State
	Steps []Step // one for each check, in order
	Done  bool
}

// Step is one check's progress; Outcome is empty while it has not run.
type Step struct {
	Kind    CheckKind
	Done    bool
	Outcome Outcome // for the applicant's page: whether it ran, never the score
	Reason  string
}

// worst returns the gravest of the outcomes. A check that was not run because
// the person chose the other road does not count, nor a bar code that is not
// there: most countries print none. Neither is a mark against them.
func worst(checks []Check) Outcome {
	out := Outcome("")
	for _, c := range checks {
		if c.Outcome == NotRun && (c.Reason == reasonDeclined || c.Kind == CheckBarcode || c.Kind == CheckPaper || c.Kind == CheckPrinted) {
			continue
		}
		if out == "" || slices.Index(Outcomes, c.Outcome) < slices.Index(Outcomes, out) {
			out = c.Outcome
		}
	}
	if out == "" {
		return NotRun
	}
	return out
}
