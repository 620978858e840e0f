package sellers

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"truepenny/internal/jobs"
)

// rescueJob looks for applications whose analysis ended without handing them
// over, for example because the machine died at every attempt.
const (
	rescueJob   = "sellers.rescue"
	rescueEvery = 10 * time.Minute
)

func (s *Service) rescue(ctx context.Context, _ jobs.Job) error {
	stuck, err := s.analysing(ctx)
	if err != nil {
		return err
	}
	var failed []error
	for _, app := range stuck {
		job, known, err := s.jobs.Known(ctx, analysisKey(app.ID, app.Round))
		if err == nil && (!known || job.State == jobs.Dead) {
			err = s.giveOver(ctx, app)
		}
		failed = append(failed, err)
	}
	return errors.Join(failed...)
}

// giveOver puts an application before people with the checks it has; the others
// were not run, which is no mark against the person.
func (s *Service) giveOver(ctx context.Context, app Application) error {
	slog.ErrorContext(ctx, "an analysis ended without its end", "application", app.ID, "round", app.Round)
	for _, kind := range CheckKinds { // one that is there already stands
		c := Check{Kind: kind, Outcome: NotRun, Reason: "engine.failed"}
		if kind.ofFace() && app.Road != RoadFace {
			c.Reason = reasonDeclined
		}
		if err := s.record(ctx, app, c); err != nil {
			return err
		}
	}
	return s.handOver(ctx, app)
}
