package face

import "math"

// Report is what was measured of a network at its Accept limit. Each kind of
// error stands for the set on which it was highest. The zero Report says that
// nothing was measured.
type Report struct {
	Name            string `json:"name"` // where it can be read
	FalseMatches    Tally  `json:"false_matches"`
	FalseNonMatches Tally  `json:"false_non_matches"`
	WorstGroup      Group  `json:"worst_group"`
}

// Given reports whether there is a report.
func (r Report) Given() bool { return r.Name != "" }

// Counted reports whether the error rates are known; a stored check of before
// they were kept has only the report's name.
func (r Report) Counted() bool { return r.FalseMatches.Pairs > 0 && r.FalseNonMatches.Pairs > 0 }

// Tally is how many of the compared pairs of a set erred.
type Tally struct {
	Set    string `json:"set,omitempty"`
	Errors int    `json:"errors"`
	Pairs  int    `json:"pairs"`
}

// Group is the group of people with the highest false match rate in a report.
// An empty name says that there were too few people or errors to compare groups.
type Group struct {
	Name         string `json:"name,omitempty"`
	FalseMatches Tally  `json:"false_matches"`
}

// TooFew stands for a worst group that a report cannot name.
const TooFew = "too few to say"

// z95 bounds the middle 95 % of the normal distribution.
const z95 = 1.959963984540054

// Rate is the share of errors, 0 to 1; 0 without pairs.
func (t Tally) Rate() float64 {
	if t.Pairs == 0 {
		return 0
	}
	return float64(t.Errors) / float64(t.Pairs)
}

// Interval is the 95 % interval of the rate (Wilson 1927, which holds for few
// errors too). It takes the comparisons for independent; pairs of the same
// people are not, so the truth is less sure than it says. Without pairs it is
// 0 to 1.
func (t Tally) Interval() (low, high float64) {
	if t.Pairs == 0 {
		return 0, 1
	}
	n, p := float64(t.Pairs), t.Rate()
	z2 := z95 * z95
	centre := (p + z2/(2*n)) / (1 + z2/n)
	half := z95 / (1 + z2/n) * math.Sqrt(p*(1-p)/n+z2/(4*n*n))
	low, high = math.Max(0, centre-half), math.Min(1, centre+half)
	if t.Errors == 0 {
		low = 0
	}
	if t.Errors == t.Pairs {
		high = 1
	}
	return low, high
}
