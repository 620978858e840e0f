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
		coming, again, err := s.coming(ctx, app)
		if err == nil && !coming {
			err = s.giveOver(ctx, app, again)
		}
		failed = append(failed, err)
	}
	return errors.Join(failed...)
}

// coming reports whether a job is to look at the application yet, and whether it
// is to repeat checks of the round.
func (s *Service) coming(ctx context.Context, app Application) (coming, again bool, err error) {
	job, again, err := s.jobs.Known(ctx, recheckKey(app.ID, app.Round, app.Version))
	if err != nil || again {
		return job.State != jobs.Dead, again, err
	}
	job, known, err := s.jobs.Known(ctx, analysisKey(app.ID, app.Round))
	return known && job.State != jobs.Dead, false, err
}

// giveOver puts an application before people with the checks it has; the others
// were not run, which is no mark against the person.
func (s *Service) giveOver(ctx context.Context, app Application, again bool) error {
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
	return s.handOver(ctx, app, again)
}
