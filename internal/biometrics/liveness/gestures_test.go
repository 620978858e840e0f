package liveness

import (
	"math/rand/v2"
	"testing"
	"time"
)

func judged(c Challenge, frames []Observation) Finding {
	r := DefaultRules
	base, _ := r.neutral(frames)
	return r.gestures(schedule(c, nil), r.motion(frames, base))
}

func TestWhoFollowsThePromptsPasses(t *testing.T) {
	rnd := rand.New(rand.NewPCG(2, 2))
	for i := range 300 {
		c := NewChallenge(rnd.IntN, Options{}, time.Time{})
		a := person
		a.seed = uint64(i)
		if f := judged(c, a.played(c).Frames); f.Outcome != Pass || f.Reason != OK {
			t.Errorf("%v: %+v", c.Prompts(), f)
		}
	}
}

func TestPeopleDifferInHowTheyAnswer(t *testing.T) {
	for name, change := range map[string]func(*actor){
		"quick":                  func(a *actor) { a.reaction = 300 * time.Millisecond; a.takes = 600 * time.Millisecond },
		"slow to react":          func(a *actor) { a.reaction = 1050 * time.Millisecond },
		"slow":                   func(a *actor) { a.takes = 1400 * time.Millisecond },
		"strong":                 func(a *actor) { a.strength = 2.4 },
		"poor camera":            func(a *actor) { a.noise = 2.4 },
		"ten frames a second":    func(a *actor) { a.rate = 10.5 },
		"thirty frames a second": func(a *actor) { a.rate = 30 },
		"sinks":                  func(a *actor) { a.drift = -0.6 },
		"rises":                  func(a *actor) { a.drift = 0.6 },
	} {
		rnd := rand.New(rand.NewPCG(3, 3))
		failed := 0
		for i := range 100 {
			c := NewChallenge(rnd.IntN, Options{}, time.Time{})
			a := person
			change(&a)
			a.seed = uint64(i)
			if f := judged(c, a.played(c).Frames); f.Outcome != Pass {
				failed++
				t.Logf("%s: %v: %+v", name, c.Prompts(), f)
			}
		}
		if failed > 2 {
			t.Errorf("%s: %d of 100 fail", name, failed)
		}
	}
}
