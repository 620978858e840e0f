package sellers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/biometrics/liveness"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
	"truepenny/internal/privacy"
)

// leastLeft is how much of its time a challenge must have left to be shown again.
const leastLeft = time.Minute

// StartCapture draws the prompts of one capture. Asked again before they were
// answered it returns the same ones: nobody reloads until the prompts are those
// that a film follows. Errors: Forbidden
// "consent.missing", Conflict "application.road", TooMany "capture.paused",
// Unavailable "engine.missing".
func (s *Service) StartCapture(ctx context.Context, actor audit.Actor, id string) (Challenge, error) {
	app, err := s.ownEditable(ctx, actor, id)
	if err != nil {
		return Challenge{}, err
	}
	if s.faces == nil {
		return Challenge{}, errs.New(errs.Unavailable, reasonEngine)
	}
	var out Challenge
	_, err = s.edit(ctx, actor, app, "capture.started", "", func(e *edit) error {
		e.quiet = true
		if err := s.mayCapture(e); err != nil {
			return err
		}
		shown, found, err := unansweredCapture(e.tx, e.app.ID, e.now.Add(leastLeft))
		if err != nil {
			return err
		}
		if found {
			if out, err = s.challenge(shown, *e.app); err != nil {
				return err
			}
			return errUnchanged
		}
		out, err = s.draw(e)
		return err
	})
	return out, err
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
	if !consent.Given() {
		return errs.New(errs.Forbidden, reasonConsent)
	}
	if e.app.Road != RoadFace {
		return errs.New(errs.Conflict, "application.road")
	}
	if e.now.Before(e.app.CapturePause) {
		return errs.New(errs.TooMany, "capture.paused")
	}
	return nil
}

func (s *Service) draw(e *edit) (Challenge, error) {
	expires := e.now.Add(s.Policy.ChallengeLife)
	drawn := liveness.NewChallenge(ids.Intn, expires)
	engine, err := json.Marshal(drawn)
	if err != nil {
		return Challenge{}, fmt.Errorf("challenge: %w", err)
	}
	stored := storedChallenge{LengthMS: int(drawn.Length().Milliseconds()), Engine: engine}
	for _, step := range drawn.Steps {
		stored.Prompts = append(stored.Prompts, Prompt{Gesture: string(step.Prompt),
			FromMS: int(step.From.Milliseconds()), UntilMS: int(step.To.Milliseconds())})
	}
	body, err := json.Marshal(stored)
	if err != nil {
		return Challenge{}, fmt.Errorf("challenge: %w", err)
	}
	row := captureRow{ID: ids.New("cap"), ApplicationID: e.app.ID, AccountID: e.app.AccountID,
		Challenge: string(body), Round: e.app.Round + 1, CreatedAt: e.now, ExpiresAt: expires}
	e.details["capture"] = row.ID
	if err := insertCapture(e.tx, row); err != nil {
		return Challenge{}, err
	}
	return s.challenge(row, *e.app)
}

// challenge is a capture that was drawn, as its page needs it.
func (s *Service) challenge(row captureRow, app Application) (Challenge, error) {
	stored, err := row.stored()
	return Challenge{
		CaptureID: row.ID, Prompts: stored.Prompts, LengthMS: stored.LengthMS, ExpiresAt: row.ExpiresAt.UTC(),
		MaxFrames: s.Policy.Frames, MaxBytes: s.Policy.CaptureBytes, TriesLeft: s.triesLeft(app),
	}, err
}

func (s *Service) triesLeft(app Application) int {
	return max(s.Policy.FailedCaptures-app.FailedCaptures, 0)
}

