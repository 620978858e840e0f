package vault

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"testing"
	"time"

	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/testkit"
)

func TestRemovedItemsAreNamedByTheHashOfWhatWasStored(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		b := newBench(t, store)
		want := map[string]string{}
		for i, purpose := range []Purpose{faces, faces, documents} {
			id := b.seal("acc_1", purpose, fmt.Sprint("item ", i))
			sum := sha256.Sum256(b.sealed(id)[0].Ciphertext)
			want[id] = string(purpose) + " " + hex.EncodeToString(sum[:])
		}
		other := b.seal("acc_2", faces, "of another")
		removed := b.erase("acc_1", "")
		if len(removed) != 3 {
			t.Fatalf("%+v", removed)
		}
		for _, r := range removed {
			if want[r.ID] != string(r.Purpose)+" "+r.SHA256 {
				t.Errorf("%+v, want %s", r, want[r.ID])
			}
		}
		if left, err := b.Describe(t.Context(), "acc_1"); len(left) > 0 || err != nil {
			t.Error(left, err)
		}
		b.wantPlain(other, faces, "of another")
	})
}

func TestADestroyedKeyLeavesATombstoneAndDestroyingAgainTellsTheSame(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		b := newBench(t, store)
		b.seal("acc_1", faces, "frame")
		b.seal("acc_1", documents, "passport")
		key := b.keyOf("acc_1", faces)
		first, err := b.DestroyKeys(t.Context(), "acc_1", faces)
		if err != nil || len(first) != 1 || first[0] != (DestroyedKey{ID: key.ID, Purpose: faces, At: noon}) {
			t.Fatalf("%+v %v", first, err)
		}
		var row keyRow
		if err := b.keyStore.Reader(t.Context()).Where("id = ?", key.ID).Take(&row).Error; err != nil || len(row.Wrapped) > 0 || row.MasterID != "" {
			t.Fatalf("of the key is left: %+v %v", row, err)
		}
		b.clock.Advance(time.Hour)
		again, err := b.DestroyKeys(t.Context(), "acc_1", faces)
		if err != nil || len(again) != 1 || again[0] != first[0] {
			t.Fatalf("%+v %v", again, err)
		}
		b.seal("acc_1", faces, "after a new consent")
		all, err := b.DestroyKeys(t.Context(), "acc_1", "")
		if err != nil || len(all) != 3 || all[0] != first[0] {
			t.Fatalf("%+v %v", all, err)
		}
		if none, err := b.DestroyKeys(t.Context(), "acc_never", ""); err != nil || len(none) != 0 {
			t.Fatalf("%+v %v", none, err)
		}
	})
}

func TestWhatIsSealedWhileItsKeyIsDestroyedIsGoneAndNeverGarbage(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		b := newBench(t, store)
		b.seal("acc_1", faces, "makes the key")
		var id string
		err := b.change(func(tx *db.Tx) (err error) {
			if id, err = b.Seal(tx, sealing("acc_1", faces), []byte("in between")); err != nil {
				return err
			}
			_, err = b.keys.destroy(context.Background(), "acc_1", faces) // by another process, before the commit
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		b.wantRefusal(id, faces, errs.NotFound, "vault.gone")
		err = b.OpenEach(t.Context(), reviewer, []string{id}, faces, "x", func(int, Opened) error { return errors.New("opened") })
		if errs.ReasonOf(err) != "vault.gone" || len(b.entries("vault.opened")) != 0 {
			t.Fatalf("%v, and %d looks are logged", err, len(b.entries("vault.opened")))
		}
	})
}

func TestKeysThatComeBackWithAnOldKeyStoreAreDestroyedAgain(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		master := NewMasterKey()
		b := newBench(t, store, master)
		id, other := b.seal("acc_1", faces, "frame"), b.seal("acc_2", faces, "of another")
		yesterday := testkit.Backup(t, b.keyStore)
		gone, err := b.DestroyKeys(t.Context(), "acc_1", faces)
		if err != nil || len(gone) != 1 {
			t.Fatal(gone, err)
		}
		b.wantRefusal(id, faces, errs.NotFound, "vault.gone")

		restored := benchOn(t, store, yesterday, master)
		restored.wantPlain(id, faces, "frame") // what must not be
		if n, err := restored.DestroyAgain(t.Context(), []string{gone[0].ID, "key_never"}); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		restored.wantRefusal(id, faces, errs.NotFound, "vault.gone")
		restored.wantPlain(other, faces, "of another")
		if n, err := restored.DestroyAgain(t.Context(), []string{gone[0].ID}); n != 0 || err != nil {
			t.Fatal(n, err)
		}
		if rows := restored.entries("vault.key-destroyed"); len(rows) != 1 || rows[0].Subject != "key:"+gone[0].ID {
			t.Fatalf("%+v", rows)
		}
	})
}

func TestWhatIsHeldNeitherExpiresNorIsRemoved(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		b := newBench(t, store)
		held, free := b.seal("acc_1", faces, "frame"), b.seal("acc_1", documents, "passport")
		holding := true
		b.Hold(func(_ context.Context, _ *db.Tx, person string, purpose Purpose) (bool, error) {
			return holding && person == "acc_1" && purpose == faces, nil
		})
		for _, purpose := range []Purpose{faces, ""} {
			if _, err := b.DestroyKeys(t.Context(), "acc_1", purpose); errs.CodeOf(err) != errs.Conflict || errs.ReasonOf(err) != "vault.held" {
				t.Fatalf("keys: %v", err)
			}
			err := b.change(func(tx *db.Tx) error { _, err := b.RemoveAll(tx, "acc_1", purpose); return err })
			if errs.ReasonOf(err) != "vault.held" {
				t.Fatalf("items: %v", err)
			}
		}
		if err := b.change(func(tx *db.Tx) error { return b.Remove(tx, held) }); err != nil {
			t.Fatal(err)
		}
		b.wantPlain(held, faces, "frame")
		b.wantPlain(free, documents, "passport")
		b.clock.Advance(31 * 24 * time.Hour)
		if n, err := b.Expire(t.Context(), b.clock.Now()); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		if left, err := b.Describe(t.Context(), "acc_1"); err != nil || len(left) != 1 || left[0].ID != held {
			t.Fatalf("%+v %v", left, err)
		}
		holding = false
		if n, err := b.Expire(t.Context(), b.clock.Now()); n != 1 || err != nil {
			t.Fatal("when the hold has ended:", n, err)
		}
	})
}
