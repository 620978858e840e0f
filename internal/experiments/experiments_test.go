package experiments

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/jobs"
	"truepenny/internal/privacy"
	"truepenny/internal/staff"
	"truepenny/internal/testkit"
	"truepenny/internal/testkit/people"
	"truepenny/internal/vault"
)

// room is the register with those who work on it.
type room struct {
	*Service
	*people.People
	pia, lea, ada, auditor audit.Actor // privacy officer, lead, administrator
	went                   map[string]Outcome
}

// Outcomes tells what a test says applications came to.
func (r *room) Outcomes(_ context.Context, applications []string) ([]Outcome, error) {
	var out []Outcome
	for _, id := range applications {
		if o, found := r.went[id]; found {
			o.Application = id
			out = append(out, o)
		}
	}
	return out, nil
}

func open(t *testing.T, store *db.Store) *room {
	t.Helper()
	p := people.New(t, store)
	r := &room{People: p, went: map[string]Outcome{}}
	r.Service = NewService(Parts{Store: store, Audit: p.Log, Jobs: p.Queue, Clock: p.Clock, Outcomes: r, Light: true})
	r.pia, r.lea = p.Member(t, "Pia Privacy", staff.Privacy).Actor(), p.Member(t, "Lea Lead", staff.Lead).Actor()
	r.ada, r.auditor = p.Member(t, "Ada Admin", staff.Administrator).Actor(), p.Member(t, "Olle Auditor", staff.Auditor).Actor()
	return r
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func want(t *testing.T, err error, code errs.Code, reason string) {
	t.Helper()
	if err == nil || errs.CodeOf(err) != code || errs.ReasonOf(err) != reason {
		t.Fatalf("got %v, want %s: %s", err, code, reason)
	}
}

// plan is a test of the order of the roads, from today on.
func (r *room) plan() New {
	today := midnight(r.Clock.Now())
	return New{Name: "Documents first", Why: "We want to know whether the order decides for people.", Change: RoadOrder, TestShare: 50, Audience: Everyone,
		StartDay: today, EndDay: today.AddDate(0, 0, 29)}
}

func (r *room) registered(t *testing.T, n New) Experiment {
	t.Helper()
	e, err := r.Register(t.Context(), r.lea, n)
	ok(t, err)
	return e
}

func (r *room) running(t *testing.T) Experiment {
	t.Helper()
	e := r.registered(t, r.plan())
	ok(t, r.Approve(t.Context(), r.pia, e.ID))
	return e
}

// apply begins an application for a seller.
func (r *room) apply(t *testing.T, seller audit.Actor, application string, again bool) {
	t.Helper()
	entry := audit.Entry{Actor: seller, Action: "application.started", Subject: "application:" + application, Person: seller.ID}
	ok(t, r.Log.Record(t.Context(), entry, func(tx *db.Tx) error { return r.Assign(tx, seller, application, again) }))
}

func (r *room) seller(t *testing.T, n int) audit.Actor {
	t.Helper()
	return r.Seller(t, fmt.Sprintf("seller%d@example.com", n)).Actor()
}

func TestNothingRunsBeforeASecondPersonApprovesAndOneIsAPrivacyOfficer(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		r := open(t, store)
		ctx := t.Context()
		e := r.registered(t, r.plan())
		if e.State(r.Clock.Now()) != Planned {
			t.Fatal(e.State(r.Clock.Now()))
		}
		early := r.seller(t, 1)
		r.apply(t, early, "app_1", false)
		if parts, err := r.Of(ctx, early.ID); err != nil || len(parts) != 0 {
			t.Fatal(parts, err)
		}
		want(t, r.Approve(ctx, r.lea, e.ID), errs.Forbidden, "experiment.four-eyes")
		want(t, r.Approve(ctx, r.ada, e.ID), errs.Forbidden, "experiment.privacy")
		want(t, r.Approve(ctx, r.auditor, e.ID), errs.Forbidden, "forbidden")
		ok(t, r.Approve(ctx, r.pia, e.ID))
		want(t, r.Approve(ctx, r.pia, e.ID), errs.Conflict, "experiment.state")
		got, err := r.Get(ctx, r.auditor, e.ID)
		ok(t, err)
		if got.State(r.Clock.Now()) != Running || got.ApprovedBy != r.pia.ID {
			t.Errorf("%+v", got)
		}
		if noted := r.Noted(t, e.subject()); !slices.Equal(noted, []string{"experiment.registered", "experiment.approved"}) {
			t.Error(noted)
		}
	})
}

