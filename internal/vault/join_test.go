package vault

import (
	"fmt"
	"testing"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/testkit"
)

func TestNoKeyOfOnePurposeOpensAnythingOfTheOther(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		b := newBench(t, store)
		for i := range 30 {
			b.seal(fmt.Sprint("acc_", i), faces, "a frame")
			if i < 3 {
				b.seal(fmt.Sprint("acc_", i), documents, "a page")
			}
		}
		b.erase("acc_29", faces)
		got, err := b.TryToJoin(t.Context(), faces, documents)
		if err != nil {
			t.Fatal(err)
		}
		// 29 face keys and the probe, 3 document keys and theirs; 8 face items and 3 pages, and two probes
		tries := 30*(1+2*4) + 4*(1+2*9)
		if got.KeysA != 30 || got.KeysB != 4 || got.ItemsTried != 13 || got.Opened != 0 || got.Tries != tries || !got.At.Equal(noon) {
			t.Fatalf("%+v, want %d tries", got, tries)
		}
		if n := len(b.entries("vault.opened")); n != 0 {
			t.Errorf("%d looks are logged", n)
		}
	})
}

func TestTheAttemptMeansSomethingWhileNothingIsKept(t *testing.T) {
	b := newBench(t, testkit.Store(t))
	got, err := b.TryToJoin(t.Context(), "face-match", "palm-payment")
	if err != nil || got.KeysA != 1 || got.KeysB != 1 || got.ItemsTried != 2 || got.Tries == 0 || got.Opened != 0 {
		t.Fatalf("%+v %v", got, err)
	}
	if _, err := b.TryToJoin(t.Context(), faces, faces); err == nil {
		t.Error("a purpose was held against itself")
	}
}

// What the attempt is there to find: somebody gave both purposes one key.
func TestAKeyThatServesTwoPurposesIsFound(t *testing.T) {
	b := newBench(t, testkit.Store(t))
	b.seal("acc_1", faces, "a frame")
	b.seal("acc_1", documents, "a page")
	face := b.keyOf("acc_1", faces)
	handle, err := b.keys.masters.unwrap(face)
	if err != nil {
		t.Fatal(err)
	}
	same := b.keyOf("acc_1", documents)
	if same.Wrapped, err = wrap(handle, b.keys.masters.wrapping(), same.Person, same.Purpose); err != nil {
		t.Fatal(err)
	}
	if err := b.keyStore.Write(t.Context(), func(tx *db.Tx) error { return updateKey(tx, same) }); err != nil {
		t.Fatal(err)
	}
	got, err := b.TryToJoin(t.Context(), faces, documents)
	if err != nil || got.Opened < 2 { // the frame under the key of documents, and the two keys being one
		t.Fatalf("%+v %v", got, err)
	}
}

func BenchmarkTryToJoin(b *testing.B) {
	const people = 10_000
	store, err := db.Open(b.Context(), "sqlite:"+testkit.StorePath(b.TempDir()))
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	if err := store.Migrate(b.Context()); err != nil {
		b.Fatal(err)
	}
	keyStore := testkit.KeyStore(b, store)
	master := NewMasterKey()
	manyKeys(b, keyStore, master, people)
	keys, err := OpenKeys(b.Context(), keyStore, clock.System, master)
	if err != nil {
		b.Fatal(err)
	}
	log, err := audit.New(store, clock.System, make([]byte, 32))
	if err != nil {
		b.Fatal(err)
	}
	v := New(store, keys, log, clock.System)
	err = log.Record(b.Context(), audit.Entry{Actor: reviewer, Action: "test"}, func(tx *db.Tx) error {
		for range triedItems {
			s := sealing("acc_palm", "palm-payment")
			if _, err := v.Seal(tx, s, make([]byte, 20_000)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		got, err := v.TryToJoin(b.Context(), faces, "palm-payment")
		if err != nil || got.Opened != 0 || got.KeysA != people+1 {
			b.Fatal(got, err)
		}
	}
	b.ReportMetric(people*float64(b.N)/b.Elapsed().Seconds(), "keys/s")
}
