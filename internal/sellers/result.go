package sellers

import (
	"context"

	"truepenny/internal/audit"
)

// Result returns the latest decision that the person may know: a refusal only
// once two agreed on it. False when there is none.
func (s *Service) Result(ctx context.Context, actor audit.Actor, id string) (Result, bool, error) {
	app, err := s.own(ctx, actor, id)
	if err != nil {
		return Result{}, false, err
	}
	decisions, err := s.decisionsOf(ctx, app.ID)
	if err != nil {
		return Result{}, false, err
	}
	for _, d := range decisions {
		if d.Standing != Final {
			continue
		}
		r := Result{Kind: d.Kind, ReasonCode: d.ReasonCode, Words: d.Words, Items: d.Items, At: d.At, ReapplyAt: d.ReapplyAt}
		if !d.SecondAt.IsZero() {
			r.At = d.SecondAt
		}
		if app.State == Refused && !app.Appealed && s.clock.Now().Before(d.AppealUntil) {
			r.AppealUntil = d.AppealUntil
		}
		return r, true, nil
	}
	return Result{}, false, nil
}
