package registers

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
)

// Roles as the audit log's actors carry them (package staff names them too).
const (
	roleAdministrator = "administrator"
	rolePrivacy       = "privacy"
	roleAuditor       = "auditor"
	roleLead          = "lead"
)

// Service keeps the registers.
type Service struct {
	store *db.Store
	log   *audit.Log
	clock clock.Clock
}

// New makes the service.
func New(store *db.Store, log *audit.Log, clk clock.Clock) *Service {
	return &Service{store: store, log: log, clock: clk}
}

func has(actor audit.Actor, roles ...string) bool {
	if actor.Kind != audit.KindStaff || actor.ID == "" {
		return false
	}
	return slices.ContainsFunc(strings.Split(actor.Role, ","), func(r string) bool { return slices.Contains(roles, strings.TrimSpace(r)) })
}

func may(actor audit.Actor, roles ...string) error {
	if !has(actor, roles...) {
		return errs.New(errs.Forbidden, "forbidden")
	}
	return nil
}

func mayRead(actor audit.Actor) error {
	return may(actor, rolePrivacy, roleAdministrator, roleAuditor, roleLead)
}

// Demands lists the demands, newest first.
func (s *Service) Demands(ctx context.Context, actor audit.Actor) ([]Demand, error) {
	if err := mayRead(actor); err != nil {
		return nil, err
	}
	return s.demands(ctx)
}

// Demand returns one. NotFound "not-found".
func (s *Service) Demand(ctx context.Context, actor audit.Actor, id string) (Demand, error) {
	if err := mayRead(actor); err != nil {
		return Demand{}, err
	}
	return takeDemand(s.store.Reader(ctx), id)
}

// SaveDemand enters a demand, or changes one; privacy officers only. Errors:
// Invalid with fields (received, sender, country, reference, scope, people,
// outcome, answered, told, gagged, note), Conflict "register.changed" when
// somebody else saved it meanwhile. A change of the answer has to be confirmed
// again.
func (s *Service) SaveDemand(ctx context.Context, actor audit.Actor, d Demand) (Demand, error) {
	if err := may(actor, rolePrivacy); err != nil {
		return d, err
	}
	now := s.clock.Now()
	if err := d.check(now); err != nil {
		return d, err
	}
	fresh := d.ID == ""
	if fresh {
		d.ID, d.EnteredBy, d.EnteredAt = ids.New("dem"), actor.ID, now
	}
	d.ChangedBy, d.ChangedAt = actor.ID, now
	entry := audit.Entry{Actor: actor, Action: "registers.demand-saved", Subject: "demand:" + d.ID, Details: map[string]string{
		"sender": d.Sender, "scope": d.Scope, "outcome": d.Outcome, "told": d.Told, "people": strconv.Itoa(d.People)}}
	err := s.log.Record(ctx, entry, func(tx *db.Tx) (err error) {
		if fresh {
			if d.Number, err = nextDemand(tx); err != nil {
				return err
			}
			d.Version, d.ConfirmedBy, d.ConfirmedAt = 1, "", time.Time{}
			return insertDemand(tx, d)
		}
		before, err := holdDemand(tx, d.ID)
		if err != nil {
			return err
		}
		if before.Version != d.Version {
			return errs.New(errs.Conflict, "register.changed")
		}
		d.Number, d.EnteredBy, d.EnteredAt = before.Number, before.EnteredBy, before.EnteredAt
		d.ConfirmedBy, d.ConfirmedAt = "", time.Time{}
		if before.sameAnswer(d) {
			d.ConfirmedBy, d.ConfirmedAt = before.ConfirmedBy, before.ConfirmedAt
		}
		d.Version++
		return saveDemand(tx, d)
	})
	return d, err
}

// sameAnswer reports whether what was given out to whom has stayed the same.
func (d Demand) sameAnswer(other Demand) bool {
	return d.Outcome == other.Outcome && d.Scope == other.Scope && d.People == other.People && d.Sender == other.Sender && d.Reference == other.Reference
}

// ConfirmDemand is the second person's word where data was given out: a privacy
// officer, administrator or lead who neither entered the demand nor changed it
// last. Errors: Forbidden "register.four-eyes", Conflict "register.confirmed".
func (s *Service) ConfirmDemand(ctx context.Context, actor audit.Actor, id string) error {
	if err := may(actor, rolePrivacy, roleAdministrator, roleLead); err != nil {
		return err
	}
	entry := audit.Entry{Actor: actor, Action: "registers.demand-confirmed", Subject: "demand:" + id}
	return s.log.Record(ctx, entry, func(tx *db.Tx) error {
		d, err := holdDemand(tx, id)
		switch {
		case err != nil:
			return err
		case !d.Waits():
			return errs.New(errs.Conflict, "register.confirmed")
		case d.EnteredBy == actor.ID || d.ChangedBy == actor.ID:
			return errs.New(errs.Forbidden, "register.four-eyes")
		}
		d.ConfirmedBy, d.ConfirmedAt = actor.ID, s.clock.Now()
		d.Version++
		return saveDemand(tx, d)
	})
}

// Exported notes that a register left as a file of n rows.
func (s *Service) Exported(ctx context.Context, actor audit.Actor, register string, n int) error {
	if err := mayRead(actor); err != nil {
		return err
	}
	return s.log.Note(ctx, audit.Entry{Actor: actor, Action: "registers.exported", Subject: "register:" + register, Details: map[string]string{"rows": strconv.Itoa(n)}})
}

// Parties lists everybody outside, also those who have ended, by name: public.
func (s *Service) Parties(ctx context.Context) ([]Party, error) { return s.parties(ctx) }

// Versions lists every state of a party's entry, oldest first: public.
func (s *Service) Versions(ctx context.Context) (map[string][]Version, error) { return s.versions(ctx) }

// Party returns one for the form. NotFound "not-found".
func (s *Service) Party(ctx context.Context, actor audit.Actor, id string) (Party, error) {
	if err := mayRead(actor); err != nil {
		return Party{}, err
	}
	return takeParty(s.store.Reader(ctx), id)
}

// SaveParty enters somebody outside, or changes the entry; administrators and
// privacy officers. Errors: Invalid with fields (kind, name, does, data, country,
// terms, sites, began, ended), Conflict "register.changed". The state before stays
// in the public history.
func (s *Service) SaveParty(ctx context.Context, actor audit.Actor, p Party) (Party, error) {
	system := actor.Kind == audit.KindSystem // the demo
	if err := may(actor, rolePrivacy, roleAdministrator); err != nil && !system {
		return p, err
	}
	if err := p.check(); err != nil {
		return p, err
	}
	fresh := p.ID == ""
	if fresh {
		p.ID = ids.New("pty")
	}
	p.ChangedBy, p.ChangedAt = actor.ID, s.clock.Now()
	entry := audit.Entry{Actor: actor, Action: "registers.party-saved", Subject: "party:" + p.ID,
		Details: map[string]string{"kind": p.Kind, "country": p.Country, "sites": strconv.Itoa(p.Sites), "ended": p.EndedOn}}
	err := s.log.Record(ctx, entry, func(tx *db.Tx) error {
		if fresh {
			p.Version = 1
			return insertParty(tx, p)
		}
		before, err := holdParty(tx, p.ID)
		if err != nil {
			return err
		}
		if before.Version != p.Version {
			return errs.New(errs.Conflict, "register.changed")
		}
		p.Version++
		return saveParty(tx, p)
	})
	return p, err
}
