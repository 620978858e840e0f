package face

import (
	"math"
	"testing"
)

func TestFramesAreJoinedWithoutTheWorstQuarter(t *testing.T) {
	for _, c := range []struct {
		distances []float64
		want      float64
	}{
		{[]float64{0.4}, 0.4},
		{[]float64{0.5, 0.3}, 0.4},
		{[]float64{0.3, 0.4, 0.5}, 0.4},
		{[]float64{9, 0.3, 0.5, 0.4}, 0.4},
		{[]float64{0.1, 9, 0.2, 0.3, 0.4, 8, 0.5, 0.6}, 0.35},
	} {
		if got, ok := Join(c.distances); !ok || math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%v: %v, want %v", c.distances, got, c.want)
		}
	}
	if _, ok := Join(nil); ok {
		t.Error("no frame gave a distance")
	}
}

func TestStrangersAreCountedUpToTheNextStep(t *testing.T) {
	c := Calibration{Set: "s", Pairs: 1000, Points: []CalibrationPoint{{0.4, 0}, {0.45, 2}, {0.5, 30}}}
	for distance, want := range map[float64]int{0.1: 0, 0.4: 0, 0.41: 2, 0.45: 2, 0.46: 30, 0.51: 1000} {
		if got := c.Strangers(distance); got.Errors != want || got.Pairs != 1000 {
			t.Errorf("at %v: %+v, want %d", distance, got, want)
		}
	}
	if (Calibration{}).Given() || !c.Given() {
		t.Error("a calibration without pairs is none")
	}
}

func TestARatioStaysWithinWhatThePairsSupport(t *testing.T) {
	c := Calibration{Method: "logistic", Offset: 8, Slope: -16, Least: -3, Most: 4}
	for distance, want := range map[float64]float64{0: 4, 0.25: 4, 0.5: 0, 0.55: -0.8, 2: -3} {
		if got, ok := c.Ratio(distance); !ok || math.Abs(got-want) > 1e-9 {
			t.Errorf("at %v: %v, want %v", distance, got, want)
		}
	}
	if _, ok := (Calibration{}).Ratio(0.3); ok {
		t.Error("a ratio without a fit")
	}
}
