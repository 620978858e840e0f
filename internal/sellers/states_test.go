package sellers

import (
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/testkit"
)

func TestOnlyTheListedMovesArePossible(t *testing.T) {
	allowed := map[string]bool{
		"draft>analysing": true, "draft>cancelled": true,
		"analysing>waiting": true, "analysing>asked": true, "analysing>cancelled": true,
		"waiting>approved": true, "waiting>second": true, "waiting>asked": true, "waiting>cancelled": true, "waiting>analysing": true,
		"second>refused": true, "second>waiting": true, "second>asked": true, "second>cancelled": true, "second>analysing": true,
		"asked>analysing": true, "asked>cancelled": true, "refused>waiting": true,
	}
	for _, from := range States {
		for _, to := range States {
			app := Application{State: from}
			err := app.move(to)
			if allowed[string(from)+">"+string(to)] {
				if err != nil || app.State != to {
					t.Errorf("%s to %s: %v", from, to, err)
				}
				continue
			}
			if errs.ReasonOf(err) != "application.state" || errs.CodeOf(err) != errs.Conflict || app.State != from {
				t.Errorf("%s to %s is possible", from, to)
			}
		}
	}
}

func TestNoMoveOfTheMachineEndsInADecision(t *testing.T) {
	for _, to := range []State{Approved, Refused, Second} {
		if CanMove(Analysing, to) {
			t.Errorf("the machine can move a case to %s", to)
		}
	}
}

func TestPromiseCountsWorkingDays(t *testing.T) {
	saturday := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		from time.Time
		want string
	}{
		{saturday, "2026-11-25"},                   // Monday, Tuesday, Wednesday
		{saturday.AddDate(0, 0, -2), "2026-11-24"}, // Thursday: Friday, Monday, Tuesday
		{saturday.AddDate(0, 0, 2), "2026-11-26"},
	} {
		if got := WorkingDays(c.from, 3).Format(dateFormat); got != c.want {
			t.Errorf("three working days after %s: %s, want %s", c.from, got, c.want)
		}
	}
}

func TestNumbersFollowEachOther(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		first := must(h.Start(t.Context(), h.seller))(t)
		second := must(h.Start(t.Context(), h.people.Seller(t, "other@seller.example").Actor()))(t)
		if second.Number != first.Number+1 || first.Label() != "TP-2001" {
			t.Fatalf("%s, then %s", first.Label(), second.Label())
		}
	})
}

func TestOnlyAWaitingCaseTakesAFirstDecision(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	ctx := t.Context()
	ask := Decision{Kind: Ask, Items: []Item{ItemPaper}, Words: "Please send a newer paper."}
	app := must(h.Submit(ctx, h.seller, h.ready(t).ID))(t)
	_, err := h.Decide(ctx, h.ann, app.ID, app.Version, ask) // while the machine looks
	want(t, err, errs.Conflict, "application.state")
	app = h.analysed(t, app.ID)
	app = must(h.Decide(ctx, h.ann, app.ID, app.Version, refusal))(t)
	for _, actor := range []audit.Actor{h.ann, h.ben} {
		_, err = h.Decide(ctx, actor, app.ID, app.Version, ask) // past the second look that is due
		want(t, err, errs.Conflict, "application.state")
	}
}
