package experiments

import (
	"context"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
	"truepenny/internal/jobs"
)

// endJob notes the end of tests whose date has come.
const endJob = "experiments.end"

// Part is one test that a person is in.
type Part struct {
	Experiment Experiment
	Arm        string
	Since      time.Time
	LeftAt     time.Time
}

// Assign draws the arms of the running tests for an application that begins, in
// its transaction. Whoever opted out is left alone; whoever is in a test already
// keeps the arm. again says that the person applied before.
func (s *Service) Assign(tx *db.Tx, actor audit.Actor, application string, again bool) error {
	now := s.clock.Now()
	all, err := listExperiments(tx.DB().Where("approved_by <> '' AND ended_at IS NULL AND start_at <= ? AND end_at > ?", now, now))
	if err != nil || len(all) == 0 {
		return err
	}
	if out, err := optedOut(tx.DB(), actor.ID); err != nil || out {
		return err
	}
	for _, e := range all {
		if e.Audience == First && again {
			continue
		}
		row := assignmentRow{ExperimentID: e.ID, AccountID: actor.ID, ApplicationID: application, Arm: e.draw(ids.Intn(100)), AssignedAt: now}
		fresh, err := insertAssignment(tx, row)
		if err != nil {
			return err
		}
		if !fresh {
			continue
		}
		entry := audit.Entry{Actor: audit.System("experiments"), Action: "experiment.assigned", Subject: e.subject(), Person: actor.ID, Details: map[string]string{"arm": row.Arm}}
		if err := s.log.Append(tx, entry); err != nil {
			return err
		}
	}
	return nil
}

// Arm is the arm that holds for an account now; "" where the default does:
// nobody tests it, the person is not in the test or has left it, or it is over.
func (s *Service) Arm(ctx context.Context, account, change string) (string, error) {
	parts, err := s.Of(ctx, account)
	for _, p := range parts {
		if string(p.Experiment.Change) == change && !p.Experiment.Change.isDefault(p.Arm) {
			return p.Arm, nil
		}
	}
	return "", err
}

// Of lists the running tests that a person is in and has not left.
func (s *Service) Of(ctx context.Context, account string) ([]Part, error) {
	all, err := s.partsOf(ctx, account)
	if err != nil {
		return nil, err
	}
	var out []Part
	for _, p := range all {
		if p.LeftAt.IsZero() && p.Experiment.State(s.clock.Now()) == Running {
			out = append(out, p)
		}
	}
	return out, nil
}

// Leave takes a person out of a test, at once, and out of every later one.
// Leaving twice changes nothing. Errors: Forbidden "role.seller"; NotFound
// "experiment.unknown".
func (s *Service) Leave(ctx context.Context, actor audit.Actor, id string) error {
	if actor.Kind != audit.KindSeller || actor.ID == "" {
		return errs.New(errs.Forbidden, "role.seller")
	}
	all, err := s.partsOf(ctx, actor.ID)
	if err != nil {
		return err
	}
	for _, p := range all {
		if p.Experiment.ID != id {
			continue
		}
		if !p.LeftAt.IsZero() {
			return nil
		}
		entry := audit.Entry{Actor: actor, Action: "experiment.left", Subject: p.Experiment.subject(), Person: actor.ID, Details: map[string]string{"arm": p.Arm}}
		return s.log.Record(ctx, entry, func(tx *db.Tx) error { return leave(tx, actor.ID, s.clock.Now()) })
	}
	return errs.New(errs.NotFound, "experiment.unknown")
}

// endDue notes the end of tests whose date has come. They stopped at that moment
// already: State asks the clock.
func (s *Service) endDue(ctx context.Context, _ jobs.Job) error {
	now := s.clock.Now()
	due, err := listExperiments(s.store.Reader(ctx).Where("ended_at IS NULL AND end_at <= ?", now))
	if err != nil {
		return err
	}
	for _, e := range due {
		entry := audit.Entry{Actor: audit.System("experiments"), Action: "experiment.ended", Subject: e.subject(), Reason: byDate}
		err := s.log.Record(ctx, entry, func(tx *db.Tx) error {
			e, err := takeExperiment(tx, e.ID)
			if err != nil || !e.EndedAt.IsZero() {
				return err
			}
			e.EndedAt = e.EndAt
			return saveExperiment(tx, e)
		})
		if err != nil {
			return err
		}
	}
	return nil
}
