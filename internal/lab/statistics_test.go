package lab

import (
	"math"
	"testing"
)

func nearly(a, b, by float64) bool { return math.Abs(a-b) <= by }

func TestWilsonIntervalsAgreeWithKnownValues(t *testing.T) {
	for _, c := range []struct {
		errors, pairs int
		low, high     float64
	}{
		{0, 10, 0, 0.27753},
		{10, 10, 0.72247, 1},
		{10, 100, 0.05523, 0.17437},
		{1, 1000, 0.00018, 0.00564},
		{50, 100, 0.40383, 0.59617},
	} {
		r := newRate(c.errors, c.pairs)
		if !nearly(r.Low, c.low, 1e-5) || !nearly(r.High, c.high, 1e-5) {
			t.Errorf("%d of %d: %.5f to %.5f, want %.5f to %.5f", c.errors, c.pairs, r.Low, r.High, c.low, c.high)
		}
	}
	if r := newRate(0, 0); r.Low != 0 || r.High != 1 {
		t.Errorf("without pairs nothing is known: %+v", r)
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
