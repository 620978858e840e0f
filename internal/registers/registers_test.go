package registers_test

import (
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/registers"
	"truepenny/internal/testkit"
)

var (
	start = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	pat   = audit.Actor{Kind: audit.KindStaff, ID: "mem_pat", Role: "privacy"}
	ash   = audit.Actor{Kind: audit.KindStaff, ID: "mem_ash", Role: "administrator"}
	max   = audit.Actor{Kind: audit.KindStaff, ID: "mem_max", Role: "auditor"}
	rob   = audit.Actor{Kind: audit.KindStaff, ID: "mem_rob", Role: "reviewer"}
	marit = audit.Actor{Kind: audit.KindSeller, ID: "acc_marit"}
)

type desk struct {
	*registers.Service
	clk *clock.Fixed
	log *audit.Log
}

func open(t *testing.T, store *db.Store) desk {
	t.Helper()
	clk := clock.NewFixed(start)
	log, err := audit.New(store, clk, make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	return desk{registers.New(store, log, clk), clk, log}
}

func demand() registers.Demand {
	return registers.Demand{ReceivedOn: "2026-11-03", Sender: "police", Country: "PT", Reference: "7/26", Scope: "account", People: 1, Outcome: "open", Told: "not-yet"}
}

func want(t *testing.T, err error, code errs.Code, reason string) {
	t.Helper()
	if err == nil || errs.CodeOf(err) != code || errs.ReasonOf(err) != reason {
		t.Fatalf("got %v, want %s: %s", err, code, reason)
	}
}

func TestDemandsAreEnteredByThePrivacyOfficerAndReadByFewMore(t *testing.T) {
	d := open(t, testkit.Store(t))
	ctx := t.Context()
	for _, actor := range []audit.Actor{ash, max, rob, marit, audit.Nobody()} {
		_, err := d.SaveDemand(ctx, actor, demand())
		want(t, err, errs.Forbidden, "forbidden")
	}
	for _, actor := range []audit.Actor{rob, marit, audit.Nobody()} {
		_, err := d.Demands(ctx, actor)
		want(t, err, errs.Forbidden, "forbidden")
	}
	saved, err := d.SaveDemand(ctx, pat, demand())
	if err != nil || saved.Number != 1 || saved.Version != 1 {
		t.Fatalf("got %+v %v", saved, err)
	}
	for _, actor := range []audit.Actor{ash, max, pat} {
		if all, err := d.Demands(ctx, actor); err != nil || len(all) != 1 {
			t.Fatalf("%s: %v %v", actor.Role, all, err)
		}
	}
	rows, err := d.log.List(ctx, audit.Filter{Action: "registers.demand-saved"})
	if err != nil || len(rows) != 1 || rows[0].Details["sender"] != "police" || rows[0].Details["reference"] != "" {
		t.Fatalf("got %+v %v", rows, err)
	}
}

func TestGivingDataOutNeedsASecondPerson(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		d := open(t, store)
		ctx := t.Context()
		x, err := d.SaveDemand(ctx, pat, demand())
		if err != nil {
			t.Fatal(err)
		}
		want(t, d.ConfirmDemand(ctx, ash, x.ID), errs.Conflict, "register.confirmed")
		x.Outcome, x.AnsweredOn = "partly", "2026-11-10"
		if x, err = d.SaveDemand(ctx, pat, x); err != nil || !x.Waits() {
			t.Fatalf("got %+v %v", x, err)
		}
		want(t, d.ConfirmDemand(ctx, pat, x.ID), errs.Forbidden, "register.four-eyes")
		want(t, d.ConfirmDemand(ctx, max, x.ID), errs.Forbidden, "forbidden")
		if err := d.ConfirmDemand(ctx, ash, x.ID); err != nil {
			t.Fatal(err)
		}
		if x, err = d.Demand(ctx, pat, x.ID); err != nil || x.ConfirmedBy != ash.ID || x.Waits() {
			t.Fatalf("got %+v %v", x, err)
		}
		x.Note = "The letter is in the safe."
		if x, err = d.SaveDemand(ctx, pat, x); err != nil || x.Waits() {
			t.Fatalf("a note took the confirmation away: %+v %v", x, err)
		}
		stale := x
		x.People = 40
		if x, err = d.SaveDemand(ctx, pat, x); err != nil || !x.Waits() {
			t.Fatalf("more people, and still confirmed: %+v %v", x, err)
		}
		_, err = d.SaveDemand(ctx, pat, stale)
		want(t, err, errs.Conflict, "register.changed")
	})
}

