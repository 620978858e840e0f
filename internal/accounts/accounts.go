package accounts

import (
	"context"
	netmail "net/mail"
	"strings"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
	"truepenny/internal/mail"
	"truepenny/internal/passkeys"
	"truepenny/internal/sessions"
)

// Account is one person who sells or wants to.
type Account struct {
	ID        string
	Email     string
	CreatedAt time.Time
}

// Actor is the account as the audit log names it.
func (a Account) Actor() audit.Actor {
	return audit.Actor{Kind: audit.KindSeller, ID: a.ID, Role: "seller"}
}

// Holder is the account as sessions and passkeys name it.
func (a Account) Holder() sessions.Holder {
	return sessions.Holder{Kind: audit.KindSeller, ID: a.ID}
}

// Letters writes the mails; each function returns subject and text.
type Letters struct {
	SignIn         func(token string, until time.Time) (subject, text string)
	ConfirmAddress func(token string, until time.Time) (subject, text string) // to the new address
	AddressAsked   func(at time.Time) (subject, text string)                  // to the old address, on asking
	AddressChanged func(at time.Time) (subject, text string)                  // to the old address, once it is done
	PasskeyAdded   func(at time.Time) (subject, text string)
}

// Service keeps the accounts.
type Service struct {
	store    *db.Store
	log      *audit.Log
	clock    clock.Clock
	outbox   *mail.Outbox
	passkeys *passkeys.Service
	letters  Letters
}

// New makes the keeper of accounts.
func New(store *db.Store, log *audit.Log, clk clock.Clock, outbox *mail.Outbox, keys *passkeys.Service, letters Letters) *Service {
	return &Service{store: store, log: log, clock: clk, outbox: outbox, passkeys: keys, letters: letters}
}

// Get returns an account. Error: NotFound "account.unknown".
func (a *Service) Get(ctx context.Context, id string) (Account, error) {
	return byID(a.store.Reader(ctx), id)
}

// Admit is who comes in with a passkey.
func (a *Service) Admit(ctx context.Context, id string) (audit.Actor, error) {
	account, err := a.Get(ctx, id)
	return account.Actor(), err
}

// Enrol opens an account without a mail link, for a demo marketplace and for
// tests. Error: Invalid with field "email".
func (a *Service) Enrol(ctx context.Context, by audit.Actor, email string) (Account, error) {
	email, err := cleanEmail(email)
	if err != nil {
		return Account{}, err
	}
	account := a.fresh(email)
	err = a.log.Record(ctx, entry(by, "account.opened", account.ID), func(tx *db.Tx) error { return insert(tx, account) })
	return account, err
}

// AddPasskey stores a passkey of a signed-in account and mails a notice.
func (a *Service) AddPasskey(ctx context.Context, account Account, answer []byte, name string) (passkeys.Passkey, error) {
	return a.passkeys.Add(ctx, account.Actor(), account.Holder(), answer, name, func(tx *db.Tx) error {
		subject, text := a.letters.PasskeyAdded(a.clock.Now())
		return a.send(tx, account.ID, account.Email, "passkey-added", subject, text)
	})
}

func (a *Service) fresh(email string) Account {
	return Account{ID: ids.New("acc"), Email: email, CreatedAt: a.clock.Now()}
}

func (a *Service) send(tx *db.Tx, person, to, kind, subject, text string) error {
	return a.outbox.Send(tx, mail.Message{To: to, Subject: subject, Text: text, Kind: kind, Person: person})
}

func entry(by audit.Actor, action, id string) audit.Entry {
	return audit.Entry{Actor: by, Action: action, Subject: "account:" + id, Person: id}
}

// cleanEmail brings an address into the one form it is stored in.
func cleanEmail(email string) (string, error) {
	email = strings.ToLower(strings.TrimSpace(email))
	if email == "" {
		return "", errs.Fields(map[string]string{"email": "form.required"})
	}
	parsed, err := netmail.ParseAddress(email)
	if err != nil || parsed.Address != email || len(email) > 254 {
		return "", errs.Fields(map[string]string{"email": "form.email"})
	}
	return email, nil
}
