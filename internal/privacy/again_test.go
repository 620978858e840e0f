package privacy_test

import (
	"testing"
	"time"

	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/privacy"
	"truepenny/internal/testkit"
	"truepenny/internal/vault"
)

// The key store was lost and yesterday's copy of it put in its place.
func TestAnErasureIsRepeatedWhenItsKeysComeBack(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		w := newWard(t, store)
		master, keyStore := vault.NewMasterKey(), testkit.KeyStore(t, store)
		use := func(main, keyStore *db.Store) *vault.Vault {
			keys, err := vault.OpenKeys(t.Context(), keyStore, w.clock, master)
			if err != nil {
				t.Fatal(err)
			}
			return vault.New(main, keys, w.log, w.clock)
		}
		w.vault = use(store, keyStore)
		w.restart()
		id := w.seal(marit.ID, privacy.PurposeFace, 30*24*time.Hour, "a frame")
		kept := w.seal("acc_other", privacy.PurposeFace, 30*24*time.Hour, "of another")
		items, keys := testkit.Backup(t, store), testkit.Backup(t, keyStore)
		if _, err := w.erasures.Erase(t.Context(), officer, marit.ID, privacy.PurposeFace); err != nil {
			t.Fatal(err)
		}
		w.vault = use(store, keys)
		w.restart()
		if n, err := w.erasures.DestroyAgain(t.Context()); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		if n, err := w.erasures.DestroyAgain(t.Context()); n != 0 || err != nil {
			t.Fatal("a second start:", n, err)
		}
		w.open(kept, privacy.PurposeFace)
		w.vault = use(items, keys)
		if left, err := w.vault.Describe(t.Context(), marit.ID); err != nil || len(left) != 1 || left[0].ID != id {
			t.Fatal("the copy does not hold the item, so this proves nothing:", left, err)
		}
		_, err := w.vault.Open(t.Context(), officer, id, privacy.PurposeFace, "test")
		want(t, err, errs.NotFound, "vault.gone")
	})
}
