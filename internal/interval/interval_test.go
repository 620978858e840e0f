package interval

import (
	"encoding/json"
	"math"
	"slices"
	"testing"
)

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.Abs(got-want) > within || math.IsNaN(got) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// The first three are the examples of Newcombe 1998 (17:857), table I.
func TestWilsonIsThatOfThePublishedExamples(t *testing.T) {
	for _, c := range []struct {
		s         Share
		low, high float64
	}{
		{Share{81, 263}, 0.2553, 0.3662}, {Share{15, 148}, 0.0624, 0.1605}, {Share{0, 20}, 0, 0.1611}, {Share{1, 29}, 0.0061, 0.1718},
	} {
		low, high := c.s.Wilson()
		near(t, "low", low, c.low, 5e-5)
		near(t, "high", high, c.high, 5e-5)
	}
	if low, high := (Share{}).Wilson(); low != 0 || high != 1 {
		t.Errorf("nobody: %v to %v", low, high)
	}
}

// The examples of Newcombe 1998 (17:873), table II, method 10.
func TestTheDifferenceOfSharesIsThatOfThePublishedExamples(t *testing.T) {
	for _, c := range []struct {
		a, b      Share
		low, high float64
	}{
		{Share{56, 70}, Share{48, 80}, 0.0524, 0.3339}, {Share{9, 10}, Share{3, 10}, 0.1705, 0.8090}, {Share{6, 7}, Share{2, 7}, 0.0582, 0.8062},
		{Share{5, 56}, Share{0, 29}, -0.0381, 0.1926}, {Share{0, 10}, Share{0, 20}, -0.1611, 0.2775}, {Share{10, 10}, Share{0, 10}, 0.6075, 1},
	} {
		d := Shares(c.a, c.b)
		near(t, "low", d.Low, c.low, 5e-5)
		near(t, "high", d.High, c.high, 5e-5)
	}
}

// Remission of acute myelogenous leukaemia (Miller 1981, Survival Analysis),
// which comes with R as survival::aml; the limits are those of R's survfit with
// conf.type = "log-log".
var (
	maintained = []Waited{{9, true}, {13, true}, {13, false}, {18, true}, {23, true}, {28, false}, {31, true}, {34, true}, {45, false}, {48, true}, {161, false}}
	untreated  = []Waited{{5, true}, {5, true}, {8, true}, {8, true}, {12, true}, {16, false}, {23, true}, {27, true}, {30, true}, {33, true}, {43, true}, {45, true}}
)

func TestTheMedianWaitCountsThoseWhoStillWait(t *testing.T) {
	steps := Waiting(maintained)
	for i, want := range []float64{0.9091, 0.8182, 0.7159, 0.6136, 0.4909, 0.3682, 0.1841} {
		near(t, "waiting", steps[i].Waiting, want, 5e-5)
	}
	if m := MedianWait(maintained); !m.Known || m.Value != 31 || m.Low != 13 || !math.IsInf(m.High, 1) {
		t.Errorf("maintained: %+v", m)
	}
	if m := MedianWait(untreated); !m.Known || m.Value != 23 || m.Low != 5 || m.High != 33 {
		t.Errorf("untreated: %+v", m)
	}
	if m := MedianWait([]Waited{{1, true}, {5, false}, {5, false}}); m.Known {
		t.Errorf("most still wait: %+v", m)
	}
	if m := MedianWait(nil); m.Known {
		t.Errorf("nobody: %+v", m)
	}
}

func TestEqualWaitsHaveAnInterval(t *testing.T) {
	cases := slices.Repeat([]Waited{{2, true}}, 20)
	if m := MedianWait(cases); m != (Median{2, 2, 2, true}) {
		t.Errorf("%+v", m)
	}
}

func TestLeavingOutWhoStillWaitsWouldShortenTheWait(t *testing.T) {
	var cases []Waited
	var ended []float64
	for i := range 40 { // sent day by day, decided after i%20 days, looked at on day 40
		took, age := float64(i%20+1), float64(40-i)
		cases = append(cases, Waited{min(took, age), took <= age})
		if took <= age {
			ended = append(ended, took)
		}
	}
	if all, some := MedianWait(cases), MedianOf(ended); all.Value <= some.Value {
		t.Errorf("with those who wait %v, without %v", all.Value, some.Value)
	}
}

