package requests

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/form"
	"truepenny/internal/ids"
	"truepenny/internal/mail"
	"truepenny/internal/privacy"
	"truepenny/internal/vault"
)

const (
	longestWords = 5000 // characters
	longestValue = 120
	mostOpen     = 20                   // open requests of one person
	oldestLetter = 366 * 24 * time.Hour // how long a letter may have lain: one that is late is overdue, not younger
)

// OtherField is a rectification of something that is no field of an application:
// the officer answers it.
const OtherField = "other"

// Open takes a request in and starts its clock. A person asks for themselves,
// which proves who they are; a privacy officer enters a letter. What was written
// is sealed, and whoever wrote gets a note that it came. Errors: Invalid with the
// fields kind, words, field, value, purpose, contact, received; TooMany
// "request.many"; Forbidden "request.own".
func (s *Service) Open(ctx context.Context, actor audit.Actor, n New) (Request, error) {
	if err := mayOpen(actor, n); err != nil {
		return Request{}, err
	}
	n, err := s.check(ctx, n)
	if err != nil {
		return Request{}, err
	}
	r := s.fresh(n)
	entry := audit.Entry{Actor: actor, Action: "request.opened", Subject: r.Subject(), Person: r.Person, Purpose: string(privacy.PurposeRights),
		Details: map[string]string{"kind": string(r.Kind), "channel": string(r.Channel)}}
	err = s.Audit.Record(ctx, entry, func(tx *db.Tx) error {
		if err := limitOpen(tx, r.Person); err != nil {
			return err
		}
		if r.Number, err = nextNumber(tx); err != nil {
			return err
		}
		if r.words, err = s.seal(tx, r, "words", Letter{n.Words, n.Value, n.Contact, n.Postal}); err != nil {
			return err
		}
		if err := insertRequest(tx, r); err != nil {
			return err
		}
		return s.send(tx, r, n.Contact, "received", func() (string, string) { return s.Letters.Received(r) })
	})
	return r, err
}

// mayOpen lets a seller ask for themselves and an officer enter a letter.
func mayOpen(actor audit.Actor, n New) error {
	if n.Channel == ByLetter {
		return officerOnly(actor)
	}
	if n.Channel != ByAccount || actor.Kind != audit.KindSeller || actor.ID == "" || actor.ID != n.Person {
		return errs.New(errs.Forbidden, "request.own")
	}
	return nil
}

func (s *Service) fresh(n New) Request {
	r := Request{ID: ids.New("req"), Person: n.Person, Kind: n.Kind, Channel: n.Channel, Purpose: n.Purpose, Field: n.Field,
		Application: n.Application, PostOnly: n.Contact == "", State: Open, OpenedAt: s.Clock.Now(), Version: 1}
	if !n.ReceivedAt.IsZero() { // the month begins when it came, not when it was entered
		r.OpenedAt = n.ReceivedAt.UTC()
	}
	r.DueAt = DueAt(r.OpenedAt, 1)
	if n.Channel == ByAccount {
		r.Identity, r.IdentityAt = SignedIn, s.Clock.Now()
	}
	return r
}

// check cleans a request and names every field that is wrong.
func (s *Service) check(ctx context.Context, n New) (New, error) {
	v := form.New(url.Values{"words": {n.Words}, "contact": {n.Contact}, "postal": {n.Postal}, "value": {n.Value}})
	if !slices.Contains(Kinds, n.Kind) {
		v.Refuse("kind", form.WrongChoice)
	}
	least := 1
	if n.Kind == Access || n.Kind == Erasure || n.Kind == Rectification {
		least = 0 // what is asked for is said by the kind
	}
	n.Words = v.Lines("words", least, longestWords)
	if n.Postal = v.Lines("postal", 0, 500); n.Contact != "" {
		n.Contact = v.Email("contact")
	} else if n.Channel == ByLetter && n.Postal == "" {
		v.Refuse("contact", "request.contact")
	}
	now := s.Clock.Now()
	if n.ReceivedAt.After(now) || !n.ReceivedAt.IsZero() && now.Sub(n.ReceivedAt) > oldestLetter {
		v.Refuse("received", "request.received")
	}
	if _, known := privacy.PurposeOf(n.Purpose); n.Purpose != "" && !known {
		v.Refuse("purpose", form.WrongChoice)
	}
	if n.Kind != Rectification {
		n.Field, n.Value = "", ""
	} else if err := s.checkValue(ctx, &n, v); err != nil {
		return n, err
	}
	if err := v.Err(); err != nil || n.Contact != "" || n.Person == "" {
		return n, err
	}
	var err error
	n.Contact, err = s.People.EmailOf(ctx, audit.KindSeller, n.Person)
	return n, err
}

// checkValue checks what is to stand in a field, where it is one of an
// application of theirs.
func (s *Service) checkValue(ctx context.Context, n *New, v *form.Values) error {
	n.Value = v.Text("value", 1, longestValue)
	if n.Field == "" || n.Field == OtherField || n.Person == "" {
		n.Field = OtherField
		return nil
	}
	if s.Corrector == nil {
		return errs.New(errs.Unavailable, "request.part-missing")
	}
	_, _, err := s.Corrector.Correctable(ctx, n.Person, n.Application, n.Field, n.Value)
	if errs.CodeOf(err) != errs.Invalid || err == nil {
		return err
	}
	for name, reason := range errs.FieldsOf(err) {
		v.Refuse(name, reason)
	}
	return nil
}

// seal files a part of a request in the vault, under the request itself: its key
// outlives an erasure of the person, whose answer the law makes us prove.
func (s *Service) seal(tx *db.Tx, r Request, column string, value any) (string, error) {
	plain, err := json.Marshal(value)
	if err != nil {
		return "", fmt.Errorf("seal request: %w", err)
	}
	until := r.KeepUntil
	if until.IsZero() { // an open one: its end comes with its answer
		until = DueAt(s.Clock.Now(), 12).Add(kept())
	}
	return s.Vault.Seal(tx, vault.Sealing{Person: r.ID, Purpose: privacy.PurposeRights, MIME: "application/json", KeepUntil: until,
		Slot: vault.Slot{Table: "requests", Row: r.ID, Column: column}}, plain)
}

// send writes to an address, if there is one. Of a mail to somebody whose account
// was deleted no row stays.
func (s *Service) send(tx *db.Tx, r Request, to, kind string, words func() (string, string)) error {
	if to == "" {
		return nil
	}
	subject, text := words()
	m := mail.Message{To: to, Subject: subject, Text: text, Kind: "request." + kind, Person: r.Person}
	if r.Identity != Unchecked && r.Person == "" {
		m.Kind = mail.Farewell
	}
	return s.Mail.Send(tx, m)
}
