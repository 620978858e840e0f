package experiments

import (
	"context"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/privacy"
	"truepenny/internal/vault"
)

// Source answers for who is in which test.
type Source struct{ s *Service }

// Source makes the feature's entry for the privacy register.
func (s *Service) Source() Source { return Source{s} }

// Name is "experiments".
func (Source) Name() string { return "experiments" }

// Tables lists the tables that hold personal data.
func (Source) Tables() []string { return []string{"experiments_assignments", "experiments_optouts"} }

// Describe counts the tests that a person is or was in, and an opt-out.
func (x Source) Describe(ctx context.Context, person string) ([]privacy.Holding, error) {
	parts, err := x.s.partsOf(ctx, person)
	if err != nil {
		return nil, err
	}
	var out []privacy.Holding
	for i, p := range parts {
		if i == 0 {
			out = append(out, privacy.Holding{What: "experiments", Oldest: p.Since})
		}
		out[0].Count++
		if until := p.Experiment.EndAt.Add(kept); until.After(out[0].KeptUntil) {
			out[0].KeptUntil = until
		}
	}
	if at, err := x.s.optout(ctx, person); err != nil || !at.IsZero() {
		return append(out, privacy.Holding{What: "experiment-optout", Count: 1, Oldest: at}), err
	}
	return out, nil
}

// exported is one test as its person gets it.
type exported struct {
	Test   string
	Why    string
	Change Change
	Arm    string
	Since  time.Time
	LeftAt *time.Time `json:",omitempty"`
	EndsAt time.Time
}

// Export returns the tests that a person is or was in.
func (x Source) Export(ctx context.Context, person string) (any, error) {
	parts, err := x.s.partsOf(ctx, person)
	if err != nil {
		return nil, err
	}
	at, err := x.s.optout(ctx, person)
	if err != nil {
		return nil, err
	}
	out := struct {
		Tests      []exported
		OptedOutAt *time.Time `json:",omitempty"`
	}{Tests: []exported{}, OptedOutAt: db.Nullable(at)}
	for _, p := range parts {
		out.Tests = append(out.Tests, exported{p.Experiment.Name, p.Experiment.Why, p.Experiment.Change, p.Arm, p.Since, db.Nullable(p.LeftAt), p.Experiment.EndAt})
	}
	return out, nil
}

// Erase removes who is in which test with everything else; no single purpose is
// held here.
func (x Source) Erase(tx *db.Tx, person string, purpose vault.Purpose) (privacy.Erased, error) {
	if purpose != "" {
		return privacy.Erased{}, nil
	}
	n, err := deleteAssignments(tx.DB().Where("account_id = ?", person))
	if err != nil {
		return privacy.Erased{}, err
	}
	out, err := deleteOptout(tx, person)
	return privacy.ErasedRows("experiments_assignments", n).With("experiments_optouts", out), err
}

// Expire forgets who was in tests that ended 30 days ago; how their arms went
// stays, as counts.
func (x Source) Expire(ctx context.Context, actor audit.Actor, now time.Time) (int, error) {
	due, err := listExperiments(x.s.store.Reader(ctx).Where("forgotten_at IS NULL AND ended_at <= ?", now.Add(-kept)))
	if err != nil {
		return 0, err
	}
	total := 0
	for _, e := range due {
		figures, err := x.s.count(ctx, e)
		if err != nil {
			return total, err
		}
		entry := audit.Entry{Actor: actor, Action: "experiment.forgotten", Subject: e.subject()}
		err = x.s.log.Record(ctx, entry, func(tx *db.Tx) error {
			e, err := takeExperiment(tx, e.ID)
			if err != nil {
				return err
			}
			n, err := deleteAssignments(tx.DB().Where("experiment_id = ?", e.ID))
			if err != nil {
				return err
			}
			total += n
			e.Figures, e.ForgottenAt = figures, now
			return saveExperiment(tx, e)
		})
		if err != nil {
			return total, err
		}
	}
	return total, nil
}
