package lab

import (
	"math"
	"testing"
)

func ladder() Scores {
	var s Scores
	for i := range 100 {
		s.Genuine = append(s.Genuine, 0.1+0.005*float64(i))
	}
	for i := range 1000 {
		s.Impostor = append(s.Impostor, 0.5+0.0005*float64(i))
	}
	return s
}

func TestACurveGivesBothRatesAtItsThresholds(t *testing.T) {
	s := ladder()
	curve := s.Curve()
	if len(curve) < 50 || len(curve) > 2*detLevels {
		t.Fatalf("%d points", len(curve))
	}
	for i, p := range curve {
		if p.FMR != s.FalseMatch(p.Threshold).Rate || p.FNMR != s.FalseNonMatch(p.Threshold).Rate {
			t.Errorf("%+v", p)
		}
		if i > 0 && (p.Threshold <= curve[i-1].Threshold || p.FMR < curve[i-1].FMR || p.FNMR > curve[i-1].FNMR) {
			t.Errorf("%+v after %+v", p, curve[i-1])
		}
	}
	if last := curve[len(curve)-1]; last.FMR != 1 || last.FNMR != 0 {
		t.Errorf("ends at %+v", last)
	}
	if (Scores{}).Curve() != nil {
		t.Error("a curve of nothing")
	}
}

func TestAHistogramHoldsEveryPair(t *testing.T) {
	s := ladder()
	h := s.Histogram()
	var genuine, impostor int
	for i := range h.Genuine {
		genuine, impostor = genuine+h.Genuine[i], impostor+h.Impostor[i]
	}
	if genuine != 100 || impostor != 1000 || len(h.Genuine) != len(h.Impostor) || h.Impostor[int(0.6/h.Width)] == 0 {
		t.Errorf("%d and %d in %+v", genuine, impostor, h)
	}
}

func TestTheTableGoesFromNobodyToEverybody(t *testing.T) {
	s := ladder()
	rows := s.Table()
	first, last := rows[0], rows[len(rows)-1]
	if first.FMR.Errors != 0 || first.FNMR.Rate < 0.9 || last.FNMR.Errors != 0 || last.FMR.Rate < 0.5 {
		t.Errorf("from %+v to %+v", first, last)
	}
	if !nearly(first.AtMost, 1-math.Pow(0.05, 1.0/1000), 1e-9) {
		t.Errorf("none of 1,000 shows at most %v", first.AtMost)
	}
}

func TestStrangersOfACalibrationAreThePairs(t *testing.T) {
	s := ladder()
	c := s.strangers("ladder")
	if c.Points[0].FalseMatches != 0 || c.Strangers(0.3).Errors != 0 || 2*c.Points[len(c.Points)-1].FalseMatches < 1000 {
		t.Errorf("%+v", c)
	}
	for _, p := range c.Points {
		if p.FalseMatches != upTo(s.Impostor, p.Distance) {
			t.Errorf("%+v", p)
		}
	}
}
