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
	turnDegrees  = 17
	turnMS       = 450 // a head needs about this long to turn
	frameQuality = 85
)

// Clip draws the frames of a capture in which the person follows the prompts:
// their portrait as a webcam sees it, turned as asked (specimen.Turn).
func Clip(p Portrait, prompts []sellers.Prompt, lengthMS int) ([]sellers.Frame, error) {
	seat := p.Webcam()
	var out []sellers.Frame
	for at := 0; at < lengthMS; at += frameEvery {
		yaw := Yaw(prompts, at)
		// Nobody holds quite still.
		sway := 0.8 * math.Sin(float64(at)/310)
		jpeg, err := picture.EncodeJPEG(specimen.Turn(seat.Image, seat.Head, yaw+sway, sway/2), frameQuality)
		if err != nil {
			return nil, err
		}
		out = append(out, sellers.Frame{OffsetMS: at, JPEG: jpeg})
	}
	return out, nil
}

// Yaw is where a person who follows the prompts looks at a moment, in degrees
// to their own left; they need a moment to get there.
func Yaw(prompts []sellers.Prompt, atMS int) float64 {
	yaw := 0.0
	for _, p := range prompts {
		if atMS < p.FromMS {
			break
		}
		arrived := math.Min(1, float64(atMS-p.FromMS)/turnMS)
		yaw += (aim(p.Gesture) - yaw) * arrived
	}
	return yaw
}

func aim(gesture string) float64 {
	switch gesture {
	case string(liveness.TurnLeft):
		return turnDegrees
	case string(liveness.TurnRight):
		return -turnDegrees
	}
	return 0
}
