package lab

import (
	"math"
	"sort"

	"truepenny/internal/biometrics/face"
)

// Rate is a share of errors with its exact 95 % interval (Clopper-Pearson). The
// interval takes the comparisons for independent; where pairs share people,
// Bootstrap holds the wider one that allows for it.
type Rate struct {
	Errors    int       `json:"errors"`
	Pairs     int       `json:"pairs"`
	Rate      float64   `json:"rate"`
	Low       float64   `json:"low"`
	High      float64   `json:"high"`
	Bootstrap *Interval `json:"bootstrap,omitempty"` // none where nothing erred
}

// Interval is the middle 95 % of what resampled people gave.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// enoughErrors is the least number of errors for a rate to be relied upon
// (rule of 30: then the true rate lies within 30 % of it, 90 times in 100).
const enoughErrors = 30

// Enough says whether the rate rests on enough errors.
func (r Rate) Enough() bool { return r.Errors >= enoughErrors }

// AtMost is the highest rate that is not excluded with 95 % confidence to one
// side; without an error about 3 in the number of pairs (rule of 3).
func (r Rate) AtMost() float64 { return face.Tally{Errors: r.Errors, Pairs: r.Pairs}.AtMost() }

func newRate(errors, pairs int) Rate {
	t := face.Tally{Errors: errors, Pairs: pairs}
	low, high := t.Interval()
	return Rate{Errors: errors, Pairs: pairs, Rate: t.Rate(), Low: low, High: high}
}

// Scores are the distances of pairs of one person's pictures and of two
// people's, each sorted upwards.
type Scores struct{ Genuine, Impostor []float64 }

func (s Scores) sort() {
	sort.Float64s(s.Genuine)
	sort.Float64s(s.Impostor)
}

// FalseNonMatch is the share of one person's pairs beyond the threshold.
func (s Scores) FalseNonMatch(threshold float64) Rate {
	return newRate(s.misses(threshold), len(s.Genuine))
}

// FalseMatch is the share of two people's pairs up to the threshold.
func (s Scores) FalseMatch(threshold float64) Rate {
	return newRate(upTo(s.Impostor, threshold), len(s.Impostor))
}

func (s Scores) misses(threshold float64) int { return len(s.Genuine) - upTo(s.Genuine, threshold) }

// upTo counts the values up to and including a limit.
func upTo(sorted []float64, limit float64) int {
	return sort.Search(len(sorted), func(i int) bool { return sorted[i] > limit })
}

// EqualErrorRate is the rate at which false matches and false non-matches are
// alike, interpolated between the two thresholds where they cross. Without
// pairs of either kind it is not a number.
func (s Scores) EqualErrorRate() float64 {
	if len(s.Genuine) == 0 || len(s.Impostor) == 0 {
		return math.NaN()
	}
	match, miss := 0.0, 1.0 // at a threshold below every distance
	for _, t := range s.thresholds() {
		nextMatch := float64(upTo(s.Impostor, t)) / float64(len(s.Impostor))
		nextMiss := float64(s.misses(t)) / float64(len(s.Genuine))
		if nextMatch >= nextMiss {
			return crossing(match, miss, nextMatch, nextMiss)
		}
		match, miss = nextMatch, nextMiss
	}
	return match
}

// crossing is where the two rates meet between two thresholds, both lines taken
// as straight.
func crossing(match, miss, nextMatch, nextMiss float64) float64 {
	before, after := miss-match, nextMatch-nextMiss
	if before+after == 0 {
		return nextMatch
	}
	return match + (nextMatch-match)*before/(before+after)
}

// thresholds are the distances at which a rate changes, upwards.
func (s Scores) thresholds() []float64 {
	all := append(append([]float64(nil), s.Genuine...), s.Impostor...)
	sort.Float64s(all)
	return all
}

// Operating is a matcher set to a false match rate.
type Operating struct {
	// Measurable is false when the set has too few pairs of two people to
	// speak of this rate: fewer than 3/rate (rule of 3: no error in N pairs
	// means at most 3/N with 95 % confidence).
	Measurable bool     `json:"measurable"`
	Note       string   `json:"note,omitempty"`
	Needed     int      `json:"needed"` // pairs of two people, by the rule of 3
	Threshold  *float64 `json:"threshold"`
	FNMR       *Rate    `json:"fnmr"`
}

const (
	notMeasurable = "not measurable with this many pairs"
	fewErrors     = "measured with fewer than 30/rate pairs: a coarse figure"
)

// AtFalseMatch sets the threshold as high as it may be for the false match
// rate, and gives the false non-match rate there.
func (s Scores) AtFalseMatch(rate float64) Operating {
	n := float64(len(s.Impostor))
	o := Operating{Needed: int(math.Round(3 / rate))}
	if n*rate < 3-1e-9 || len(s.Genuine) == 0 {
		o.Note = notMeasurable
		return o
	}
	allowed := int(math.Floor(n*rate + 1e-9))
	// Just below the first impostor distance that would be one too many.
	threshold := math.Nextafter(s.Impostor[min(allowed, len(s.Impostor)-1)], math.Inf(-1))
	fnmr := s.FalseNonMatch(threshold)
	o.Measurable, o.Threshold, o.FNMR = true, &threshold, &fnmr
	if n*rate < enoughErrors-1e-9 {
		o.Note = fewErrors
	}
	return o
}
