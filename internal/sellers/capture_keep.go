package sellers

import (
	"truepenny/internal/ids"
	"truepenny/internal/privacy"
)

// acceptCapture seals what is kept; what an earlier capture left goes.
func (s *Service) acceptCapture(e *edit, row *captureRow, j judged) error {
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
	if err := s.sealSignals(e, row, j); err != nil {
		return err
	}
	row.Frames = len(j.frames)
	e.app.FailedCaptures, e.app.CapturePause = 0, timeZero
	return nil
}

// sealSignals seals what was found and measured, and keeps prints by which the
// same film is noticed when it comes again.
func (s *Service) sealSignals(e *edit, row *captureRow, j judged) (err error) {
	if j.camera != "" {
		if row.CameraItem, err = s.seal(e, privacy.PurposeFace, cameraSlot(row.ID), "text/plain", []byte(clip(j.camera, maxLine))); err != nil {
			return err
		}
	}
	if row.VerdictItem, err = s.sealJSON(e, privacy.PurposeFace, verdictSlot(row.ID), j.findings); err != nil {
		return err
	}
	if row.SignalsItem, err = s.seal(e, privacy.PurposeFace, signalsSlot(row.ID), jsonMIME, j.signals); err != nil {
		return err
	}
	return insertPrints(e.tx, *row, j.prints, e.now)
}

func clip(s string, longest int) string {
	r := []rune(s)
	if len(r) > longest {
		r = r[:longest]
	}
	return string(r)
}
