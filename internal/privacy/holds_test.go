package privacy_test

import (
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/privacy"
	"truepenny/internal/testkit"
	"truepenny/internal/vault"
)

var second = audit.Actor{Kind: audit.KindStaff, ID: "stf_adam", Role: "administrator"}

// hold puts data under a hold by two people.
func (w *ward) hold(purpose vault.Purpose, reason string, keep time.Duration) privacy.Hold {
	w.t.Helper()
	h, err := w.holds.Propose(w.t.Context(), officer, marit.ID, purpose, reason, w.clock.Now().Add(keep))
	if err == nil {
		h, err = w.holds.Confirm(w.t.Context(), second, h.ID)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return h
}

func TestAHoldTakesTwoPeopleAReasonAndAnEnd(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		w := newWard(t, store)
		ctx := t.Context()
		_, err := w.holds.Propose(ctx, audit.Actor{Kind: audit.KindStaff, ID: "stf_r", Role: "reviewer"}, marit.ID, "", privacy.HoldClaim, start.Add(time.Hour))
		want(t, err, errs.Forbidden, "hold.role")
		_, err = w.holds.Propose(ctx, marit, marit.ID, "", privacy.HoldClaim, start.Add(time.Hour))
		want(t, err, errs.Forbidden, "hold.role")
		for field, try := range map[string]func() error{
			"hold.past": func() error {
				_, err := w.holds.Propose(ctx, officer, marit.ID, "", privacy.HoldClaim, start)
				return err
			},
			"hold.too-long": func() error {
				_, err := w.holds.Propose(ctx, officer, marit.ID, "", privacy.HoldClaim, start.AddDate(1, 0, 1))
				return err
			},
			"hold.court-only": func() error {
				_, err := w.holds.Propose(ctx, officer, marit.ID, privacy.PurposeFace, privacy.HoldClaim, start.AddDate(0, 1, 0))
				return err
			},
			"field.choice": func() error {
				_, err := w.holds.Propose(ctx, officer, marit.ID, "", "because", start.AddDate(0, 1, 0))
				return err
			},
		} {
			err := try()
			found := false
			for _, reason := range errs.FieldsOf(err) {
				found = found || reason == field
			}
			if !found {
				t.Errorf("want %s, got %v", field, err)
			}
		}
		h, err := w.holds.Propose(ctx, officer, marit.ID, privacy.PurposeDocuments, privacy.HoldClaim, start.AddDate(1, 0, 0))
		if err != nil || h.Active(start) {
			t.Fatalf("%+v %v", h, err)
		}
		_, err = w.holds.Confirm(ctx, officer, h.ID)
		want(t, err, errs.Forbidden, "hold.second-person")
		if held, _ := w.holds.Held(ctx, nil, marit.ID, privacy.PurposeDocuments); held {
			t.Error("one person is enough")
		}
		if h, err = w.holds.Confirm(ctx, second, h.ID); err != nil || !h.Active(start) {
			t.Fatalf("%+v %v", h, err)
		}
		_, err = w.holds.Confirm(ctx, second, h.ID)
		want(t, err, errs.Conflict, "hold.state")
		_, err = w.holds.Lift(ctx, officer, "hld_none")
		want(t, err, errs.NotFound, "hold.unknown")
		if h, err = w.holds.Lift(ctx, officer, h.ID); err != nil || h.Active(start) || h.LiftedBy != officer.ID {
			t.Fatalf("%+v %v", h, err)
		}
		_, err = w.holds.Lift(ctx, officer, h.ID)
		want(t, err, errs.Conflict, "hold.state")
		rows, err := w.log.List(ctx, audit.Filter{Subject: "hold:" + h.ID})
		if err != nil || len(rows) != 3 || rows[2].Action != "privacy.hold-proposed" || rows[1].Actor != second || rows[0].Action != "privacy.hold-lifted" || rows[0].Reason != privacy.HoldClaim {
			t.Fatalf("%+v %v", rows, err)
		}
		if all, err := w.holds.List(ctx, ""); err != nil || len(all) != 1 {
			t.Fatal(all, err)
		}
	})
}

