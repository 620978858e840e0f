package vault

import (
	"bytes"
	"context"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
	"truepenny/internal/testkit"
)

const (
	documents Purpose = "identity-documents"
	faces     Purpose = "face-match"
)

var (
	noon     = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	reviewer = audit.Actor{Kind: audit.KindStaff, ID: "stf_1", Role: "reviewer"}
)

// bench is a vault with what a test needs around it.
type bench struct {
	*Vault
	t        *testing.T
	log      *audit.Log
	clock    *clock.Fixed
	keyStore *db.Store
}

// newBench makes a vault with a key store of its own.
func newBench(t *testing.T, store *db.Store, masters ...MasterKey) bench {
	t.Helper()
	return benchOn(t, store, testkit.KeyStore(t, store), masters...)
}

func benchOn(t *testing.T, store, keyStore *db.Store, masters ...MasterKey) bench {
	t.Helper()
	clk := clock.NewFixed(noon)
	log, err := audit.New(store, clk, bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	if len(masters) == 0 {
		masters = []MasterKey{NewMasterKey()}
	}
	keys, err := OpenKeys(t.Context(), keyStore, clk, masters[0], masters[1:]...)
	if err != nil {
		t.Fatal(err)
	}
	return bench{New(store, keys, log, clk), t, log, clk, keyStore}
}

// sealed reads items with their ciphertext: what a thief of the database has.
func (b bench) sealed(itemIDs ...string) []sealedItem {
	b.t.Helper()
	out := make([]sealedItem, len(itemIDs))
	for i, id := range itemIDs {
		item, err := readItem(b.store.Reader(b.t.Context()), id)
		if err != nil {
			b.t.Fatal(err)
		}
		out[i] = item
	}
	return out
}

// keyOf is the wrapped key that is in use.
func (b bench) keyOf(person string, purpose Purpose) wrappedKey {
	b.t.Helper()
	key, err := readKeyInUse(b.keyStore.Reader(b.t.Context()), person, purpose)
	if err != nil {
		b.t.Fatal(err)
	}
	return key
}

// erase destroys the keys and removes the items.
func (b bench) erase(person string, purpose Purpose) []RemovedItem {
	b.t.Helper()
	if _, err := b.DestroyKeys(b.t.Context(), person, purpose); err != nil {
		b.t.Fatal(err)
	}
	var out []RemovedItem
	err := b.change(func(tx *db.Tx) (err error) {
		out, err = b.RemoveAll(tx, person, purpose)
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return out
}

func (b bench) change(f func(tx *db.Tx) error) error {
	return b.log.Record(context.Background(), audit.Entry{Actor: reviewer, Action: "test.changed"}, f)
}

func (b bench) seal(person string, purpose Purpose, plain string) string {
	b.t.Helper()
	var id string
	err := b.change(func(tx *db.Tx) (err error) {
		id, err = b.Seal(tx, sealing(person, purpose), []byte(plain))
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return id
}

func sealing(person string, purpose Purpose) Sealing {
	return Sealing{
		Person: person, Purpose: purpose, Slot: Slot{"evidence", ids.New("evi"), "picture"},
		MIME: "image/jpeg", KeepUntil: noon.Add(30 * 24 * time.Hour),
	}
}

func (b bench) wantPlain(id string, purpose Purpose, want string) {
	b.t.Helper()
	got, err := b.Open(context.Background(), reviewer, id, purpose, "case.review")
	if err != nil || string(got.Plain) != want || got.MIME != "image/jpeg" {
		b.t.Fatalf("open %s: %q %q, %v; want %q", id, got.Plain, got.MIME, err, want)
	}
}

func (b bench) wantRefusal(id string, purpose Purpose, code errs.Code, reason string) {
	b.t.Helper()
	got, err := b.Open(context.Background(), reviewer, id, purpose, "case.review")
	if errs.CodeOf(err) != code || errs.ReasonOf(err) != reason || got.Plain != nil {
		b.t.Fatalf("open %s: %q, %v; want %s %s", id, got.Plain, err, code, reason)
	}
}

func (b bench) entries(action string) []audit.Row {
	b.t.Helper()
	rows, err := b.log.List(context.Background(), audit.Filter{Action: action})
	if err != nil {
		b.t.Fatal(err)
	}
	return rows
}
