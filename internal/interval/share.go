package interval

import "math"

// Z is the standard normal quantile that leaves 2.5 % on either side.
const Z = 1.959963984540054

// Share is so many of all.
type Share struct {
	Of  int `json:"of"`
	All int `json:"all"`
}

// Rate is the share, 0 to 1; 0 of nobody.
func (s Share) Rate() float64 {
	if s.All == 0 {
		return 0
	}
	return float64(s.Of) / float64(s.All)
}

// Wilson is the 95 % score interval of the share (Wilson 1927; Newcombe 1998,
// Statistics in Medicine 17:857, method 3). Of nobody it is 0 to 1.
func (s Share) Wilson() (low, high float64) {
	if s.All == 0 {
		return 0, 1
	}
	n, p := float64(s.All), s.Rate()
	middle := 2*n*p + Z*Z
	reach := Z * math.Sqrt(Z*Z+4*n*p*(1-p))
	low, high = (middle-reach)/(2*(n+Z*Z)), (middle+reach)/(2*(n+Z*Z))
	if s.Of == 0 {
		low = 0
	}
	if s.Of == s.All {
		high = 1
	}
	return low, high
}

// Difference is a difference with its 95 % interval, which may be unbounded.
type Difference struct {
	Value, Low, High float64
}

// Shares is the share of a less that of b. Its interval joins the two Wilson
// intervals (Newcombe 1998, Statistics in Medicine 17:873, method 10), which
// also holds near 0 and 1 and for few cases.
func Shares(a, b Share) Difference {
	lowA, highA := a.Wilson()
	lowB, highB := b.Wilson()
	return recovered(a.Rate(), lowA, highA, b.Rate(), lowB, highB)
}

// recovered joins the intervals of two independent estimates to that of their
// difference by recovering a variance from each limit (MOVER; Zou and Donner
// 2008, Statistics in Medicine 27:1693). With Wilson's intervals it is
// Newcombe's method 10.
func recovered(a, lowA, highA, b, lowB, highB float64) Difference {
	d := a - b
	return Difference{
		Value: d,
		Low:   d - math.Hypot(a-lowA, highB-b),
		High:  d + math.Hypot(highA-a, b-lowB),
	}
}
