package liveness

import (
	"fmt"
	"math"
	"testing"
	"time"
)

// fixed makes a challenge with an order of its own.
func fixed(prompts ...Prompt) Challenge {
	var c Challenge
	for i, p := range prompts {
		from := time.Duration(i) * StepTime
		c.Steps = append(c.Steps, Step{p, from, from + StepTime})
	}
	return c
}

var order = fixed(Straight, TurnLeft, TurnRight, Straight)

// obey gives the frames of a person who follows a challenge, ten a second, with
// half a second to react and to turn by `turn` degrees.
func obey(c Challenge, turn float64) []Observation {
	return record(c.Length(), func(at time.Duration) float64 {
		i := int((at - 500*time.Millisecond) / StepTime)
		if at < 500*time.Millisecond {
			return 3
		}
		switch c.Steps[min(i, len(c.Steps)-1)].Prompt {
		case TurnLeft:
			return 3 + turn
		case TurnRight:
			return 3 - turn
		}
		return 3
	})
}

func record(length time.Duration, yaw func(time.Duration) float64) []Observation {
	var frames []Observation
	for at := 50 * time.Millisecond; at < length; at += 100 * time.Millisecond {
		o := Observation{At: at, Faces: 1, Yaw: yaw(at), Change: 0.1, Fingerprint: fmt.Sprint(at)}
		frames = append(frames, o)
	}
	frames[0].Change = 0
	return frames
}

func TestWhoFollowsThePromptsPasses(t *testing.T) {
	for _, prompts := range orders() {
		c := fixed(prompts...)
		if v := Judge(c, obey(c, 25)); v.Outcome != Pass || v.Reason != OK || len(v.Turned) != len(prompts) {
			t.Errorf("%v: %+v", prompts, v)
		}
	}
}

func TestWhatIsNotAPersonFollowingDoesNotPass(t *testing.T) {
	change := func(do func([]Observation)) []Observation {
		frames := obey(order, 25)
		do(frames)
		return frames
	}
	every := func(frames []Observation, n int, do func(*Observation)) {
		for i := range frames {
			if i%n == 0 {
				do(&frames[i])
			}
		}
	}
	swing := record(order.Length(), func(at time.Duration) float64 { return 30 * math.Sin(at.Seconds()*2*math.Pi/0.9) })
	for _, c := range []struct {
		name    string
		frames  []Observation
		outcome Outcome
		reason  string
	}{
		{"no frames", nil, Review, TooFewFrames},
		{"a still picture", record(order.Length(), func(time.Duration) float64 { return 2 }), Fail, NoTurnLeft},
		{"a turned still picture", record(order.Length(), func(time.Duration) float64 { return 30 }), Review, ""},
		{"a turn that is too small", obey(order, 10), Fail, NoTurnLeft},
		{"only the turn to the left", change(func(f []Observation) {
			for i := range f {
				f[i].Yaw = math.Max(f[i].Yaw, 0)
			}
		}), Fail, NoTurnRight},
		{"the mirror image", change(func(f []Observation) {
			for i := range f {
				f[i].Yaw = -f[i].Yaw
			}
		}), Fail, WrongOrder},
		{"a recording of another order", obey(fixed(TurnRight, Straight, TurnLeft, Straight), 25), Fail, WrongOrder},
		{"shaking the head all the time", swing, Fail, WrongOrder},
		{"another person midway", change(func(f []Observation) { f[30].Change = 0.9 }), Fail, FaceChanged},
		{"a looped file", change(func(f []Observation) { every(f, 1, func(o *Observation) { o.Fingerprint = "same" }) }), Fail, Frozen},
		{"no face in every third frame", change(func(f []Observation) { every(f, 3, func(o *Observation) { o.Faces = 0 }) }), Review, FaceLost},
		{"two faces in every second frame", change(func(f []Observation) { every(f, 2, func(o *Observation) { o.Faces = 2 }) }), Review, SeveralFaces},
		{"a gap of a second", append(obey(order, 25)[:20:20], obey(order, 25)[31:]...), Review, TooFewFrames},
		{"an early end", obey(order, 25)[:40], Review, TooFewFrames},
	} {
		v := Judge(order, c.frames)
		if v.Outcome == Pass {
			t.Errorf("%s passes", c.name)
		}
		if c.reason != "" && (v.Reason != c.reason || v.Outcome != c.outcome) {
			t.Errorf("%s: %+v, want %s %s", c.name, v, c.outcome, c.reason)
		}
	}
}

func TestASlowTurnStillCounts(t *testing.T) {
	slow := record(order.Length(), func(at time.Duration) float64 {
		s := at.Seconds()
		switch {
		case s > 2.0 && s < 2.9: // the prompt came at 1.3
			return 22
		case s > 3.4 && s < 4.2:
			return -22
		}
		return 0
	})
	if v := Judge(order, slow); v.Outcome != Pass {
		t.Errorf("%+v", v)
	}
}

func TestFramesMayComeUnsortedAndBeyondTheEnd(t *testing.T) {
	frames := obey(order, 25)
	for i, j := 0, len(frames)-1; i < j; i, j = i+1, j-1 {
		frames[i], frames[j] = frames[j], frames[i]
	}
	frames = append(frames, Observation{At: time.Minute}, Observation{At: -time.Second})
	if v := Judge(order, frames); v.Outcome != Pass {
		t.Errorf("%+v", v)
	}
}

func TestAnEmptyChallengeCannotBePassed(t *testing.T) {
	if v := Judge(Challenge{}, obey(order, 25)); v.Outcome == Pass {
		t.Errorf("%+v", v)
	}
}

func TestChallengesAreDrawnFromAllOrders(t *testing.T) {
	seen := map[string]bool{}
	expires := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for i := range len(orders()) {
		c := NewChallenge(func(n int) int {
			if n != len(orders()) {
				t.Fatalf("drawn from %d", n)
			}
			return i
		}, expires)
		seen[fmt.Sprint(c.Prompts())] = true
		last := Prompt("")
		have := map[Prompt]bool{}
		for _, p := range c.Prompts() {
			if p == last {
				t.Errorf("%v repeats", c.Prompts())
			}
			last, have[p] = p, true
		}
		if !have[TurnLeft] || !have[TurnRight] || !have[Straight] {
			t.Errorf("%v lacks a prompt", c.Prompts())
		}
		if c.Length() != 5200*time.Millisecond || c.Expired(expires.Add(-1)) || !c.Expired(expires) {
			t.Errorf("length %v", c.Length())
		}
	}
	if len(seen) != 18 {
		t.Errorf("%d orders", len(seen))
	}
}

// TestALuckyRecordingPassesSeldom plays a recording of every order against
// every challenge: only its own may pass.
func TestALuckyRecordingPassesSeldom(t *testing.T) {
	for i, recorded := range orders() {
		frames := obey(fixed(recorded...), 25)
		for j, asked := range orders() {
			if v := Judge(fixed(asked...), frames); (v.Outcome == Pass) != (i == j) {
				t.Errorf("recording %v, challenge %v: %+v", recorded, asked, v)
			}
		}
	}
}
