package vault

import (
	"context"
	"errors"
	"testing"

	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/testkit"
)

// join is the first start of a database with its key store, as cmd/web does it.
func (b bench) join() int {
	b.t.Helper()
	if err := CheckPair(b.t.Context(), b.store, b.keyStore); err != nil {
		b.t.Fatal(err)
	}
	n, err := b.Join(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	return n
}

// unpaired puts a database back to what it was before there were key stores:
// the keys lie in it, and nothing names another place.
func (b bench) unpaired() {
	b.t.Helper()
	var keys []keyRow
	if err := b.keyStore.Reader(b.t.Context()).Where("destroyed_at IS NULL").Find(&keys).Error; err != nil {
		b.t.Fatal(err)
	}
	err := b.change(func(tx *db.Tx) error {
		for _, k := range keys {
			old := oldKeyRow{Person: k.Person, Purpose: k.Purpose, Wrapped: k.Wrapped, MasterID: k.MasterID, CreatedAt: k.CreatedAt}
			if err := tx.DB().Create(&old).Error; err != nil {
				return err
			}
		}
		return errors.Join(tx.DB().Exec("UPDATE vault_items SET key_id = ''").Error, tx.DB().Exec("DELETE FROM vault_key_store").Error)
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

func count(t *testing.T, store *db.Store, query string) (n int) {
	t.Helper()
	if err := store.Reader(t.Context()).Raw(query).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

func TestKeysOfAnOlderVersionMoveOutOfTheDatabaseAtTheFirstStart(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		master := NewMasterKey()
		before := newBench(t, store, master)
		face, passport := before.seal("acc_1", faces, "frame"), before.seal("acc_1", documents, "passport")
		other := before.seal("acc_2", documents, "of another")
		before.unpaired()

		b := benchOn(t, store, testkit.KeyStore(t, store), master)
		if n := b.join(); n != 3 {
			t.Fatalf("%d keys moved", n)
		}
		b.wantPlain(face, faces, "frame")
		b.wantPlain(passport, documents, "passport")
		b.wantPlain(other, documents, "of another")
		b.wantPlain(b.seal("acc_1", faces, "and on"), faces, "and on")
		if left := count(t, store, "SELECT COUNT(*) FROM vault_keys"); left != 0 {
			t.Errorf("%d keys are still in the database", left)
		}
		if n := b.join(); n != 0 {
			t.Errorf("%d keys moved again", n)
		}
		if rows := b.entries("vault.joined"); len(rows) != 1 || rows[0].Details["keys"] != "3" {
			t.Errorf("%+v", rows)
		}
	})
}

func TestAMoveThatWasCutShortGoesOn(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		master := NewMasterKey()
		before := newBench(t, store, master)
		id := before.seal("acc_1", faces, "frame")
		before.unpaired()
		b := benchOn(t, store, testkit.KeyStore(t, store), master)
		old, err := readOldKeys(store.Reader(t.Context()))
		if err != nil {
			t.Fatal(err)
		}
		if err := b.keys.adopt(t.Context(), old); err != nil { // and then the power fails
			t.Fatal(err)
		}
		if n := b.join(); n != 1 {
			t.Fatalf("%d keys moved", n)
		}
		b.wantPlain(id, faces, "frame")
		if n := count(t, b.keyStore, "SELECT COUNT(*) FROM keys"); n != 1 {
			t.Errorf("%d keys of one", n)
		}
	})
}

// The backup is older than the key store itself: the wrapped keys are in it.
func TestAnOldCopyWithItsKeysDoesNotBringADestroyedOneToLife(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		master := NewMasterKey()
		before := newBench(t, store, master)
		gone, kept := before.seal("acc_1", faces, "frame"), before.seal("acc_2", faces, "of another")
		before.unpaired()
		keyStore := testkit.KeyStore(t, store)
		b := benchOn(t, store, keyStore, master)
		b.join()
		if _, err := b.DestroyKeys(t.Context(), "acc_1", faces); err != nil {
			t.Fatal(err)
		}
		restored := benchOn(t, store, keyStore, master)
		err := restored.change(func(tx *db.Tx) error { // the rows of vault_keys are back, and the name is not
			var keys []keyRow
			if err := before.keyStore.Reader(t.Context()).Find(&keys).Error; err != nil {
				return err
			}
			for _, k := range keys {
				old := oldKeyRow{Person: k.Person, Purpose: k.Purpose, Wrapped: k.Wrapped, MasterID: k.MasterID, CreatedAt: k.CreatedAt}
				if err := tx.DB().Create(&old).Error; err != nil {
					return err
				}
			}
			return errors.Join(tx.DB().Exec("UPDATE vault_items SET key_id = ''").Error, tx.DB().Exec("DELETE FROM vault_key_store").Error)
		})
		if err != nil {
			t.Fatal(err)
		}
		restored.join()
		restored.wantRefusal(gone, faces, errs.NotFound, "vault.gone")
		restored.wantPlain(kept, faces, "of another")
	})
}

func TestOnlyItsOwnKeyStoreFitsADatabase(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		master := NewMasterKey()
		ours := newBench(t, store, master)
		ours.join()
		ours.seal("acc_1", faces, "frame")
		check := func(main, keyStore *db.Store) error { return CheckPair(context.Background(), main, keyStore) }

		if err := check(store, ours.keyStore); err != nil {
			t.Fatal("its own:", err)
		}
		if err := check(store, testkit.KeyStore(t, store)); !errors.Is(err, ErrNoKeys) {
			t.Error("an empty one:", err)
		}
		another := testkit.Store(t)
		theirs := newBench(t, another, master)
		theirs.join()
		theirs.seal("acc_1", faces, "frame")
		if err := check(store, theirs.keyStore); !errors.Is(err, ErrOtherKeys) {
			t.Error("another database's:", err)
		}
		if err := check(testkit.Store(t), ours.keyStore); !errors.Is(err, ErrOtherKeys) {
			t.Error("a new database with a key store in use:", err)
		}
		old := newBench(t, testkit.Store(t), master)
		old.seal("acc_9", faces, "frame")
		old.unpaired()
		if err := check(old.store, ours.keyStore); !errors.Is(err, ErrOtherKeys) {
			t.Error("an older database of other people:", err)
		}
		if err := check(testkit.Store(t), testkit.KeyStore(t, store)); err != nil {
			t.Error("two new ones:", err)
		}
	})
}
