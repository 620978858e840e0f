package lab

import (
	"fmt"
	"sort"
	"strconv"
)

// Group is the part of a set that shares a label: genuine pairs of its people,
// impostor pairs of two of its people.
type Group struct {
	Name  string `json:"name"`  // "all", or the manifest's column
	Value string `json:"value"` // the label
	// People is how many there are; of few, a rate speaks of each of them.
	People int    `json:"people"`
	FMR    Rate   `json:"fmr"`
	FNMR   Rate   `json:"fnmr"`
	Note   string `json:"note,omitempty"`
	Worst  string `json:"worst,omitempty"` // "fmr", "fnmr": the highest of all groups
	// The group's rate over everybody's, and what the 25 % rule says of it.
	FMRRatio     *float64 `json:"fmr_ratio,omitempty"`
	FNMRRatio    *float64 `json:"fnmr_ratio,omitempty"`
	FMRStanding  Standing `json:"fmr_standing,omitempty"`
	FNMRStanding Standing `json:"fnmr_standing,omitempty"`
}

const tooFew = "too few to say"

// pair is one comparison: two samples and how far apart their faces are.
type pair struct {
	a, b     int32
	distance float64
}

// groupLabels gives every sample's labels, numbers with many values in decades.
func groupLabels(s Set) [][]string {
	labels := make([][]string, len(s.Samples))
	for g := range s.Groups {
		values := map[string]bool{}
		numeric := true
		for _, sample := range s.Samples {
			values[sample.Groups[g]] = true
			if _, err := strconv.Atoi(sample.Groups[g]); err != nil {
				numeric = false
			}
		}
		for i, sample := range s.Samples {
			v := sample.Groups[g]
			if n, err := strconv.Atoi(v); err == nil && numeric && len(values) > 8 {
				v = fmt.Sprintf("%d-%d", n/10*10, n/10*10+9)
			}
			labels[i] = append(labels[i], v)
		}
	}
	return labels
}

// byGroup measures every group at a threshold, after the whole set as "all".
func byGroup(s Set, pairs []pair, threshold float64) []Group {
	labels := groupLabels(s)
	everybody := make([]int, len(s.Samples))
	for i := range everybody {
		everybody[i] = i
	}
	all := Group{Name: "all", People: s.people(everybody, func(int) bool { return true })}
	all.FMR, all.FNMR = ratesOf(s, pairs, threshold, func(int32) bool { return true })
	groups := []Group{all}
	for g, name := range s.Groups {
		for _, v := range distinct(labels, g) {
			one := Group{Name: name, Value: v, People: s.people(everybody, func(i int) bool { return labels[i][g] == v })}
			one.FMR, one.FNMR = ratesOf(s, pairs, threshold, func(i int32) bool { return labels[i][g] == v })
			groups = append(groups, one)
		}
	}
	for i, g := range groups {
		groups[i].Note = g.doubt()
	}
	markWorst(groups[1:])
	judge(groups)
	return groups
}

// people counts the different people on those of some samples that belong.
func (s Set) people(samples []int, in func(sample int) bool) int {
	seen := map[string]bool{}
	for _, i := range samples {
		if in(i) {
			seen[s.Samples[i].Subject] = true
		}
	}
	return len(seen)
}

// doubt says which of a group's rates rests on too few errors.
func (g Group) doubt() string {
	switch {
	case !g.FMR.Enough() && !g.FNMR.Enough():
		return tooFew
	case !g.FMR.Enough():
		return "false matches: " + tooFew
	case !g.FNMR.Enough():
		return "false non-matches: " + tooFew
	}
	return ""
}

// ratesOf counts the errors among the pairs whose two samples both belong.
func ratesOf(s Set, pairs []pair, threshold float64, in func(sample int32) bool) (fmr, fnmr Rate) {
	var match, impostor, miss, genuine int
	for _, p := range pairs {
		if !in(p.a) || !in(p.b) {
			continue
		}
		near := p.distance <= threshold
		if s.Samples[p.a].Subject == s.Samples[p.b].Subject {
			genuine++
			if !near {
				miss++
			}
			continue
		}
		impostor++
		if near {
			match++
		}
	}
	return newRate(match, impostor), newRate(miss, genuine)
}

func distinct(labels [][]string, g int) []string {
	seen := map[string]bool{}
	var values []string
	for _, l := range labels {
		if !seen[l[g]] {
			seen[l[g]] = true
			values = append(values, l[g])
		}
	}
	sort.Strings(values)
	return values
}

// markWorst names the groups with the highest rates, if any erred at all.
func markWorst(groups []Group) {
	match, miss := -1, -1
	for i, g := range groups {
		if g.FMR.Errors > 0 && (match < 0 || g.FMR.Rate > groups[match].FMR.Rate) {
			match = i
		}
		if g.FNMR.Errors > 0 && (miss < 0 || g.FNMR.Rate > groups[miss].FNMR.Rate) {
			miss = i
		}
	}
	if match >= 0 {
		groups[match].Worst = "fmr"
	}
	if miss >= 0 {
		if groups[miss].Worst != "" {
			groups[miss].Worst = "fmr, fnmr"
			return
		}
		groups[miss].Worst = "fnmr"
	}
}
