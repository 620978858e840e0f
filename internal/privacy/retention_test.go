package privacy_test

import (
	"fmt"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/privacy"
	"truepenny/internal/privacy/receipt"
	"truepenny/internal/testkit"
	"truepenny/internal/vault"
)

const day = 24 * time.Hour

func TestTheClockThatComesFirstWins(t *testing.T) {
	long := privacy.Clocks{privacy.PurposeFace: 4 * 365 * day, privacy.PurposeDocuments: 4 * 365 * day}
	for _, c := range []struct {
		clocks   privacy.Clocks
		purpose  vault.Purpose
		where    privacy.Where
		lastSeen time.Time
		until    time.Time
		clock    string
	}{
		{nil, privacy.PurposeFace, privacy.Where{Country: "SE"}, time.Time{}, start.Add(30 * day), privacy.ClockPromise},
		{nil, privacy.PurposeDispute, privacy.Where{Country: "US", Region: "TX"}, time.Time{}, start.Add(180 * day), privacy.ClockPromise},
		{nil, privacy.PurposeDocuments, privacy.Where{}, time.Time{}, start.Add(180 * day), privacy.ClockPromise},
		{nil, privacy.PurposeCopy, privacy.Where{}, time.Time{}, start.Add(7 * day), privacy.ClockPromise},
		{long, privacy.PurposeFace, privacy.Where{Country: "SE"}, time.Time{}, start.Add(4 * 365 * day), privacy.ClockPromise},
		{long, privacy.PurposeFace, privacy.Where{Country: "US", Region: " illinois "}, time.Time{}, start.AddDate(3, 0, 0), privacy.ClockBIPA},
		{long, privacy.PurposeFace, privacy.Where{Country: "US", Region: "il"}, start.AddDate(-1, 0, 0), start.AddDate(2, 0, 0), privacy.ClockBIPA},
		{long, privacy.PurposeFace, privacy.Where{Country: "US", Region: "Texas"}, time.Time{}, start.AddDate(1, 0, 0), privacy.ClockCUBI},
		{long, privacy.PurposeFace, privacy.Where{Country: "US", Region: "CA"}, time.Time{}, start.Add(4 * 365 * day), privacy.ClockPromise},
		{long, privacy.PurposeFace, privacy.Where{Country: "IT", Region: "IL"}, time.Time{}, start.Add(4 * 365 * day), privacy.ClockPromise},
		{long, privacy.PurposeDocuments, privacy.Where{Country: "US", Region: "TX"}, time.Time{}, start.Add(4 * 365 * day), privacy.ClockPromise},
		{nil, privacy.PurposePalm, privacy.Where{Country: "US", Region: "TX"}, time.Time{}, start.Add(365 * day), privacy.ClockPromise},
		{nil, "advertising", privacy.Where{}, time.Time{}, start, privacy.ClockPromise},
	} {
		until, clock := c.clocks.KeptUntil(c.purpose, c.where, start, c.lastSeen)
		if !until.Equal(c.until) || clock != c.clock {
			t.Errorf("%s in %+v: until %s by %s, want %s by %s", c.purpose, c.where, until, clock, c.until, c.clock)
		}
	}
	if until := privacy.TradersUntil(start); !until.Equal(start.AddDate(0, 6, 0)) {
		t.Error(until)
	}
	if (privacy.Where{Country: "US"}).InUnion() || !(privacy.Where{Country: "SE"}).InUnion() {
		t.Error("the Union")
	}
}

