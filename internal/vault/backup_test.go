package vault

import (
	"testing"

	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/testkit"
)

func TestWhatWasErasedStaysErasedWhenYesterdaysBackupIsPutBack(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		master := NewMasterKey()
		b := newBench(t, store, master)
		b.join()
		erased := []string{b.seal("acc_1", faces, "frame"), b.seal("acc_1", documents, "passport")}
		others := b.seal("acc_2", faces, "of another")
		backup := testkit.Backup(t, store)

		b.erase("acc_1", "")
		later := b.seal("acc_1", faces, "after a new consent")

		if err := CheckPair(t.Context(), backup, b.keyStore); err != nil {
			t.Fatal("the backup does not start beside today's key store:", err)
		}
		restored := benchOn(t, backup, b.keyStore, master)
		if n := restored.join(); n != 0 {
			t.Fatalf("%d keys came with the backup", n)
		}
		if left, err := restored.Describe(t.Context(), "acc_1"); err != nil || len(left) != 2 {
			t.Fatalf("the backup does not even hold the rows, so this proves nothing: %v %v", left, err)
		}
		restored.wantRefusal(erased[0], faces, errs.NotFound, "vault.gone")
		restored.wantRefusal(erased[1], documents, errs.NotFound, "vault.gone")
		restored.wantPlain(others, faces, "of another")

		// Not with any key that there is, either: those after it, and other people's.
		for _, sealed := range restored.sealed(erased...) {
			for _, key := range []wrappedKey{b.keyOf("acc_1", faces), b.keyOf("acc_2", faces)} {
				raw, err := b.keys.raw(key)
				if err != nil {
					t.Fatal(err)
				}
				attempt := JoinAttempt{}
				if err := attempt.try(raw, joinSide{items: []sealedItem{sealed}}, key.Purpose); err != nil || attempt.Opened > 0 || attempt.Tries == 0 {
					t.Errorf("%+v %v", attempt, err)
				}
			}
		}
		b.wantPlain(later, faces, "after a new consent")
	})
}
