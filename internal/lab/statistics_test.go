package lab

import (
	"math"
	"testing"
)

func nearly(a, b, by float64) bool { return math.Abs(a-b) <= by }

// The values are those of R's binom.test, of Clopper and Pearson's own table
// (10 of 100) and, for no error at all, 1-0.025^(1/n).
func TestIntervalsAreExact(t *testing.T) {
	for _, c := range []struct {
		errors, pairs int
		low, high     float64
	}{
		{0, 10, 0, 0.308497},
		{10, 10, 0.691503, 1},
		{1, 10, 0.002529, 0.445016},
		{10, 100, 0.049005, 0.176223},
		{1, 1000, 0.0000253, 0.005558},
		{50, 100, 0.398321, 0.601679},
		{0, 30000, 0, 0.000122955},
	} {
		r := newRate(c.errors, c.pairs)
		if !nearly(r.Low, c.low, 1e-6) || !nearly(r.High, c.high, 1e-6) {
			t.Errorf("%d of %d: %.6f to %.6f, want %.6f to %.6f", c.errors, c.pairs, r.Low, r.High, c.low, c.high)
		}
	}
	if r := newRate(0, 0); r.Low != 0 || r.High != 1 {
		t.Errorf("without pairs nothing is known: %+v", r)
	}
}

// The Congress test's reply, no error in 535, shows no less than 0.56 %
// (1-0.05^(1/535)); 30,000 pairs without an error show 1 in 10,000.
func TestWithoutAnErrorTheRuleOfThreeSays(t *testing.T) {
	for pairs, want := range map[int]float64{535: 0.0055839, 30000: 0.00009985, 43: 0.067297, 1: 0.95} {
		if got := newRate(0, pairs).AtMost(); !nearly(got, want, 1e-6) {
			t.Errorf("none of %d: at most %.7f, want %.7f", pairs, got, want)
		}
	}
	if got := newRate(28, 535).AtMost(); !nearly(got, 0.0710541, 1e-6) {
		t.Errorf("28 of 535: at most %.6f", got)
	}
	if got := newRate(5, 5).AtMost(); got != 1 {
		t.Errorf("all erred: at most %v", got)
	}
}

func TestRatesAtAThresholdCountTheThresholdAsAMatch(t *testing.T) {
	s := Scores{Genuine: []float64{1, 2, 3, 4}, Impostor: []float64{3, 5}}
	if r := s.FalseNonMatch(3); r.Errors != 1 || r.Pairs != 4 {
		t.Errorf("false non-matches %+v", r)
	}
	if r := s.FalseMatch(3); r.Errors != 1 || r.Pairs != 2 {
		t.Errorf("false matches %+v", r)
	}
}

func TestEqualErrorRateOfKnownScores(t *testing.T) {
	for _, c := range []struct {
		name              string
		genuine, impostor []float64
		want              float64
	}{
		{"apart", []float64{1, 2}, []float64{3, 4}, 0},
		{"the wrong way round", []float64{3, 4}, []float64{1, 2}, 1},
		{"all alike", []float64{1}, []float64{1}, 0.5},
		{"one of four on each side", []float64{.1, .2, .3, .6}, []float64{.5, .7, .8, .9}, 0.25},
		{"between two steps", []float64{1, 2, 3, 9}, []float64{4, 5, 6, 7, 8, 10, 11, 12, 13, 14}, 0.25},
	} {
		s := Scores{c.genuine, c.impostor}
		s.sort()
		if got := s.EqualErrorRate(); !nearly(got, c.want, 1e-12) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	if got := (Scores{Genuine: []float64{1}}).EqualErrorRate(); !math.IsNaN(got) {
		t.Errorf("without impostors: %v", got)
	}
}

func TestARateIsOnlyGivenWhereThePairsSuffice(t *testing.T) {
	s := Scores{Genuine: []float64{1, 2, 3, 3.5, 200}}
	for i := range 300 {
		s.Impostor = append(s.Impostor, float64(i+1))
	}
	o := s.AtFalseMatch(1e-2)
	if !o.Measurable || o.Note != fewErrors {
		t.Fatalf("%+v", o)
	}
	if got := s.FalseMatch(*o.Threshold); got.Errors != 3 {
		t.Errorf("threshold %v lets %d through, 3 are allowed", *o.Threshold, got.Errors)
	}
	if o.FNMR.Errors != 1 {
		t.Errorf("false non-matches %+v", o.FNMR)
	}
	if o := s.AtFalseMatch(1e-3); o.Measurable || o.Note != notMeasurable || o.FNMR != nil || o.Threshold != nil {
		t.Errorf("300 pairs speak of one in a thousand: %+v", o)
	}
	s.Impostor = s.Impostor[:299]
	if o := s.AtFalseMatch(1e-2); o.Measurable {
		t.Errorf("299 pairs speak of one in a hundred")
	}
}

func TestATieAtTheThresholdNeverExceedsTheRate(t *testing.T) {
	s := Scores{Genuine: []float64{1}}
	for range 400 {
		s.Impostor = append(s.Impostor, 5)
	}
	o := s.AtFalseMatch(1e-2)
	if got := s.FalseMatch(*o.Threshold); got.Errors > 4 {
		t.Errorf("%d false matches", got.Errors)
	}
}
