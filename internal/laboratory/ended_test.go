package laboratory

import (
	"errors"
	"testing"

	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/testkit"
)

func TestASetThatIsEndedWhileItIsReadKeepsNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store, withTones)
		files := crowd(30)
		set, err := h.AddZip(t.Context(), h.lea, about(h), zipped(t, files))
		ok(t, err)
		b, err := openZip(zipped(t, files))
		ok(t, err)
		ended := false
		err = h.fill(t.Context(), reader, set, b, func(int, int) {
			if !ended {
				ended = true
				ok(t, h.EndSet(t.Context(), h.petra, set.ID))
			}
		})
		want(t, err, errs.Conflict, "lab.set.ended")
		ok(t, h.settleReading(t.Context(), set, err, true))
		_, err = h.Queue.Drain(t.Context())
		ok(t, err)
		if now := must(h.Set(t.Context(), h.petra, set.ID))(t); now.State != Ended || now.EndedAt.IsZero() {
			t.Errorf("%+v", now)
		}
		if items := must(h.parts.Vault.Describe(t.Context(), set.ID))(t); len(items) > 0 {
			t.Errorf("%d items are sealed for a set that has ended", len(items))
		}
	})
}

func TestTroubleWithASetThatHasEndedLeavesItEnded(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withTones)
	set, err := h.AddZip(t.Context(), h.lea, about(h), zipped(t, crowd(4)))
	ok(t, err)
	ok(t, h.EndSet(t.Context(), h.lea, set.ID))
	for _, problem := range []error{wrong("lab.file.unreadable", 2, "broken"), errors.New("the database is away")} {
		if err := h.settleReading(t.Context(), set, problem, true); err != nil && !errors.Is(err, problem) {
			t.Error(err)
		}
		if now := must(h.Set(t.Context(), h.lea, set.ID))(t); now.State != Ended {
			t.Errorf("after %v: %s", problem, now.State)
		}
	}
}
