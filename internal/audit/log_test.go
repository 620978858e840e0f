package audit_test

import (
	"context"
	"errors"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/audit/verify"
	"truepenny/internal/clock"
	"truepenny/internal/db"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

func open(t *testing.T) (*db.Store, *audit.Log) {
	t.Helper()
	store, err := db.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "audit test.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	if err := store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	log, err := audit.New(store, clock.NewFixed(noon), make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	return store, log
}

func nothing(*db.Tx) error { return nil }

func fill(t *testing.T, log *audit.Log, n int) {
	t.Helper()
	for i := range n {
		entry := audit.Entry{Actor: audit.System("test"), Action: "test.done", Subject: "test:" + strconv.Itoa(i), Details: map[string]string{"b": "2", "a": "1"}}
		if err := log.Record(t.Context(), entry, nothing); err != nil {
			t.Fatal(err)
		}
	}
}

// tamper changes the file behind the log's back, as somebody with the database
// but without the key could.
func tamper(t *testing.T, store *db.Store, statements ...string) {
	t.Helper()
	err := store.Write(t.Context(), func(tx *db.Tx) error {
		for _, s := range append([]string{"DROP TRIGGER audit_entries_keep", "DROP TRIGGER audit_entries_stay"}, statements...) {
			if err := tx.DB().Exec(s).Error; err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func check(t *testing.T, store *db.Store, key string) verify.Report {
	t.Helper()
	report, err := verify.Audit(context.Background(), store, key)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestUntouchedLogVerifies(t *testing.T) {
	store, log := open(t)
	if report := check(t, store, ""); !report.OK() {
		t.Fatalf("empty log: %+v", report)
	}
	fill(t, log, 37)
	report := check(t, store, log.VerifierKey())
	if !report.OK() || report.Entries != 37 || report.Root == "" {
		t.Fatalf("got %+v", report)
	}
}

func TestFailedChangeLeavesNoEntry(t *testing.T) {
	store, log := open(t)
	broken := errors.New("broken")
	err := log.Record(t.Context(), audit.Entry{Action: "test.done"}, func(*db.Tx) error { return broken })
	if !errors.Is(err, broken) {
		t.Fatalf("got %v", err)
	}
	if report := check(t, store, ""); report.Entries != 0 {
		t.Fatalf("an entry was written for a change that failed: %+v", report)
	}
}

func TestTamperingIsFoundAndNamesTheFirstBadEntry(t *testing.T) {
	cases := map[string]struct {
		change []string
		bad    int64
	}{
		"ChangedWord":        {[]string{"UPDATE audit_entries SET reason = 'x' WHERE idx = 5"}, 5},
		"ChangedTime":        {[]string{"UPDATE audit_entries SET at_us = at_us + 1 WHERE idx = 0"}, 0},
		"ReorderedDetails":   {[]string{`UPDATE audit_entries SET details = '{"b":"2","a":"1"}' WHERE idx = 3`}, 3},
		"DeletedInTheMiddle": {[]string{"DELETE FROM audit_entries WHERE idx = 7"}, 7},
		"DeletedFirst":       {[]string{"DELETE FROM audit_entries WHERE idx = 0"}, 0},
		"Truncated":          {[]string{"DELETE FROM audit_entries WHERE idx = 12"}, 12},
		"Swapped": {[]string{
			"UPDATE audit_entries SET idx = -1 WHERE idx = 2",
			"UPDATE audit_entries SET idx = 2 WHERE idx = 4",
			"UPDATE audit_entries SET idx = 4 WHERE idx = -1",
		}, 2},
		"ChangedStoredHash": {[]string{"UPDATE audit_hashes SET hash = zeroblob(32) WHERE idx = 0"}, 0},
		"Appended": {[]string{
			"INSERT INTO audit_entries SELECT 13, at_us, actor_kind, actor_id, actor_role, action, subject, person, purpose, reason, details FROM audit_entries WHERE idx = 1",
		}, 13},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			store, log := open(t)
			fill(t, log, 13)
			tamper(t, store, c.change...)
			report := check(t, store, log.VerifierKey())
			if report.OK() {
				t.Fatal("tampering was not found")
			}
			if name == "Truncated" || name == "Appended" {
				return // which entry is named depends on what of the tree was touched
			}
			if report.Bad != c.bad {
				t.Fatalf("named entry %d, want %d: %s", report.Bad, c.bad, report.Problem)
			}
		})
	}
}

func TestLogWrittenAnewWithAnotherKeyIsFoundByThePinnedKey(t *testing.T) {
	store, log := open(t)
	fill(t, log, 3)
	other, err := audit.New(store, clock.NewFixed(noon), []byte("0123456789abcdef0123456789abcdef"))
	if err != nil {
		t.Fatal(err)
	}
	fill(t, other, 1)
	if report := check(t, store, ""); !report.OK() {
		t.Fatalf("the log is consistent in itself: %+v", report)
	}
	if report := check(t, store, log.VerifierKey()); report.OK() {
		t.Fatal("a head signed by another key was accepted")
	}
}

func TestEntriesCannotBeChangedThroughTheDatabase(t *testing.T) {
	store, log := open(t)
	fill(t, log, 1)
	for _, s := range []string{"UPDATE audit_entries SET reason = 'x'", "DELETE FROM audit_entries"} {
		err := store.Write(t.Context(), func(tx *db.Tx) error { return tx.DB().Exec(s).Error })
		if err == nil {
			t.Fatalf("%s was allowed", s)
		}
	}
}

func TestListNarrowsAndPages(t *testing.T) {
	_, log := open(t)
	fill(t, log, 5)
	entry := audit.Entry{Actor: audit.Actor{Kind: audit.KindStaff, ID: "m_1", Role: "lead"}, Action: "case.decided", Person: "acc_1"}
	if err := log.Record(t.Context(), entry, nothing); err != nil {
		t.Fatal(err)
	}
	got, err := log.List(t.Context(), audit.Filter{Person: "acc_1"})
	if err != nil || len(got) != 1 || got[0].Index != 5 || got[0].Actor != entry.Actor || !got[0].At.Equal(noon) {
		t.Fatalf("got %+v, %v", got, err)
	}
	got, err = log.List(t.Context(), audit.Filter{Before: 3, Limit: 2})
	if err != nil || len(got) != 2 || got[0].Index != 2 || got[1].Details["a"] != "1" {
		t.Fatalf("got %+v, %v", got, err)
	}
	if n, err := log.Count(t.Context(), audit.Filter{Action: "test.done"}); err != nil || n != 5 {
		t.Fatalf("got %d, %v", n, err)
	}
}
