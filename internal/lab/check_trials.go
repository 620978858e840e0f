package lab

import (
	"math"
	"slices"

	"truepenny/internal/biometrics/face"
)

// CheckTrial is the error of the check as it is used: one picture as the
// portrait, several others of one person as the frames of a capture, all of
// them joined into one distance. Each picture is the portrait once against every
// person of the set.
type CheckTrial struct {
	Rule   string  `json:"rule"`
	Frames int     `json:"frames"`
	EER    float64 `json:"eer"`
	FMR    Rate    `json:"fmr"` // at the report's threshold
	FNMR   Rate    `json:"fnmr"`
	// FNMRAtFMR compares the rules at one false match rate, "1e-2" and "1e-3".
	FNMRAtFMR map[string]Operating `json:"fnmr_at_fmr"`
}

// The ways in which the frames' distances are joined.
const (
	RulePair   = "pair"   // one frame: an ordinary comparison
	RuleMedian = "median" // the middle distance
	RuleNear   = "near"   // face.Join, which the product uses
	RuleMean   = "mean"   // the distance of the frames' mean descriptor
)

// frameCounts are the numbers of frames that are tried.
var frameCounts = []int{3, 5, 9}

// checkTrials tries the rules as far as the set has pictures of one person.
func checkTrials(d described, threshold float64) []CheckTrial {
	t := newTrials(d)
	trials := []CheckTrial{t.run(RulePair, 1, threshold)}
	for _, frames := range frameCounts {
		for _, rule := range []string{RuleNear, RuleMedian, RuleMean} {
			if trial := t.run(rule, frames, threshold); trial.FNMR.Pairs > 0 {
				trials = append(trials, trial)
			}
		}
	}
	return trials
}

// trials holds every person's usable pictures.
type trials struct {
	people [][]face.Descriptor
}

func newTrials(d described) trials {
	number := map[string]int{}
	var t trials
	for i, s := range d.set.Samples {
		if d.all[i].Descriptor == nil {
			continue
		}
		n, known := number[s.Subject]
		if !known {
			n = len(t.people)
			number[s.Subject] = n
			t.people = append(t.people, nil)
		}
		t.people[n] = append(t.people[n], *d.all[i].Descriptor)
	}
	return t
}

func (t trials) run(rule string, frames int, threshold float64) CheckTrial {
	var s Scores
	for owner, own := range t.people {
		for i, portrait := range own {
			for other, theirs := range t.people {
				skip := -1
				if other == owner {
					skip = i // the portrait itself is no frame
				}
				chosen := following(theirs, i, frames, skip)
				if len(chosen) < frames {
					continue
				}
				if v := join(rule, portrait, chosen); other == owner {
					s.Genuine = append(s.Genuine, v)
				} else {
					s.Impostor = append(s.Impostor, v)
				}
			}
		}
	}
	s.sort()
	trial := CheckTrial{Rule: rule, Frames: frames, FMR: s.FalseMatch(threshold), FNMR: s.FalseNonMatch(threshold),
		FNMRAtFMR: map[string]Operating{}}
	for _, o := range operatingPoints[:2] {
		trial.FNMRAtFMR[o.name] = s.AtFalseMatch(o.rate)
	}
	if len(s.Genuine) > 0 && len(s.Impostor) > 0 {
		trial.EER = s.EqualErrorRate()
	}
	return trial
}

// following are the n pictures after place i, round and round, without skip.
func following(all []face.Descriptor, i, n, skip int) []face.Descriptor {
	var out []face.Descriptor
	for step := 1; step <= len(all) && len(out) < n; step++ {
		if k := (i + step) % len(all); k != skip {
			out = append(out, all[k])
		}
	}
	return out
}

// join makes one distance of several frames'. Descriptors of one run come from
// one network, so distances cannot fail.
func join(rule string, portrait face.Descriptor, frames []face.Descriptor) float64 {
	if rule == RuleMean {
		return apart(portrait, meanOf(frames))
	}
	distances := make([]float64, len(frames))
	for i, f := range frames {
		distances[i] = apart(portrait, f)
	}
	if rule == RuleNear {
		near, _ := face.Join(distances)
		return near
	}
	slices.Sort(distances)
	n := len(distances)
	return (distances[(n-1)/2] + distances[n/2]) / 2
}

func apart(a, b face.Descriptor) float64 {
	d, err := face.Distance(a, b)
	if err != nil {
		return math.Inf(1)
	}
	return d
}

func meanOf(all []face.Descriptor) face.Descriptor {
	out := face.Descriptor{Network: all[0].Network, Version: all[0].Version, Values: make([]float32, len(all[0].Values))}
	for _, d := range all {
		for i, v := range d.Values {
			out.Values[i] += v / float32(len(all))
		}
	}
	return out
}
