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
