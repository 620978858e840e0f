package demo

import (
	"math"

	"truepenny/internal/biometrics/liveness"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/sellers"
	"truepenny/internal/specimen"
)

const (
	frameEvery   = 250 // milliseconds between the frames of a clip
	turnMS       = 450 // a head needs about this long to turn
	frameQuality = 85
)

// Clip draws the frames of a capture in which the person follows the prompts:
// their portrait as a webcam sees it, turned as asked (specimen.Turn).
func Clip(p Portrait, prompts []sellers.Prompt, lengthMS int) ([]sellers.Frame, error) {
	seat := p.Webcam()
	var out []sellers.Frame
	for at := 0; at < lengthMS; at += frameEvery {
		yaw := seat.Base + seat.Swing*Aim(prompts, at)
		// Nobody holds quite still.
		sway := 0.8 * math.Sin(float64(at)/310)
		jpeg, err := picture.EncodeJPEG(specimen.Turn(seat.Image, seat.Face, yaw+sway, sway/2), frameQuality)
		if err != nil {
			return nil, err
		}
		out = append(out, sellers.Frame{OffsetMS: at, JPEG: jpeg})
	}
	return out, nil
}

// Aim is where a person who follows the prompts looks at a moment: 1 as far to
// their own left as they turn, -1 to the right, 0 straight; they need a moment
// to get there.
func Aim(prompts []sellers.Prompt, atMS int) float64 {
	aim := 0.0
	for _, p := range prompts {
		if atMS < p.FromMS {
			break
		}
		arrived := math.Min(1, float64(min(atMS, p.UntilMS)-p.FromMS)/turnMS)
		aim += (side(p.Gesture) - aim) * arrived
	}
	return aim
}

func side(gesture string) float64 {
	switch gesture {
	case string(liveness.TurnLeft):
		return 1
	case string(liveness.TurnRight):
		return -1
	}
	return 0
}
