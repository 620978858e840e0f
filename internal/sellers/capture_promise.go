package sellers

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"truepenny/internal/errs"
)

// The reasons why pictures are not those of the capture that ran.
const (
	reasonPromise = "capture.promise" // they are not exactly the ones that were promised on the way
	reasonClock   = "capture.clock"   // the page's times cannot be
)

// clockSlack is how much earlier than this machine told it a page may say that
// it showed a step: its clock begins when the start has travelled.
const clockSlack = 5 * time.Second

// film is a capture's pictures in their order, held against what was promised.
type film struct {
	frames []Frame
	steps  []int           // of each frame: the step in whose time it was promised
	shown  []time.Duration // when each step was shown, by the page's clock
	told   []time.Duration // when this machine told it, since the start; then when the last promise came
	reason string          // why it cannot be the capture that ran, "" when it can
}

// newFilm orders the pictures and checks that they are exactly the promised
// ones, and that the page's times can be. A capture whose steps were not all told
// is Invalid "capture.frames": its page did not finish.
func newFilm(stored storedChallenge, told []stepRow, u CaptureUpload) (film, error) {
	steps := len(stored.Prompts)
	if len(told) != steps+1 || len(u.Shown) != steps {
		return film{}, errs.New(errs.Invalid, "capture.frames")
	}
	f := film{frames: slices.Clone(u.Frames)}
	slices.SortStableFunc(f.frames, func(a, b Frame) int { return a.OffsetMS - b.OffsetMS })
	for _, row := range told {
		f.told = append(f.told, row.At.Sub(told[0].At))
	}
	for _, ms := range u.Shown {
		f.shown = append(f.shown, time.Duration(ms)*time.Millisecond)
	}
	if !f.promised(told, u.Still) {
		f.reason = reasonPromise
	} else if !f.possible() {
		f.reason = reasonClock
	}
	return f, nil
}

// promised compares the pictures with the promises, one by one, and finds the
// step of each: the one that stood when the promise was made. What was taken
// while an answer was on its way counts to the step that the answer told.
func (f *film) promised(told []stepRow, still Frame) bool {
	large := ""
	if len(still.JPEG) > 0 {
		large = sum(still.JPEG)
	}
	for call, row := range told {
		for _, hash := range row.hashes() {
			next := len(f.steps)
			switch {
			case next < len(f.frames) && sum(f.frames[next].JPEG) == hash:
				f.steps = append(f.steps, call-1)
			case hash == large:
				large = ""
			default:
				return false
			}
		}
	}
	return len(f.steps) == len(f.frames) && large == ""
}

// possible reports whether steps were shown one after the other and none before
// it was told, and whether every picture lies in the time of its step.
func (f *film) possible() bool {
	for i, at := range f.shown {
		if i == 0 && at != 0 || i > 0 && at < f.shown[i-1] || at < f.told[i]-clockSlack {
			return false
		}
	}
	for i, frame := range f.frames {
		step := f.steps[i]
		if step > 0 && frame.at() < f.shown[step-1] || step+1 < len(f.shown) && frame.at() > f.shown[step+1] {
			return false
		}
	}
	return true
}

func sum(body []byte) string {
	s := sha256.Sum256(body)
	return hex.EncodeToString(s[:])
}