// FinishCapture judges the frames of a capture, on the server alone, and seals
// all frames of one that is accepted; of one that is not, nothing is kept but
// that it was. A challenge is good for one answer within its time: Gone
// "capture.used", "capture.expired". After the policy's number of failures in a
// row there is a pause, and the result offers the other road.
func (s *Service) FinishCapture(ctx context.Context, actor audit.Actor, captureID string, u CaptureUpload) (CaptureResult, error) {
	row, app, err := s.ownCapture(ctx, actor, captureID)
	if err != nil {
		return CaptureResult{}, err
	}
	asked := u.fingerprint(captureID)
	if _, done, err := s.reply(ctx, app.AccountID, u.Key, asked); err != nil {
		return CaptureResult{}, err
	} else if done {
		return s.captureResult(row, app)
	}
	if err := s.checkCapture(row, u); err != nil {
		return CaptureResult{}, err
	}
	consent, _, err := s.consents.Current(ctx, app.AccountID, privacy.PurposeFace)
	if err != nil {
		return CaptureResult{}, err
	}
	if !consent.Given() { // before a single frame is looked at
		return CaptureResult{}, errs.New(errs.Forbidden, reasonConsent)
	}
	var seen judged
	err = s.seated(ctx, func() (err error) {
		seen, err = s.judge(row, u)
		return err
	})
	if err != nil {
		return CaptureResult{}, err
	}
	return s.keepCapture(ctx, actor, app, captureID, u, seen, asked)
}

func (s *Service) ownCapture(ctx context.Context, actor audit.Actor, id string) (captureRow, Application, error) {
	row, err := s.readCapture(ctx, id)
	if err != nil {
		return row, Application{}, err
	}
	app, err := s.own(ctx, actor, row.ApplicationID)
	if errs.CodeOf(err) == errs.NotFound {
		err = errs.New(errs.NotFound, "capture.unknown")
	}
	return row, app, err
}

func (s *Service) checkCapture(row captureRow, u CaptureUpload) error {
	total := 0
	for _, f := range u.Frames {
		total += len(f.JPEG)
		if f.OffsetMS < 0 {
			return errs.New(errs.Invalid, "capture.frames")
		}
	}
	switch {
	case row.FinishedAt != nil:
		return errs.New(errs.Gone, "capture.used")
	case s.clock.Now().After(row.ExpiresAt):
		return errs.New(errs.Gone, "capture.expired")
	case len(u.Frames) == 0:
		return errs.New(errs.Invalid, "capture.frames")
	case len(u.Frames) > s.Policy.Frames, total > s.Policy.CaptureBytes:
		return errs.New(errs.TooLarge, "capture.too-large")
	case s.faces == nil:
		return errs.New(errs.Unavailable, reasonEngine)
	}
	return nil
}

func (s *Service) keepCapture(ctx context.Context, actor audit.Actor, app Application, captureID string, u CaptureUpload, j judged, asked string) (CaptureResult, error) {
	action := "capture.failed"
	if j.accepted {
		action = "capture.accepted"
	}
	var row captureRow
	app, err := s.edit(ctx, actor, app, action, "", func(e *edit) error {
		if err := claimKey(e, u.Key); err != nil {
			return err
		}
		if err := s.mayCapture(e); err != nil {
			return err
		}
		var err error
		if row, err = takeCapture(e.tx, captureID); err != nil {
			return err
		}
		if row.FinishedAt != nil {
			return errs.New(errs.Gone, "capture.used")
		}
		row.Outcome, row.Reasons, row.FinishedAt = string(j.outcome), j.reasons(), nullable(e.now)
		e.details["capture"], e.details["reasons"] = row.ID, row.Reasons
		e.details["frames"] = strconv.Itoa(len(u.Frames))
		if j.accepted {
			err = s.acceptCapture(e, &row, u, j)
		} else {
			s.countFailure(e)
		}
		if err != nil {
			return err
		}
		if err := saveCapture(e.tx, row); err != nil {
			return err
		}
		return insertReply(e.tx, e.app.AccountID, u.Key, asked, row.ID, e.now)
	})
	if errors.Is(err, errTwin) {
		return s.capturedBefore(ctx, actor, captureID, u.Key, asked)
	}
	if err != nil {
		return CaptureResult{}, err
	}
	return s.captureResult(row, app)
}

func (s *Service) capturedBefore(ctx context.Context, actor audit.Actor, captureID, key, asked string) (CaptureResult, error) {
	row, app, err := s.ownCapture(ctx, actor, captureID)
	if err != nil {
		return CaptureResult{}, err
	}
	if _, _, err := s.reply(ctx, app.AccountID, key, asked); err != nil {
		return CaptureResult{}, err
	}
	return s.captureResult(row, app)
}
