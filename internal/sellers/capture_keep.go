package sellers

import (
	"strconv"
	"time"

	"truepenny/internal/ids"
	"truepenny/internal/privacy"
)

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
