package main

import (
	"strings"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/privacy"
	"truepenny/internal/requests"
)

func TestADeletionThatALegalHoldKeptIsToldAndLinkedToItsRequestWhenItIsDone(t *testing.T) {
	clk := clock.NewFixed(noon)
	a := openApp(t, clk)
	ctx := t.Context()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	m := a.marit(t)
	pia, lea := audit.Actor{Kind: audit.KindStaff, ID: "mem_pia", Role: "privacy"}, audit.Actor{Kind: audit.KindStaff, ID: "mem_lea", Role: "lead"}
	hold, err := a.holds.Propose(ctx, pia, m.ID, privacy.PurposeDocuments, "legal-claim", noon.AddDate(0, 0, 20))
	check(err)
	_, err = a.holds.Confirm(ctx, lea, hold.ID)
	check(err)
	r, err := a.requests.Open(ctx, m.Actor(), requests.New{Kind: requests.Erasure, Person: m.ID, Channel: requests.ByAccount, Purpose: privacy.PurposeDocuments, Words: "Please delete my passport."})
	check(err)
	r, err = a.requests.Erase(ctx, pia, r.ID)
	check(err)
	told := func() (rows []audit.Row, letter string) {
		t.Helper()
		rows, err := a.audit.List(ctx, audit.Filter{Subject: r.Subject(), Action: "request.erased-late"})
		check(err)
		caught, err := a.outbox.Caught(ctx, 50)
		check(err)
		for _, l := range caught {
			if l.Kind == "request.erased-late" && l.To == m.Email {
				letter += l.Text
			}
		}
		return rows, letter
	}
	if rows, letter := told(); len(rows) != 0 || letter != "" {
		t.Fatal("told while it is held:", rows, letter)
	}
	clk.Advance(21 * 24 * time.Hour)
	_, err = a.erasures.Expire(ctx)
	check(err)
	done, err := a.erasures.Get(ctx, r.Erasure)
	check(err)
	rows, letter := told()
	if done.State != privacy.ErasureDone || len(rows) != 1 || rows[0].Details["receipt"] != done.ReceiptID || strings.Count(letter, done.ReceiptID) != 1 {
		t.Fatalf("%+v %+v %q", done, rows, letter)
	}
}

// The erasure of everything that waited with it ends it, with its own receipt.
func TestADeletionThatWaitedIsLinkedToItsRequestAlsoWhenOneOfEverythingEndsIt(t *testing.T) {
	clk := clock.NewFixed(noon)
	a := openApp(t, clk)
	ctx := t.Context()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	m := a.marit(t)
	pia, lea := audit.Actor{Kind: audit.KindStaff, ID: "mem_pia", Role: "privacy"}, audit.Actor{Kind: audit.KindStaff, ID: "mem_lea", Role: "lead"}
	hold, err := a.holds.Propose(ctx, pia, m.ID, privacy.PurposeDocuments, "legal-claim", noon.AddDate(0, 0, 20))
	check(err)
	_, err = a.holds.Confirm(ctx, lea, hold.ID)
	check(err)
	r, err := a.requests.Open(ctx, m.Actor(), requests.New{Kind: requests.Erasure, Person: m.ID, Channel: requests.ByAccount, Purpose: privacy.PurposeDocuments, Words: "Please delete my passport."})
	check(err)
	r, err = a.requests.Erase(ctx, pia, r.ID)
	check(err)
	clk.Advance(time.Hour)
	_, err = a.erasures.Erase(ctx, m.Actor(), m.ID, "")
	check(err)
	clk.Advance(21 * 24 * time.Hour)
	_, err = a.erasures.Expire(ctx)
	check(err)
	done, err := a.erasures.Get(ctx, r.Erasure)
	check(err)
	rows, err := a.audit.List(ctx, audit.Filter{Subject: r.Subject(), Action: "request.erased-late"})
	check(err)
	if done.State != privacy.ErasureDone || done.ReceiptID == "" || len(rows) != 1 || rows[0].Details["receipt"] != done.ReceiptID {
		t.Fatalf("%+v %+v", done, rows)
	}
	caught, err := a.outbox.Caught(ctx, 50)
	check(err)
	for _, l := range caught {
		if l.Kind == "request.erased-late" {
			t.Error("somebody who is gone was written to again")
		}
	}
}
