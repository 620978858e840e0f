package lab

import (
	"cmp"
	"slices"
	"time"

	"truepenny/internal/biometrics/liveness"
	"truepenny/internal/biometrics/pad"
)

// present makes presentations of the kind and judges them.
func (k kind) present(s *show, n int, light pad.Sequence) AttackRate {
	rate := AttackRate{Kind: k.name, Films: len(s.own), Reasons: map[string]int{}}
	if rate.Films == 0 {
		rate.Films = len(s.living)
	}
	for i := range n {
		c := k.challenge(s, light)
		rate.count(liveness.Judge(c, k.act(s, c, i)))
	}
	rate.close()
	return rate
}

// challenge draws one. With light, that of the film is taken for what falls on
// the scene now: which colours they are makes no difference to skin or paper.
func (k kind) challenge(s *show, light pad.Sequence) liveness.Challenge {
	if light != nil && k.recorded {
		return liveness.NewChallenge(s.intn, liveness.Options{Light: true, Recent: []pad.Sequence{light}}, time.Time{})
	}
	c := liveness.NewChallenge(s.intn, liveness.Options{}, time.Time{})
	if light != nil {
		c.Light, c.LightFrom = light, c.Length()
		c.Steps = append(c.Steps, liveness.Step{Prompt: liveness.HoldStill, From: c.LightFrom, To: c.LightFrom + liveness.LightStep*time.Duration(len(light))})
	}
	return c
}

func (r *AttackRate) count(v liveness.Verdict) {
	r.Presented++
	r.Reasons[v.Reason]++
	switch {
	case v.Outcome == liveness.Pass:
		r.Accepted++
	case v.Outcome == liveness.Fail || v.Unusable:
		r.Refused++
	default:
		r.Reviewed++
	}
}

func (r *AttackRate) close() {
	rate := newRate(r.Accepted, r.Presented)
	r.IAPAR, r.Low, r.High = rate.Rate, rate.Low, rate.High
}

// worstFirst sorts by rate, then by how high it may be.
func worstFirst(rates []AttackRate) {
	slices.SortStableFunc(rates, func(a, b AttackRate) int {
		return cmp.Or(cmp.Compare(b.IAPAR, a.IAPAR), cmp.Compare(b.High, a.High))
	})
}
