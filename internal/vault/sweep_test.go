package vault

import (
	"testing"
	"time"

	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/testkit"
)

const day = 24 * time.Hour

func (b bench) sweep() Swept {
	b.t.Helper()
	swept, err := b.Sweep(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	return swept
}

func TestWhatComesBackWithAnOldBackupAndOpensNoMoreIsSweptAway(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		master := NewMasterKey()
		b := newBench(t, store, master)
		b.seal("acc_1", faces, "frame")
		kept := b.seal("acc_2", faces, "of another")
		backup := testkit.Backup(t, store)
		b.erase("acc_1", faces)

		restored := benchOn(t, backup, b.keyStore, master)
		if swept := restored.sweep(); swept != (Swept{}) {
			t.Fatalf("at once, when the erasure may still be under way: %+v", swept)
		}
		restored.clock.Advance(day)
		if swept := restored.sweep(); swept != (Swept{Items: 1}) {
			t.Fatalf("%+v", swept)
		}
		rows := restored.entries("vault.swept")
		if len(rows) != 1 || rows[0].Person != "acc_1" || rows[0].Details["items"] != "1" {
			t.Fatalf("%+v", rows)
		}
		if left, err := restored.Describe(t.Context(), "acc_1"); len(left) > 0 || err != nil {
			t.Fatal(left, err)
		}
		restored.wantPlain(kept, faces, "of another")
	})
}

func TestAKeyOfWhichNothingIsLeftIsDestroyedInTwoSteps(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		master := NewMasterKey()
		b := newBench(t, store, master)
		idle, used := b.seal("acc_1", faces, "frame"), b.seal("acc_2", faces, "of another")
		backup := testkit.Backup(t, store)
		if err := b.change(func(tx *db.Tx) error { return b.Remove(tx, idle) }); err != nil {
			t.Fatal(err)
		}
		if swept := b.sweep(); swept != (Swept{}) {
			t.Fatalf("a key of today: %+v", swept)
		}
		b.clock.Advance(idleKept)
		if swept := b.sweep(); swept != (Swept{Retired: 1}) {
			t.Fatalf("%+v", swept)
		}
		restored := benchOn(t, backup, b.keyStore, master)
		restored.wantPlain(idle, faces, "frame") // a week to find out that the wrong database was put back
		again := b.seal("acc_1", faces, "under a new key")
		b.clock.Advance(idleKept)
		if swept := b.sweep(); swept != (Swept{Destroyed: 1}) {
			t.Fatalf("%+v", swept)
		}
		restored.wantRefusal(idle, faces, errs.NotFound, "vault.gone")
		b.wantPlain(again, faces, "under a new key")
		b.wantPlain(used, faces, "of another")
		if rows := b.entries("vault.key-destroyed"); len(rows) != 1 || rows[0].Person != "acc_1" {
			t.Fatalf("%+v", rows)
		}
		if swept := b.sweep(); swept != (Swept{}) {
			t.Fatalf("again: %+v", swept)
		}
	})
}

// A transaction had the key in hand when it was retired.
func TestARetiredKeyThatSealedSomethingAfterAllStays(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		b := newBench(t, store)
		first := b.seal("acc_1", faces, "frame")
		if err := b.change(func(tx *db.Tx) error { return b.Remove(tx, first) }); err != nil {
			t.Fatal(err)
		}
		b.clock.Advance(idleKept)
		var late string
		err := b.change(func(tx *db.Tx) (err error) {
			s := sealing("acc_1", faces)
			s.KeepUntil = noon.Add(90 * day)
			late, err = b.Seal(tx, s, []byte("late"))
			if err != nil {
				return err
			}
			return b.keys.store.Write(t.Context(), func(tx *db.Tx) error {
				return retireKey(tx, b.keyOf("acc_1", faces).ID, b.clock.Now())
			})
		})
		if err != nil {
			t.Fatal(err)
		}
		b.clock.Advance(2 * idleKept)
		if swept := b.sweep(); swept != (Swept{}) {
			t.Fatalf("%+v", swept)
		}
		b.wantPlain(late, faces, "late")
	})
}
