package sellers

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
)

const (
	reasonUnknown = "application.unknown"
	reasonState   = "application.state"
)

// edit is one change of an application in progress: the application as the
// transaction sees it, and details for its audit entry.
type edit struct {
	tx      *db.Tx
	app     *Application
	now     time.Time
	details map[string]string
	quiet   bool // does not count as a new version: what is decided on stays the same
}

// errUnchanged ends an edit that has nothing to do; it is not passed on.
var errUnchanged = errors.New("sellers: unchanged")

// edit runs one change with its audit entry in one transaction. A change that
// ends in errUnchanged leaves neither a change nor an entry.
func (s *Service) edit(ctx context.Context, actor audit.Actor, app Application, action, reason string, change func(*edit) error) (Application, error) {
	details := map[string]string{}
	entry := audit.Entry{Actor: actor, Action: action, Subject: app.Subject(), Person: app.AccountID,
		Reason: reason, Details: details}
	var current Application
	err := s.log.Record(ctx, entry, func(tx *db.Tx) error {
		var err error
		if current, err = takeApplication(tx, app.ID); err != nil {
			return err
		}
		e := &edit{tx: tx, app: &current, now: s.clock.Now(), details: details}
		if err := change(e); err != nil {
			return err
		}
		if !e.quiet {
			current.Version++
			current.UpdatedAt = e.now
		}
		return saveApplication(tx, current)
	})
	if errors.Is(err, errUnchanged) {
		return current, nil
	}
	if err != nil {
		return Application{}, err
	}
	return current, nil
}

// own returns the seller's own application. Anybody else's is NotFound, so that
// nobody learns which ids exist.
func (s *Service) own(ctx context.Context, actor audit.Actor, id string) (Application, error) {
	if err := sellerOnly(actor); err != nil {
		return Application{}, err
	}
	app, err := s.readApplication(ctx, id)
	if err != nil {
		return Application{}, err
	}
	if app.AccountID != actor.ID {
		return Application{}, errs.New(errs.NotFound, reasonUnknown)
	}
	return app, nil
}

// ownEditable is own for changes that only a draft or an asked application takes.
func (s *Service) ownEditable(ctx context.Context, actor audit.Actor, id string) (Application, error) {
	app, err := s.own(ctx, actor, id)
	if err == nil && !app.State.Editable() {
		err = errs.New(errs.Conflict, reasonState)
	}
	return app, err
}

// editable refuses a change inside a transaction when the application was sent
// in the meantime.
func (e *edit) editable() error {
	if !e.app.State.Editable() {
		return errs.New(errs.Conflict, reasonState)
	}
	return nil
}

func sellerOnly(actor audit.Actor) error {
	if actor.Kind != audit.KindSeller || actor.ID == "" {
		return errs.New(errs.Forbidden, "role.seller")
	}
	return nil
}

// nameSort is the shown name and the person's name without case and marks, for
// search and order.
func (a Application) nameSort() string {
	name := a.DisplayName()
	if a.Kind == Business {
		name += " " + a.GivenNames + " " + a.FamilyName
	}
	return fold(name)
}

func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
