package staff

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
	"truepenny/internal/mail"
	"truepenny/internal/passkeys"
	"truepenny/internal/sessions"
)

// Letters writes the mails; each function returns subject and text.
type Letters struct {
	Invited      func(name, token string, until time.Time) (subject, text string)
	CodeUsed     func(name string, at time.Time, left int) (subject, text string)
	PasskeyAdded func(name string, at time.Time) (subject, text string)
}

// Service keeps members. Every change takes the member who makes it and leaves an
// entry in the audit log.
type Service struct {
	store    *db.Store
	log      *audit.Log
	clock    clock.Clock
	outbox   *mail.Outbox
	passkeys *passkeys.Service
	letters  Letters
}

// New makes the keeper of members.
func New(store *db.Store, log *audit.Log, clk clock.Clock, outbox *mail.Outbox, keys *passkeys.Service, letters Letters) *Service {
	return &Service{store: store, log: log, clock: clk, outbox: outbox, passkeys: keys, letters: letters}
}

// Get returns a member. Error: NotFound "staff.unknown".
func (s *Service) Get(ctx context.Context, id string) (Member, error) {
	return byID(s.store.Reader(ctx), id)
}

// Active returns a member who may work now. Error: NotFound "staff.unknown" also
// for one who is invited or disabled.
func (s *Service) Active(ctx context.Context, id string) (Member, error) {
	m, err := s.Get(ctx, id)
	if err == nil && m.State != Active {
		return Member{}, errs.New(errs.NotFound, "staff.unknown")
	}
	return m, err
}

// Filter narrows a list of members; empty fields do not narrow.
type Filter struct {
	Query string // part of name or mail address, any case
	Role  Role
	State State
}

// List returns members by name.
func (s *Service) List(ctx context.Context, f Filter) ([]Member, error) {
	all, err := every(s.store.Reader(ctx))
	query := strings.ToLower(strings.TrimSpace(f.Query))
	return slices.DeleteFunc(all, func(m Member) bool {
		return (f.Role != "" && !m.Has(f.Role)) || (f.State != "" && m.State != f.State) ||
			!strings.Contains(strings.ToLower(m.Name+" "+m.Email), query)
	}), err
}

// SetRoles gives a member exactly these roles; administrators only. The last
// active administrator stays one: Conflict "staff.last-administrator".
func (s *Service) SetRoles(ctx context.Context, by Member, id string, roles []Role) error {
	if err := administrator(by); err != nil {
		return err
	}
	sorted, ok := sortRoles(roles)
	if !ok {
		return errs.Fields(map[string]string{"roles": "staff.roles-required"})
	}
	e := s.entry(by.Actor(), "staff.roles-changed", id)
	e.Details = map[string]string{"roles": joinRoles(sorted)}
	return s.log.Record(ctx, e, func(tx *db.Tx) error {
		m, err := byID(tx.DB(), id)
		if err != nil {
			return err
		}
		e.Details["before"] = joinRoles(m.Roles)
		if m.Has(Administrator) && !slices.Contains(sorted, Administrator) {
			if err := keepsAnother(tx, m); err != nil {
				return err
			}
		}
		return setRoles(tx, id, sorted)
	})
}

// Disable shuts a member out: sessions end, open links die, in one transaction.
// Nobody disables themselves: Conflict "staff.yourself".
func (s *Service) Disable(ctx context.Context, by Member, id string) error {
	if err := administrator(by); err != nil {
		return err
	}
	if by.ID == id {
		return errs.New(errs.Conflict, "staff.yourself")
	}
	return s.log.Record(ctx, s.entry(by.Actor(), "staff.disabled", id), func(tx *db.Tx) error {
		m, err := byID(tx.DB(), id)
		if err != nil {
			return err
		}
		if m.State == Disabled {
			return errs.New(errs.Conflict, "staff.state")
		}
		if err := keepsAnother(tx, m); err != nil {
			return err
		}
		if err := deleteInvites(tx, id); err != nil {
			return err
		}
		if err := sessions.EndAll(tx, m.Holder()); err != nil {
			return err
		}
		return setState(tx, id, Disabled)
	})
}

// Enable lets a disabled member in again: with the passkeys they had, or
// invited anew when there were none.
func (s *Service) Enable(ctx context.Context, by Member, id string) error {
	if err := administrator(by); err != nil {
		return err
	}
	keys, err := s.passkeys.List(ctx, Member{ID: id}.Holder())
	if err != nil {
		return err
	}
	return s.log.Record(ctx, s.entry(by.Actor(), "staff.enabled", id), func(tx *db.Tx) error {
		m, err := byID(tx.DB(), id)
		if err != nil {
			return err
		}
		if m.State != Disabled {
			return errs.New(errs.Conflict, "staff.state")
		}
		if len(keys) > 0 {
			return setState(tx, id, Active)
		}
		if err := setState(tx, id, Invited); err != nil {
			return err
		}
		return s.sendInvite(tx, m)
	})
}

// Admit is who comes in with a passkey: active members only, Forbidden
// "staff.disabled" otherwise.
func (s *Service) Admit(ctx context.Context, id string) (audit.Actor, error) {
	m, err := s.Get(ctx, id)
	if err == nil && m.State != Active {
		err = errs.New(errs.Forbidden, "staff.disabled")
	}
	return m.Actor(), err
}

// Enrol adds an active member without a passkey, for a demo marketplace and for
// tests; nobody can sign in as that member until one is registered.
func (s *Service) Enrol(ctx context.Context, by audit.Actor, d Details) (Member, error) {
	d, err := d.check()
	if err != nil {
		return Member{}, err
	}
	m := s.fresh(d, Active)
	err = s.log.Record(ctx, s.entry(by, "staff.enrolled", m.ID), func(tx *db.Tx) error { return insertMember(tx, m) })
	return m, err
}

func (s *Service) fresh(d Details, state State) Member {
	return Member{ID: ids.New("mem"), Name: d.Name, Email: d.Email, Roles: d.Roles, State: state, CreatedAt: s.clock.Now()}
}

func (s *Service) entry(by audit.Actor, action, id string) audit.Entry {
	return audit.Entry{Actor: by, Action: action, Subject: "staff:" + id}
}

func (s *Service) send(tx *db.Tx, to, kind, subject, text string) error {
	return s.outbox.Send(tx, mail.Message{To: to, Subject: subject, Text: text, Kind: kind})
}

func administrator(by Member) error {
	if !by.Has(Administrator) {
		return errs.New(errs.Forbidden, "staff.administrators-only")
	}
	return nil
}

// Export returns the members that a filter lets through, for a file that leaves
// the house; the log keeps how many they were. Administrators only.
func (s *Service) Export(ctx context.Context, by Member, f Filter) ([]Member, error) {
	if err := administrator(by); err != nil {
		return nil, err
	}
	list, err := s.List(ctx, f)
	if err != nil {
		return nil, err
	}
	e := audit.Entry{Actor: by.Actor(), Action: "staff.exported", Subject: "staff", Details: map[string]string{"rows": strconv.Itoa(len(list))}}
	return list, s.log.Record(ctx, e, func(*db.Tx) error { return nil })
}
