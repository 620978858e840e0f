package face

// Verdict is what a distance says, in the words of a check's outcome.
type Verdict string

const (
	Same      Verdict = "pass"   // near enough to go on
	Unsure    Verdict = "review" // a person has to look
	Different Verdict = "fail"   // far apart; only a person refuses
)

// Thresholds divide distances: up to Accept the faces are taken as the same
// person's, beyond Review as two people's, between them a person looks. They
// are never bare: Report is the measurement that they were taken from, with the
// error rates at Accept. Without one no distance says anything.
type Thresholds struct {
	Accept float64 `json:"accept"`
	Review float64 `json:"review"`
	Report Report  `json:"report"`
}

// StandardThresholds belong to face-api's descriptor network with dlib's
// alignment and the mean of mirror images. Accept keeps false matches below one
// in a thousand on the hardest set of the report; it sends about one in six
// pairs of press photographs of one person to a person's eyes. A test measures
// the figures again where the sets are at hand.
var StandardThresholds = Thresholds{Accept: 0.48, Review: 0.60, Report: Report{
	Name:            "docs/measurements.md#faces",
	FalseMatches:    Tally{Set: "face-orl", Errors: 10, Pairs: 19000},
	FalseNonMatches: Tally{Set: "face-lfw10", Errors: 39, Pairs: 225},
}}

// Judge gives the verdict on a distance; without a report always Unsure.
func (t Thresholds) Judge(distance float64) Verdict {
	switch {
	case !t.Report.Given():
		return Unsure
	case distance <= t.Accept:
		return Same
	case distance <= t.Review:
		return Unsure
	default:
		return Different
	}
}
