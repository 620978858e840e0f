package vault

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/testkit"
)

func TestWhatWasSealedOpensForItsPurposeAndEveryLookIsLogged(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		b := newBench(t, store)
		id := b.seal("acc_1", documents, "passport")
		b.wantPlain(id, documents, "passport")
		rows := b.entries("vault.opened")
		if len(rows) != 1 {
			t.Fatalf("%d entries for one look", len(rows))
		}
		r := rows[0]
		if r.Person != "acc_1" || r.Actor != reviewer || r.Purpose != string(documents) ||
			r.Reason != "case.review" || r.Subject != "item:"+id || r.Details["count"] != "1" {
			t.Fatalf("entry does not say who looked at what and why: %+v", r)
		}
	})
}

func TestAnEmptyItemIsAnItem(t *testing.T) {
	b := newBench(t, testkit.Store(t))
	b.wantPlain(b.seal("acc_1", documents, ""), documents, "")
}

func TestAWrongPurposeIsRefusedAndTheAttemptIsLogged(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		b := newBench(t, store)
		id := b.seal("acc_1", documents, "passport")
		b.wantRefusal(id, faces, errs.Forbidden, "vault.purpose")
		if n := len(b.entries("vault.opened")); n != 0 {
			t.Fatalf("%d looks are logged that did not happen", n)
		}
		rows := b.entries("vault.refused")
		if len(rows) != 1 || rows[0].Person != "acc_1" || rows[0].Purpose != string(faces) {
			t.Fatalf("refusal is not in the log as it was: %+v", rows)
		}
	})
}

func TestSeveralItemsOpenInOrderUnderOneEntry(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		b := newBench(t, store)
		var frames []string
		for i := range 5 {
			frames = append(frames, b.seal("acc_1", faces, fmt.Sprint("frame ", i)))
		}
		opened, err := b.OpenAll(context.Background(), reviewer, frames, faces, "case.review")
		if err != nil || len(opened) != 5 {
			t.Fatal(len(opened), err)
		}
		for i, o := range opened {
			if string(o.Plain) != fmt.Sprint("frame ", i) {
				t.Fatalf("place %d holds %q", i, o.Plain)
			}
		}
		rows := b.entries("vault.opened")
		if len(rows) != 1 || rows[0].Details["count"] != "5" {
			t.Fatalf("want one entry that counts 5: %+v", rows)
		}
	})
}

func TestOneItemOfAnotherPurposeClosesTheWholeReading(t *testing.T) {
	b := newBench(t, testkit.Store(t))
	mixed := []string{b.seal("acc_1", faces, "frame"), b.seal("acc_1", documents, "passport")}
	opened, err := b.OpenAll(context.Background(), reviewer, mixed, faces, "x")
	if opened != nil || errs.ReasonOf(err) != "vault.purpose" {
		t.Fatalf("%v, %v", opened, err)
	}
}

func TestItemsOfTwoPeopleDoNotOpenTogether(t *testing.T) {
	b := newBench(t, testkit.Store(t))
	two := []string{b.seal("acc_1", faces, "a"), b.seal("acc_2", faces, "b")}
	if opened, err := b.OpenAll(context.Background(), reviewer, two, faces, "x"); err == nil {
		t.Fatalf("opened %v", opened)
	}
}

func TestNoEntryNoPlaintext(t *testing.T) {
	b := newBench(t, testkit.Store(t))
	id := b.seal("acc_1", documents, "passport")
	err := b.store.Write(t.Context(), func(tx *db.Tx) error { // from here on no entry can be written
		return tx.DB().Exec("CREATE TRIGGER no_entries BEFORE INSERT ON audit_entries BEGIN SELECT RAISE(ABORT, 'the disk is full'); END").Error
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := b.Open(t.Context(), reviewer, id, documents, "x"); err == nil || got.Plain != nil {
		t.Errorf("got %q without an entry", got.Plain)
	}
	if got, err := b.OpenAll(t.Context(), reviewer, []string{id}, documents, "x"); err == nil || got != nil {
		t.Errorf("got %v without an entry", got)
	}
	err = b.OpenEach(t.Context(), reviewer, []string{id}, documents, "x", func(_ int, o Opened) error {
		t.Errorf("got %q without an entry", o.Plain)
		return nil
	})
	if err == nil {
		t.Error("no error without an entry")
	}
}

func TestWhatWasRemovedOrExpiredIsGone(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		b := newBench(t, store)
		removed, kept := b.seal("acc_1", documents, "a"), b.seal("acc_1", documents, "b")
		if err := b.change(func(tx *db.Tx) error {
			return errors.Join(b.Remove(tx, removed), b.Remove(tx, removed))
		}); err != nil {
			t.Fatal("removing twice must be no error:", err)
		}
		b.wantRefusal(removed, documents, errs.NotFound, "vault.gone")
		b.wantRefusal("itm_never", documents, errs.NotFound, "vault.gone")
		b.clock.Advance(30*24*time.Hour - time.Second)
		b.wantPlain(kept, documents, "b")
		b.clock.Advance(time.Second)
		b.wantRefusal(kept, documents, errs.NotFound, "vault.gone")
	})
}

