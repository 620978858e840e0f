package lab

import "math"

// Claim is an error rate that a bar asks for, and whether this many comparisons
// can speak of it at all.
type Claim struct {
	Name string  `json:"name"`
	Rate float64 `json:"rate"` // the rate to be shown
	// Have comparisons against Needed: 3/rate, by the rule of 3. Steady takes
	// 30/rate, by the rule of 30.
	Have   int     `json:"have"`
	Needed int     `json:"needed"`
	Steady int     `json:"steady"`
	AtMost float64 `json:"at_most"` // what these comparisons do show, with 95 % confidence
	Shown  bool    `json:"shown"`   // AtMost is no more than Rate
	Note   string  `json:"note"`
}

// Notes of a claim.
const (
	claimCannot = "cannot be claimed with this many"
	claimShown  = "shown"
	claimNot    = "not shown: too many errors"
)

func newClaim(name string, rate float64, r Rate) Claim {
	c := Claim{Name: name, Rate: rate, Have: r.Pairs, Needed: int(math.Ceil(3/rate - 1e-9)), Steady: int(math.Ceil(30/rate - 1e-9)), AtMost: r.AtMost(), Note: claimNot}
	c.Shown = c.AtMost <= rate
	switch {
	case c.Shown:
		c.Note = claimShown
	case c.Have < c.Needed && r.Low <= rate:
		c.Note = claimCannot
	}
	return c
}

// Bars of NIST SP 800-63A-4, section 3.11.
const (
	barFMR  = 1e-4
	barFNMR = 1e-2
	barFPIR = 1e-3
)

func pairClaims(fmr, fnmr Rate) []Claim {
	return []Claim{newClaim("FMR", barFMR, fmr), newClaim("FNMR", barFNMR, fnmr)}
}
