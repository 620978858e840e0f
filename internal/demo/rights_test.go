package demo

import (
	"context"
	"slices"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/privacy"
	"truepenny/internal/requests"
	"truepenny/internal/sellers"
	"truepenny/internal/staff"
	"truepenny/internal/testkit"
	"truepenny/internal/testkit/people"
	"truepenny/internal/testkit/vaults"
)

type addressBook struct{ *people.People }

func (a addressBook) EmailOf(ctx context.Context, _ audit.Kind, id string) (string, error) {
	account, err := a.Accounts.Get(ctx, id)
	return account.Email, err
}

func (a addressBook) PrivacyOfficers(context.Context) ([]string, error) { return nil, nil }

func TestTheDemosDeskHasRequestsInEveryState(t *testing.T) {
	p := people.New(t, testkit.Store(t))
	now, v := p.Clock.Now(), vaults.New(t, p.Store, p.Log, p.Clock)
	cases := sellers.New(sellers.Parts{Store: p.Store, Audit: p.Log, Vault: v, Jobs: p.Queue, Mail: p.Outbox, Clock: p.Clock,
		Consents: privacy.NewConsents(p.Store, p.Log, p.Clock), People: addressBook{p}, Link: func(id string) string { return id }})
	letter := func(requests.Request) (string, string) { return "letter", "-" }
	desk := requests.NewService(requests.Parts{Store: p.Store, Audit: p.Log, Vault: v, Jobs: p.Queue, Mail: p.Outbox, Clock: p.Clock, People: addressBook{p}, Corrector: cases,
		Letters: requests.Letters{Received: letter,
			Confirm:  func(requests.Request, string, time.Time) (string, string) { return "confirm", "-" },
			Extended: func(requests.Request, string) (string, string) { return "extended", "-" },
			Answered: func(requests.Request, string) (string, string) { return "answered", "-" }}})
	s := &seeding{Parts: Parts{Clock: p.Clock, Requests: desk}, now: now, team: []staff.Member{p.Member(t, "Pat Demo", staff.Privacy)}}
	var all []*applicant
	for _, name := range []string{"a", "b", "c", "d", "e", "f"} {
		a := &applicant{actor: p.Seller(t, name+"@demo.example").Actor(), details: sellers.Details{Address: sellers.Address{City: "Amaurot"}}}
		app, err := cases.Start(t.Context(), a.actor)
		if err != nil {
			t.Fatal(err)
		}
		a.appID = app.ID
		all = append(all, a)
	}
	s.askForRights(all)
	slices.SortStableFunc(s.events, func(a, b event) int { return a.at.Compare(b.at) })
	for _, e := range s.events {
		p.Clock.Set(e.at)
		if err := e.do(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	p.Clock.Set(now)
	n, err := desk.Counts(t.Context())
	if err != nil || n.Open != 5 || n.DueSoon != 1 || n.Overdue != 0 || n.Corrections != 1 {
		t.Fatalf("%+v %v", n, err)
	}
}
