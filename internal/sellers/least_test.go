package sellers

import (
	"slices"
	"testing"

	"truepenny/internal/errs"
	"truepenny/internal/testkit"
)

func TestACancelledApplicationKeepsNeitherBirthNorAddress(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	app := h.waiting(t)
	app = must(h.Cancel(t.Context(), h.seller, app.ID))(t)
	if app.BirthDate != "" || app.Address != (Address{}) {
		t.Errorf("kept without an end: %+v", app.Details)
	}
}

func TestAnExportTellsThePersonNoScore(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	h.sentWithFace(t)
	all := must(h.Source().Export(t.Context(), h.seller.ID))(t).([]exported)
	for _, c := range all[0].Checks {
		if c.HasScore || c.Score != 0 || c.Threshold != nil {
			t.Errorf("got %+v", c)
		}
	}
}

func TestSomebodyConnectedSeesNoMoreThanTheList(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	ctx := t.Context()
	app := h.refused(t)
	app = must(h.Appeal(ctx, h.seller, app.ID, "My passport is valid until May, please look again."))(t)
	ok(t, h.DeclareConnection(ctx, h.cara, app.ID))
	c := must(h.Case(ctx, h.cara, app.ID))(t)
	if c.Connection == "" || c.Appeal != "" || len(c.Decisions) > 0 || c.Application.BirthDate != "" || c.Application.Address != (Address{}) {
		t.Errorf("shown: %q, %d decisions, %+v", c.Appeal, len(c.Decisions), c.Application.Details)
	}
}

func TestWhatIsNotSentYetIsThePersonsOwn(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	ctx := t.Context()
	app := h.waiting(t)
	must(h.Decide(ctx, h.ann, app.ID, app.Version, Decision{Kind: Ask, Items: []Item{ItemPaper}, Words: "Please send a newer paper."}))(t)
	paper := must(h.AddPaper(ctx, h.seller, app.ID, PaperUpload{Kind: BankStatement, Bytes: shot(5)}))(t)
	_, err := h.OpenEvidence(ctx, h.ann, app.ID, paper.ID, "case.review")
	want(t, err, errs.NotFound, "evidence.unknown")
	shown := func() bool {
		t.Helper()
		c := must(h.Case(ctx, h.ann, app.ID))(t)
		return slices.ContainsFunc(c.Evidence, func(e Evidence) bool { return e.ID == paper.ID })
	}
	if shown() {
		t.Error("a reviewer sees it before it is sent")
	}
	must(h.Submit(ctx, h.seller, app.ID))(t)
	if !shown() {
		t.Error("it is not there when it was sent")
	}
	must(h.OpenEvidence(ctx, h.ann, app.ID, paper.ID, "case.review"))(t)
}

func TestARefusedApplicationKeepsNeitherBirthNorAddressOnceItsDocumentsAreGone(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	ctx := t.Context()
	app := h.refused(t)
	h.people.Clock.Advance(h.Policy.DocumentsKept)
	h.expire(t)
	app = must(h.Get(ctx, h.seller, app.ID))(t)
	if app.BirthDate != "" || app.Address != (Address{}) || app.FamilyName == "" {
		t.Errorf("kept: %+v", app.Details)
	}
}
