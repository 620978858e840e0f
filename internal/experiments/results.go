package experiments

import (
	"context"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/interval"
)

// ArmFigures is how one arm went. Whoever left the test is counted in People and
// Left and nowhere else.
type ArmFigures struct {
	Arm      string          `json:"arm"`
	People   int             `json:"people"`
	Left     int             `json:"left"`
	Sent     int             `json:"sent"`
	Open     int             `json:"open"`
	Approval interval.Share  `json:"approval"` // of those decided
	Wait     interval.Median `json:"wait"`     // working days to the first decision, open ones counted (Kaplan and Meier)
}

// Result is how the arms of a test went, and what lies between them.
type Result struct {
	Arms     []ArmFigures
	Approval interval.Difference // second arm less first; 0.1 is ten points
	Wait     interval.Difference // of the medians, second less first
	WaitSaid bool
}

// List lists every test, newest first. Error: Forbidden "forbidden".
func (s *Service) List(ctx context.Context, actor audit.Actor) ([]Experiment, error) {
	if err := allowed(actor, Readers); err != nil {
		return nil, err
	}
	return listExperiments(s.store.Reader(ctx).Order("registered_at DESC, id"))
}

// Get returns one test. Error: NotFound "experiment.unknown".
func (s *Service) Get(ctx context.Context, actor audit.Actor, id string) (Experiment, error) {
	if err := allowed(actor, Readers); err != nil {
		return Experiment{}, err
	}
	return oneExperiment(s.store.Reader(ctx).Where("id = ?", id))
}

// Public lists the tests that everybody may read of: those that two people
// stand behind, newest first.
func (s *Service) Public(ctx context.Context) ([]Experiment, error) {
	return listExperiments(s.store.Reader(ctx).Where("approved_by <> ''").Order("start_at DESC, id"))
}

// Result counts how the arms of a test went, or tells the figures that were kept
// when its people were forgotten.
func (s *Service) Result(ctx context.Context, e Experiment) (Result, error) {
	figures := e.Figures
	if e.ForgottenAt.IsZero() {
		var err error
		if figures, err = s.count(ctx, e); err != nil {
			return Result{}, err
		}
	}
	r := Result{Arms: figures}
	if len(figures) == 2 {
		r.Approval = interval.Shares(figures[1].Approval, figures[0].Approval)
		r.Wait, r.WaitSaid = interval.Medians(figures[1].Wait, figures[0].Wait)
	}
	return r, nil
}

func (s *Service) count(ctx context.Context, e Experiment) ([]ArmFigures, error) {
	rows, err := s.assignmentsOf(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	arm, applications := map[string]string{}, []string{}
	figures := make([]ArmFigures, len(e.Arms))
	for i, a := range e.Arms {
		figures[i].Arm = a.Code
		for _, r := range rows {
			if r.Arm != a.Code {
				continue
			}
			figures[i].People++
			if r.LeftAt != nil {
				figures[i].Left++
				continue
			}
			arm[r.ApplicationID] = r.Arm
			applications = append(applications, r.ApplicationID)
		}
	}
	if s.outcomes == nil {
		return figures, nil
	}
	outcomes, err := s.outcomes.Outcomes(ctx, applications)
	if err != nil {
		return nil, err
	}
	for i := range figures {
		figures[i].add(outcomes, arm)
	}
	return figures, nil
}

// add counts the outcomes of the arm's applications.
func (f *ArmFigures) add(outcomes []Outcome, arm map[string]string) {
	var waits []interval.Waited
	for _, o := range outcomes {
		if arm[o.Application] != f.Arm || !o.Sent {
			continue
		}
		f.Sent++
		waits = append(waits, interval.Waited{Time: o.Wait, Over: o.Decided})
		if o.Open {
			f.Open++
		}
		if o.Decided {
			f.Approval.All++
		}
		if o.Decided && o.Approved {
			f.Approval.Of++
		}
	}
	f.Wait = interval.MedianWait(waits)
}

// kept is how long who was in a test is remembered after its end, so that the
// cases that are still open can come to theirs.
const kept = 30 * 24 * time.Hour
