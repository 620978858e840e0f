package sellers

import (
	"slices"
	"strings"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/staff"
	"truepenny/internal/testkit"
)

func TestARefusalTakesTwoPeople(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		ctx := t.Context()
		app := h.waiting(t)
		app = must(h.Decide(ctx, h.ann, app.ID, app.Version, refusal))(t)
		if app.State != Second || !app.DecidedAt.IsZero() {
			t.Fatalf("one person refused: %+v", app)
		}
		if _, known, err := h.Result(ctx, h.seller, app.ID); err != nil || known {
			t.Fatalf("the person learns of a refusal that is not one yet: %v", err)
		}
		if mails := h.people.Mails(t, h.email); len(mails) != 0 {
			t.Fatalf("told too early: %v", mails)
		}
		_, err := h.SecondLook(ctx, h.ann, app.ID, app.Version, SecondLook{Confirm: true})
		want(t, err, errs.Forbidden, "case.took-part")
		app = must(h.SecondLook(ctx, h.lea, app.ID, app.Version, SecondLook{Confirm: true}))(t)
		if app.State != Refused {
			t.Fatalf("got %s", app.State)
		}
		result, known, err := h.Result(ctx, h.seller, app.ID)
		if err != nil || !known || result.ReasonCode != refusal.ReasonCode || result.Words != refusal.Words {
			t.Fatalf("got %+v %v %v", result, known, err)
		}
		now := h.clock.Now()
		if !result.ReapplyAt.Equal(now.Add(h.Policy.ReapplyAfter)) || !result.AppealUntil.Equal(now.Add(h.Policy.AppealWithin)) {
			t.Fatalf("got %+v", result)
		}
		h.wantNoted(t, app.ID, "case.refusal-proposed", "case.refused")
	})
}

func TestTheLetterOfARefusalSaysReasonWordsAppealAndDateButNoName(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	h.refused(t)
	letters := must(h.people.Outbox.Caught(t.Context(), 10))(t)
	if len(letters) != 1 || letters[0].To != h.email {
		t.Fatalf("got %+v", letters)
	}
	text := letters[0].Text
	for _, part := range []string{"the document is no longer valid", refusal.Words, "appeal once, until 20 January 2027", "apply again from 21 December 2026"} {
		if !strings.Contains(text, part) {
			t.Errorf("the letter lacks %q:\n%s", part, text)
		}
	}
	for _, secret := range []string{"Ann", "Ben", h.ann.ID, "0."} {
		if strings.Contains(text, secret) {
			t.Errorf("the letter holds %q", secret)
		}
	}
}

func TestAReturnedRefusalWaitsAgainAndThePersonNeverHears(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	ctx := t.Context()
	app := h.waiting(t)
	app = must(h.Decide(ctx, h.ann, app.ID, app.Version, refusal))(t)
	_, err := h.SecondLook(ctx, h.ben, app.ID, app.Version, SecondLook{})
	if errs.FieldsOf(err)["words"] != "field.required" {
		t.Fatalf("returned without words: %v", err)
	}
	app = must(h.SecondLook(ctx, h.ben, app.ID, app.Version, SecondLook{Words: "The passport is valid until May."}))(t)
	if app.State != Waiting {
		t.Fatalf("got %s", app.State)
	}
	app = must(h.Decide(ctx, h.ben, app.ID, app.Version, approval))(t)
	if app.State != Approved {
		t.Fatalf("got %s", app.State)
	}
	for _, e := range must(h.Timeline(ctx, h.seller, app.ID))(t) {
		if strings.Contains(e.Action, "refusal") {
			t.Errorf("the person's timeline has %s", e.Action)
		}
	}
}

