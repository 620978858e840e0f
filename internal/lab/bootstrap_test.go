package lab

import (
	"fmt"
	"math"
	"testing"
)

// crowd is a set of people with the same number of pictures each, and all pairs
// of them: one person's at distance near, two people's at far.
func crowd(people, pictures int, near, far float64) (Set, []pair) {
	var s Set
	for p := range people {
		for i := range pictures {
			s.Samples = append(s.Samples, Sample{File: fmt.Sprintf("%d-%d", p, i), Subject: fmt.Sprint(p)})
		}
	}
	var pairs []pair
	for a := range s.Samples {
		for b := a + 1; b < len(s.Samples); b++ {
			d := far
			if s.Samples[a].Subject == s.Samples[b].Subject {
				d = near
			}
			pairs = append(pairs, pair{int32(a), int32(b), d})
		}
	}
	return s, pairs
}

func beyond(limit float64) func(pair) bool { return func(p pair) bool { return p.distance > limit } }

// Of two people one errs always: drawn twice, once or never, the rate is 1, 1/2
// or 0, each in at least a quarter of all draws.
func TestResamplingDrawsPeopleNotPairs(t *testing.T) {
	s, pairs := crowd(2, 4, 0.1, 0.9)
	for i, p := range pairs {
		if s.same(p) && s.Samples[p.a].Subject == "0" {
			pairs[i].distance = 0.8
		}
	}
	got := newResampler(s, 1).interval(pairs, true, beyond(0.5))
	if got == nil || got.Low != 0 || got.High != 1 {
		t.Errorf("%+v", got)
	}
}

// Ten people with 45 pairs each, of whom one errs in all: pairs taken for
// independent say 10 % within 3 points, resampled people say 0 to 30 %.
func TestPairsThatSharePeopleAreLessSure(t *testing.T) {
	s, pairs := crowd(10, 10, 0.1, 0.9)
	for i, p := range pairs {
		if s.same(p) && s.Samples[p.a].Subject == "3" {
			pairs[i].distance = 0.8
		}
	}
	r := newRate(45, 450)
	got := newResampler(s, 1).interval(pairs, true, beyond(0.5))
	if got == nil || got.Low > 0 || !nearly(got.High, 0.3, 0.1001) || r.High-r.Low > 0.06 {
		t.Errorf("people %+v, pairs %.3f to %.3f", got, r.Low, r.High)
	}
	if again := newResampler(s, 1).interval(pairs, true, beyond(0.5)); *again != *got {
		t.Errorf("one seed gave %+v and %+v", got, again)
	}
	if none := newResampler(s, 1).interval(pairs, true, beyond(2)); none != nil {
		t.Errorf("without an error resampling says nothing, not %+v", none)
	}
}

func TestResampledPairsAreCountedAsIfListed(t *testing.T) {
	s, pairs := crowd(4, 3, 0.1, 0.9)
	r := newResampler(s, 1)
	w := []float64{2, 0, 1, 1}
	var genuine, impostor float64
	for _, p := range pairs {
		if s.same(p) {
			genuine += r.weight(w, p)
		} else {
			impostor += r.weight(w, p)
		}
	}
	pictures := r.pictures(pairs)
	if got := r.compared(w, pictures, true); got != genuine {
		t.Errorf("%v pairs of one person, listed %v", got, genuine)
	}
	if got := r.compared(w, pictures, false); got != impostor {
		t.Errorf("%v pairs of two people, listed %v", got, impostor)
	}
}

func TestAResampledEqualErrorRateLiesAroundTheMeasured(t *testing.T) {
	s, pairs := crowd(20, 5, 0.3, 0.7)
	for i := range pairs {
		pairs[i].distance += 0.6 * float64(i%101) / 100 // both kinds overlap
	}
	scores := split(s, pairs)
	got := newResampler(s, 1).equalErrorRate(pairs)
	if eer := scores.EqualErrorRate(); got == nil || got.Low > eer+0.01 || got.High < eer-0.01 || got.High-got.Low > 0.2 {
		t.Errorf("measured %v, resampled %+v", eer, got)
	}
}

func TestPicturesThatAreAllAlikeHaveNoInterval(t *testing.T) {
	s := Set{Samples: []Sample{{Subject: "a"}, {Subject: "a"}, {Subject: "b"}, {Subject: "b"}}}
	for _, distance := range []float64{0, math.NaN()} {
		if r := newResampler(s, 1).equalErrorRate([]pair{{0, 1, distance}, {0, 2, distance}, {2, 3, distance}}); r != nil {
			t.Errorf("%+v", r)
		}
	}
}
