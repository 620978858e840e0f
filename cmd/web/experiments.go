package main

import (
	"context"
	"time"

	"truepenny/internal/experiments"
	"truepenny/internal/sellers"
	"truepenny/internal/staff"
)

// openExperiments builds the register of tests; what became of the applications
// in them it asks the sellers' feature.
func (a *App) openExperiments() *experiments.Service {
	return experiments.NewService(experiments.Parts{
		Store: a.store, Audit: a.audit, Jobs: a.queue, Clock: a.clock, Outcomes: testOutcomes{a}, Light: a.config.Light,
	})
}

// testOutcomes tells the register how applications went.
type testOutcomes struct{ app *App }

// Outcomes asks the sellers' feature.
func (o testOutcomes) Outcomes(ctx context.Context, applications []string) ([]experiments.Outcome, error) {
	all, err := o.app.sellers.Outcomes(ctx, applications)
	now := o.app.clock.Now()
	out := make([]experiments.Outcome, len(all))
	for i, c := range all {
		out[i] = outcomeOf(c, now)
	}
	return out, err
}

func outcomeOf(c sellers.Course, now time.Time) experiments.Outcome {
	o := experiments.Outcome{Application: c.Application, Sent: !c.SentAt.IsZero(), Open: c.Open(), Decided: !c.DecidedAt.IsZero(), Approved: c.Decision == sellers.Approve}
	if o.Sent {
		o.Wait = c.Waited(now)
	}
	return o
}

// Officers are the mail addresses of the active privacy officers and
// administrators.
func (p people) Officers(ctx context.Context) ([]string, error) {
	members, err := p.staff.List(ctx, staff.Filter{State: staff.Active})
	var out []string
	for _, m := range members {
		if m.Has(staff.Privacy, staff.Administrator) {
			out = append(out, m.Email)
		}
	}
	return out, err
}
