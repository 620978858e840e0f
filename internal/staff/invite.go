package staff

import (
	"context"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
	"truepenny/internal/passkeys"
	"truepenny/internal/sessions"
)

const (
	// InviteLife is how long an invitation can be accepted.
	InviteLife = 24 * time.Hour
	// RecoverLife is how long the link behind a recovery code works.
	RecoverLife = 10 * time.Minute
)

// Purpose of an invitation.
type Purpose string

const (
	Join    Purpose = "join"    // a new member
	Recover Purpose = "recover" // a member who used a recovery code
)

// Invitation is what a link stands for.
type Invitation struct {
	Member  Member
	Purpose Purpose
	Until   time.Time
}

// Invite adds a member and mails them a link; administrators only. Errors:
// Forbidden, Invalid with fields, "email" "staff.email-taken" among them.
func (s *Service) Invite(ctx context.Context, by Member, d Details) (Member, error) {
	if err := administrator(by); err != nil {
		return Member{}, err
	}
	d, err := d.check()
	if err != nil {
		return Member{}, err
	}
	m := s.fresh(d, Invited)
	e := s.entry(by.Actor(), "staff.invited", m.ID)
	e.Details = map[string]string{"roles": joinRoles(m.Roles)}
	return m, s.log.Record(ctx, e, func(tx *db.Tx) error {
		if err := insertMember(tx, m); err != nil {
			return err
		}
		return s.sendInvite(tx, m)
	})
}

// InviteAgain mails an invited member a new link; the older one dies.
func (s *Service) InviteAgain(ctx context.Context, by Member, id string) error {
	if err := administrator(by); err != nil {
		return err
	}
	return s.log.Record(ctx, s.entry(by.Actor(), "staff.invited-again", id), func(tx *db.Tx) error {
		m, err := byID(tx.DB(), id)
		if err != nil {
			return err
		}
		if m.State != Invited {
			return errs.New(errs.Conflict, "staff.state")
		}
		return s.sendInvite(tx, m)
	})
}

func (s *Service) sendInvite(tx *db.Tx, m Member) error {
	token, until, err := s.newLink(tx, m.ID, Join, InviteLife)
	if err != nil {
		return err
	}
	subject, text := s.letters.Invited(m.Name, token, until)
	return s.send(tx, m.Email, "staff-invitation", subject, text)
}

// newLink replaces whatever link the member had.
func (s *Service) newLink(tx *db.Tx, member string, p Purpose, life time.Duration) (string, time.Time, error) {
	if err := deleteInvites(tx, member); err != nil {
		return "", time.Time{}, err
	}
	token, until := ids.Token(), s.clock.Now().Add(life)
	return token, until, insertInvite(tx, ids.Hash(token), member, p, until)
}

// FirstInvite makes an invitation for an administrator when there is none who
// can sign in, as in an empty or a demo marketplace, and returns the token of
// its link. Asked again, it returns a new token and the older dies.
func (s *Service) FirstInvite(ctx context.Context) (token string, ok bool, err error) {
	if there, err := s.hasAdministrator(ctx); err != nil || there {
		return "", false, err
	}
	m, found, err := invitedAdministrator(s.store.Reader(ctx))
	if err != nil {
		return "", false, err
	}
	if !found {
		m = s.fresh(Details{Roles: []Role{Administrator}}, Invited)
	}
	err = s.log.Record(ctx, s.entry(audit.System("first-start"), "staff.invited", m.ID), func(tx *db.Tx) error {
		if !found {
			if err := insertMember(tx, m); err != nil {
				return err
			}
		}
		token, _, err = s.newLink(tx, m.ID, Join, InviteLife)
		return err
	})
	return token, err == nil, err
}

// hasAdministrator reports whether an active administrator can get in, by a
// passkey or a recovery code.
func (s *Service) hasAdministrator(ctx context.Context) (bool, error) {
	all, err := s.List(ctx, Filter{Role: Administrator})
	if err != nil {
		return false, err
	}
	for _, m := range all {
		if m.State != Active {
			continue
		}
		keys, err := s.passkeys.List(ctx, m.Holder())
		if err != nil || len(keys) > 0 {
			return len(keys) > 0, err
		}
		codes, err := s.CodesLeft(ctx, m)
		if err != nil || codes > 0 {
			return codes > 0, err
		}
	}
	return false, nil
}

// Invitation returns what a link stands for without using it up. Error: Gone
// "staff.link-gone" when it is unknown, used, replaced or too old.
func (s *Service) Invitation(ctx context.Context, token string) (Invitation, error) {
	return s.invitation(s.store.Reader(ctx), token)
}

// Introduce completes name and mail address of a first administrator, who is
// invited without them.
func (s *Service) Introduce(ctx context.Context, token string, d Details) error {
	inv, err := s.Invitation(ctx, token)
	if err != nil {
		return err
	}
	if inv.Member.Email != "" {
		return errs.New(errs.Conflict, "staff.state")
	}
	d.Roles = inv.Member.Roles
	if d, err = d.check(); err != nil {
		return err
	}
	return s.log.Record(ctx, s.entry(audit.Nobody(), "staff.introduced", inv.Member.ID), func(tx *db.Tx) error {
		return setDetails(tx, inv.Member.ID, d)
	})
}

// BeginAccept starts registering the passkey an invitation leads to.
func (s *Service) BeginAccept(ctx context.Context, token string) (passkeys.Options, error) {
	inv, err := s.Invitation(ctx, token)
	if err != nil {
		return nil, err
	}
	if inv.Member.Email == "" {
		return nil, errs.New(errs.Conflict, "staff.introduce-first")
	}
	return s.passkeys.BeginRegistration(ctx, inv.Member.Holder(), inv.Member.Email)
}

// Accept uses an invitation up: the passkey is stored and the member active.
// When somebody recovers, every session they still had ends.
func (s *Service) Accept(ctx context.Context, token string, answer []byte) (Member, error) {
	inv, err := s.Invitation(ctx, token)
	if err != nil {
		return Member{}, err
	}
	key, err := s.passkeys.VerifyRegistration(ctx, inv.Member.Holder(), answer, "")
	if err != nil {
		return Member{}, err
	}
	m := inv.Member
	m.State = Active
	e := s.entry(m.Actor(), "staff.joined", m.ID)
	if inv.Purpose == Recover {
		e.Action = "staff.recovered"
	}
	e.Details = map[string]string{"passkey": key.ID()}
	err = s.log.Record(ctx, e, func(tx *db.Tx) error {
		if err := useInvite(tx, ids.Hash(token)); err != nil {
			return err
		}
		if err := key.Save(tx); err != nil {
			return err
		}
		if inv.Purpose == Recover {
			return s.passkeyAdded(tx, m, sessions.EndAll(tx, m.Holder()))
		}
		return setState(tx, m.ID, Active)
	})
	return m, err
}

// AddPasskey stores a further passkey of a signed-in member and mails a notice.
func (s *Service) AddPasskey(ctx context.Context, m Member, answer []byte, name string) (passkeys.Passkey, error) {
	return s.passkeys.Add(ctx, m.Actor(), m.Holder(), answer, name, func(tx *db.Tx) error {
		return s.passkeyAdded(tx, m, nil)
	})
}

func (s *Service) passkeyAdded(tx *db.Tx, m Member, err error) error {
	if err != nil {
		return err
	}
	subject, text := s.letters.PasskeyAdded(m.Name, s.clock.Now())
	return s.send(tx, m.Email, "passkey-added", subject, text)
}
