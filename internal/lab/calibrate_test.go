package lab

import (
	"math"
	"testing"
)

// Two normal distributions of standard deviation 0.1 around 0.3 and 0.7: the
// logarithm of their ratio is (0.49-0.09)/0.02 - 0.4/0.01 d = 20 - 40 d.
func TestTwoNormalDistributionsGiveAStraightRatio(t *testing.T) {
	l := gaussian(Scores{Genuine: []float64{0.2, 0.4}, Impostor: []float64{0.6, 0.8}})
	if !nearly(l.offset, 20/math.Ln10, 1e-9) || !nearly(l.slope, -40/math.Ln10, 1e-9) {
		t.Errorf("%+v", l)
	}
	if !nearly(l.most, math.Log10(3), 1e-12) || !nearly(l.least, -math.Log10(3), 1e-12) || l.at(0) != l.most {
		t.Errorf("two pairs of a kind cannot show more than 1 in 3: %+v", l)
	}
}

// Three of four pairs of one person at 0 and one at 1, the other way round for
// two people. With Platt's targets 5/6 and 1/6 the share at 0 is
// 3/4 x 5/6 + 1/4 x 1/6 = 2/3, so the odds there are 2 and at 1 a half.
func TestLogisticRegressionFindsTheOdds(t *testing.T) {
	l := logistic(Scores{Genuine: []float64{0, 0, 0, 1}, Impostor: []float64{0, 1, 1, 1}})
	if !nearly(l.offset, math.Log10(2), 1e-9) || !nearly(l.slope, -2*math.Log10(2), 1e-9) {
		t.Errorf("%+v, want %v and %v", l, math.Log10(2), -2*math.Log10(2))
	}
	apart := logistic(Scores{Genuine: []float64{0.1, 0.2, 0.3}, Impostor: []float64{0.7, 0.8, 0.9}})
	if math.IsNaN(apart.slope) || math.IsInf(apart.slope, 0) || apart.slope >= 0 || !nearly(apart.offset+0.5*apart.slope, 0, 1e-6) {
		t.Errorf("kinds that do not overlap: %+v", apart)
	}
}

// Ratios that say nothing cost one bit (Brümmer and du Preez, 2006); ratios of
// 10 on the right side cost log2(1.1).
func TestTheCostOfRatios(t *testing.T) {
	for _, c := range []struct{ genuine, impostor, want float64 }{
		{0, 0, 1}, {1, -1, math.Log2(1.1)}, {-1, 1, math.Log2(11)}, {2, 0, (math.Log2(1.01) + 1) / 2},
	} {
		if got := Cllr([]float64{c.genuine}, []float64{c.impostor}); !nearly(got, c.want, 1e-12) {
			t.Errorf("%v and %v: %v, want %v", c.genuine, c.impostor, got, c.want)
		}
	}
}

// At 1 only one person's pair, at 4 only two people's; 2 and 3 come in the
// wrong order and are pooled to a ratio of 1, which costs a bit for half of each.
func TestTheLeastCostOfAnyMonotoneWay(t *testing.T) {
	for _, c := range []struct {
		scores Scores
		want   float64
	}{
		{Scores{Genuine: []float64{1, 3}, Impostor: []float64{2, 4}}, 0.5},
		{Scores{Genuine: []float64{1, 2}, Impostor: []float64{3, 4}}, 0},
		{Scores{Genuine: []float64{1}, Impostor: []float64{1}}, 1},
		{Scores{Genuine: []float64{3, 4}, Impostor: []float64{1, 2}}, 1},
	} {
		if got := isotonicCost(c.scores); !nearly(got, c.want, 1e-12) {
			t.Errorf("%+v: %v, want %v", c.scores, got, c.want)
		}
	}
}

func TestACalibrationIsChosenByItsCostOnOtherPeople(t *testing.T) {
	s, pairs := crowd(10, 4, 0.3, 0.7)
	for i := range pairs {
		pairs[i].distance += 0.3 * float64(i%11) / 10
	}
	scores := split(s, pairs)
	c, fits := calibrate(s, pairs, scores)
	if c.Method == "" || len(fits) != 3 || c.Pairs != len(scores.Impostor) || c.Slope >= 0 {
		t.Fatalf("%+v %+v", c, fits)
	}
	for _, f := range fits {
		if f.Used != (f.Method == c.Method) || f.Used && f.Cllr != c.Cllr || f.Method == fitIsotonic && f.Cllr > c.Cllr {
			t.Errorf("%+v beside %s at %v", f, c.Method, c.Cllr)
		}
	}
	for _, d := range []float64{0.5, 0.72, 0.85} {
		if got, least := c.Strangers(d), upTo(scores.Impostor, d); got.Errors < least {
			t.Errorf("at %v %d strangers are told, there are %d", d, got.Errors, least)
		}
	}
	one := Set{Samples: s.Samples[:8]} // two people: nobody can be left out
	var few []pair
	for _, p := range pairs {
		if p.a < 8 && p.b < 8 {
			few = append(few, p)
		}
	}
	if c, fits := calibrate(one, few, split(one, few)); c.Method != "" || fits != nil || !c.Given() {
		t.Errorf("fitted to two people: %+v %+v", c, fits)
	}
}
