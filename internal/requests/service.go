package requests

import (
	"context"
	"slices"
	"strings"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/jobs"
	"truepenny/internal/mail"
	"truepenny/internal/privacy"
	"truepenny/internal/vault"
)

// People knows mail addresses: of an account or a member of staff, and of all
// privacy officers.
type People interface {
	EmailOf(ctx context.Context, kind audit.Kind, id string) (string, error)
	PrivacyOfficers(ctx context.Context) ([]string, error)
}

// Eraser deletes what is held of a person for a purpose, "" for everything, and
// returns the id of the
// receipt, "" while a legal hold is in the way.
type Eraser interface {
	EraseFor(ctx context.Context, actor audit.Actor, person string, purpose vault.Purpose) (receipt string, err error)
}

// Copier makes a copy of everything held of a person ready to be fetched by them.
type Copier interface {
	CopyFor(ctx context.Context, actor audit.Actor, person string) error
}

// Corrector knows the fields of an application that can be corrected.
type Corrector interface {
	// Correctable checks a proposed value of a person's own application and
	// returns the value held and the version of the application. Errors: NotFound
	// for another's, Invalid with field "value".
	Correctable(ctx context.Context, person, application, field, value string) (held string, version int64, err error)
	// ApplyCorrection puts the value in place of the one that the version holds.
	ApplyCorrection(ctx context.Context, actor audit.Actor, application, field, value string, version int64) error
}

// Letters words the mails; each function returns subject and text.
type Letters struct {
	Received  func(r Request) (subject, text string)
	Confirm   func(r Request, token string, until time.Time) (subject, text string)
	Extended  func(r Request, reason string) (subject, text string)
	Answered  func(r Request, words string) (subject, text string)
	Reminder  func(due, overdue []Request) (subject, text string)
	Corrected func(accepted bool, reason string) (words string) // the answer to a rectification
}

// Parts is what the service is built from. Eraser, Copier and Corrector may be
// nil: then what needs them is Unavailable.
type Parts struct {
	Store     *db.Store
	Audit     *audit.Log
	Vault     *vault.Vault
	Jobs      *jobs.Queue
	Mail      *mail.Outbox
	Clock     clock.Clock
	People    People
	Eraser    Eraser
	Copier    Copier
	Corrector Corrector
	Letters   Letters
	Defaults  []Template // of answers, as long as nobody changed them
}

// Service keeps the requests.
type Service struct{ Parts }

// remindJob tells the privacy officers once a day what is due.
const remindJob = "requests.remind"

// NewService makes the keeper of requests and registers its daily job.
func NewService(p Parts) *Service {
	s := &Service{Parts: p}
	p.Jobs.Handle(remindJob, func(ctx context.Context, _ jobs.Job) error { return s.Remind(ctx) })
	p.Jobs.Every(remindJob, 24*time.Hour)
	return s
}

// hasRole reports whether a member of staff has one of the roles.
func hasRole(actor audit.Actor, roles ...string) bool {
	if actor.Kind != audit.KindStaff || actor.ID == "" {
		return false
	}
	return slices.ContainsFunc(strings.Split(actor.Role, ","), func(have string) bool { return slices.Contains(roles, have) })
}

func officerOnly(actor audit.Actor) error {
	if !hasRole(actor, "privacy") {
		return errs.New(errs.Forbidden, "role.privacy")
	}
	return nil
}

// readerOnly also lets auditors look: at kinds and dates, never at words.
func readerOnly(actor audit.Actor) error {
	if !hasRole(actor, "privacy", "auditor") {
		return errs.New(errs.Forbidden, "role.privacy")
	}
	return nil
}

// kept is how long an answered request is kept.
func kept() time.Duration {
	p, _ := privacy.PurposeOf(privacy.PurposeRights)
	return time.Duration(p.KeptDays) * 24 * time.Hour
}

// edit changes one request with its audit entry in one transaction. change sees
// the request as the transaction does, and may add codes to the entry's details.
func (s *Service) edit(ctx context.Context, actor audit.Actor, id, action string, change func(tx *db.Tx, r *Request, details map[string]string) error) (Request, error) {
	before, err := s.read(ctx, id)
	if err != nil {
		return Request{}, err
	}
	details := map[string]string{}
	entry := audit.Entry{Actor: actor, Action: action, Subject: before.Subject(), Person: before.Person, Purpose: string(privacy.PurposeRights), Details: details}
	var current Request
	err = s.Audit.Record(ctx, entry, func(tx *db.Tx) (err error) {
		if current, err = takeRequest(tx, id); err != nil {
			return err
		}
		if err = change(tx, &current, details); err != nil {
			return err
		}
		current.Version++
		return saveRequest(tx, current)
	})
	return current, err
}

func (r Request) stillOpen() error {
	if r.State != Open {
		return errs.New(errs.Conflict, "request.answered")
	}
	return nil
}