func TestWhatIsHeldIsNeitherErasedNorExpiredAndGoesByItselfWhenTheHoldEnds(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		w := newWard(t, store)
		ctx := t.Context()
		document, face := w.seal(marit.ID, privacy.PurposeDocuments, time.Hour, "a passport"), w.seal(marit.ID, privacy.PurposeFace, time.Hour, "a face")
		h := w.hold(privacy.PurposeDocuments, privacy.HoldClaim, 30*24*time.Hour)
		preview, err := w.erasures.Preview(ctx, marit.ID, "")
		if err != nil || !preview.HeldUntil.Equal(h.Until) {
			t.Fatalf("%+v %v", preview, err)
		}
		asked, err := w.erasures.Erase(ctx, marit, marit.ID, "")
		if err != nil || asked.State != privacy.ErasureHeld || !asked.HeldUntil.Equal(h.Until) || asked.ReceiptID != "" {
			t.Fatalf("%+v %v", asked, err)
		}
		w.gone(face, privacy.PurposeFace) // nobody holds that
		w.open(document, privacy.PurposeDocuments)
		if all, _ := w.erasures.Of(ctx, marit.ID); len(all) != 2 {
			t.Errorf("%+v", all)
		}
		for range 3 {
			w.clock.Advance(24 * time.Hour) // its own time is over as well
			if n, err := w.erasures.Expire(ctx); n != 0 || err != nil {
				t.Fatal(n, err)
			}
			w.drain()
		}
		if overdue, err := w.register.Overdue(ctx, w.clock.Now()); err != nil || len(overdue) != 0 {
			t.Fatalf("what is held counts as overdue: %+v %v", overdue, err)
		}
		if items, _ := w.vault.Describe(ctx, marit.ID); len(items) != 1 {
			t.Fatalf("%+v", items)
		}
		w.clock.Set(h.Until)
		w.drain()
		done, err := w.erasures.Get(ctx, asked.ID)
		if err != nil || done.State != privacy.ErasureDone {
			t.Fatalf("%+v %v", done, err)
		}
		w.gone(document, privacy.PurposeDocuments)
		w.receipt(done.ReceiptID)
	})
}

func TestLiftingAHoldLetsTheErasureGoOnAtOnce(t *testing.T) {
	w := newWard(t, testkit.Store(t))
	document := w.seal(marit.ID, privacy.PurposeDocuments, time.Hour, "a passport")
	h := w.hold("", privacy.HoldAuthority, 300*24*time.Hour)
	asked, err := w.erasures.Erase(t.Context(), marit, marit.ID, privacy.PurposeDocuments)
	if err != nil || asked.State != privacy.ErasureHeld {
		t.Fatalf("%+v %v", asked, err)
	}
	if _, err := w.holds.Lift(t.Context(), second, h.ID); err != nil {
		t.Fatal(err)
	}
	w.drain()
	if done, err := w.erasures.Get(t.Context(), asked.ID); err != nil || done.State != privacy.ErasureDone {
		t.Fatalf("%+v %v", done, err)
	}
	w.gone(document, privacy.PurposeDocuments)
}

func TestOnlyACourtHoldsWhatIsMeasuredOfABody(t *testing.T) {
	w := newWard(t, testkit.Store(t))
	ctx := t.Context()
	h := w.hold("", privacy.HoldClaim, time.Hour)
	for purpose, covered := range map[vault.Purpose]bool{privacy.PurposeDocuments: true, privacy.PurposeRights: true, privacy.PurposeFace: false, privacy.PurposeDispute: false} {
		if h.Covers(purpose) != covered {
			t.Errorf("%s: %v", purpose, !covered)
		}
	}
	face := w.seal(marit.ID, privacy.PurposeFace, 24*time.Hour, "a face")
	if done, err := w.erasures.Erase(ctx, marit, marit.ID, privacy.PurposeFace); err != nil || done.State != privacy.ErasureDone {
		t.Fatalf("%+v %v", done, err)
	}
	w.gone(face, privacy.PurposeFace)
	face = w.seal(marit.ID, privacy.PurposeFace, 24*time.Hour, "a face")
	w.hold("", privacy.HoldCourt, time.Hour)
	if done, err := w.erasures.Erase(ctx, marit, marit.ID, privacy.PurposeFace); err != nil || done.State != privacy.ErasureHeld {
		t.Fatalf("%+v %v", done, err)
	}
	w.open(face, privacy.PurposeFace)
}
