package handlers_test

import (
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/staff"
	"truepenny/views/paths"
	"truepenny/views/words"
)

func TestALogThatDoesNotHoldIsSaidInPublicAndOnEveryPageOfWhoWatchesIt(t *testing.T) {
	h := openHouse(t)
	h.note(t, 8)
	ada := h.as(t, h.Member(t, "Ada Auditor", staff.Auditor).Holder())
	ann := h.as(t, h.Member(t, "Ann Reviewer", staff.Reviewer).Holder())
	check := func() {
		t.Helper()
		h.Clock.Advance(time.Minute)
		ada.post(paths.AuditChecks())
		if _, err := h.Queue.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	check()
	h.somebody(t).get(paths.PublicLog()).is(200).shows(words.LogChecked, "Held,").hides(words.LogBrokenTitle)
	ada.get(paths.Witnesses()).is(200).hides(words.LogBrokenTitle)
	err := h.Log.Record(t.Context(), audit.Entry{Actor: audit.System("test"), Action: "test.damaged"}, func(tx *db.Tx) error {
		for _, s := range []string{"DROP TRIGGER audit_entries_keep", "UPDATE audit_entries SET reason = 'x' WHERE idx = 3"} {
			if err := tx.DB().Exec(s).Error; err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	check()
	h.somebody(t).get(paths.PublicLog()).is(200).shows(words.LogBrokenTitle, "NOT hold", words.CheckFault("changed", 3))
	ada.get(paths.Witnesses()).is(200).shows(words.LogBrokenTitle, words.CheckFault("changed", 3))
	ann.get(paths.Security()).is(200).hides(words.LogBrokenTitle)
}
