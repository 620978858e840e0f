package sellers

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/privacy"
)

// uploadGrace is how long the pictures of a capture may still be on their way
// when its time is over: they were promised in time, and a slow network must not
// fail a person.
const uploadGrace = 10 * time.Minute

// FinishCapture judges the pictures of a capture, on the server alone, and
// seals what is kept of one that is accepted; of one that is not, nothing is
// kept but that it was. A challenge is good for one answer within its time:
// Gone "capture.used", "capture.expired". After the policy's number of failures
// in a row there is a pause, and the result offers the other road.
func (s *Service) FinishCapture(ctx context.Context, actor audit.Actor, captureID string, u CaptureUpload) (CaptureResult, error) {
	row, app, err := s.ownCapture(ctx, actor, captureID, u.Session)
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
	if !consent.Counts() { // before a single frame is looked at
		return CaptureResult{}, notAgreed(consent)
	}
	var seen judged
	err = s.seated(ctx, func() (err error) {
		seen, err = s.judge(ctx, row, u)
		return err
	})
	if err != nil {
		return CaptureResult{}, err
	}
	return s.keepCapture(ctx, actor, app, captureID, u, seen, asked)
}

// ownCapture is a capture of the actor's that began in this session. Anybody
// else's, and one of another session, is unknown.
func (s *Service) ownCapture(ctx context.Context, actor audit.Actor, id, session string) (captureRow, Application, error) {
	row, err := s.readCapture(ctx, id)
	if err != nil {
		return row, Application{}, err
	}
	app, err := s.own(ctx, actor, row.ApplicationID)
	if errs.CodeOf(err) == errs.NotFound || err == nil && row.SessionID != session {
		err = errs.New(errs.NotFound, "capture.unknown")
	}
	return row, app, err
}

func (s *Service) checkCapture(row captureRow, u CaptureUpload) error {
	total, latest := len(u.Still.JPEG), millis(s.Policy.ChallengeLife)
	for _, f := range u.Frames {
		total += len(f.JPEG)
		if f.OffsetMS < 0 || f.OffsetMS > latest {
			return errs.New(errs.Invalid, "capture.frames")
		}
	}
	if slices.ContainsFunc(u.Shown, func(ms int) bool { return ms < 0 || ms > latest }) {
		return errs.New(errs.Invalid, "capture.frames")
	}
	switch {
	case row.FinishedAt != nil:
		return errs.New(errs.Gone, "capture.used")
	case s.clock.Now().After(row.ExpiresAt.Add(uploadGrace)):
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
		row.Outcome, row.Reasons, row.FinishedAt = string(j.outcome), j.reasons(), db.Nullable(e.now)
		e.details["capture"], e.details["reasons"] = row.ID, row.Reasons
		e.details["frames"] = strconv.Itoa(len(u.Frames))
		if err := deleteSteps(e.tx, row.ID); err != nil {
			return err
		}
		switch {
		case j.accepted:
			err = s.acceptCapture(e, &row, j)
		case !j.unusable:
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
		return s.capturedBefore(ctx, actor, captureID, u, asked)
	}
	if err != nil {
		return CaptureResult{}, err
	}
	return s.captureResult(row, app)
}

func (s *Service) capturedBefore(ctx context.Context, actor audit.Actor, captureID string, u CaptureUpload, asked string) (CaptureResult, error) {
	row, app, err := s.ownCapture(ctx, actor, captureID, u.Session)
	if err != nil {
		return CaptureResult{}, err
	}
	if _, _, err := s.reply(ctx, app.AccountID, u.Key, asked); err != nil {
		return CaptureResult{}, err
	}
	return s.captureResult(row, app)
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

func (s *Service) countFailure(e *edit) {
	e.app.FailedCaptures++
	if e.app.FailedCaptures >= s.Policy.FailedCaptures {
		e.app.CapturePause = e.now.Add(s.Policy.CapturePause)
		e.app.FailedCaptures = 0
	}
}

func (u CaptureUpload) fingerprint(captureID string) string {
	parts := make([][]byte, 0, 2*len(u.Frames)+1)
	for _, f := range u.Frames {
		parts = append(parts, []byte(strconv.Itoa(f.OffsetMS)), f.JPEG)
	}
	return fingerprint("capture", captureID, "", "", append(parts, u.Still.JPEG)...)
}

// at is the time of a frame since the capture's start.
func (f Frame) at() time.Duration { return time.Duration(f.OffsetMS) * time.Millisecond }
