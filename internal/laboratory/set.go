package laboratory

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
	"truepenny/internal/privacy"
	"truepenny/internal/vault"
)

// SetState is where a set stands.
type SetState string

const (
	Reading SetState = "reading" // its upload is being looked at
	Ready   SetState = "ready"
	Refused SetState = "failed" // the upload could not be taken; nothing of it is kept
	Ended   SetState = "ended"  // its pictures are gone; its reports stay
)

// Basis is on what the use of a set's pictures rests, as its adder says.
type Basis string

// Bases lists the answers, most careful first. "made" is for pictures of nobody.
var Bases = []Basis{"consent", "staff", "public", "made"}

// longestKept bounds how long the pictures of a set may stay.
const longestKept = 2 * 365 * 24 * time.Hour

// Set is a labelled set without its pictures.
type Set struct {
	ID        string
	Name      string
	Kind      Kind
	Origin    string
	Basis     Basis
	State     SetState
	Reason    string // why it was refused
	Line      int    // of the labels, 0 for none
	Pictures  int
	People    int
	Columns   []string // group columns
	AddedBy   string
	AddedAt   time.Time
	ExpiresAt time.Time
	EndedAt   time.Time

	labelsItem, zipItem string
}

// NewSet is what somebody says about a set that they add.
type NewSet struct {
	Name    string
	Origin  string
	Basis   Basis
	Expires time.Time // the pictures go on this day, the reports stay
}

func (n *NewSet) check(now time.Time) error {
	n.Name, n.Origin = strings.TrimSpace(n.Name), strings.TrimSpace(n.Origin)
	fields := map[string]string{}
	for name, value := range map[string]string{"name": n.Name, "origin": n.Origin} {
		switch {
		case value == "":
			fields[name] = "form.required"
		case utf8.RuneCountInString(value) > map[string]int{"name": 80, "origin": 500}[name]:
			fields[name] = "form.too-long"
		}
	}
	if !slices.Contains(Bases, n.Basis) {
		fields["basis"] = "form.choose"
	}
	switch {
	case n.Expires.IsZero():
		fields["expires"] = "form.required"
	case !n.Expires.After(now):
		fields["expires"] = "form.date.past"
	case n.Expires.After(now.Add(longestKept)):
		fields["expires"] = "lab.expires.far"
	}
	return errs.Fields(fields)
}

// AddZip takes a set as a ZIP: it is sealed at once and read by a job, so the
// page can be left. Errors: Invalid with fields, Forbidden.
func (s *Service) AddZip(ctx context.Context, actor audit.Actor, n NewSet, raw []byte) (Set, error) {
	if err := mayRun(actor); err != nil {
		return Set{}, err
	}
	fields := errs.FieldsOf(n.check(s.clock.Now()))
	if fields == nil {
		fields = map[string]string{}
	}
	if len(raw) == 0 {
		fields["zip"] = "lab.zip.missing"
	} else if _, err := openZip(raw); err != nil { // its table is read again by the job
		fields["zip"] = reasonOf(err)
	}
	if err := errs.Fields(fields); err != nil {
		return Set{}, err
	}
	set := s.newSet(actor, n)
	entry := audit.Entry{Actor: actor, Action: "lab.set-added", Subject: subject("labset", set.ID), Details: map[string]string{"basis": string(n.Basis), "by": "page"}}
	err := s.log.Record(ctx, entry, func(tx *db.Tx) (err error) {
		set.zipItem, err = s.vault.Seal(tx, set.sealing("zip_item", set.ID, "application/zip"), raw)
		if err != nil {
			return err
		}
		if err := insertSet(tx, set); err != nil {
			return err
		}
		_, err = s.jobs.Enqueue(tx, unpackJob, setPayload{set.ID}, unpackOptions)
		return err
	})
	return set, err
}

func (s *Service) newSet(actor audit.Actor, n NewSet) Set {
	return Set{
		ID: ids.New("set"), Name: n.Name, Origin: n.Origin, Basis: n.Basis, State: Reading,
		AddedBy: actor.ID, AddedAt: s.clock.Now(), ExpiresAt: n.Expires.UTC(),
	}
}

// sealing files what belongs to a set under the set: it stands for everybody on
// the pictures, whom the lab does not know.
func (s Set) sealing(column, row, mime string) vault.Sealing {
	table := "lab_sets"
	if row != s.ID {
		table = "lab_files"
	}
	return vault.Sealing{
		Person: s.ID, Purpose: privacy.PurposeLab, MIME: mime, KeepUntil: s.ExpiresAt,
		Slot: vault.Slot{Table: table, Row: row, Column: column},
	}
}

// Sets lists every set, newest first.
func (s *Service) Sets(ctx context.Context, actor audit.Actor) ([]Set, error) {
	if err := mayRead(actor); err != nil {
		return nil, err
	}
	return s.listSets(ctx)
}

// Set returns one. Error: NotFound.
func (s *Service) Set(ctx context.Context, actor audit.Actor, id string) (Set, error) {
	if err := mayRead(actor); err != nil {
		return Set{}, err
	}
	return s.readSet(ctx, id)
}

// Reached is how far the reading of a set has come: done of total files.
func (s *Service) Reached(id string) (done, total int) {
	done, total, _ = s.reached(id)
	return done, total
}

// EndSet removes a set's pictures now; its reports stay. Privacy officers may
// too, since they answer for what is kept.
func (s *Service) EndSet(ctx context.Context, actor audit.Actor, id string) error {
	if !has(actor, roleAdministrator, roleLead, rolePrivacy) {
		return errs.New(errs.Forbidden, "lab.role")
	}
	return s.endSet(ctx, actor, id, "lab.set-ended")
}

func (s *Service) endSet(ctx context.Context, actor audit.Actor, id, action string) error {
	entry := audit.Entry{Actor: actor, Action: action, Subject: subject("labset", id), Details: map[string]string{}}
	err := s.log.Record(ctx, entry, func(tx *db.Tx) error {
		set, err := takeSet(tx, id)
		if err != nil {
			return err
		}
		if set.State == Ended {
			return errs.New(errs.Conflict, "lab.set.ended")
		}
		return s.empty(tx, set)
	})
	if err != nil {
		return err
	}
	return s.lockForGood(ctx, id)
}

// lockForGood destroys the key of a set of which nothing is sealed any more, so
// that no old copy of the database opens either.
func (s *Service) lockForGood(ctx context.Context, id string) error {
	_, err := s.vault.DestroyKeys(ctx, id, privacy.PurposeLab)
	return err
}

// empty removes every picture, label and failure that was sealed for a set. Its
// key is destroyed when that is stored, see lockForGood.
func (s *Service) empty(tx *db.Tx, set Set) error {
	if _, err := s.vault.RemoveAll(tx, set.ID, privacy.PurposeLab); err != nil {
		return err
	}
	if err := deleteFiles(tx, set.ID); err != nil {
		return err
	}
	if err := forgetFailures(tx, set.ID); err != nil {
		return err
	}
	set.State, set.EndedAt, set.labelsItem, set.zipItem = Ended, s.clock.Now(), "", ""
	return saveSet(tx, set)
}
