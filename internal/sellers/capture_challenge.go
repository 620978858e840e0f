package sellers

import (
	"encoding/json"
	"fmt"
	"time"

	"truepenny/internal/biometrics/liveness"
	"truepenny/internal/biometrics/pad"
	"truepenny/internal/ids"
)

// drawChallenge draws a challenge and cuts it into the steps in which it is
// told. Lights are those of the person's last captures, which are not repeated.
func drawChallenge(light bool, recent [][]Shade, expires time.Time) (storedChallenge, error) {
	o := liveness.Options{Light: light}
	for _, shades := range recent {
		var before pad.Sequence
		for _, c := range shades {
			before = append(before, pad.Colour(c))
		}
		o.Recent = append(o.Recent, before)
	}
	drawn := liveness.NewChallenge(ids.Intn, o, expires)
	engine, err := json.Marshal(drawn)
	if err != nil {
		return storedChallenge{}, fmt.Errorf("challenge: %w", err)
	}
	out := storedChallenge{LengthMS: millis(drawn.Length()), Engine: engine}
	for _, step := range drawn.Steps {
		out.Prompts = append(out.Prompts, Prompt{Gesture: string(step.Prompt), FromMS: millis(step.From), UntilMS: millis(step.To)})
	}
	for _, c := range drawn.Light {
		out.Light = append(out.Light, Shade(c))
	}
	out.ShadeMS = millis(liveness.LightStep)
	return out, nil
}

// reveal tells one step; one past the last says that there is none.
func (c storedChallenge) reveal(step int) Reveal {
	if step >= len(c.Prompts) {
		return Reveal{Step: step, Done: true}
	}
	p := c.Prompts[step]
	out := Reveal{Step: step, Prompt: p.Gesture, Millis: p.UntilMS - p.FromMS}
	if step == len(c.Prompts)-1 && len(c.Light) > 0 {
		out.Light, out.ShadeMS = c.Light, c.ShadeMS
	}
	return out
}

func millis(d time.Duration) int { return int(d.Milliseconds()) }