func TestOnlyReviewersAndLeadsWorkOnCases(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	ctx := t.Context()
	app := h.waiting(t)
	evidence := must(h.Evidence(ctx, h.seller, app.ID))(t)[0]
	calls := map[string]func(audit.Actor) error{
		"Claim":   func(a audit.Actor) error { _, err := h.Claim(ctx, a, app.ID); return err },
		"Release": func(a audit.Actor) error { return h.Release(ctx, a, app.ID) },
		"Case":    func(a audit.Actor) error { _, err := h.Case(ctx, a, app.ID); return err },
		"OpenEvidence": func(a audit.Actor) error {
			_, err := h.OpenEvidence(ctx, a, app.ID, evidence.ID, "case.review")
			return err
		},
		"OpenCapture": func(a audit.Actor) error { _, err := h.OpenCapture(ctx, a, app.ID, "cap_x", "case.review"); return err },
		"Decide":      func(a audit.Actor) error { _, err := h.Decide(ctx, a, app.ID, app.Version, approval); return err },
		"SecondLook": func(a audit.Actor) error {
			_, err := h.SecondLook(ctx, a, app.ID, app.Version, SecondLook{Confirm: true})
			return err
		},
		"DeclareConnection": func(a audit.Actor) error { return h.DeclareConnection(ctx, a, app.ID) },
	}
	admin := h.people.Member(t, "Alex Administrator", staff.Administrator).Actor()
	for name, call := range calls {
		for _, a := range []audit.Actor{h.seller, h.agent, h.reader, admin, audit.Nobody(), audit.System("test")} {
			if err := call(a); errs.CodeOf(err) != errs.Forbidden || errs.ReasonOf(err) != "role.reviewer" {
				t.Errorf("%s as %s %q: %v", name, a.Kind, a.Role, err)
			}
		}
	}
	for _, a := range []audit.Actor{h.seller, h.agent, admin, audit.Nobody()} {
		if _, _, err := h.Queue(ctx, a, QueueFilter{}); errs.CodeOf(err) != errs.Forbidden {
			t.Errorf("queue as %s %q: %v", a.Kind, a.Role, err)
		}
	}
	if _, _, err := h.Queue(ctx, h.reader, QueueFilter{}); err != nil {
		t.Errorf("an auditor may read the queue: %v", err)
	}
	if after := must(h.Get(ctx, h.seller, app.ID))(t); after != app {
		t.Fatalf("somebody changed it: %+v", after)
	}
}

func TestADecisionOnAnOldVersionIsAConflict(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		ctx := t.Context()
		app := h.waiting(t)
		must(h.Decide(ctx, h.ann, app.ID, app.Version, Decision{Kind: Ask, Items: []Item{ItemPaper}, Words: "The bill is cut off at the top."}))(t)
		_, err := h.Decide(ctx, h.ben, app.ID, app.Version, approval) // ben's tab is older
		want(t, err, errs.Conflict, "case.changed")
		if got := must(h.Get(ctx, h.seller, app.ID))(t); got.State != Asked {
			t.Fatalf("got %s", got.State)
		}
	})
}

func TestAClaimKeepsOthersOffUntilItIsIdleTooLong(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		ctx := t.Context()
		app := h.waiting(t)
		claimed := must(h.Claim(ctx, h.ann, app.ID))(t)
		if claimed.Version != app.Version {
			t.Fatal("a claim is no change to what is decided on")
		}
		_, err := h.Claim(ctx, h.ben, app.ID)
		want(t, err, errs.Conflict, "case.claimed")
		_, err = h.Decide(ctx, h.ben, app.ID, app.Version, approval)
		want(t, err, errs.Conflict, "case.claimed")
		want(t, h.Release(ctx, h.ben, app.ID), errs.Forbidden, "case.claimed")
		h.people.Clock.Advance(29 * time.Minute)
		must(h.Claim(ctx, h.ann, app.ID))(t) // renewed
		h.people.Clock.Advance(29 * time.Minute)
		_, err = h.Claim(ctx, h.ben, app.ID)
		want(t, err, errs.Conflict, "case.claimed")
		h.people.Clock.Advance(time.Minute)
		must(h.Claim(ctx, h.ben, app.ID))(t)
		ok(t, h.Release(ctx, h.lea, app.ID)) // a lead may
		ok(t, h.Release(ctx, h.ann, app.ID)) // nobody holds it: nothing happens
		if got := must(h.Get(ctx, h.seller, app.ID))(t); got.ClaimedBy != "" {
			t.Fatalf("held by %s", got.ClaimedBy)
		}
		h.wantNoted(t, app.ID, "case.claimed", "case.released")
	})
}