func TestEachPersonGetsOneReceiptADayForWhatExpires(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		w := newWard(t, store)
		ctx := t.Context()
		face, document, later := w.seal(marit.ID, privacy.PurposeFace, day, "a face"), w.seal(marit.ID, privacy.PurposeDocuments, day, "a passport"),
			w.seal(marit.ID, privacy.PurposeDocuments, 9*day, "a bill")
		w.seal("acc_other", privacy.PurposeFace, day, "another face")
		w.clock.Advance(day)
		if n, err := w.erasures.Expire(ctx); n != 2 || err != nil {
			t.Fatal(n, err)
		}
		w.gone(face, privacy.PurposeFace)
		w.gone(document, privacy.PurposeDocuments)
		w.open(later, privacy.PurposeDocuments) // its key must stay
		all, err := w.erasures.Of(ctx, marit.ID)
		if err != nil || len(all) != 1 || all[0].Occasion != receipt.Expired || all[0].State != privacy.ErasureDone {
			t.Fatalf("%+v %v", all, err)
		}
		r := w.receipt(all[0].ReceiptID)
		if r.Scope != receipt.Outlived || len(r.Items) != 2 || len(r.Keys) != 1 || r.Keys[0].Purpose != string(privacy.PurposeFace) {
			t.Fatalf("nothing but the face is all gone, so only its key is: %+v", r)
		}
		rows, err := w.log.List(ctx, audit.Filter{Person: marit.ID, Action: "privacy.expired"})
		if err != nil || len(rows) != 1 || rows[0].Details["items"] != "2" {
			t.Fatalf("the person does not see it: %+v %v", rows, err)
		}
		if n, err := w.erasures.Expire(ctx); n != 0 || err != nil {
			t.Fatal("the same again:", n, err)
		}
		w.clock.Advance(8 * day)
		if n, err := w.erasures.Expire(ctx); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		if _, err := w.vault.Open(ctx, officer, later, privacy.PurposeDocuments, "test"); errs.ReasonOf(err) != "vault.gone" {
			t.Error(err)
		}
	})
}

func TestOverAYearNothingIsEverOverdue(t *testing.T) {
	w := newWard(t, testkit.Store(t))
	ctx := t.Context()
	purposes := []vault.Purpose{privacy.PurposeFace, privacy.PurposeDocuments, privacy.PurposeDispute, privacy.PurposeCopy}
	sealed := 0
	for d := range 365 {
		if d%2 == 0 && d < 180 {
			purpose := purposes[d/2%len(purposes)]
			until, _ := privacy.KeptUntil(purpose, privacy.Where{Country: "SE"}, w.clock.Now(), w.clock.Now())
			w.seal(fmt.Sprintf("acc_%d", d%7), purpose, until.Sub(w.clock.Now())+time.Duration(d)*time.Minute, "x")
			sealed++
		}
		w.clock.Advance(day)
		if _, err := w.erasures.Expire(ctx); err != nil {
			t.Fatal(err)
		}
		overdue, err := w.register.Overdue(ctx, w.clock.Now())
		if err != nil || len(overdue) != 0 {
			t.Fatalf("day %d: %+v %v", d, overdue, err)
		}
	}
	left, err := w.vault.Due(ctx, w.clock.Now().Add(3650*day))
	if err != nil || len(left) != 0 {
		t.Fatalf("of %d items %d are left: %v", sealed, len(left), err)
	}
}

func TestWhatTheDailyJobMissesIsOverdue(t *testing.T) {
	w := newWard(t, testkit.Store(t))
	ctx := t.Context()
	w.seal(marit.ID, privacy.PurposeFace, day, "a face")
	w.seal(marit.ID, privacy.PurposeFace, day, "a face")
	w.clock.Advance(2*day + 30*time.Minute)
	if overdue, err := w.register.Overdue(ctx, w.clock.Now()); err != nil || len(overdue) != 0 {
		t.Fatalf("the job still has time: %+v %v", overdue, err)
	}
	w.clock.Advance(time.Hour)
	overdue, err := w.register.Overdue(ctx, w.clock.Now())
	if err != nil || len(overdue) != 1 || overdue[0].Source != "vault" || overdue[0].Count != 2 || overdue[0].Purpose != privacy.PurposeFace {
		t.Fatalf("%+v %v", overdue, err)
	}
}
