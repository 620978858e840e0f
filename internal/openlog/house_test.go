package openlog_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/audit/verify"
	"truepenny/internal/audit/witness"
	"truepenny/internal/clock"
	"truepenny/internal/config"
	"truepenny/internal/db"
	"truepenny/internal/jobs"
	"truepenny/internal/mail"
	"truepenny/internal/openlog"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// house is a log with what shows it to the outside.
type house struct {
	*openlog.Service
	store  *db.Store
	log    *audit.Log
	queue  *jobs.Queue
	outbox *mail.Outbox
	clock  *clock.Fixed
}

func openHouse(t *testing.T, store *db.Store) house {
	t.Helper()
	clk := clock.NewFixed(noon)
	log, err := audit.New(store, clk, make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	queue := jobs.New(store, clk)
	outbox := mail.New(store, log, queue, clk, config.Mail{Catch: true})
	s := openlog.New(openlog.Parts{Store: store, Audit: log, Jobs: queue, Mail: outbox, Clock: clk,
		Letter: func(size int64, checkpoint string) (string, string) {
			return "checkpoint", "words around it\n\n" + checkpoint + "\nmore words"
		},
		Watchers: func(context.Context) ([]string, error) {
			return []string{"ada@market.example", "ash@market.example"}, nil
		},
		Alarm: func(c openlog.CheckRun) (string, string) {
			return "check: " + string(c.State), "fault: " + string(c.Fault)
		}})
	return house{s, store, log, queue, outbox, clk}
}

func (h house) write(t *testing.T, n int) {
	t.Helper()
	for range n {
		if err := h.log.Note(t.Context(), audit.Entry{Actor: audit.System("test"), Action: "test.done"}); err != nil {
			t.Fatal(err)
		}
	}
}

func (h house) head(t *testing.T) string {
	t.Helper()
	head, err := h.log.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return head
}

func (h house) count(t *testing.T, action string) int64 {
	t.Helper()
	n, err := h.log.Count(t.Context(), audit.Filter{Action: action})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// watcher is a witness with a key, not registered yet.
func watcher(t *testing.T) (witness.Key, verify.WitnessKey) {
	t.Helper()
	key, err := witness.CreateKey(filepath.Join(t.TempDir(), "witness.key"), "witness.example/one")
	if err != nil {
		t.Fatal(err)
	}
	public, err := verify.ParseWitnessKey(key.Verifier())
	if err != nil {
		t.Fatal(err)
	}
	return key, public
}
