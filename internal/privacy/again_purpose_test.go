package privacy_test

import (
	"context"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/privacy"
	"truepenny/internal/testkit"
	"truepenny/internal/vault"
)

// restored is a ward whose main database can be put back.
type restored struct {
	*ward
	keyStore *db.Store
	master   vault.MasterKey
}

func newRestored(t *testing.T, store *db.Store) restored {
	r := restored{newWard(t, store), testkit.KeyStore(t, store), vault.NewMasterKey()}
	r.put(store)
	return r
}

// put starts the program on a copy of the main database.
func (r restored) put(main *db.Store) {
	r.t.Helper()
	keys, err := vault.OpenKeys(r.t.Context(), r.keyStore, r.clock, r.master)
	if err != nil {
		r.t.Fatal(err)
	}
	r.store = main
	if r.log, err = audit.New(main, r.clock, make([]byte, 32)); err != nil {
		r.t.Fatal(err)
	}
	r.vault, r.consents = vault.New(main, keys, r.log, r.clock), privacy.NewConsents(main, r.log, r.clock)
	r.restart()
	r.erasures.KnowEverybody()
}

func (r restored) again(want privacy.Again) {
	r.t.Helper()
	if did, err := r.erasures.EraseAgain(r.t.Context()); did != want || err != nil {
		r.t.Fatalf("%+v %v, want %+v", did, err, want)
	}
}

func (r restored) agree() {
	r.t.Helper()
	notice, _ := privacy.CurrentNotice(privacy.PurposeFace, "en")
	if _, err := r.consents.Answer(r.t.Context(), marit, marit.ID, privacy.PurposeFace, notice.Version, true); err != nil {
		r.t.Fatal(err)
	}
}

func (r restored) held(want int) {
	r.t.Helper()
	items, err := r.vault.Describe(r.t.Context(), marit.ID)
	if err != nil || len(items) != want {
		r.t.Fatalf("%d items are held and not %d: %v", len(items), want, err)
	}
}

func TestAnErasureOfOnePurposeIsRepeatedInAnOldCopyOfTheDatabase(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		r := newRestored(t, store)
		r.agree()
		r.seal(marit.ID, privacy.PurposeFace, 30*24*time.Hour, "a frame")
		document := r.seal(marit.ID, privacy.PurposeDocuments, 30*24*time.Hour, "a passport")
		yesterday := testkit.Backup(t, store)
		r.clock.Advance(24 * time.Hour)
		done, err := r.erasures.Erase(t.Context(), marit, marit.ID, privacy.PurposeFace)
		if err != nil {
			t.Fatal(err)
		}
		r.again(privacy.Again{})

		r.clock.Advance(time.Hour)
		r.put(yesterday)
		r.held(2)
		r.again(privacy.Again{Purposes: 1})
		r.held(1)
		r.open(document, privacy.PurposeDocuments)
		repeated, err := r.erasures.Get(t.Context(), done.ID)
		if err != nil || repeated.State != privacy.ErasureDone {
			t.Fatalf("%+v %v", repeated, err)
		}
		if first := r.receipt(repeated.ReceiptID); len(first.Keys) != 1 || len(first.Items) != 1 {
			t.Errorf("%+v", first)
		}
		if consent, _, err := r.consents.Current(t.Context(), marit.ID, privacy.PurposeFace); consent.Answer != privacy.Withdrawn || err != nil {
			t.Errorf("the yes of before the erasure came back with the copy: %+v %v", consent, err)
		}
		r.again(privacy.Again{})
	})
}

func TestWhoAgreedAnewAfterAnErasureKeepsTheNewPictures(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		r := newRestored(t, store)
		r.seal(marit.ID, privacy.PurposeFace, 30*24*time.Hour, "a frame")
		before := testkit.Backup(t, store)
		r.clock.Advance(time.Hour)
		if _, err := r.erasures.Erase(t.Context(), marit, marit.ID, privacy.PurposeFace); err != nil {
			t.Fatal(err)
		}
		r.clock.Advance(time.Hour)
		r.agree()
		anew := r.seal(marit.ID, privacy.PurposeFace, 30*24*time.Hour, "a new frame")
		after := testkit.Backup(t, store)
		r.again(privacy.Again{}) // daily, on the database itself
		r.open(anew, privacy.PurposeFace)

		r.put(after)
		r.again(privacy.Again{})
		r.open(anew, privacy.PurposeFace)

		// A copy from before the erasure, in which she agrees once more.
		r.put(before)
		r.again(privacy.Again{Purposes: 1})
		r.held(0)
		r.clock.Advance(time.Hour)
		r.agree()
		anew = r.seal(marit.ID, privacy.PurposeFace, 30*24*time.Hour, "a third frame")
		r.clock.Advance(time.Hour)
		r.put(before)
		r.again(privacy.Again{})
		r.open(anew, privacy.PurposeFace)
	})
}

func TestAnErasureIsNotRepeatedOverWhatIsYoungerThanIt(t *testing.T) {
	r := newRestored(t, testkit.Store(t))
	r.seal(marit.ID, privacy.PurposeFace, 30*24*time.Hour, "a frame")
	before := testkit.Backup(t, r.store)
	r.clock.Advance(time.Hour)
	if _, err := r.erasures.Erase(t.Context(), marit, marit.ID, privacy.PurposeFace); err != nil {
		t.Fatal(err)
	}
	r.clock.Advance(time.Hour)
	r.put(before) // under a program that goes on running
	anew := r.seal(marit.ID, privacy.PurposeFace, 30*24*time.Hour, "a new frame")
	r.again(privacy.Again{Left: 1})
	r.open(anew, privacy.PurposeFace)
	r.clock.Advance(48 * time.Hour)
	if swept, err := r.vault.Sweep(t.Context()); swept.Items != 1 || err != nil {
		t.Fatalf("the frame of before is still there: %+v %v", swept, err)
	}
	r.open(anew, privacy.PurposeFace)
}

func TestThoseWhoNeverWereInTheOldCopyAreLeftAlone(t *testing.T) {
	r := newRestored(t, testkit.Store(t))
	before := testkit.Backup(t, r.store)
	r.seal(marit.ID, privacy.PurposeFace, 30*24*time.Hour, "a frame")
	if _, err := r.erasures.Erase(t.Context(), marit, marit.ID, privacy.PurposeFace); err != nil {
		t.Fatal(err)
	}
	r.put(before)
	r.erasures.Know(func(context.Context, []string) ([]string, error) { return nil, nil })
	r.again(privacy.Again{})
}