func TestTheMedianOfKnownValuesLiesBetweenOrderStatistics(t *testing.T) {
	var x []float64
	for i := range 20 {
		x = append(x, float64(20-i))
	}
	if m := MedianOf(x); m.Value != 10.5 || m.Low != 6 || m.High != 15 { // P(Bin(20, 1/2) < 6) = 0.0207
		t.Errorf("%+v", m)
	}
	if m := MedianOf(x[:6]); m.Low != 15 || m.High != 20 { // 1/64 on either side
		t.Errorf("%+v", m)
	}
	if m := MedianOf(x[:5]); !m.Known || !math.IsInf(m.Low, -1) {
		t.Errorf("five values bound the median: %+v", m)
	}
	if m := MedianOf(nil); m.Known {
		t.Errorf("%+v", m)
	}
	long := make([]float64, 100_000)
	for i := range long {
		long[i] = float64(i)
	}
	m := MedianOf(long)
	near(t, "reach", (m.High-m.Low)/2, 1.96*math.Sqrt(100_000)/2, 2)
}

// Hollander and Wolfe 1999, example 4.1 and comment 4: permeability of the
// chorioamnion at term and at gestational ages of 12 to 26 weeks.
func TestTheShiftIsTheMedianOfAllDifferences(t *testing.T) {
	term := []float64{0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46}
	early := []float64{1.15, 0.88, 0.90, 0.74, 1.21}
	d, ok := Shift(term, early)
	var all []float64
	for _, a := range term {
		for _, b := range early {
			all = append(all, a-b)
		}
	}
	slices.Sort(all)
	if !ok || math.Abs(d.Value-(all[24]+all[25])/2) > 1e-12 || d.Low != all[7] || d.High != all[42] { // 25 - 1.96 sqrt(66.67) = 8.996
		t.Errorf("%+v of %v", d, all)
	}
	if _, ok := Shift(nil, early); ok {
		t.Error("nobody was compared")
	}
	near(t, "shift", d.Value, 0.305, 1e-9)
}

func TestMediansThatCannotBeSaidAreNotCompared(t *testing.T) {
	if _, ok := Medians(MedianOf(nil), MedianOf([]float64{1})); ok {
		t.Error("compared")
	}
	d, ok := Medians(Median{5, 4, 7, true}, Median{3, 2, math.Inf(1), true})
	if !ok || d.Value != 2 || !math.IsInf(d.Low, -1) || math.Abs(d.High-(2+math.Hypot(2, 1))) > 1e-12 {
		t.Errorf("%+v", d)
	}
}

// TestIntervalsHoldTheTruthAboutAsOftenAsTheySay walks through waits that are
// exponential and cut off at the same time, without chance: each sample is a
// different walk along the quantiles.
func TestIntervalsHoldTheTruthAboutAsOftenAsTheySay(t *testing.T) {
	const samples, n = 400, 60
	held, seed := 0, uint64(1)
	next := func() float64 { // splitmix64 (Steele and others 2014)
		seed += 0x9e3779b97f4a7c15
		v := seed
		v = (v ^ v>>30) * 0xbf58476d1ce4e5b9
		v = (v ^ v>>27) * 0x94d049bb133111eb
		return (float64((v^v>>31)>>11) + 0.5) / (1 << 53)
	}
	for range samples {
		var cases []Waited
		for range n {
			took, age := -math.Log(next()), 2*next()
			cases = append(cases, Waited{min(took, age), took <= age})
		}
		if m := MedianWait(cases); m.Low <= math.Ln2 && math.Ln2 <= m.High {
			held++
		}
	}
	if share := float64(held) / samples; share < 0.92 || share > 0.985 {
		t.Errorf("the interval held the median in %.1f %%", 100*share)
	}
}

func TestUnboundedSidesSurviveJSON(t *testing.T) {
	m := MedianWait(maintained)
	raw, err := json.Marshal(m)
	if err != nil || string(raw) != `{"value":31,"low":13,"high":null,"known":true}` {
		t.Fatal(string(raw), err)
	}
	var back Median
	if err := json.Unmarshal(raw, &back); err != nil || back != m {
		t.Errorf("%+v, %v", back, err)
	}
	d := Difference{2, math.Inf(-1), 3}
	raw, err = json.Marshal(d)
	var other Difference
	if err != nil || json.Unmarshal(raw, &other) != nil || other != d {
		t.Errorf("%s, %+v, %v", raw, other, err)
	}
}
