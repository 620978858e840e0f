package sellers

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/biometrics/liveness"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
	"truepenny/internal/privacy"
)

// StartCapture draws the prompts of one capture. Errors: Forbidden
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
	return Challenge{
		CaptureID: row.ID, Prompts: stored.Prompts, LengthMS: stored.LengthMS, ExpiresAt: expires,
		MaxFrames: s.Policy.Frames, MaxBytes: s.Policy.CaptureBytes, TriesLeft: s.triesLeft(*e.app),
	}, insertCapture(e.tx, row)
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
	judged, err := s.judge(row, u)
	if err != nil {
		return CaptureResult{}, err
	}
	return s.keepCapture(ctx, actor, app, captureID, u, judged, asked)
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
	if db.IsDuplicate(err) || errs.ReasonOf(err) == "capture.used" { // a twin request may have been faster
		return s.capturedBefore(ctx, actor, captureID, u.Key, asked, err)
	}
	if err != nil {
		return CaptureResult{}, err
	}
	return s.captureResult(row, app)
}

func (s *Service) capturedBefore(ctx context.Context, actor audit.Actor, captureID, key, asked string, cause error) (CaptureResult, error) {
	row, app, err := s.ownCapture(ctx, actor, captureID)
	if err != nil {
		return CaptureResult{}, err
	}
	if _, done, err := s.reply(ctx, app.AccountID, key, asked); err != nil {
		return CaptureResult{}, err
	} else if !done {
		return CaptureResult{}, cause
	}
	return s.captureResult(row, app)
}

// acceptCapture seals the frames; those of an earlier capture go.
func (s *Service) acceptCapture(e *edit, row *captureRow, u CaptureUpload, j judged) error {
	all, err := listEvidence(e.tx.DB(), e.app.ID)
	if err != nil {
		return err
	}
	var earlier []Evidence
	for _, have := range all {
		if have.Kind == EvidenceFrame {
			earlier = append(earlier, have)
		}
	}
	if err := s.removeEvidence(e.tx, earlier); err != nil {
		return err
	}
	if err := replaceCaptures(e.tx, s.vault, e.app.ID, e.now); err != nil {
		return err
	}
	for _, f := range j.frames {
		item := Evidence{ID: ids.New("evi"), ApplicationID: e.app.ID, Kind: EvidenceFrame, CaptureID: row.ID,
			OffsetMS: f.offsetMS, Round: e.app.Round + 1, Width: f.width, Height: f.height, Bytes: len(f.jpeg), At: e.now}
		if item.item, err = s.seal(e, privacy.PurposeFace, pictureSlot(item.ID), jpegMIME, f.jpeg); err != nil {
			return err
		}
		if err := insertEvidence(e.tx, e.app.AccountID, item); err != nil {
			return err
		}
	}
	if u.Camera != "" {
		if row.CameraItem, err = s.seal(e, privacy.PurposeFace, cameraSlot(row.ID), "text/plain", []byte(clip(u.Camera, maxLine))); err != nil {
			return err
		}
	}
	row.Frames = len(j.frames)
	e.app.FailedCaptures, e.app.CapturePause = 0, timeZero
	return nil
}

func (s *Service) countFailure(e *edit) {
	e.app.FailedCaptures++
	if e.app.FailedCaptures >= s.Policy.FailedCaptures {
		e.app.CapturePause = e.now.Add(s.Policy.CapturePause)
		e.app.FailedCaptures = 0
	}
}

func (s *Service) captureResult(row captureRow, app Application) (CaptureResult, error) {
	c, err := row.capture()
	if err != nil {
		return CaptureResult{}, err
	}
	r := CaptureResult{CaptureID: c.ID, Outcome: c.Outcome, Reasons: c.Reasons,
		Accepted: row.Frames > 0, TriesLeft: s.triesLeft(app)}
	if s.clock.Now().Before(app.CapturePause) {
		r.PausedUntil, r.TriesLeft, r.OtherRoad = app.CapturePause, 0, true
	}
	return r, nil
}

func clip(s string, longest int) string {
	r := []rune(s)
	if len(r) > longest {
		r = r[:longest]
	}
	return string(r)
}

func (u CaptureUpload) fingerprint(captureID string) string {
	parts := make([][]byte, 0, 2*len(u.Frames))
	for _, f := range u.Frames {
		parts = append(parts, []byte(strconv.Itoa(f.OffsetMS)), f.JPEG)
	}
	return fingerprint("capture", captureID, "", "", parts...)
}

// at is the time of a frame since the capture's start.
func (f Frame) at() time.Duration { return time.Duration(f.OffsetMS) * time.Millisecond }