func TestAPrivacyOfficerWhoRegistersNeedsAnybodyElse(t *testing.T) {
	r := open(t, testkit.Store(t))
	e, err := r.Register(t.Context(), r.pia, r.plan())
	ok(t, err)
	want(t, r.Approve(t.Context(), r.pia, e.ID), errs.Forbidden, "experiment.four-eyes")
	ok(t, r.Approve(t.Context(), r.ada, e.ID))
}

func TestWhatCannotBeATestIsRefused(t *testing.T) {
	r := open(t, testkit.Store(t))
	today := midnight(r.Clock.Now())
	for field, wrong := range map[string]func(*New){
		"name":     func(n *New) { n.Name = "" },
		"why":      func(n *New) { n.Why = "because" },
		"change":   func(n *New) { n.Change = "refuse-more" },
		"share":    func(n *New) { n.TestShare = 100 },
		"audience": func(n *New) { n.Audience = "the slow ones" },
		"start":    func(n *New) { n.StartDay = today.AddDate(0, 0, -1) },
		"end":      func(n *New) { n.EndDay = today.AddDate(0, 0, 90) },
	} {
		n := r.plan()
		wrong(&n)
		_, err := r.Register(t.Context(), r.lea, n)
		if errs.FieldsOf(err)[field] == "" || len(errs.FieldsOf(err)) != 1 {
			t.Errorf("%s: %v", field, err)
		}
	}
	n := r.plan()
	n.EndDay = today.AddDate(0, 0, 89) // 90 days with the first
	r.registered(t, n)
	_, err := r.Register(t.Context(), r.auditor, r.plan())
	want(t, err, errs.Forbidden, "forbidden")
	dark := open(t, testkit.Store(t))
	dark.light = false
	n = dark.plan()
	n.Change = Light
	_, err = dark.Register(t.Context(), dark.lea, n)
	want(t, err, errs.Conflict, "experiment.light-off")
}

func TestTwoTestsOfTheSameThingNeverRunTogether(t *testing.T) {
	r := open(t, testkit.Store(t))
	first := r.running(t)
	n := r.plan()
	n.StartDay = n.EndDay
	second := r.registered(t, n)
	want(t, r.Approve(t.Context(), r.pia, second.ID), errs.Conflict, "experiment.overlap")
	n.Change = Light
	ok(t, r.Approve(t.Context(), r.pia, r.registered(t, n).ID))
	ok(t, r.End(t.Context(), r.lea, first.ID, "Ended early, to make room."))
	ok(t, r.Approve(t.Context(), r.pia, second.ID))
}

func TestArmsAreDrawnByTheirShares(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		r := open(t, store)
		n := r.plan()
		n.TestShare = 25
		e := r.registered(t, n)
		ok(t, r.Approve(t.Context(), r.pia, e.ID))
		const people = 400
		ok(t, r.Log.Record(t.Context(), audit.Entry{Actor: audit.System("test"), Action: "test"}, func(tx *db.Tx) error {
			for i := range people {
				actor := audit.Actor{Kind: audit.KindSeller, ID: fmt.Sprintf("acc_%d", i)}
				if err := r.Assign(tx, actor, fmt.Sprintf("app_%d", i), false); err != nil {
					return err
				}
			}
			return nil
		}))
		got, err := r.Result(t.Context(), e)
		ok(t, err)
		// 100 expected; 8.7 is the standard deviation
		if all := got.Arms[0].People + got.Arms[1].People; all != people || got.Arms[1].People < 60 || got.Arms[1].People > 140 {
			t.Errorf("%+v", got.Arms)
		}
	})
}

