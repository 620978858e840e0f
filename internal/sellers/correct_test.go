package sellers

import (
	"testing"

	"truepenny/internal/audit"
	"truepenny/internal/errs"
	"truepenny/internal/testkit"
)

func TestACorrectionTakesAReviewerAndTheVersionTheyLookedAt(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	ctx, app := t.Context(), h.waiting(t)
	held, version, err := h.Correctable(ctx, h.seller.ID, app.ID, "city", "Uppsala")
	if err != nil || held != marit.Address.City || version != app.Version {
		t.Fatal(held, version, err)
	}
	_, _, err = h.Correctable(ctx, "acc_other", app.ID, "city", "Uppsala")
	want(t, err, errs.NotFound, "application.unknown")
	for field, value := range map[string]string{"city": "Malmö", "state": "approved", "birth_date": "yesterday", "family_name": ""} {
		if _, _, err := h.Correctable(ctx, h.seller.ID, app.ID, field, value); errs.CodeOf(err) != errs.Invalid {
			t.Errorf("%s may become %q: %v", field, value, err)
		}
	}
	want(t, h.ApplyCorrection(ctx, h.agent, app.ID, "city", "Uppsala", version), errs.Forbidden, "role.reviewer")
	want(t, h.ApplyCorrection(ctx, h.ann, app.ID, "city", "Uppsala", version-1), errs.Conflict, "case.changed")
	ok(t, h.ApplyCorrection(ctx, h.ann, app.ID, "city", "Uppsala", version))
	now := must(h.readApplication(ctx, app.ID))(t)
	if now.Address.City != "Uppsala" || now.Version != version+1 || now.State != Analysing {
		t.Fatalf("%+v", now)
	}
	rows, err := h.parts.Audit.List(ctx, audit.Filter{Action: "application.corrected"})
	if err != nil || len(rows) != 1 || rows[0].Details["field"] != "city" || len(rows[0].Details) != 1 {
		t.Fatal("the log must hold the field and no value:", rows, err)
	}
}
