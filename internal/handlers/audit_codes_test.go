package handlers_test

import (
	"strings"
	"testing"

	"truepenny/internal/audit"
	"truepenny/internal/staff"
	"truepenny/views/paths"
)

func TestWhatIsTypedIntoAFilterStaysOutOfTheLog(t *testing.T) {
	r := openRoom(t)
	ada, _ := r.signInStaff(t, "Ada Auditor", staff.Auditor)
	ada.get(paths.AuditCSV(paths.AuditQuery{Person: "marit lindqvist", Actor: r.annActor.ID, Action: "case.opened"})).is(200)
	r.ann.get(paths.QueueCSV(paths.QueueQuery{Held: "marit lindqvist"})).is(200)
	rows, err := r.Log.List(t.Context(), audit.Filter{Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		for name, value := range row.Details {
			if strings.Contains(value, "marit") {
				t.Errorf("%s keeps %s: %q for ever", row.Action, name, value)
			}
		}
		if row.Action == "audit.export-started" && (row.Details["person"] != "yes" || row.Details["actor"] != r.annActor.ID || row.Details["action"] != "case.opened") {
			t.Errorf("got %v", row.Details)
		}
	}
}
