package sellers

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"truepenny/internal/audit"
	"truepenny/internal/privacy"
)

// capturesOf lists the accepted captures of a case with what was found in them:
// one look.
func (s *Service) capturesOf(ctx context.Context, actor audit.Actor, app Application) ([]Capture, error) {
	rows, err := s.acceptedCaptures(ctx, app.ID)
	if err != nil {
		return nil, err
	}
	rows = slices.DeleteFunc(rows, func(r captureRow) bool { return r.Round > app.Round }) // not sent yet
	var items []string
	for _, r := range rows {
		items = append(items, r.CameraItem, r.VerdictItem)
	}
	sealed, err := s.openJSON(ctx, actor, app.AccountID, items, privacy.PurposeFace, lookReview)
	if err != nil {
		return nil, err
	}
	failed, err := s.failedCaptures(ctx, app.ID)
	if err != nil {
		return nil, err
	}
	out := make([]Capture, len(rows))
	for i, r := range rows {
		if out[i], err = r.capture(); err != nil {
			return nil, err
		}
		out[i].Camera, out[i].Failed = string(sealed[r.CameraItem]), failed
		if body := sealed[r.VerdictItem]; r.VerdictItem != "" && len(body) > 0 {
			if err := json.Unmarshal(body, &out[i].Findings); err != nil {
				return nil, fmt.Errorf("capture %s: %w", r.ID, err)
			}
		}
	}
	return out, nil
}
