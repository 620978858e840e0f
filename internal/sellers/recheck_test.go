package sellers

import (
	"context"
	"strings"
	"testing"
	"time"

	"truepenny/internal/errs"
	"truepenny/internal/jobs"
	"truepenny/internal/privacy"
	"truepenny/internal/testkit"
)

// misspelt is a case that waits, of somebody whose passport says Lindqvist and
// who typed something else.
func (h *house) misspelt(t *testing.T) Application {
	t.Helper()
	d := marit
	d.FamilyName = "Sörensdotter"
	return h.withPassport(t, d, passport(t, greyHead(), nil))
}

func TestACorrectionWhileTheCaseWaitsIsCheckedAgain(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withReader(t))
	ctx, app := t.Context(), h.misspelt(t)
	before := h.outcomes(t, app)
	if before[CheckRead].Outcome != Pass || before[CheckName].Outcome == Pass {
		t.Fatalf("the test begins with the wrong checks: %+v", before)
	}
	h.people.Clock.Advance(time.Hour)
	ok(t, h.ApplyCorrection(ctx, h.ann, app.ID, "family_name", marit.FamilyName, app.Version))
	now := must(h.readApplication(ctx, app.ID))(t)
	if now.State != Analysing || now.Outcome != "" || now.Round != app.Round {
		t.Fatalf("%+v", now)
	}
	want(t, h.ApplyCorrection(ctx, h.ann, app.ID, "city", "Uppsala", now.Version), errs.Conflict, "application.state")
	_, err := h.Decide(ctx, h.ann, app.ID, app.Version, approval)
	want(t, err, errs.Conflict, "case.changed")

	now = h.analysed(t, app.ID)
	after := h.outcomes(t, now)
	if now.State != Waiting || after[CheckName].Outcome != Pass || after[CheckName].Round != app.Round || len(after) != len(before) {
		t.Fatalf("%s %+v", now.State, after[CheckName])
	}
	if !after[CheckRead].At.Equal(before[CheckRead].At) {
		t.Error("what does not depend on the correction was looked at again")
	}
	for _, pair := range after[CheckName].Compared {
		if strings.Contains(pair.Right, "Sörensdotter") {
			t.Errorf("the old value is still compared: %+v", pair)
		}
	}
	if c := must(h.Case(ctx, h.ben, app.ID))(t); !c.Rechecked.Equal(h.clock.Now()) {
		t.Errorf("the reviewer is not told: %v", c.Rechecked)
	}
	items := must(h.vault.Describe(ctx, h.seller.ID))(t)
	for _, item := range items {
		if item.Purpose == privacy.PurposeDocuments && item.Slot.Table == "sellers_checks" && strings.Contains(item.Slot.Row, string(CheckName)) && item.CreatedAt.Before(h.clock.Now()) {
			t.Error("what the old check had compared is still sealed")
		}
	}
}

func TestACorrectionTakesAProposedRefusalBackAndLeavesADecisionAlone(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	ctx, app := t.Context(), h.waiting(t)
	app = must(h.Decide(ctx, h.ann, app.ID, app.Version, refusal))(t)
	ok(t, h.ApplyCorrection(ctx, h.ben, app.ID, "city", "Uppsala", app.Version))
	app = h.analysed(t, app.ID)
	c := must(h.Case(ctx, h.ann, app.ID))(t)
	if app.State != Waiting || len(c.Decisions) != 1 || c.Decisions[0].Standing != Withdrawn {
		t.Fatalf("%s %+v", app.State, c.Decisions)
	}
	app = must(h.Decide(ctx, h.ann, app.ID, app.Version, approval))(t)
	ok(t, h.ApplyCorrection(ctx, h.ben, app.ID, "city", "Lund", app.Version))
	if now := must(h.readApplication(ctx, app.ID))(t); now.State != Approved || now.Address.City != "Lund" {
		t.Fatalf("%+v", now)
	}
}

func TestARepeatedAnalysisThatDiesIsHandedToPeopleWithWhatItHas(t *testing.T) {
	store := testkit.Store(t)
	h := newHouse(t, store)
	ctx, app := t.Context(), h.waiting(t)
	ok(t, h.ApplyCorrection(ctx, h.ann, app.ID, "city", "Uppsala", app.Version))
	ok(t, h.rescue(ctx, jobs.Job{}))
	if now := must(h.readApplication(ctx, app.ID))(t); now.State != Analysing {
		t.Fatal("taken from an analysis that is still to come:", now.State)
	}
	dying := jobs.New(store, h.clock)
	dying.Handle(AnalyseJob, func(context.Context, jobs.Job) error { return jobs.GiveUp(context.DeadlineExceeded) })
	if n, err := dying.Drain(ctx); n != 1 || err == nil {
		t.Fatal(n, err)
	}
	ok(t, h.rescue(ctx, jobs.Job{}))
	now := must(h.readApplication(ctx, app.ID))(t)
	if checks := must(h.checksOf(ctx, app.ID, app.Round))(t); now.State != Waiting || len(checks) != len(CheckKinds) {
		t.Fatalf("stuck: %s %+v", now.State, checks)
	}
}
