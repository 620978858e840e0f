package lab

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Resampling draws people, not pairs: all pairs of a person come and go
// together, because they are not independent (Poh, Martin and Bengio, 2007;
// ISO/IEC 19795-1 asks that dependence is allowed for).
const (
	resamples   = 1000
	resampleOps = 400e6 // pairs times resamples of an equal error rate at most
	eerBins     = 2048
)

// resampler draws people with replacement. The seed makes it repeatable.
type resampler struct {
	draw   *rand.Rand
	person []int // of each sample
	people int
}

func newResampler(s Set, seed uint64) *resampler {
	r := &resampler{draw: rand.New(rand.NewPCG(seed, 0x747275656e79))}
	number := map[string]int{}
	for _, sample := range s.Samples {
		n, known := number[sample.Subject]
		if !known {
			n = len(number)
			number[sample.Subject] = n
		}
		r.person = append(r.person, n)
	}
	r.people = len(number)
	return r
}

// weights says how often each person was drawn.
func (r *resampler) weights() []float64 {
	w := make([]float64, r.people)
	for range r.people {
		w[r.draw.IntN(r.people)]++
	}
	return w
}

// weight of a pair: one person's comes as often as the person, two people's as
// often as both together.
func (r *resampler) weight(w []float64, p pair) float64 {
	a, b := r.person[p.a], r.person[p.b]
	if a == b {
		return w[a]
	}
	return w[a] * w[b]
}

// interval resamples the share of pairs that erred. Both counts are taken by
// people first, so that a resample costs as much as there are erring pairs.
func (r *resampler) interval(pairs []pair, genuine bool, erred func(pair) bool) *Interval {
	var wrong []pair
	for _, p := range pairs {
		if r.genuine(p) == genuine && erred(p) {
			wrong = append(wrong, p)
		}
	}
	if len(wrong) == 0 {
		return nil // resampling no errors gives no errors: it says nothing
	}
	pictures := r.pictures(pairs)
	var rates []float64
	for range resamples {
		w := r.weights()
		var errors float64
		for _, p := range wrong {
			errors += r.weight(w, p)
		}
		if all := r.compared(w, pictures, genuine); all > 0 {
			rates = append(rates, errors/all)
		}
	}
	return middle(rates)
}

func (r *resampler) genuine(p pair) bool { return r.person[p.a] == r.person[p.b] }

// pictures counts every person's pictures that were compared.
func (r *resampler) pictures(pairs []pair) []float64 {
	seen := make([]bool, len(r.person))
	for _, p := range pairs {
		seen[p.a], seen[p.b] = true, true
	}
	n := make([]float64, r.people)
	for i, there := range seen {
		if there {
			n[r.person[i]]++
		}
	}
	return n
}

// compared is how many pairs of all pictures there are in a resample.
func (r *resampler) compared(w, pictures []float64, genuine bool) float64 {
	var own, sum, squares float64
	for i, n := range pictures {
		own += w[i] * n * (n - 1) / 2
		sum += w[i] * n
		squares += w[i] * w[i] * n * n
	}
	if genuine {
		return own
	}
	return (sum*sum - squares) / 2
}

// equalErrorRate resamples the equal error rate, distances in fine bins.
func (r *resampler) equalErrorRate(pairs []pair) *Interval {
	furthest := 0.0
	for _, p := range pairs {
		furthest = math.Max(furthest, p.distance)
	}
	if !(furthest > 0) {
		return nil // all pictures are one, or no distance is a number
	}
	times := int(math.Max(100, math.Min(resamples, resampleOps/float64(len(pairs)))))
	var rates []float64
	genuine, impostor := make([]float64, eerBins), make([]float64, eerBins)
	for range times {
		clear(genuine)
		clear(impostor)
		w := r.weights()
		for _, p := range pairs {
			to := impostor
			if r.genuine(p) {
				to = genuine
			}
			to[min(eerBins-1, int(p.distance/furthest*eerBins))] += r.weight(w, p)
		}
		if rate, ok := binnedEER(genuine, impostor); ok {
			rates = append(rates, rate)
		}
	}
	return middle(rates)
}

func binnedEER(genuine, impostor []float64) (float64, bool) {
	var g, i float64
	for k := range genuine {
		g, i = g+genuine[k], i+impostor[k]
	}
	if g == 0 || i == 0 {
		return 0, false
	}
	match, miss := 0.0, 1.0
	for k := range genuine {
		nextMatch, nextMiss := match+impostor[k]/i, miss-genuine[k]/g
		if nextMatch >= nextMiss {
			return crossing(match, math.Max(0, miss), nextMatch, math.Max(0, nextMiss)), true
		}
		match, miss = nextMatch, nextMiss
	}
	return match, true
}

// middle is the range of the middle 95 % of values (percentile method).
func middle(values []float64) *Interval {
	if len(values) == 0 {
		return nil
	}
	slices.Sort(values)
	at := func(share float64) float64 { return values[int(share*float64(len(values)-1)+0.5)] }
	return &Interval{at(0.025), at(0.975)}
}