func TestNobodyTouchesACaseTheyAreConnectedTo(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	ctx := t.Context()
	h.email = "Ben.Reviewer@market.example" // ben sells here himself, under his own address
	h.seller = h.people.Seller(t, h.email).Actor()
	app := h.waiting(t)
	evidence := must(h.Evidence(ctx, h.seller, app.ID))(t)[0]
	deny := func(a audit.Actor) {
		t.Helper()
		_, err := h.Decide(ctx, a, app.ID, app.Version, approval)
		want(t, err, errs.Forbidden, "case.connected")
		_, err = h.Claim(ctx, a, app.ID)
		want(t, err, errs.Forbidden, "case.connected")
		_, err = h.OpenEvidence(ctx, a, app.ID, evidence.ID, "case.review")
		want(t, err, errs.Forbidden, "case.connected")
		c := must(h.Case(ctx, a, app.ID))(t)
		if c.Connection != "case.connected" || len(c.Evidence)+len(c.Fields)+len(c.Checks) != 0 {
			t.Fatalf("a connected reviewer sees %+v", c)
		}
	}
	deny(h.ben)
	must(h.Claim(ctx, h.cara, app.ID))(t)
	ok(t, h.DeclareConnection(ctx, h.cara, app.ID))
	ok(t, h.DeclareConnection(ctx, h.cara, app.ID)) // twice is once
	deny(h.cara)
	app = must(h.Decide(ctx, h.ann, app.ID, app.Version, refusal))(t)
	_, err := h.SecondLook(ctx, h.cara, app.ID, app.Version, SecondLook{Confirm: true})
	want(t, err, errs.Forbidden, "case.connected")
	must(h.SecondLook(ctx, h.lea, app.ID, app.Version, SecondLook{Confirm: true}))(t)
	h.wantNoted(t, app.ID, "case.connection-declared")
}

func TestWhatWasAskedForAgainMustComeBeforeItIsSentAgain(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		ctx := t.Context()
		app := h.waiting(t)
		_, err := h.Decide(ctx, h.ann, app.ID, app.Version, Decision{Kind: Ask, Words: "Something is missing here."})
		if errs.FieldsOf(err)["items"] != "field.required" {
			t.Fatalf("asked for nothing: %v", err)
		}
		_, err = h.Decide(ctx, h.ann, app.ID, app.Version, Decision{Kind: Ask, Items: []Item{ItemCapture}, Words: "Please show your face."})
		if errs.FieldsOf(err)["items"] != "items.road" {
			t.Fatalf("asked for a face on the road without one: %v", err)
		}
		app = must(h.Decide(ctx, h.ann, app.ID, app.Version, Decision{Kind: Ask, Items: []Item{ItemPaper, ItemDetails, ItemCapture}, Words: "The bill is older than a year."}))(t)
		p := must(h.Progress(ctx, h.seller, app.ID))(t)
		if !slices.Equal(p.Items, []Item{ItemDetails, ItemPaper}) {
			t.Fatalf("still to come: %v", p.Items)
		}
		_, err = h.Submit(ctx, h.seller, app.ID)
		want(t, err, errs.Invalid, "application.incomplete")
		must(h.AddPaper(ctx, h.seller, app.ID, PaperUpload{Kind: BankStatement, Bytes: shot(5)}))(t)
		must(h.SaveDetails(ctx, h.seller, app.ID, marit, true))(t)
		must(h.Submit(ctx, h.seller, app.ID))(t)
		app = h.analysed(t, app.ID)
		if app.State != Waiting || app.Round != 2 {
			t.Fatalf("got %+v", app)
		}
		h.wantNoted(t, app.ID, "case.asked", "application.resubmitted")
		if mails := h.people.Mails(t, h.email); !slices.Equal(mails, []string{"Please send us something again (TP-2001)"}) {
			t.Fatalf("mails: %v", mails)
		}
	})
}

func TestAnAppealGoesOnceToSomebodyElse(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		ctx := t.Context()
		app := h.refused(t)
		if _, err := h.Appeal(ctx, h.seller, app.ID, "unfair"); errs.FieldsOf(err)["words"] != "field.too-short" {
			t.Fatalf("got %v", err)
		}
		app = must(h.Appeal(ctx, h.seller, app.ID, "My passport is valid until May 2032."))(t)
		if app.State != Waiting || !app.Appealed || !app.ReapplyAt.IsZero() {
			t.Fatalf("got %+v", app)
		}
		for _, took := range []audit.Actor{h.ann, h.ben} {
			_, err := h.Decide(ctx, took, app.ID, app.Version, approval)
			want(t, err, errs.Forbidden, "case.took-part")
		}
		c := must(h.Case(ctx, h.cara, app.ID))(t)
		if c.Appeal != "My passport is valid until May 2032." || c.Decisions[0].Standing != Overruled {
			t.Fatalf("got %+v", c)
		}
		app = must(h.Decide(ctx, h.cara, app.ID, app.Version, refusal))(t)
		_, err := h.SecondLook(ctx, h.ben, app.ID, app.Version, SecondLook{Confirm: true})
		want(t, err, errs.Forbidden, "case.took-part")
		app = must(h.SecondLook(ctx, h.lea, app.ID, app.Version, SecondLook{Confirm: true}))(t)
		_, err = h.Appeal(ctx, h.seller, app.ID, "I would like to appeal again.")
		want(t, err, errs.Conflict, "appeal.used")
		result, _, err := h.Result(ctx, h.seller, app.ID)
		if err != nil || !result.AppealUntil.IsZero() || result.ReapplyAt.IsZero() {
			t.Fatalf("got %+v %v", result, err)
		}
		h.wantNoted(t, app.ID, "application.appealed")
	})
}

