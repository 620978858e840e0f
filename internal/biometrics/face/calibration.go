package face

import (
	"math"
	"slices"
)

// Calibration says what a distance of a network means, as it was counted on one
// set: how often two people came as close, and how much better one person
// explains the distance than two. It is bound to the network of its report.
type Calibration struct {
	Set    string             `json:"set"`
	Pairs  int                `json:"pairs"`  // of two people
	Points []CalibrationPoint `json:"points"` // upwards in distance
	Method string             `json:"method"` // how the likelihood ratio was fitted, "" where it was not
	// The likelihood ratio: log10 LR = Offset + Slope x distance, kept within
	// Least and Most, beyond which the set has nothing to say.
	Offset float64 `json:"offset"`
	Slope  float64 `json:"slope"`
	Least  float64 `json:"least"`
	Most   float64 `json:"most"`
	Cllr   float64 `json:"cllr"` // cost of the ratios on people left out of the fit, in bits: 0 knows all, 1 nothing
}

// CalibrationPoint is one step of the count.
type CalibrationPoint struct {
	Distance     float64 `json:"distance"`
	FalseMatches int     `json:"false_matches"` // pairs of two people up to this distance
}

// Given reports whether there is a calibration.
func (c Calibration) Given() bool { return c.Pairs > 0 && len(c.Points) > 0 }

// Strangers counts the pairs of two people that came as close as a distance or
// closer: at the next step up, so that rarity is never overstated. Beyond the
// last step all pairs count.
func (c Calibration) Strangers(distance float64) Tally {
	i, _ := slices.BinarySearchFunc(c.Points, distance, func(p CalibrationPoint, d float64) int {
		switch {
		case p.Distance < d:
			return -1
		case p.Distance > d:
			return 1
		}
		return 0
	})
	t := Tally{Set: c.Set, Errors: c.Pairs, Pairs: c.Pairs}
	if i < len(c.Points) {
		t.Errors = c.Points[i].FalseMatches
	}
	return t
}

// Ratio is log10 of the likelihood ratio at a distance: how many times more
// often pairs of one person than pairs of two come to it. False where nothing
// was fitted.
func (c Calibration) Ratio(distance float64) (log10 float64, fitted bool) {
	if c.Method == "" {
		return 0, false
	}
	return math.Max(c.Least, math.Min(c.Most, c.Offset+c.Slope*distance)), true
}