func TestWhoLeavesIsOutAtOnceAndOfEveryLaterTest(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		r := open(t, store)
		ctx := t.Context()
		e := r.running(t)
		var out, stays audit.Actor
		for i := 0; out.ID == "" || stays.ID == ""; i++ { // one of each arm; half of the draws
			who := r.seller(t, i)
			r.apply(t, who, "app_"+who.ID, false)
			arm, err := r.Arm(ctx, who.ID, string(RoadOrder))
			ok(t, err)
			if arm == "documents-first" {
				out = who
			} else {
				stays = who
			}
		}
		want(t, r.Leave(ctx, r.pia, e.ID), errs.Forbidden, "role.seller")
		want(t, r.Leave(ctx, r.seller(t, 1000), e.ID), errs.NotFound, "experiment.unknown")
		ok(t, r.Leave(ctx, out, e.ID))
		ok(t, r.Leave(ctx, out, e.ID))
		if arm, err := r.Arm(ctx, out.ID, string(RoadOrder)); err != nil || arm != "" {
			t.Errorf("still in arm %q, %v", arm, err)
		}
		if parts, err := r.Of(ctx, stays.ID); err != nil || len(parts) != 1 {
			t.Errorf("the other is in %d tests, %v", len(parts), err)
		}
		n := r.plan()
		n.Change = Light
		ok(t, r.Approve(ctx, r.pia, r.registered(t, n).ID))
		r.apply(t, out, "app_later", true)
		if parts, err := r.Of(ctx, out.ID); err != nil || len(parts) != 0 {
			t.Errorf("in %d tests after leaving, %v", len(parts), err)
		}
		rows, err := r.Log.List(ctx, audit.Filter{Action: "experiment.left", Limit: 10})
		ok(t, err)
		if len(rows) != 1 || rows[0].Person != out.ID {
			t.Errorf("%+v", rows)
		}
	})
}

func TestATestEndsByItselfOnItsDateAndTheDefaultHolds(t *testing.T) {
	r := open(t, testkit.Store(t))
	ctx := t.Context()
	e := r.running(t)
	var who audit.Actor
	for i := 1; ; i++ {
		who = r.seller(t, i)
		r.apply(t, who, "app_"+who.ID, false)
		if arm, _ := r.Arm(ctx, who.ID, string(RoadOrder)); arm != "" {
			break
		}
	}
	r.Clock.Advance(e.EndAt.Sub(r.Clock.Now()))
	if arm, err := r.Arm(ctx, who.ID, string(RoadOrder)); err != nil || arm != "" {
		t.Errorf("after its date the arm is %q, %v", arm, err)
	}
	ok(t, r.endDue(ctx, jobs.Job{}))
	ok(t, r.endDue(ctx, jobs.Job{}))
	got, err := r.Get(ctx, r.pia, e.ID)
	ok(t, err)
	if got.State(r.Clock.Now()) != Ended || !got.EndedAt.Equal(e.EndAt) || got.EndedBy != "" {
		t.Errorf("%+v", got)
	}
	want(t, r.End(ctx, r.pia, e.ID, "It is over already."), errs.Conflict, "experiment.state")
	ok(t, r.Conclude(ctx, r.pia, e.ID, "The order made no difference."))
	want(t, r.Conclude(ctx, r.pia, e.ID, "Something else after all."), errs.Conflict, "experiment.state")
	rows, err := r.Log.List(ctx, audit.Filter{Action: "experiment.ended", Limit: 10})
	ok(t, err)
	if len(rows) != 1 || rows[0].Actor.Kind != audit.KindSystem || rows[0].Reason != "date" {
		t.Errorf("%+v", rows)
	}
}

func TestTestsForNewcomersLeaveOthersAlone(t *testing.T) {
	r := open(t, testkit.Store(t))
	n := r.plan()
	n.Audience = First
	ok(t, r.Approve(t.Context(), r.pia, r.registered(t, n).ID))
	again, first := r.seller(t, 1), r.seller(t, 2)
	r.apply(t, again, "app_1", true)
	r.apply(t, first, "app_2", false)
	if parts, _ := r.Of(t.Context(), again.ID); len(parts) != 0 {
		t.Error("who applied before is in a test for newcomers")
	}
	if parts, _ := r.Of(t.Context(), first.ID); len(parts) != 1 {
		t.Error("a newcomer is not in the test")
	}
}

