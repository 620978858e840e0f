package sellers

import (
	"context"
	"time"

	"truepenny/internal/audit"
)

// Studio stands for a page and its camera where there is no browser: in the
// demo and in tests.
type Studio struct {
	// Shoot takes the pictures of one step, which is shown from a time on; times
	// of the pictures count from the capture's start, and lie within the step.
	Shoot func(step Reveal, from time.Duration) ([]Frame, error)
	// Pass lets time go by on the service's clock; nil for a clock that runs.
	Pass   func(time.Duration)
	Facts  []byte // see CaptureUpload
	Key    string // idempotency key
	Start  CaptureStart
	Commit func(*Commit)        // changes a promise before it is made; nil for none
	Upload func(*CaptureUpload) // changes what is sent; nil for nothing
}

// Film runs a whole capture as a page does: it begins one, asks for each step
// with the promise of the pictures before, and sends all of them.
func (s *Service) Film(ctx context.Context, actor audit.Actor, appID string, by Studio) (CaptureResult, error) {
	c, err := s.StartCapture(ctx, actor, appID, by.Start)
	if err != nil {
		return CaptureResult{}, err
	}
	u := CaptureUpload{Session: by.Start.Session, Facts: by.Facts, Key: by.Key}
	at := time.Duration(0)
	for step := c.First; !step.Done; {
		frames, err := by.Shoot(step, at)
		if err != nil {
			return CaptureResult{}, err
		}
		u.Shown = append(u.Shown, millis(at))
		length := time.Duration(step.Millis) * time.Millisecond
		promise := Commit{Session: by.Start.Session, Step: step.Step + 1}
		u.Frames = append(u.Frames, frames...)
		for _, f := range frames {
			promise.Hashes = append(promise.Hashes, sum(f.JPEG))
		}
		if by.Commit != nil {
			by.Commit(&promise)
		}
		if at += length; by.Pass != nil {
			by.Pass(length)
		}
		if step, err = s.NextStep(ctx, actor, c.CaptureID, promise); err != nil {
			return CaptureResult{}, err
		}
	}
	if by.Upload != nil {
		by.Upload(&u)
	}
	return s.FinishCapture(ctx, actor, c.CaptureID, u)
}
