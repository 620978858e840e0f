package requests_test

import (
	"testing"

	"truepenny/internal/audit"
	"truepenny/internal/requests"
	"truepenny/internal/testkit"
)

// The machine gathers a copy, also for an officer: the log must not say that the
// person looked.
func TestWhatIsOpenedForACopyIsNotLoggedAsThePersonsOwnLook(t *testing.T) {
	h := open(t, testkit.Store(t))
	h.asks(requests.Access)
	if _, err := h.desk.Source().Export(t.Context(), h.ina.ID); err != nil {
		t.Fatal(err)
	}
	rows, err := h.Log.List(t.Context(), audit.Filter{Action: "vault.opened"})
	if err != nil || len(rows) != 1 || rows[0].Actor != audit.System("copies") || rows[0].Reason != "export" {
		t.Fatalf("%+v %v", rows, err)
	}
}
