package sellers

import "time"

// LiveFace is what one face check came to, without whose it was: for counting
// how the machine does on live applications.
type LiveFace struct {
	At       time.Time
	Outcome  Outcome
	Apart    bool // beyond the upper limit
	Distance float64
	Measured bool         // Distance is there: it goes with the face data
	Decision DecisionKind // the final one on the application, "" while there is none
}
