package sellers

import (
	"context"
	"fmt"
	"time"
)

// liveFaceRow is a check beside the decision on its application.
type liveFaceRow struct {
	At      time.Time
	Outcome string
	Reason  string
	Score   *float64
	State   string
}

// FaceChecks lists the face checks from a moment up to another, each of the
// last round of its application, without whose they were. People who chose the
// road on documents are left out: nothing of theirs was checked.
func (s *Service) FaceChecks(ctx context.Context, from, to time.Time) ([]LiveFace, error) {
	var rows []liveFaceRow
	err := s.store.Reader(ctx).Table("sellers_checks AS c").
		Select("c.at, c.outcome, c.reason, c.score, a.state").
		Joins("JOIN sellers_applications AS a ON a.id = c.application_id AND a.round = c.round").
		Where("c.kind = ? AND c.at >= ? AND c.at < ? AND c.reason <> ?", string(CheckFace), from.UTC(), to.UTC(), reasonDeclined).
		Order("c.at").Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list face checks: %w", err)
	}
	out := make([]LiveFace, len(rows))
	for i, r := range rows {
		out[i] = LiveFace{At: r.At.UTC(), Outcome: Outcome(r.Outcome), Apart: r.Reason == "face.mismatch"}
		if r.Score != nil {
			out[i].Distance, out[i].Measured = *r.Score, true
		}
		switch State(r.State) {
		case Approved:
			out[i].Decision = Approve
		case Refused:
			out[i].Decision = Refuse
		}
	}
	return out, nil
}
