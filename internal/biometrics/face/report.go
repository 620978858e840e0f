package face

import "gonum.org/v1/gonum/mathext"

// Report is what was measured of a network at its Accept limit. Each kind of
// error stands for the set on which it was highest. The zero Report says that
// nothing was measured.
type Report struct {
	Name            string      `json:"name"` // where it can be read
	FalseMatches    Tally       `json:"false_matches"`
	FalseNonMatches Tally       `json:"false_non_matches"`
	WorstGroup      Group       `json:"worst_group"`
	Used            Used        `json:"used,omitzero"`        // the same of the check as it is used
	Calibration     Calibration `json:"calibration,omitzero"` // how rare a distance is between strangers
}

// Used is what was measured of portraits against several frames, joined by Join.
type Used struct {
	Frames          int   `json:"frames"` // to a portrait
	FalseMatches    Tally `json:"false_matches"`
	FalseNonMatches Tally `json:"false_non_matches"`
}

// Counted reports whether anything was measured.
func (u Used) Counted() bool { return u.FalseMatches.Pairs > 0 && u.FalseNonMatches.Pairs > 0 }

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

// Rate is the share of errors, 0 to 1; 0 without pairs.
func (t Tally) Rate() float64 {
	if t.Pairs == 0 {
		return 0
	}
	return float64(t.Errors) / float64(t.Pairs)
}

// Interval is the exact 95 % interval of the rate (Clopper and Pearson, 1934:
// 2.5 % on either side, from the beta distribution). It takes the comparisons
// for independent; pairs of the same people are not, so the truth is less sure
// than it says. Without pairs it is 0 to 1.
func (t Tally) Interval() (low, high float64) {
	const tail = 0.025
	k, n := float64(t.Errors), float64(t.Pairs)
	low, high = 0, 1
	if t.Errors > 0 {
		low = mathext.InvRegIncBeta(k, n-k+1, tail)
	}
	if t.Errors < t.Pairs {
		high = mathext.InvRegIncBeta(k+1, n-k, 1-tail)
	}
	return low, high
}

// AtMost is the rate that these pairs cannot exclude, with 95 % confidence to
// one side. Without an error it is 1-0.05^(1/n), the exact form of the rule of
// three (Hanley and Lippman-Hand, 1983: about 3/n).
func (t Tally) AtMost() float64 {
	if t.Errors >= t.Pairs {
		return 1
	}
	k, n := float64(t.Errors), float64(t.Pairs)
	return mathext.InvRegIncBeta(k+1, n-k, 0.95)
}
