package lab

import (
	"cmp"
	"slices"

	"truepenny/internal/biometrics/search"
)

// tally counts the searches of a drill.
type tally struct {
	b        *bench
	at       []IdentifyPoint
	entries  map[int]int // entries of each person
	compared int         // probe against entry of another person
	named    [][]int     // for each point and probe: how many others were named
	missed   [][]bool    // for each point and probe: the own entry was not named
	mated    []bool      // probes whose person is in the gallery with another picture
	hits     []Pair
}

func newTally(b *bench, at []IdentifyPoint) *tally {
	t := &tally{b: b, at: at, entries: map[int]int{}, mated: make([]bool, len(b.probes))}
	for _, s := range b.entries {
		t.entries[b.person[s]]++
	}
	for range at {
		t.named = append(t.named, make([]int, len(b.probes)))
		t.missed = append(t.missed, make([]bool, len(b.probes)))
	}
	for i, s := range b.probes {
		t.compared += len(b.entries) - t.entries[b.person[s]]
		own := t.entries[b.person[s]]
		if slices.Contains(b.entries, s) {
			own-- // its own picture is no search
		}
		t.mated[i] = own > 0
	}
	return t
}

// probe counts one search, whose hits come nearest first.
func (t *tally) probe(i int, hits []search.Hit) {
	s := t.b.probes[i]
	for p, point := range t.at {
		found := false
		for _, h := range hits {
			entry := t.b.entries[h.Number]
			switch {
			case h.Distance > point.Threshold || entry == s:
			case t.b.person[entry] == t.b.person[s]:
				found = true
			default:
				t.named[p][i]++
				if p == 0 {
					t.list(s, entry, h.Distance)
				}
			}
		}
		t.missed[p][i] = t.mated[i] && !found
	}
}

// list keeps the nearest wrong names.
func (t *tally) list(probe, entry int, distance float64) {
	a, b := t.b.set.Samples[probe], t.b.set.Samples[entry]
	t.hits = append(t.hits, Pair{a.File, b.File, a.Subject, b.Subject, distance})
	if len(t.hits) > 8*maxFailures {
		t.hits = t.listed()
	}
}

func (t *tally) listed() []Pair {
	slices.SortStableFunc(t.hits, func(a, b Pair) int { return cmp.Compare(a.Distance, b.Distance) })
	return append([]Pair{}, t.hits[:min(len(t.hits), maxFailures)]...)
}

func (t *tally) points(seed uint64) []IdentifyPoint {
	labels := groupLabels(t.b.set)
	for p := range t.at {
		point := &t.at[p]
		wrong := func(i int) bool { return t.named[p][i] > 0 }
		point.FPIR = t.rate(wrong, func(int) bool { return true })
		point.FPIR.Bootstrap = t.resample(wrong, seed)
		point.FNIR = t.rate(func(i int) bool { return t.missed[p][i] }, func(i int) bool { return t.mated[i] })
		point.FalseIdentities = point.FPIR.Errors
		for _, n := range t.named[p] {
			point.FalsePairs += n
		}
		point.FMR = newRate(point.FalsePairs, t.compared)
		point.Claim = newClaim("FPIR", barFPIR, point.FPIR)
		point.Expected = expected(point.FMR)
		point.Groups = []IdentifyGroup{}
		for g, name := range t.b.set.Groups {
			if name == roleColumn {
				continue
			}
			for _, v := range distinct(labels, g) {
				one := IdentifyGroup{Name: name, Value: v, People: t.b.set.people(t.b.probes, func(i int) bool { return labels[i][g] == v }), FPIR: t.rate(wrong, func(i int) bool { return labels[t.b.probes[i]][g] == v })}
				if one.FPIR.Pairs == 0 {
					continue
				}
				one.Ratio, one.Standing = standing(one.FPIR, point.FPIR)
				point.Groups = append(point.Groups, one)
			}
		}
	}
	return t.at
}

// rate counts probes.
func (t *tally) rate(erred, in func(probe int) bool) Rate {
	var errors, all int
	for i := range t.b.probes {
		if !in(i) {
			continue
		}
		all++
		if erred(i) {
			errors++
		}
	}
	return newRate(errors, all)
}

// resample draws the probes' people: a person's probes come and go together.
func (t *tally) resample(erred func(probe int) bool, seed uint64) *Interval {
	asked := Set{}
	any := false
	for i, s := range t.b.probes {
		asked.Samples = append(asked.Samples, t.b.set.Samples[s])
		any = any || erred(i)
	}
	if !any {
		return nil
	}
	people := newResampler(asked, seed)
	var rates []float64
	for range resamples {
		w := people.weights()
		var errors, all float64
		for i, person := range people.person {
			all += w[person]
			if erred(i) {
				errors += w[person]
			}
		}
		rates = append(rates, errors/all)
	}
	return middle(rates)
}
