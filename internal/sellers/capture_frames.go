package sellers

import (
	"fmt"
	"math"
	"slices"

	"truepenny/internal/biometrics/liveness"
	"truepenny/internal/biometrics/picture"
)

const (
	keptFrame   = 1280 // longest side of a kept picture, in pixels
	bestFrames  = 8    // that suit the comparison with a portrait
	stepFrames  = 3    // of every step: its first, its middle, and the one that moved most
	leastFrames = 12   // where too little moves to choose by
)

// judgedFrame is a picture as it is kept: decoded and written anew.
type judgedFrame struct {
	offsetMS      int
	jpeg          []byte
	width, height int
}

// keepFrames keeps enough to judge by and to show: the best for the comparison,
// three of every step, and the picture of full size; about 25 of 150 to 220.
func keepFrames(rec liveness.Recording, f film, u CaptureUpload) ([]judgedFrame, error) {
	var out []judgedFrame
	add := func(at int, jpeg []byte) error {
		img, err := openFrame(jpeg)
		if err != nil {
			return err
		}
		img = picture.Fit(img, keptFrame)
		body, err := picture.EncodeJPEG(img, keptQuality)
		if err != nil {
			return fmt.Errorf("keep frame: %w", err)
		}
		out = append(out, judgedFrame{at, body, img.Rect.Dx(), img.Rect.Dy()})
		return nil
	}
	if len(u.Still.JPEG) > 0 {
		if err := add(u.Still.OffsetMS, u.Still.JPEG); err != nil {
			return nil, err
		}
	}
	for _, i := range chosen(rec, f) {
		if err := add(f.frames[i].OffsetMS, f.frames[i].JPEG); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// chosen are the places of the frames that are kept, in their order.
func chosen(rec liveness.Recording, f film) []int {
	keep := rec.Best(bestFrames)
	for step := range f.shown {
		var of []int
		for i, at := range f.steps {
			if at == step {
				of = append(of, i)
			}
		}
		if len(of) >= stepFrames {
			keep = append(keep, of[0], of[len(of)/2], slices.MaxFunc(of, func(a, b int) int {
				return int(1000 * (moved(rec, a) - moved(rec, b)))
			}))
		}
	}
	for i := 0; len(f.frames) > 0 && len(keep) < leastFrames && i < leastFrames; i++ {
		keep = append(keep, i*len(f.frames)/leastFrames)
	}
	slices.Sort(keep)
	return slices.Compact(keep)
}

// moved is how far a frame is from the capture's first, by the signals of every
// gesture, each measured by what about counts as one.
func moved(rec liveness.Recording, i int) float64 {
	if i >= len(rec.Frames) || rec.Frames[i].Faces != 1 || len(rec.Frames) == 0 {
		return 0
	}
	s, base := rec.Frames[i].Signals, rec.Frames[0].Signals
	ratio := func(a, b, full float64) float64 {
		if b == 0 {
			return 0
		}
		return math.Abs(a/b-1) / full
	}
	return math.Abs(s.Yaw-base.Yaw)/15 + math.Abs(s.Pitch-base.Pitch)/8 + math.Abs(s.Roll-base.Roll)/9 +
		ratio(s.IO, base.IO, 0.15) + ratio(s.Opening, base.Opening, 0.3) + ratio(s.MouthWidth, base.MouthWidth, 0.12)
}
