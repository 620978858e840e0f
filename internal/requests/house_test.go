package requests_test

import (
	"context"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/requests"
	"truepenny/internal/staff"
	"truepenny/internal/testkit/people"
	"truepenny/internal/testkit/vaults"
	"truepenny/internal/vault"
)

// house is the desk on a real database, with Ina who has an account and Pia who
// keeps the desk.
type house struct {
	*people.People
	t     *testing.T
	desk  *requests.Service
	vault *vault.Vault
	ina   audit.Actor
	pia   audit.Actor
	told  map[string]string // what the last mail of a kind was made of
	book  *book
}

// book holds one application with one field, and what was erased.
type book struct {
	owner, held string
	version     int64
	erased      []string
}

func (b *book) Correctable(_ context.Context, person, application, field, value string) (string, int64, error) {
	switch {
	case person != b.owner || application != "app_1":
		return "", 0, errs.New(errs.NotFound, "application.unknown")
	case field != "family_name":
		return "", 0, errs.Fields(map[string]string{"field": "correction.unknown"})
	case value == b.held:
		return b.held, b.version, errs.Fields(map[string]string{"value": "correction.same"})
	}
	return b.held, b.version, nil
}

func (b *book) ApplyCorrection(_ context.Context, _ audit.Actor, _, _, value string, version int64) error {
	if version != b.version {
		return errs.New(errs.Conflict, "case.changed")
	}
	b.held, b.version = value, version+1
	return nil
}

func (b *book) EraseFor(_ context.Context, _ audit.Actor, person string, purpose vault.Purpose) (string, error) {
	b.erased = append(b.erased, person+" "+string(purpose))
	return "era_1", nil
}

type addresses struct{ *people.People }

func (a addresses) EmailOf(ctx context.Context, _ audit.Kind, id string) (string, error) {
	account, err := a.Accounts.Get(ctx, id)
	return account.Email, err
}

func (a addresses) PrivacyOfficers(ctx context.Context) ([]string, error) {
	list, err := a.Staff.List(ctx, staff.Filter{Role: staff.Privacy, State: staff.Active})
	var out []string
	for _, m := range list {
		out = append(out, m.Email)
	}
	return out, err
}

const inasMail, piasMail = "ina@seller.example", "pia.privacy@market.example"

func open(t *testing.T, store *db.Store) house {
	t.Helper()
	p := people.New(t, store)
	h := house{People: p, t: t, told: map[string]string{}, vault: vaults.New(t, p.Store, p.Log, p.Clock)}
	h.ina = p.Seller(t, inasMail).Actor()
	h.pia = p.Member(t, "Pia Privacy", staff.Privacy).Actor()
	h.book = &book{owner: h.ina.ID, held: "Lindqist", version: 3}
	h.desk = requests.NewService(requests.Parts{
		Store: p.Store, Audit: p.Log, Vault: h.vault, Jobs: p.Queue, Mail: p.Outbox, Clock: p.Clock,
		People: addresses{p}, Eraser: h.book, Corrector: h.book,
		Defaults: []requests.Template{{Code: "access.granted", Kind: requests.Access, Outcome: requests.Granted, Body: "It stands in your room."}},
		Letters: requests.Letters{
			Received: func(r requests.Request) (string, string) { return "received " + r.Label(), "-" },
			Confirm: func(r requests.Request, token string, _ time.Time) (string, string) {
				h.told["token"] = token
				return "confirm " + r.Label(), "token " + token
			},
			Extended: func(r requests.Request, reason string) (string, string) { return "extended " + r.Label(), reason },
			Answered: func(r requests.Request, words string) (string, string) { return "answered " + r.Label(), words },
			Reminder: func(due, overdue []requests.Request) (string, string) {
				return "reminder", labels(due) + "/" + labels(overdue)
			},
			Corrected: func(yes bool, reason string) string { return "The answer of a reviewer. " + reason },
		},
	})
	return h
}

func labels(list []requests.Request) string {
	out := ""
	for _, r := range list {
		out += r.Label() + " "
	}
	return out
}

// asks opens a request of Ina's.
func (h house) asks(kind requests.Kind, change ...func(*requests.New)) requests.Request {
	h.t.Helper()
	n := requests.New{Kind: kind, Person: h.ina.ID, Channel: requests.ByAccount, Words: "Please do."}
	for _, f := range change {
		f(&n)
	}
	r, err := h.desk.Open(h.t.Context(), h.ina, n)
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

// writes enters a letter that says it is from Ina.
func (h house) writes(kind requests.Kind, contact string) requests.Request {
	h.t.Helper()
	r, err := h.desk.Open(h.t.Context(), h.pia, requests.New{Kind: kind, Channel: requests.ByLetter, Words: "I am Ina.", Contact: contact, Postal: "1 High Street"})
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

// isKnown makes sure who wrote a letter, by a mailed link.
func (h house) isKnown(r requests.Request) requests.Request {
	h.t.Helper()
	ctx := h.t.Context()
	if _, err := h.desk.Name(ctx, h.pia, r.ID, h.ina.ID); err != nil {
		h.t.Fatal(err)
	}
	if _, err := h.desk.AskByMail(ctx, h.pia, r.ID); err != nil {
		h.t.Fatal(err)
	}
	r, err := h.desk.ConfirmByLink(ctx, h.told["token"])
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

func (h house) want(err error, code errs.Code, reason string) {
	h.t.Helper()
	if err == nil || errs.CodeOf(err) != code || errs.ReasonOf(err) != reason {
		h.t.Fatalf("got %v, want %s: %s", err, code, reason)
	}
}

// wantField fails unless the error names a field with a reason.
func (h house) wantField(err error, field, reason string) {
	h.t.Helper()
	if errs.FieldsOf(err)[field] != reason {
		h.t.Fatalf("got %v, want %s=%s", err, field, reason)
	}
}

// count is how often an action stands in the log.
func (h house) count(action string) int {
	h.t.Helper()
	rows, err := h.Log.List(h.t.Context(), audit.Filter{Action: action, Limit: 1000})
	if err != nil {
		h.t.Fatal(err)
	}
	return len(rows)
}

// wasTold is the text of the mail to an address with a subject; false when there is
// none.
func (h house) wasTold(to, subject string) (string, bool) {
	h.t.Helper()
	letters, err := h.Outbox.Caught(h.t.Context(), 100)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, l := range letters {
		if l.To == to && l.Subject == subject {
			return l.Text, true
		}
	}
	return "", false
}

// wantTold fails unless an address was told a text under a subject.
func (h house) wantTold(to, subject, text string) {
	h.t.Helper()
	if got, ok := h.wasTold(to, subject); !ok || got != text {
		h.t.Fatalf("%s was told %q under %q (%v), want %q", to, got, subject, ok, text)
	}
}
