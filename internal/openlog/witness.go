package openlog

import (
	"context"
	"net/mail"
	"strings"
	"time"
	"unicode/utf8"

	"truepenny/internal/audit"
	"truepenny/internal/audit/verify"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
)

// Witness is somebody outside who watches the log: with a key that cosigns
// checkpoints, by mail, or both.
type Witness struct {
	ID       string
	Name     string
	Verifier string // public key, "" for who only gets mail
	Email    string // "" for who gets none
	AddedAt  time.Time
	EndedAt  time.Time // zero while it watches
	Last     Cosignature
}

// NewWitness is what is asked of one.
type NewWitness struct{ Name, Verifier, Email string }

const longestName = 100

// AddWitness registers a witness. Errors: Invalid with fields "name", "verifier",
// "email".
func (s *Service) AddWitness(ctx context.Context, actor audit.Actor, n NewWitness) (Witness, error) {
	n = NewWitness{strings.TrimSpace(n.Name), strings.TrimSpace(n.Verifier), strings.TrimSpace(n.Email)}
	if err := n.check(); err != nil {
		return Witness{}, err
	}
	w := Witness{ID: ids.New("wit"), Name: n.Name, Verifier: n.Verifier, Email: n.Email, AddedAt: s.Clock.Now()}
	entry := audit.Entry{Actor: actor, Action: "log.witness-added", Subject: "witness:" + w.ID,
		Details: map[string]string{"key": yesNo(w.Verifier != ""), "mail": yesNo(w.Email != "")}}
	err := s.Audit.Record(ctx, entry, func(tx *db.Tx) error { return insertWitness(tx, w) })
	if db.IsDuplicate(err) {
		err = errs.Fields(map[string]string{"verifier": "log.witness-known"})
	}
	return w, err
}

func (n NewWitness) check() error {
	fields := map[string]string{}
	switch {
	case n.Name == "":
		fields["name"] = "form.required"
	case utf8.RuneCountInString(n.Name) > longestName:
		fields["name"] = "form.too-long"
	}
	if n.Verifier != "" {
		if _, err := verify.ParseWitnessKey(n.Verifier); err != nil {
			fields["verifier"] = "log.witness-key"
		}
	}
	if n.Email != "" {
		if address, err := mail.ParseAddress(n.Email); err != nil || address.Address != n.Email {
			fields["email"] = "form.email"
		}
	}
	if n.Verifier == "" && n.Email == "" {
		fields["verifier"] = "log.witness-nothing"
	}
	return errs.Fields(fields)
}

// EndWitness stops taking cosignatures of a witness and mailing to it, and
// forgets its address. What it cosigned stays. NotFound, Conflict
// "log.witness-ended".
func (s *Service) EndWitness(ctx context.Context, actor audit.Actor, id string) error {
	entry := audit.Entry{Actor: actor, Action: "log.witness-ended", Subject: "witness:" + id}
	return s.Audit.Record(ctx, entry, func(tx *db.Tx) error {
		w, err := takeWitness(tx, id)
		if err != nil {
			return err
		}
		if !w.EndedAt.IsZero() {
			return errs.New(errs.Conflict, "log.witness-ended")
		}
		return endWitness(tx, id, s.Clock.Now())
	})
}

func yesNo(on bool) string {
	if on {
		return "yes"
	}
	return "no"
}