func TestResultsCountEachArmAndLeaveOutWhoLeft(t *testing.T) {
	r := open(t, testkit.Store(t))
	ctx := t.Context()
	e := r.running(t)
	var left audit.Actor
	for i := range 12 {
		who := r.seller(t, i)
		r.apply(t, who, "app_"+who.ID, false)
		r.went["app_"+who.ID] = Outcome{Sent: true, Open: i%4 == 0, Decided: i%4 != 0, Approved: i%4 == 1, Wait: float64(i)}
		left = who
	}
	ok(t, r.Leave(ctx, left, e.ID))
	got, err := r.Result(ctx, e)
	ok(t, err)
	sent, open, decided, people := 0, 0, 0, 0
	for _, a := range got.Arms {
		sent, open, decided, people = sent+a.Sent, open+a.Open, decided+a.Approval.All, people+a.People
	}
	if people != 12 || sent != 11 || open != 3 || decided != 8 {
		t.Errorf("%+v", got.Arms)
	}
}

func TestPeopleAreForgottenThirtyDaysAfterTheEndAndTheCountsStay(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		r := open(t, store)
		ctx := t.Context()
		e := r.running(t)
		who := r.seller(t, 1)
		r.apply(t, who, "app_1", false)
		r.went["app_1"] = Outcome{Sent: true, Decided: true, Approved: true, Wait: 2}
		src := r.Source()
		held, err := src.Describe(ctx, who.ID)
		ok(t, err)
		if len(held) != 1 || held[0].Count != 1 || !held[0].KeptUntil.Equal(e.EndAt.Add(kept)) {
			t.Errorf("%+v", held)
		}
		if out, err := src.Export(ctx, who.ID); err != nil || out == nil {
			t.Error(out, err)
		}
		r.Clock.Advance(e.EndAt.Sub(r.Clock.Now()))
		ok(t, r.endDue(ctx, jobs.Job{}))
		if n, err := src.Expire(ctx, audit.System("retention"), r.Clock.Now().Add(kept-time.Hour)); n != 0 || err != nil {
			t.Errorf("%d forgotten too early, %v", n, err)
		}
		r.Clock.Advance(kept)
		if n, err := src.Expire(ctx, audit.System("retention"), r.Clock.Now()); n != 1 || err != nil {
			t.Errorf("%d forgotten, %v", n, err)
		}
		got, err := r.Get(ctx, r.pia, e.ID)
		ok(t, err)
		result, err := r.Result(ctx, got)
		ok(t, err)
		if len(result.Arms) != 2 || result.Arms[0].People+result.Arms[1].People != 1 || result.Arms[0].Approval.Of+result.Arms[1].Approval.Of != 1 {
			t.Errorf("%+v", result.Arms)
		}
		if held, _ := src.Describe(ctx, who.ID); len(held) != 0 {
			t.Errorf("%+v", held)
		}
	})
}

func TestErasingAPersonTakesThemOutOfTheRegister(t *testing.T) {
	r := open(t, testkit.Store(t))
	ctx := t.Context()
	e := r.running(t)
	who := r.seller(t, 1)
	r.apply(t, who, "app_1", false)
	ok(t, r.Leave(ctx, who, e.ID))
	erase := func(purpose vault.Purpose) privacy.Erased {
		var gone privacy.Erased
		ok(t, r.Log.Record(ctx, audit.Entry{Actor: who, Action: "test"}, func(tx *db.Tx) (err error) {
			gone, err = r.Source().Erase(tx, who.ID, purpose)
			return err
		}))
		return gone
	}
	if gone := erase(privacy.PurposeFace); gone.Total() != 0 {
		t.Errorf("%+v", gone)
	}
	if gone := erase(""); gone.Total() != 2 {
		t.Errorf("%+v", gone)
	}
	if held, _ := r.Source().Describe(ctx, who.ID); len(held) != 0 {
		t.Errorf("%+v", held)
	}
}
