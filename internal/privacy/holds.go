package privacy

import (
	"context"
	"slices"
	"strings"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
	"truepenny/internal/vault"
)

// The reasons for which data may be held.
const (
	HoldCourt     = "court-order" // warrant, subpoena or order of a court
	HoldClaim     = "legal-claim" // a claim that was made, or is about to be (GDPR Art. 17(3)(e))
	HoldAuthority = "authority"   // an authority that may ask for it did
)

// HoldReasons lists them in the order that pages show.
var HoldReasons = []string{HoldCourt, HoldClaim, HoldAuthority}

// HoldRoles are the roles of which two people hold data.
var HoldRoles = []string{"privacy", "administrator", "lead"}

// Hold keeps data of a person from being removed, for a while, whoever asks.
type Hold struct {
	ID          string
	Person      string
	Purpose     vault.Purpose // "" for everything, but what is measured of a body only by HoldCourt
	Reason      string
	Until       time.Time
	ProposedBy  string // staff ids
	ProposedAt  time.Time
	ConfirmedBy string
	ConfirmedAt time.Time // zero: it holds nothing yet
	LiftedBy    string
	LiftedAt    time.Time
}

// Active reports whether it holds at now: confirmed by a second person, not
// lifted, its end not come.
func (h Hold) Active(now time.Time) bool {
	return !h.ConfirmedAt.IsZero() && h.LiftedAt.IsZero() && now.Before(h.Until)
}

// Covers reports whether it is about a purpose; "" asks for anything at all.
func (h Hold) Covers(purpose vault.Purpose) bool {
	if purpose == "" || h.Purpose == purpose {
		return true
	}
	return h.Purpose == "" && (h.Reason == HoldCourt || !biometric(purpose))
}

func biometric(purpose vault.Purpose) bool {
	p, known := PurposeOf(purpose)
	return known && p.Modality.Biometric()
}

// Holds keeps legal holds.
type Holds struct {
	store *db.Store
	log   *audit.Log
	clock clock.Clock
	ended func(tx *db.Tx, person string) error // an erasure may have waited for it
}

// NewHolds makes the keeper of legal holds.
func NewHolds(store *db.Store, log *audit.Log, clk clock.Clock) *Holds {
	return &Holds{store: store, log: log, clock: clk, ended: func(*db.Tx, string) error { return nil }}
}

// Propose asks for a hold, until a day at most a year away; a longer one is
// renewed by proposing it again. It holds nothing before a second person
// confirms it. Errors: Forbidden "hold.role", Invalid with the fields person,
// purpose, reason, until ("hold.court-only": what is measured of a body is held
// by order of a court alone, because 740 ILCS 14/15(a) knows no other exception).
func (h *Holds) Propose(ctx context.Context, actor audit.Actor, person string, purpose vault.Purpose, reason string, until time.Time) (Hold, error) {
	if err := holder(actor); err != nil {
		return Hold{}, err
	}
	now := h.clock.Now()
	hold := Hold{ID: ids.New("hld"), Person: person, Purpose: purpose, Reason: reason, Until: until.UTC(), ProposedBy: actor.ID, ProposedAt: now}
	if err := hold.check(now); err != nil {
		return Hold{}, err
	}
	err := h.log.Record(ctx, hold.entry(actor, "privacy.hold-proposed"), func(tx *db.Tx) error { return insertHold(tx, hold) })
	return hold, err
}

func (h Hold) check(now time.Time) error {
	wrong := map[string]string{}
	if h.Person == "" {
		wrong["person"] = "field.required"
	}
	if _, known := PurposeOf(h.Purpose); h.Purpose != "" && !known {
		wrong["purpose"] = "field.choice"
	}
	switch {
	case !slices.Contains(HoldReasons, h.Reason):
		wrong["reason"] = "field.choice"
	case h.Reason != HoldCourt && biometric(h.Purpose):
		wrong["reason"] = "hold.court-only"
	}
	switch {
	case !h.Until.After(now):
		wrong["until"] = "hold.past"
	case h.Until.After(now.AddDate(1, 0, 0)):
		wrong["until"] = "hold.too-long"
	}
	return errs.Fields(wrong)
}

