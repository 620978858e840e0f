package demo

import (
	"math"
	"runtime"

	"golang.org/x/sync/errgroup"

	"truepenny/internal/biometrics/liveness"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/sellers"
	"truepenny/internal/specimen"
)

const (
	frameEvery   = 300 // milliseconds between the frames of a clip
	turnMS       = 450 // a head needs about this long to turn
	frameQuality = 85
)

// Clip draws the frames of a capture in which the person follows the prompts:
// their portrait as a webcam sees it, turned as asked (specimen.Turn).
func Clip(p Portrait, prompts []sellers.Prompt, lengthMS int) ([]sellers.Frame, error) {
	seat := p.Webcam()
	out := make([]sellers.Frame, (lengthMS+frameEvery-1)/frameEvery)
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range out {
		group.Go(func() (err error) {
			at := i * frameEvery
			out[i].OffsetMS = at
			yaw := seat.Base + seat.Swing*Aim(prompts, at)
			// Nobody holds quite still.
			sway := 0.8 * math.Sin(float64(at)/310)
			out[i].JPEG, err = picture.EncodeJPEG(specimen.Turn(seat.Image, seat.Face, yaw+sway, sway/2), frameQuality)
			return err
		})
	}
	return out, group.Wait()
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
