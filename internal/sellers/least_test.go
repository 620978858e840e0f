package sellers

import (
	"testing"

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