func TestADemandToSearchByFaceCanOnlyBeRefused(t *testing.T) {
	d := open(t, testkit.Store(t))
	for _, outcome := range []string{"given", "partly"} {
		x := demand()
		x.Scope, x.Outcome, x.AnsweredOn = "face-search", outcome, "2026-11-10"
		if _, err := d.SaveDemand(t.Context(), pat, x); errs.FieldsOf(err)["outcome"] != "demand.no-search" {
			t.Fatalf("%s: %v", outcome, err)
		}
	}
	x := demand()
	x.Scope, x.Outcome, x.AnsweredOn = "face-search", "refused", "2026-11-10"
	if _, err := d.SaveDemand(t.Context(), pat, x); err != nil {
		t.Fatal(err)
	}
	if p, err := d.Public(t.Context()); err != nil || p.Searches != 1 || p.Given != 0 || p.Refused != 1 {
		t.Fatalf("got %+v %v", p, err)
	}
}

func TestWhatADemandLacksIsSaidFieldByField(t *testing.T) {
	d := open(t, testkit.Store(t))
	for field, change := range map[string]func(*registers.Demand){
		"received": func(x *registers.Demand) { x.ReceivedOn = "2026-12-24" }, "sender": func(x *registers.Demand) { x.Sender = "me" },
		"country": func(x *registers.Demand) { x.Country = "pt" }, "scope": func(x *registers.Demand) { x.Scope = "" },
		"people": func(x *registers.Demand) { x.People = -1 }, "outcome": func(x *registers.Demand) { x.Outcome = "maybe" },
		"answered": func(x *registers.Demand) { x.Outcome, x.AnsweredOn = "refused", "2026-11-02" },
		"told":     func(x *registers.Demand) { x.Told = "" }, "gagged": func(x *registers.Demand) { x.Told = "gagged" },
		"reference": func(x *registers.Demand) { x.Reference = "a\x07b" },
	} {
		x := demand()
		change(&x)
		if _, err := d.SaveDemand(t.Context(), pat, x); errs.FieldsOf(err)[field] == "" {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestADemandUnderAGagIsToldOnTheDayAfterItEnds(t *testing.T) {
	d := open(t, testkit.Store(t))
	x := demand()
	x.Told, x.GaggedUntil = "gagged", "2026-11-30"
	if _, err := d.SaveDemand(t.Context(), pat, x); err != nil {
		t.Fatal(err)
	}
	if p, err := d.Public(t.Context()); err != nil || len(p.All) != 0 || p.Concerned != 0 {
		t.Fatalf("told too early: %+v %v", p, err)
	}
	d.clk.Set(time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC))
	p, err := d.Public(t.Context())
	if err != nil || len(p.All) != 1 || p.All[0].People != "not-yet" || p.All[0].Received != "2026-11" {
		t.Fatalf("got %+v %v", p, err)
	}
}

func party() registers.Party {
	return registers.Party{Kind: registers.Processor, Name: "Demo Relay", Does: "Passes on mail", Data: "Addresses", Country: "PT", Terms: "Agreement of 2026", BeganOn: "2026-11-01"}
}

func TestEveryStateOfAPartysEntryStaysReadable(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		d := open(t, store)
		ctx := t.Context()
		for _, actor := range []audit.Actor{max, rob, marit} {
			_, err := d.SaveParty(ctx, actor, party())
			want(t, err, errs.Forbidden, "forbidden")
		}
		p, err := d.SaveParty(ctx, ash, party())
		if err != nil {
			t.Fatal(err)
		}
		d.clk.Advance(time.Hour)
		stale := p
		p.Data, p.EndedOn = "Addresses and subjects", "2026-11-20"
		if p, err = d.SaveParty(ctx, pat, p); err != nil {
			t.Fatal(err)
		}
		_, err = d.SaveParty(ctx, pat, stale)
		want(t, err, errs.Conflict, "register.changed")
		all, err := d.Parties(ctx)
		if err != nil || len(all) != 1 || all[0].Current(d.clk.Now()) {
			t.Fatalf("got %+v %v", all, err)
		}
		versions, err := d.Versions(ctx)
		if v := versions[p.ID]; err != nil || len(v) != 2 || v[0].Data != "Addresses" || !v[0].At.Equal(start) || v[1].EndedOn != "2026-11-20" {
			t.Fatalf("got %+v %v", versions, err)
		}
		bad := party()
		bad.EndedOn, bad.Name = "2026-10-01", ""
		_, err = d.SaveParty(ctx, ash, bad)
		if f := errs.FieldsOf(err); f["ended"] != "party.ended-before" || f["name"] != "field.required" {
			t.Fatalf("got %v", err)
		}
	})
}
