package sellers

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
	"truepenny/internal/privacy"
)

// leastLeft is how much of its time a challenge must have left to begin.
const leastLeft = time.Minute

// StartCapture draws the prompts of one capture and tells the first step. Asked
// again by the same session before a further step was told, it returns the same
// one. Errors: Forbidden "consent.missing", "consent.changed", Conflict "application.road",
// TooMany "capture.paused", Unavailable "engine.missing".
func (s *Service) StartCapture(ctx context.Context, actor audit.Actor, id string, o CaptureStart) (Challenge, error) {
	app, err := s.ownEditable(ctx, actor, id)
	if err != nil {
		return Challenge{}, err
	}
	if s.faces == nil {
		return Challenge{}, errs.New(errs.Unavailable, reasonEngine)
	}
	offered, err := s.LightOffered(ctx, app)
	if err != nil {
		return Challenge{}, err
	}
	o.Light = o.Light && offered
	var out Challenge
	_, err = s.edit(ctx, actor, app, "capture.started", "", func(e *edit) error {
		e.quiet = true
		if err := s.mayCapture(e); err != nil {
			return err
		}
		row, found, err := untouchedCapture(e.tx, e.app.ID, o.Session, e.now.Add(leastLeft))
		if err != nil {
			return err
		}
		if found {
			if stored, err := row.stored(); err != nil || (len(stored.Light) > 0) != o.Light {
				found = false
			}
		}
		if !found {
			if row, err = s.draw(e, o); err != nil {
				return err
			}
		}
		if err := beginSteps(e.tx, row, e.now); err != nil {
			return err
		}
		out, err = s.challenge(row, *e.app)
		return err
	})
	return out, err
}

// CaptureOpen reports whether the person may begin a capture now, with the
// errors of StartCapture; nothing is drawn.
func (s *Service) CaptureOpen(ctx context.Context, actor audit.Actor, id string) (triesLeft int, err error) {
	app, err := s.ownEditable(ctx, actor, id)
	if err != nil {
		return 0, err
	}
	switch {
	case s.faces == nil:
		return 0, errs.New(errs.Unavailable, reasonEngine)
	case s.clock.Now().Before(app.CapturePause):
		return 0, errs.New(errs.TooMany, "capture.paused")
	}
	return s.triesLeft(app), nil
}

// mayCapture says whether a capture may be taken now; nothing of a face comes
// in without a given consent.
func (s *Service) mayCapture(e *edit) error {
	if err := e.editable(); err != nil {
		return err
	}
	consent, _, err := s.consents.CurrentIn(e.tx, e.app.AccountID, privacy.PurposeFace)
	if err != nil {
		return err
	}
	if !consent.Counts() {
		return notAgreed(consent)
	}
	if e.app.Road != RoadFace {
		return errs.New(errs.Conflict, "application.road")
	}
	if e.now.Before(e.app.CapturePause) {
		return errs.New(errs.TooMany, "capture.paused")
	}
	return nil
}

func (s *Service) draw(e *edit, o CaptureStart) (captureRow, error) {
	expires := e.now.Add(s.Policy.ChallengeLife)
	recent, err := recentLights(e.tx, e.app.ID)
	if err != nil {
		return captureRow{}, err
	}
	stored, err := drawChallenge(o.Light, recent, expires)
	if err != nil {
		return captureRow{}, err
	}
	body, err := json.Marshal(stored)
	if err != nil {
		return captureRow{}, fmt.Errorf("challenge: %w", err)
	}
	row := captureRow{ID: ids.New("cap"), ApplicationID: e.app.ID, AccountID: e.app.AccountID, SessionID: o.Session,
		Challenge: string(body), Round: e.app.Round + 1, CreatedAt: e.now, ExpiresAt: expires}
	e.details["capture"] = row.ID
	return row, insertCapture(e.tx, row)
}

// challenge is a capture that was drawn, as its page needs it.
func (s *Service) challenge(row captureRow, app Application) (Challenge, error) {
	stored, err := row.stored()
	if err != nil {
		return Challenge{}, err
	}
	return Challenge{
		CaptureID: row.ID, First: stored.reveal(0), Steps: len(stored.Prompts), Light: len(stored.Light) > 0, ExpiresAt: row.ExpiresAt.UTC(),
		MaxFrames: s.Policy.Frames, MaxBytes: s.Policy.CaptureBytes, TriesLeft: s.triesLeft(app),
	}, nil
}

func (s *Service) triesLeft(app Application) int {
	return max(s.Policy.FailedCaptures-app.FailedCaptures, 0)
}
