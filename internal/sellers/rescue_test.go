package sellers

import (
	"context"
	"testing"

	"truepenny/internal/db"
	"truepenny/internal/jobs"
	"truepenny/internal/testkit"
)

// A machine that dies at every attempt leaves a dead job and nobody who ends it.
func TestACaseWhoseAnalysisDiedIsHandedToPeople(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		ctx := t.Context()
		app := must(h.Submit(ctx, h.seller, h.ready(t).ID))(t)
		rescue := func() Application {
			t.Helper()
			ok(t, h.rescue(ctx, jobs.Job{}))
			return must(h.Get(ctx, h.seller, app.ID))(t)
		}
		if got := rescue(); got.State != Analysing {
			t.Fatalf("taken from an analysis that is still to come: %s", got.State)
		}
		dying := jobs.New(store, h.clock)
		dying.Handle(AnalyseJob, func(context.Context, jobs.Job) error { return jobs.GiveUp(context.DeadlineExceeded) })
		if n, err := dying.Drain(ctx); n != 1 || err == nil {
			t.Fatal(n, err)
		}
		got := rescue()
		if got.State != Waiting || got.Outcome != NotRun {
			t.Fatalf("stuck: %s %s", got.State, got.Outcome)
		}
		for _, c := range must(h.checksOf(ctx, app.ID, app.Round))(t) {
			if c.Outcome != NotRun || c.Kind.ofFace() != (c.Reason == reasonDeclined) {
				t.Errorf("%s: %s %s", c.Kind, c.Outcome, c.Reason)
			}
		}
		must(h.Decide(ctx, h.ann, app.ID, got.Version, approval))(t)
	})
}