func TestAnAppealTooLateIsGone(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	app := h.refused(t)
	h.people.Clock.Advance(h.Policy.AppealWithin + time.Second)
	_, err := h.Appeal(t.Context(), h.seller, app.ID, "I was away for a long time.")
	want(t, err, errs.Gone, "appeal.late")
}

func TestReapplyingIsPossibleFromTheDateAndKeepsTheDetails(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		ctx := t.Context()
		app := h.refused(t)
		_, err := h.Reapply(ctx, h.seller, app.ID)
		want(t, err, errs.Conflict, "application.too-soon")
		_, err = h.Start(ctx, h.seller)
		want(t, err, errs.Conflict, "application.too-soon")
		h.people.Clock.Advance(h.Policy.ReapplyAfter)
		fresh := must(h.Reapply(ctx, h.seller, app.ID))(t)
		if fresh.PreviousID != app.ID || fresh.Details != app.Details || fresh.State != Draft {
			t.Fatalf("got %+v", fresh)
		}
		if n := len(must(h.Evidence(ctx, h.seller, fresh.ID))(t)); n != 0 {
			t.Fatalf("%d pictures were carried over", n)
		}
		_, err = h.Appeal(ctx, h.seller, app.ID, "I would rather appeal after all.")
		want(t, err, errs.Conflict, "application.open")
	})
}

func TestARefusalNeedsAReasonAndWords(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	app := h.waiting(t)
	_, err := h.Decide(t.Context(), h.ann, app.ID, app.Version, Decision{Kind: Refuse, ReasonCode: "because", Words: "no"})
	if f := errs.FieldsOf(err); f["reason"] != "field.choice" || f["words"] != "field.too-short" {
		t.Fatalf("got %v", err)
	}
	_, err = h.Decide(t.Context(), h.ann, app.ID, app.Version, Decision{Kind: "burn"})
	if errs.FieldsOf(err)["kind"] != "field.choice" {
		t.Fatalf("got %v", err)
	}
}

func TestDecisionsAreImpossibleInEveryStateButWaiting(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	ctx := t.Context()
	draft := h.ready(t)
	_, err := h.Decide(ctx, h.ann, draft.ID, draft.Version, approval)
	want(t, err, errs.NotFound, "application.unknown") // a draft is no case
	sent := must(h.Submit(ctx, h.seller, draft.ID))(t)
	_, err = h.Decide(ctx, h.ann, sent.ID, sent.Version, approval)
	want(t, err, errs.Conflict, "application.state")
	app := h.analysed(t, draft.ID)
	app = must(h.Decide(ctx, h.ann, app.ID, app.Version, approval))(t)
	for _, d := range []Decision{approval, refusal, {Kind: Ask, Items: []Item{ItemFront}, Words: "Please send it once more."}} {
		_, err = h.Decide(ctx, h.ann, app.ID, app.Version, d)
		want(t, err, errs.Conflict, "application.state")
	}
	_, err = h.SecondLook(ctx, h.ben, app.ID, app.Version, SecondLook{Confirm: true})
	want(t, err, errs.Conflict, "application.state")
	_, err = h.Cancel(ctx, h.seller, app.ID)
	want(t, err, errs.Conflict, "application.state")
	_, err = h.SaveDetails(ctx, h.seller, app.ID, marit, true)
	want(t, err, errs.Conflict, "application.state")
}

func TestPicturesStayAsLongAsPromisedAfterTheDecision(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	app := h.refused(t)
	until := app.DecidedAt.Add(h.Policy.DocumentsKept)
	for _, item := range must(h.vault.Describe(t.Context(), h.seller.ID))(t) {
		if !item.KeepUntil.Equal(until) {
			t.Errorf("%s is kept until %s, want %s", item.Slot.Column, item.KeepUntil, until)
		}
	}
	h.people.Clock.Advance(h.Policy.DocumentsKept)
	must(h.vault.Expire(t.Context(), h.clock.Now()))(t)
	h.expire(t)
	c := must(h.Case(t.Context(), h.ann, app.ID))(t)
	if len(c.Evidence)+len(c.Checks) != 0 || len(c.Decisions) != 1 {
		t.Fatalf("left over: %+v", c)
	}
}