// Confirm makes a proposed hold hold. The one who proposed it is Forbidden
// "hold.second-person"; one that is confirmed, lifted or over is Conflict
// "hold.state".
func (h *Holds) Confirm(ctx context.Context, actor audit.Actor, id string) (Hold, error) {
	return h.change(ctx, actor, id, "privacy.hold-confirmed", func(_ *db.Tx, hold *Hold, now time.Time) error {
		if hold.ProposedBy == actor.ID {
			return errs.New(errs.Forbidden, "hold.second-person")
		}
		if !hold.ConfirmedAt.IsZero() || !hold.LiftedAt.IsZero() || !now.Before(hold.Until) {
			return errs.New(errs.Conflict, "hold.state")
		}
		hold.ConfirmedBy, hold.ConfirmedAt = actor.ID, now
		return nil
	})
}

// Lift ends a hold before its time, or takes a proposal back: one person is
// enough. One that is lifted or over is Conflict "hold.state".
func (h *Holds) Lift(ctx context.Context, actor audit.Actor, id string) (Hold, error) {
	return h.change(ctx, actor, id, "privacy.hold-lifted", func(tx *db.Tx, hold *Hold, now time.Time) error {
		if !hold.LiftedAt.IsZero() || !now.Before(hold.Until) {
			return errs.New(errs.Conflict, "hold.state")
		}
		hold.LiftedBy, hold.LiftedAt = actor.ID, now
		return h.ended(tx, hold.Person)
	})
}

func (h *Holds) change(ctx context.Context, actor audit.Actor, id, action string, change func(*db.Tx, *Hold, time.Time) error) (Hold, error) {
	if err := holder(actor); err != nil {
		return Hold{}, err
	}
	hold, err := readHold(h.store.Reader(ctx), id)
	if err != nil {
		return Hold{}, err
	}
	err = h.log.Record(ctx, hold.entry(actor, action), func(tx *db.Tx) error {
		if hold, err = takeHold(tx, id); err != nil {
			return err
		}
		if err := change(tx, &hold, h.clock.Now()); err != nil {
			return err
		}
		return saveHold(tx, hold)
	})
	return hold, err
}

// holder refuses everybody but the roles that may hold data.
func holder(actor audit.Actor) error {
	if actor.Kind == audit.KindStaff && hasRole(actor, HoldRoles...) {
		return nil
	}
	return errs.New(errs.Forbidden, "hold.role")
}

// hasRole reads the roles of a member of staff as the log writes them.
func hasRole(actor audit.Actor, roles ...string) bool {
	return slices.ContainsFunc(strings.Split(actor.Role, ","), func(role string) bool {
		return slices.Contains(roles, strings.TrimSpace(role))
	})
}

func (h Hold) entry(actor audit.Actor, action string) audit.Entry {
	return audit.Entry{Actor: actor, Action: action, Subject: "hold:" + h.ID, Person: h.Person,
		Purpose: string(h.Purpose), Reason: h.Reason, Details: map[string]string{"until": h.Until.Format(time.DateOnly)}}
}

// List returns the holds of a person, or of everybody with "", newest first.
func (h *Holds) List(ctx context.Context, person string) ([]Hold, error) {
	return listHolds(h.store.Reader(ctx), person)
}

// Until returns the end of the hold that covers a purpose of a person longest;
// false when none does. It is what the vault asks; "" asks for any purpose.
func (h *Holds) Until(ctx context.Context, tx *db.Tx, person string, purpose vault.Purpose) (time.Time, bool, error) {
	if person == "" {
		return time.Time{}, false, nil
	}
	all, err := h.listIn(ctx, tx, person)
	if err != nil {
		return time.Time{}, false, err
	}
	var last time.Time
	for _, hold := range all {
		if hold.Active(h.clock.Now()) && hold.Covers(purpose) && hold.Until.After(last) {
			last = hold.Until
		}
	}
	return last, !last.IsZero(), nil
}

// Held is Until for the vault: whether items of a purpose must stay.
func (h *Holds) Held(ctx context.Context, tx *db.Tx, person string, purpose vault.Purpose) (bool, error) {
	_, held, err := h.Until(ctx, tx, person, purpose)
	return held, err
}
