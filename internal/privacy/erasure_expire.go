package privacy

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/ids"
	"truepenny/internal/privacy/receipt"
	"truepenny/internal/vault"
)

// Expire removes what has outlived its time, for each person in one erasure with
// one receipt, finishes what was interrupted, and lets the sources remove what
// belongs to nobody in particular. A job runs it daily. It returns how many
// people something was removed of. One that fails does not keep the others.
func (e *Erasures) Expire(ctx context.Context) (int, error) {
	now := e.clock.Now()
	var failed []error
	begun, err := listErasures(e.store.Reader(ctx).Where("state <> ?", ErasureDone))
	failed = append(failed, err)
	for _, erasure := range begun {
		if _, err := e.complete(ctx, erasure.ID); err != nil {
			failed = append(failed, err)
		}
	}
	_, err = e.EraseAgain(ctx)
	failed = append(failed, err)
	due, err := e.register.due(ctx, now)
	failed = append(failed, err)
	people := map[string]bool{}
	for _, d := range due {
		if d.receipt {
			people[d.Person] = true
		}
	}
	for _, person := range slices.Sorted(maps.Keys(people)) {
		failed = append(failed, e.expireOf(ctx, person, now))
	}
	_, err = e.register.Expire(ctx, now)
	return len(people), errors.Join(append(failed, err)...)
}

// expireOf removes what has outlived its time of one person.
func (e *Erasures) expireOf(ctx context.Context, person string, now time.Time) error {
	erasure := Erasure{ID: ids.New("era"), Person: person, Occasion: receipt.Expired, State: ErasureAsked, AskedAt: now}
	if err := e.begin(ctx, audit.System("retention"), erasure); err != nil {
		return err
	}
	_, err := e.finish(ctx, erasure.ID)
	return err
}

// follow removes at once what has become due by an erasure: a face that was kept
// to be compared with documents that are gone.
func (e *Erasures) follow(ctx context.Context, person string) error {
	items, err := e.vault.Describe(ctx, person)
	if err != nil {
		return err
	}
	now := e.clock.Now()
	for _, item := range items {
		held, err := e.holds.Held(ctx, nil, person, item.Purpose)
		if err != nil {
			return err
		}
		if !held && !now.Before(item.KeepUntil) {
			return e.expireOf(ctx, person, now)
		}
	}
	return nil
}

// endedPurposes lists the purposes of which a person has nothing left but what is
// due: their keys go.
func (e *Erasures) endedPurposes(ctx context.Context, erasure Erasure) ([]vault.Purpose, error) {
	items, err := e.vault.Describe(ctx, erasure.Person)
	if err != nil {
		return nil, err
	}
	ended := map[vault.Purpose]bool{}
	for _, item := range items {
		before, seen := ended[item.Purpose]
		ended[item.Purpose] = !erasure.AskedAt.Before(item.KeepUntil) && (before || !seen)
	}
	var out []vault.Purpose
	for _, purpose := range slices.Sorted(maps.Keys(ended)) {
		held, err := e.holds.Held(ctx, nil, erasure.Person, purpose)
		if err != nil {
			return nil, err
		}
		if ended[purpose] && !held {
			out = append(out, purpose)
		}
	}
	return out, nil
}

// clearDue removes what has outlived its time of one person.
func (e *Erasures) clearDue(tx *db.Tx, erasure Erasure) (Erased, []vault.RemovedItem, error) {
	var asking error
	held := func(purpose vault.Purpose) bool {
		yes, err := e.holds.Held(context.Background(), tx, erasure.Person, purpose)
		asking = errors.Join(asking, err)
		return yes || err != nil
	}
	items, err := e.vault.RemoveDue(tx, erasure.Person, erasure.AskedAt)
	if err != nil {
		return Erased{}, nil, err
	}
	gone := ErasedRows("vault_items", len(items))
	for _, s := range e.register.sources {
		expiring, ok := s.(Expiring)
		if !ok {
			continue
		}
		more, err := expiring.ExpireOf(tx, erasure.Person, erasure.AskedAt, held)
		if err != nil {
			return Erased{}, nil, fmt.Errorf("expire %s: %w", s.Name(), err)
		}
		gone = gone.And(more)
	}
	entry := erasure.entry(audit.System("retention"), "privacy.expired")
	entry.Details = map[string]string{"items": strconv.Itoa(len(items)), "rows": strconv.Itoa(gone.Total())}
	return gone, items, errors.Join(asking, e.log.Append(tx, entry))
}

// Overdue is something that should be gone and is not.
type Overdue struct {
	Source string
	Due

	receipt bool // goes person by person
}

// overdueAfter is what the daily job may take to come round.
const overdueAfter = 25 * time.Hour

// Overdue lists what should have been gone for more than a day and is still
// there, by source and purpose. It must be empty; what a legal hold keeps is not
// in it.
func (r *Register) Overdue(ctx context.Context, now time.Time) ([]Overdue, error) {
	return r.due(ctx, now.Add(-overdueAfter))
}

// due asks every source that knows what should be gone at now and leaves out what
// is held.
func (r *Register) due(ctx context.Context, now time.Time) ([]Overdue, error) {
	var out []Overdue
	for _, s := range r.sources {
		dated, ok := s.(Dated)
		if !ok {
			continue
		}
		_, expiring := s.(Expiring)
		all, err := dated.Due(ctx, now)
		if err != nil {
			return nil, fmt.Errorf("what is due in %s: %w", s.Name(), err)
		}
		for _, d := range all {
			held, err := r.dueHeld(ctx, d)
			if err != nil {
				return nil, err
			}
			if !held {
				out = append(out, Overdue{s.Name(), d, expiring})
			}
		}
	}
	return out, nil
}

// dueHeld reports whether a hold keeps what is due, for any purpose that is in it.
func (r *Register) dueHeld(ctx context.Context, d Due) (bool, error) {
	if r.held == nil || d.Person == "" {
		return false, nil
	}
	held, err := r.held(ctx, nil, d.Person, d.Purpose)
	if held || err != nil || d.With == "" {
		return held, err
	}
	return r.held(ctx, nil, d.Person, d.With)
}