func TestExpiryRemovesWhatIsDueEachWithItsEntry(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		b := newBench(t, store)
		due, longer := b.seal("acc_1", documents, "a"), b.seal("acc_2", documents, "b")
		if err := b.change(func(tx *db.Tx) error {
			return b.KeepUntil(tx, longer, noon.Add(90*24*time.Hour))
		}); err != nil {
			t.Fatal(err)
		}
		b.clock.Advance(31 * 24 * time.Hour)
		n, err := b.Expire(context.Background(), b.clock.Now())
		if n != 1 || err != nil {
			t.Fatal(n, err)
		}
		rows := b.entries("vault.expired")
		if len(rows) != 1 || rows[0].Person != "acc_1" || rows[0].Subject != "item:"+due {
			t.Fatalf("%+v", rows)
		}
		if left, err := b.Describe(context.Background(), "acc_1"); len(left) != 0 || err != nil {
			t.Fatal(left, err)
		}
		b.wantPlain(longer, documents, "b")
		if n, err := b.Expire(context.Background(), b.clock.Now()); n != 0 || err != nil {
			t.Fatal("a second run found something:", n, err)
		}
	})
}

func TestADestroyedKeyTakesItsItemsAndNoOthers(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		b := newBench(t, store)
		face, passport := b.seal("acc_1", faces, "frame"), b.seal("acc_1", documents, "passport")
		other := b.seal("acc_2", faces, "frame of another")
		b.erase("acc_1", faces)
		b.wantRefusal(face, faces, errs.NotFound, "vault.gone")
		b.wantPlain(passport, documents, "passport")
		b.wantPlain(other, faces, "frame of another")
		b.wantPlain(b.seal("acc_1", faces, "after a new consent"), faces, "after a new consent")
	})
}

func TestARolledBackChangeSealsNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		b := newBench(t, store)
		stop := errors.New("stop")
		err := b.change(func(tx *db.Tx) error {
			if _, err := b.Seal(tx, sealing("acc_1", documents), []byte("x")); err != nil {
				return err
			}
			return stop
		})
		if !errors.Is(err, stop) {
			t.Fatal(err)
		}
		if items, err := b.Describe(context.Background(), "acc_1"); len(items) != 0 || err != nil {
			t.Fatal(items, err)
		}
	})
}

func TestSealingNeedsEverythingThatBindsAnItem(t *testing.T) {
	b := newBench(t, testkit.Store(t))
	for name, spoil := range map[string]func(s *Sealing){
		"person":  func(s *Sealing) { s.Person = "" },
		"purpose": func(s *Sealing) { s.Purpose = "" },
		"slot":    func(s *Sealing) { s.Slot.Row = "" },
		"type":    func(s *Sealing) { s.MIME = "" },
		"end":     func(s *Sealing) { s.KeepUntil = time.Time{} },
	} {
		s := sealing("acc_1", documents)
		spoil(&s)
		err := b.change(func(tx *db.Tx) error { _, err := b.Seal(tx, s, []byte("x")); return err })
		if err == nil {
			t.Errorf("sealed without %s", name)
		}
	}
}

func TestManyAtOnceAgreeOnOneKey(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		b := newBench(t, store)
		sealed := make([]string, 16)
		var all sync.WaitGroup
		for i := range sealed {
			all.Go(func() {
				err := b.change(func(tx *db.Tx) (err error) {
					sealed[i], err = b.Seal(tx, sealing("acc_1", faces), fmt.Append(nil, "frame ", i))
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		for i, id := range sealed {
			all.Go(func() {
				got, err := b.Open(context.Background(), reviewer, id, faces, "x")
				if err != nil || string(got.Plain) != fmt.Sprint("frame ", i) {
					t.Errorf("%d: %q %v", i, got.Plain, err)
				}
			})
		}
		all.Wait()
		if n := len(b.entries("vault.opened")); n != 16 {
			t.Fatalf("%d looks logged of 16", n)
		}
	})
}

func TestDescribeTellsWhatIsKeptWithoutOpeningIt(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		b := newBench(t, store)
		id := b.seal("acc_1", documents, "passport")
		b.seal("acc_2", documents, "of another")
		items, err := b.Describe(context.Background(), "acc_1")
		if err != nil || len(items) != 1 {
			t.Fatal(items, err)
		}
		i := items[0]
		if i.ID != id || i.Size != 8 || i.Purpose != documents || i.MIME != "image/jpeg" ||
			!i.KeepUntil.Equal(noon.Add(30*24*time.Hour)) || !i.CreatedAt.Equal(noon) || i.Slot.Table != "evidence" {
			t.Fatalf("%+v", i)
		}
		if n := len(b.entries("vault.opened")); n != 0 {
			t.Fatal("describing counts as a look")
		}
	})
}
