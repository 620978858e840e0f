package people

import (
	"strings"
	"testing"
	"time"

	"truepenny/internal/accounts"
	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/config"
	"truepenny/internal/db"
	"truepenny/internal/jobs"
	"truepenny/internal/mail"
	"truepenny/internal/passkeys"
	"truepenny/internal/sessions"
	"truepenny/internal/staff"
	"truepenny/internal/testkit"
)

// Start is the time at which the clock stands first.
var Start = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// BaseURL is where the site of a test stands, unless the test says otherwise.
const BaseURL = "http://localhost:8080"

// People is who may come in, on one database, with mails caught.
type People struct {
	Store    *db.Store
	Clock    *clock.Fixed
	Log      *audit.Log
	Queue    *jobs.Queue
	Outbox   *mail.Outbox
	Sessions *sessions.Sessions
	Passkeys *passkeys.Service
	Staff    *staff.Service
	Accounts *accounts.Service
}

// New builds them for the site at BaseURL.
func New(t testing.TB, store *db.Store) *People { return At(t, store, BaseURL) }

// At builds them for the site at another address.
func At(t testing.TB, store *db.Store, baseURL string) *People {
	t.Helper()
	p := &People{Store: store, Clock: clock.NewFixed(Start)}
	var err error
	if p.Log, err = audit.New(store, p.Clock, make([]byte, 32)); err != nil {
		t.Fatal(err)
	}
	p.Queue = jobs.New(store, p.Clock)
	p.Outbox = mail.New(store, p.Log, p.Queue, p.Clock, config.Mail{Catch: true})
	p.Sessions = sessions.New(store, p.Clock)
	if p.Passkeys, err = passkeys.New(store, p.Log, p.Clock, p.Sessions, baseURL); err != nil {
		t.Fatal(err)
	}
	p.Staff = staff.New(store, p.Log, p.Clock, p.Outbox, p.Passkeys, staff.Letters{
		Invited:      func(_, token string, _ time.Time) (string, string) { return "invited", "token " + token },
		CodeUsed:     func(string, time.Time, int) (string, string) { return "code used", "-" },
		PasskeyAdded: func(string, time.Time) (string, string) { return "passkey added", "-" },
	})
	p.Accounts = accounts.New(store, p.Log, p.Clock, p.Outbox, p.Passkeys, accounts.Letters{
		SignIn:         func(token string, _ time.Time) (string, string) { return "sign in", "token " + token },
		ConfirmAddress: func(token string, _ time.Time) (string, string) { return "confirm", "token " + token },
		AddressAsked:   func(time.Time) (string, string) { return "address asked", "-" },
		AddressChanged: func(time.Time) (string, string) { return "address changed", "-" },
		PasskeyAdded:   func(time.Time) (string, string) { return "passkey added", "-" },
	})
	return p
}

// Member adds an active member with these roles.
func (p *People) Member(t testing.TB, name string, roles ...staff.Role) staff.Member {
	t.Helper()
	email := strings.ToLower(strings.ReplaceAll(name, " ", ".")) + "@market.example"
	m, err := p.Staff.Enrol(t.Context(), audit.System("test"), staff.Details{Name: name, Email: email, Roles: roles})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Seller opens an account.
func (p *People) Seller(t testing.TB, email string) accounts.Account {
	t.Helper()
	a, err := p.Accounts.Enrol(t.Context(), audit.System("test"), email)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Key is a security key that acts at this address, for Passkeys of At.
func Key(baseURL string) *testkit.Authenticator {
	return &testkit.Authenticator{Origin: baseURL, RPID: "localhost"}
}

// Mails returns the subjects of the mails to an address, oldest first.
func (p *People) Mails(t testing.TB, to string) []string {
	t.Helper()
	var subjects []string
	for _, l := range p.letters(t, to) {
		subjects = append([]string{l.Subject}, subjects...)
	}
	return subjects
}

// Token is the token in the newest mail to an address that has one.
func (p *People) Token(t testing.TB, to string) string {
	t.Helper()
	for _, l := range p.letters(t, to) {
		if token, ok := strings.CutPrefix(l.Text, "token "); ok {
			return token
		}
	}
	t.Fatalf("no mail to %s holds a token", to)
	return ""
}

func (p *People) letters(t testing.TB, to string) []mail.Letter {
	t.Helper()
	all, err := p.Outbox.Caught(t.Context(), 1000)
	if err != nil {
		t.Fatal(err)
	}
	var mine []mail.Letter
	for _, l := range all {
		if l.To == to {
			mine = append(mine, l)
		}
	}
	return mine
}

// Noted returns the actions in the log about a subject, oldest first.
func (p *People) Noted(t testing.TB, subject string) []string {
	t.Helper()
	rows, err := p.Log.List(t.Context(), audit.Filter{Subject: subject})
	if err != nil {
		t.Fatal(err)
	}
	var actions []string
	for _, r := range rows {
		actions = append([]string{r.Action}, actions...)
	}
	return actions
}
