package vault

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"truepenny/internal/db"
	"truepenny/internal/testkit"
)

func TestWithTheKeyBeforeItServesInTheMiddleOfARotationAndWithoutItAfterwards(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		old, next := NewMasterKey(), NewMasterKey()
		before := newBench(t, store, old)
		items := map[string]string{}
		for i := range 30 {
			plain := fmt.Sprint("item ", i)
			items[before.seal(fmt.Sprint("acc_", i), documents, plain)] = plain
		}
		secret, err := before.keys.Secret(t.Context(), "audit")
		if err != nil {
			t.Fatal(err)
		}
		both := benchOn(t, store, before.keyStore, next, old)
		err = both.keyStore.Write(t.Context(), func(tx *db.Tx) error { // some of them, and then the power fails
			key := before.keyOf("acc_7", documents)
			handle, err := both.keys.masters.unwrap(key)
			if err != nil {
				return err
			}
			if key.Wrapped, err = wrap(handle, next, key.Person, key.Purpose); err != nil {
				return err
			}
			key.MasterID = next.ID()
			return updateKey(tx, key)
		})
		if err != nil {
			t.Fatal(err)
		}
		for id, plain := range items {
			both.wantPlain(id, documents, plain)
		}
		meanwhile := both.seal("acc_0", faces, "sealed meanwhile")

		if n, err := both.Rotate(t.Context(), next); err != nil || n != 29 {
			t.Fatalf("%d, %v; want the 29 that were left", n, err)
		}
		if n, err := both.Rotate(t.Context(), next); err != nil || n != 0 {
			t.Fatalf("again: %d, %v; want nothing to do", n, err)
		}
		begun, rows := both.entries("vault.rewrapping"), both.entries("vault.rewrapped")
		if len(begun) != 1 || len(rows) != 1 || rows[0].Details["keys"] != "29" || rows[0].Subject != "master:"+next.ID() {
			t.Fatalf("%+v %+v", begun, rows)
		}

		// The old key is retired: the new one alone opens everything, the old one nothing.
		after := benchOn(t, store, before.keyStore, next)
		for id, plain := range items {
			after.wantPlain(id, documents, plain)
			if _, err := before.Open(t.Context(), reviewer, id, documents, "x"); !errors.Is(err, ErrMaster) {
				t.Fatalf("the retired key: %v", err)
			}
		}
		after.wantPlain(meanwhile, faces, "sealed meanwhile")
		if again, err := after.keys.Secret(t.Context(), "audit"); err != nil || string(again) != string(secret) {
			t.Fatalf("the secret changed with the master key (%v)", err)
		}
	})
}

func TestRotationWithoutTheOldKeyChangesNothing(t *testing.T) {
	b := newBench(t, testkit.Store(t))
	id := b.seal("acc_1", documents, "passport")
	stranger := &Keys{store: b.keyStore, clock: b.clock, masters: newMasters(NewMasterKey(), nil)}
	if n, err := stranger.rotate(context.Background(), NewMasterKey()); n != 0 || !errors.Is(err, ErrMaster) {
		t.Fatal(n, err)
	}
	b.wantPlain(id, documents, "passport")
}
