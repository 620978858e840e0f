package laboratory

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/jobs"
	"truepenny/internal/lab"
)

const (
	runJob    = "lab.run"
	rescueJob = "lab.rescue"
	// rescueEvery is how long a run may be left alone by a process that died so
	// that its job does not come back.
	rescueEvery = 10 * time.Minute
)

var runOptions = jobs.Options{MaxAttempts: 5}

// errStopped ends a run that somebody cancelled.
var errStopped = errors.New("laboratory: the run was cancelled")

// work does what waits, one run after another. While another job works on one,
// this one leaves everything to it: a run is long, and applications need the
// other worker.
func (s *Service) work(ctx context.Context, j jobs.Job) error {
	for {
		run, found, err := s.claim(ctx, j.ID)
		if err != nil || !found {
			return err
		}
		if err := s.perform(ctx, run); err != nil {
			return err
		}
	}
}

// claim takes the run that a job was at before it was stopped, or the next one.
func (s *Service) claim(ctx context.Context, job string) (run Run, found bool, err error) {
	entry := audit.Entry{Actor: reader, Action: "lab.run-started", Details: map[string]string{}}
	open, err := s.openRuns(ctx)
	if err != nil || len(open) == 0 {
		return Run{}, false, err
	}
	if open[0].State == Running && open[0].job != job {
		status, err := s.jobs.Status(ctx, open[0].job)
		if err == nil && (status.State == jobs.Running || status.State == jobs.Ready) {
			return Run{}, false, nil
		}
	}
	entry.Subject = subject("labrun", open[0].ID)
	if open[0].State == Running {
		entry.Action = "lab.run-resumed"
	}
	err = s.log.Record(ctx, entry, func(tx *db.Tx) error {
		if run, err = takeRun(tx, open[0].ID); err != nil {
			return err
		}
		if run.State != open[0].State || run.job != open[0].job {
			return errNothing // somebody else was first, or it was cancelled
		}
		if run.State == Running {
			run.Resumed++
		} else {
			run.StartedAt = s.clock.Now()
		}
		run.State, run.job = Running, job
		return saveRun(tx, run)
	})
	if errors.Is(err, errNothing) {
		return Run{}, false, nil
	}
	return run, err == nil, err
}

// errNothing ends a change that has nothing to do, without an entry.
var errNothing = errors.New("laboratory: nothing to do")

// perform measures and keeps what came out. Only the end of the program is
// passed on, so that the job goes on later; what a measurement cannot do is told
// on its page.
func (s *Service) perform(ctx context.Context, run Run) error {
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	defer s.begin(run.ID, cancel)()
	out, err := s.measure(inner, run)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if errors.Is(err, errStopped) || inner.Err() != nil {
		return nil // its row says so already
	}
	return s.finish(ctx, run.ID, out, err)
}

// outcome is what a measurement gave.
type outcome struct {
	report   any
	failures any // sealed beside the pictures; nil for none
	failed   int
	made     lab.Provenance
	headline map[string]float64
}

func (s *Service) finish(ctx context.Context, id string, out outcome, problem error) error {
	entry := audit.Entry{Actor: reader, Action: "lab.run-finished", Subject: subject("labrun", id), Details: map[string]string{}}
	if problem != nil {
		entry.Action, entry.Reason = "lab.run-failed", "lab.run.failed"
		slog.WarnContext(ctx, "a lab run failed", "run", id, "error", problem)
	}
	err := s.log.Record(ctx, entry, func(tx *db.Tx) error {
		run, err := takeRun(tx, id)
		if err != nil {
			return err
		}
		if run.State != Running {
			return errNothing
		}
		if err := s.forget(tx, &run); err != nil {
			return err
		}
		run.FinishedAt = s.clock.Now()
		if problem != nil {
			run.State, run.Reason, run.Message = Failed, "lab.run.failed", shorten(problem.Error())
			return saveRun(tx, run)
		}
		entry.Details["failures"] = strconv.Itoa(out.failed)
		return s.keep(tx, run, out)
	})
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

// keep writes a finished run with its report.
func (s *Service) keep(tx *db.Tx, run Run, out outcome) error {
	report, err := json.Marshal(out.report)
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	run.State, run.Done, run.Report, run.Failures, run.Headline = Done, run.Total, report, out.failed, out.headline
	run.Network, run.Version, run.Fingerprint = out.made.Network, out.made.Version, s.fingerprint
	run.Code, run.Machine = out.made.Code, out.made.Machine
	if out.failures != nil && !run.Synthetic() {
		set, err := takeSet(tx, run.SetID)
		if err != nil {
			return err
		}
		if set.State == Ready {
			raw, err := json.Marshal(out.failures)
			if err != nil {
				return fmt.Errorf("write failures: %w", err)
			}
			sealing := set.sealing("failures_item", run.ID, "application/json")
			sealing.Slot.Table = "lab_runs"
			if run.failuresItem, err = s.vault.Seal(tx, sealing, raw); err != nil {
				return err
			}
		}
	}
	return saveRun(tx, run)
}

func shorten(text string) string {
	r := []rune(text)
	return string(r[:min(len(r), 300)])
}

// rescue asks for a job when runs wait and none is at work.
func (s *Service) rescue(ctx context.Context, _ jobs.Job) error {
	open, err := s.openRuns(ctx)
	if err != nil || len(open) == 0 {
		return err
	}
	if open[0].State == Running {
		status, err := s.jobs.Status(ctx, open[0].job)
		if err == nil && (status.State == jobs.Running || status.State == jobs.Ready) {
			return nil
		}
	}
	entry := audit.Entry{Actor: reader, Action: "lab.run-rescued", Subject: subject("labrun", open[0].ID)}
	return s.log.Record(ctx, entry, func(tx *db.Tx) error {
		_, err := s.jobs.Enqueue(tx, runJob, nil, runOptions)
		return err
	})
}
