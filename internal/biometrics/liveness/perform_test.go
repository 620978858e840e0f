package liveness

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"truepenny/internal/biometrics/injection"
	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/biometrics/pad"
)

// actor performs a challenge as figures: what a person in front of a camera
// would measure, without pictures.
type actor struct {
	rate     float64       // frames a second
	reaction time.Duration // from a prompt to the answer's start
	strength float64       // of a gesture, in thresholds
	takes    time.Duration // from start to end of a gesture
	noise    float64       // of the signals, in the measured standard deviation of a good clip
	drift    float64       // by which the neutral face wanders, in thresholds
	seed     uint64
}

var person = actor{rate: 15, reaction: 550 * time.Millisecond, strength: 1.6, takes: 900 * time.Millisecond, noise: 1, seed: 1}

// bump rises from 0 to 1 and falls back, smoothly.
func bump(x float64) float64 {
	if x <= 0 || x >= 1 {
		return 0
	}
	return math.Min(1, 1.3*math.Pow(math.Sin(math.Pi*x), 2))
}

// perform answers the steps as they are shown.
func (a actor) perform(steps []shown) []Observation {
	rnd := rand.New(rand.NewPCG(a.seed, 7))
	noise := func(sd float64) float64 { return a.noise * sd * rnd.NormFloat64() }
	end := steps[len(steps)-1].To
	var frames []Observation
	at := 20 * time.Millisecond
	for step := 0; at < end; at += time.Duration(float64(time.Second) / a.rate * (1 + 0.04*rnd.NormFloat64())) {
		for step+1 < len(steps) && at >= steps[step].To {
			step++
		}
		s := mesh.Signals{
			Yaw: 2 + noise(0.2), Pitch: -6 + noise(0.2), Roll: 1 + noise(0.1), IO: 90 * (1 + noise(0.002)),
			Opening: 0.33 * (1 + noise(0.02)), MouthWidth: 0.55 * (1 + noise(0.005)), CornerLift: 0.01 + noise(0.002),
		}
		s.Pitch += a.drift * 8 * at.Seconds() / end.Seconds()
		for _, st := range steps {
			a.gesture(&s, st, at)
		}
		frames = append(frames, Observation{Frame: injection.Frame{At: at, Fingerprint: fmt.Sprint(at), Width: 640, Height: 480},
			Step: step, Faces: 1, Signals: s, Described: len(frames)%12 == 3, Identity: 0.15})
	}
	return frames
}

func (a actor) gesture(s *mesh.Signals, st shown, at time.Duration) {
	far := a.strength * bump((at-st.From-a.reaction).Seconds()/a.takes.Seconds())
	switch st.Prompt {
	case TurnLeft:
		s.Yaw += 15 * far
	case TurnRight:
		s.Yaw -= 15 * far
	case LookUp:
		s.Pitch += 8 * far
	case Tilt:
		s.Roll -= 9 * far
	case Closer:
		s.IO *= 1 + 0.15*far
	case Smile:
		s.MouthWidth *= 1 + 0.05*far
		s.CornerLift += 0.015 * far
	case Blink:
		if since := (at - st.From - a.reaction).Seconds(); since > 0 && since < 0.22 {
			s.Opening *= 0.3
		}
	}
}

func plan(prompts ...Prompt) Challenge {
	var c Challenge
	c.add(Straight, leadIn)
	for _, p := range prompts {
		c.add(p, 1700*time.Millisecond)
	}
	c.add(Straight, leadOut)
	return c
}

// played is a capture of an actor who follows a challenge without delays, before
// a camera that shows relief and light.
func (a actor) played(c Challenge) Recording {
	rec := Recording{Frames: a.perform(schedule(c, nil)), Arrivals: c.OnTime(), Network: Network{"test", "1", 0.48, 0.60}}
	rec.Relief = pad.ReliefResult{Judged: true, Reason: pad.ReliefHead, Pairs: 3, Heads: 3, B: 0.9, F: 400, Survivors: 0.9}
	rec.Ground = pad.GroundResult{Judged: true, Reason: pad.GroundFree}
	rec.Camera = injection.Camera{Label: "Integrated Camera", Width: 640, Height: 480, Script: injection.Script{Trusted: true, Native: true}}
	rnd := rand.New(rand.NewPCG(a.seed, 8))
	for i := range rec.Frames {
		o := &rec.Frames[i]
		o.Hash, o.Noise = rnd.Uint64(), 1
		if k := int((o.At - c.LightFrom - 80*time.Millisecond) / LightStep); len(c.Light) > 0 && o.At >= c.LightFrom {
			shade := c.Light[min(max(k, 0), len(c.Light)-1)]
			r, g, b := linear(shade.R), linear(shade.G), linear(shade.B)
			tone := [2]float64{0.1 + 0.05*(r-g) + 0.001*rnd.NormFloat64(), -0.1 + 0.05*(b-g) + 0.001*rnd.NormFloat64()}
			o.Tint = &pad.Tint{Face: tone, Bright: 0.3, Pixels: 9000}
		}
	}
	return rec
}

// linear is the light of an sRGB value.
func linear(v uint8) float64 { return math.Pow((float64(v)/255+0.055)/1.055, 2.4) }
