package liveness

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"truepenny/internal/biometrics/pad"
)

func TestEveryChallengeAsksForABlinkAndATurnAndKeepsItsTimes(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 1))
	expires := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	first := map[Prompt]int{}
	for range 2000 {
		c := NewChallenge(rnd.IntN, Options{Light: true}, expires)
		p := c.Prompts()
		asked := p[1:5]
		if len(p) != 7 || p[0] != Straight || p[5] != Straight || p[6] != HoldStill {
			t.Fatal(p)
		}
		if !slices.Contains(asked, Blink) || slices.Contains(asked, TurnLeft) == slices.Contains(asked, TurnRight) {
			t.Fatal(p)
		}
		first[p[1]]++
		if unique := slices.Compact(slices.Sorted(slices.Values(asked))); len(unique) != gestures {
			t.Fatalf("%v repeats", p)
		}
		for i, s := range c.Steps {
			if i > 0 && s.From != c.Steps[i-1].To {
				t.Fatalf("a hole before step %d", i)
			}
			if s.asks() && (s.Length() < 1400*time.Millisecond || s.Length() > 2*time.Second) {
				t.Fatalf("%v stands %v", s.Prompt, s.Length())
			}
		}
		light := c.Steps[6]
		if light.Length() < 4500*time.Millisecond || light.Length() > 5500*time.Millisecond || len(c.Light) < 9 || len(c.Light) > 11 {
			t.Fatalf("light stands %v, %d colours", light.Length(), len(c.Light))
		}
		if c.LightFrom != light.From || c.Steps[0].Length() < DefaultRules.Base || c.Expired(expires.Add(-1)) || !c.Expired(expires) {
			t.Fatalf("%+v", c)
		}
		if length := light.From; length < 7*time.Second || length > 10*time.Second {
			t.Fatalf("gestures take %v", length)
		}
	}
	if len(first) != 7 {
		t.Errorf("first gestures: %v", first)
	}
}

func TestAChallengeWithoutLightHasNone(t *testing.T) {
	c := NewChallenge(rand.New(rand.NewPCG(1, 2)).IntN, Options{}, time.Time{})
	if c.Light != nil || c.LightFrom != 0 || slices.Contains(c.Prompts(), HoldStill) {
		t.Errorf("%+v", c)
	}
}

func TestGesturesThatAnOperatorLeavesOutAreNotAskedFor(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 3))
	for _, avoid := range [][]Prompt{{Smile}, {Smile, Closer}, {Smile, Closer, Tilt}, {Smile, Closer, Tilt, LookUp}, {Blink, TurnLeft}} {
		for range 200 {
			p := NewChallenge(rnd.IntN, Options{Avoid: avoid}, time.Time{}).Prompts()
			for _, a := range avoid {
				if slices.Contains(p, a) && a != Blink && a != TurnLeft {
					t.Fatalf("%v although %v is left out", p, a)
				}
			}
			if !slices.Contains(p, Blink) || !slices.Contains(p, TurnLeft) && !slices.Contains(p, TurnRight) {
				t.Fatalf("%v lacks a blink or a turn", p)
			}
		}
	}
}

func TestEveryOrderIsDrawnEquallyOften(t *testing.T) {
	seen := map[string]int{}
	rnd := rand.New(rand.NewPCG(1, 4))
	for range 288 * 100 {
		seen[fmt.Sprint(draw(rnd.IntN, nil))]++
	}
	if len(seen) != 288 {
		t.Errorf("%d orders", len(seen))
	}
	for o, n := range seen {
		if n < 55 || n > 150 {
			t.Errorf("%s: %d of 100 expected", o, n)
		}
	}
}

// TestAChallengeHoldsTwentyBits counts what can be drawn: every draw before the
// light gives another challenge, and light sequences are counted by drawing.
func TestAChallengeHoldsTwentyBits(t *testing.T) {
	bits := 0.0
	NewChallenge(func(n int) int { bits += math.Log2(float64(n)); return 0 }, Options{}, time.Time{})
	order := math.Log2(288)
	light := lightBits()
	t.Logf("order and sides %.1f bits, with lengths %.1f, light at least %.1f more", order, bits, light)
	if order < 8 || bits < 20 || order+light < 20 {
		t.Errorf("order %.1f, with lengths %.1f, light %.1f bits", order, bits, light)
	}
}

// lightBits estimates the entropy of light sequences from how often two of many
// drawn ones are equal: the collision entropy, which is never above the true one.
func lightBits() float64 {
	rnd := rand.New(rand.NewPCG(9, 9))
	const drawn = 20000
	seen := map[string]int{}
	for range drawn {
		s := pad.NewSequence(rnd.IntN, pad.StepsLeast+rnd.IntN(pad.StepsMost-pad.StepsLeast+1), nil)
		seen[fmt.Sprint(s)]++
	}
	equal := 1.0 // as if one more pair had been equal: never infinite
	for _, n := range seen {
		equal += float64(n*(n-1)) / 2
	}
	return math.Log2(drawn * (drawn - 1) / 2 / equal)
}
