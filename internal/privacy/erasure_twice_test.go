package privacy_test

import (
	"errors"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/privacy"
	"truepenny/internal/testkit"
	"truepenny/internal/vault"
)

// named is a place that answers for named people only, as the mails do.
type named struct{ unwilling }

func (named) Name() string { return "named" }
func (named) Erase(_ *db.Tx, person string, _ vault.Purpose) (privacy.Erased, error) {
	if person == "" {
		return privacy.Erased{}, errors.New("whose data go must be named")
	}
	return privacy.Erased{}, nil
}

func TestTwoErasuresOfEverythingAtOnceEndInOneReceipt(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		w := newWard(t, store)
		w.register.Add(named{})
		ctx := t.Context()
		w.seal(marit.ID, privacy.PurposeFace, time.Hour, "a face")
		var part, second privacy.Erasure
		var errPart, errSecond error
		asked := false
		w.erasures.StopAt(func(state string) error {
			if state != privacy.ErasureAsked || asked {
				return nil
			}
			asked = true // two others stop where the first has not begun yet
			stop := errors.New("killed")
			w.erasures.StopAt(func(string) error { return stop })
			part, errPart = w.erasures.Erase(ctx, marit, marit.ID, privacy.PurposeFace)
			second, errSecond = w.erasures.Another(ctx, marit, marit.ID)
			w.erasures.StopAt(func(string) error { return nil })
			return nil
		})
		first, err := w.erasures.Erase(ctx, marit, marit.ID, "")
		if err != nil || first.State != privacy.ErasureDone || errPart == nil || errSecond == nil {
			t.Fatalf("%+v %v %v %v", first, err, errPart, errSecond)
		}
		w.clock.Advance(time.Minute)
		w.drain()
		for _, other := range []privacy.Erasure{part, second} {
			done, err := w.erasures.Get(ctx, other.ID)
			if err != nil || done.State != privacy.ErasureDone || done.ReceiptID != first.ReceiptID || done.Person != "" {
				t.Errorf("%+v %v; want it done with %s", done, err, first.ReceiptID)
			}
		}
		if len(w.sent) != 1 {
			t.Errorf("sent: %q", w.sent)
		}
	})
}

// A hold is confirmed while the program is down, after the keys went.
func TestAHoldThatComesBetweenKeysAndRowsMakesTheErasureWait(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		w := newWard(t, store)
		ctx := t.Context()
		w.seal(marit.ID, privacy.PurposeDocuments, 365*24*time.Hour, "a passport")
		killed := errors.New("killed")
		w.erasures.StopAt(func(state string) error {
			if state == privacy.ErasureDestroyed {
				return killed
			}
			return nil
		})
		if _, err := w.erasures.Erase(ctx, marit, marit.ID, ""); !errors.Is(err, killed) {
			t.Fatal(err)
		}
		w.restart()
		hold, err := w.holds.Propose(ctx, officer, marit.ID, "", privacy.HoldClaim, w.clock.Now().Add(48*time.Hour))
		if err == nil {
			_, err = w.holds.Confirm(ctx, audit.Actor{Kind: audit.KindStaff, ID: "stf_2", Role: "administrator"}, hold.ID)
		}
		if err != nil {
			t.Fatal(err)
		}
		held, err := w.erasures.Erase(ctx, marit, marit.ID, "")
		if err != nil || held.State != privacy.ErasureHeld {
			t.Fatalf("%+v %v (%s)", held, err, errs.ReasonOf(err))
		}
		w.clock.Advance(49 * time.Hour)
		w.drain()
		done, err := w.erasures.Get(ctx, held.ID)
		if err != nil || done.State != privacy.ErasureDone {
			t.Fatalf("%+v %v", done, err)
		}
		if r := w.receipt(done.ReceiptID); len(r.Keys) != 1 || len(r.Items) != 1 {
			t.Errorf("%+v", r)
		}
	})
}

// A purpose that a later program has struck off its list must not be read as "".
func TestAnErasureForAPurposeThatIsNotKnownErasesNothingElse(t *testing.T) {
	w := newWard(t, testkit.Store(t))
	ctx := t.Context()
	kept := w.seal(marit.ID, privacy.PurposeDocuments, time.Hour, "a passport")
	killed := errors.New("killed")
	w.erasures.StopAt(func(string) error { return killed })
	begun, _ := w.erasures.Erase(ctx, marit, marit.ID, privacy.PurposeFace)
	err := w.log.Record(ctx, audit.Entry{Actor: audit.System("test"), Action: "test.renamed"}, func(tx *db.Tx) error {
		return tx.DB().Exec("UPDATE privacy_erasures SET purpose = 'struck-off' WHERE id = ?", begun.ID).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	w.restart()
	w.clock.Advance(time.Minute)
	if _, err := w.queue.Drain(ctx); err == nil {
		t.Error("it went through")
	}
	w.open(kept, privacy.PurposeDocuments)
}

// What an erasure makes due goes with it also when a job has to finish it.
func TestWhatBecomesDueByAnErasureThatAJobFinishesGoesToo(t *testing.T) {
	w := newWard(t, testkit.Store(t))
	ctx := t.Context()
	w.seal(marit.ID, privacy.PurposeDocuments, time.Hour, "a passport")
	face := w.seal(marit.ID, privacy.PurposeFace, 0, "a face that nobody needs without it")
	killed := errors.New("killed")
	w.erasures.StopAt(func(string) error { return killed })
	if _, err := w.erasures.Erase(ctx, marit, marit.ID, privacy.PurposeDocuments); !errors.Is(err, killed) {
		t.Fatal(err)
	}
	w.restart()
	w.clock.Advance(time.Minute)
	w.drain()
	w.gone(face, privacy.PurposeFace)
	all, err := w.erasures.Of(ctx, marit.ID)
	if err != nil || len(all) != 2 {
		t.Fatalf("want the erasure and what follows from it: %+v %v", all, err)
	}
	for _, one := range all {
		if r := w.receipt(one.ReceiptID); len(r.Keys) != 1 || len(r.Items) != 1 {
			t.Errorf("%+v", r)
		}
	}
}

func TestAnErasureThatDoesNotComeToItsEndIsOverdue(t *testing.T) {
	w := newWard(t, testkit.Store(t))
	ctx := t.Context()
	w.seal(marit.ID, privacy.PurposeDocuments, 365*24*time.Hour, "a passport")
	killed := errors.New("killed")
	w.erasures.StopAt(func(state string) error {
		if state == privacy.ErasureDestroyed {
			return killed
		}
		return nil
	})
	if _, err := w.erasures.Erase(ctx, marit, marit.ID, privacy.PurposeDocuments); !errors.Is(err, killed) {
		t.Fatal(err)
	}
	if late, err := w.register.Overdue(ctx, w.clock.Now()); err != nil || len(late) != 0 {
		t.Fatalf("at once: %+v %v", late, err)
	}
	w.clock.Advance(26 * time.Hour)
	late, err := w.register.Overdue(ctx, w.clock.Now())
	if err != nil || len(late) != 1 || late[0].Source != "erasures" || late[0].Count != 1 {
		t.Fatalf("%+v %v", late, err)
	}
	w.restart()
	w.drain()
	if late, err := w.register.Overdue(ctx, w.clock.Now()); err != nil || len(late) != 0 {
		t.Fatalf("when it is done: %+v %v", late, err)
	}
}
