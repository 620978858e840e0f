package face

// Verdict is what a distance says, in the words of a check's outcome.
type Verdict string

const (
	Same      Verdict = "pass"   // near enough to go on
	Unsure    Verdict = "review" // a person has to look
	Different Verdict = "fail"   // far apart; only a person refuses
)

// Thresholds divide distances: up to Accept the faces are taken as the same
// person's, beyond Review as two people's, between them a person looks. Report
// names the measurement that they were taken from.
type Thresholds struct {
	Accept float64
	Review float64
	Report string
}

// StandardThresholds belong to face-api's descriptor network with dlib's
// alignment and the mean of mirror images. Accept keeps false matches below one
// in a thousand on the hardest set of the report; it sends about one in six
// pairs of press photographs of one person to a person's eyes.
var StandardThresholds = Thresholds{Accept: 0.48, Review: 0.60, Report: "docs/measurements.md#faces"}

// Judge gives the verdict on a distance.
func (t Thresholds) Judge(distance float64) Verdict {
	switch {
	case distance <= t.Accept:
		return Same
	case distance <= t.Review:
		return Unsure
	default:
		return Different
	}
}
