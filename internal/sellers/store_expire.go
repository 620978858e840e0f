package sellers

import (
	"context"
	"fmt"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/privacy"
	"truepenny/internal/vault"
)

// Expire forgets old idempotency keys and steps of captures nobody finished. What
// belongs to somebody goes by ExpireOf, the pictures themselves in the vault.
func (x Source) Expire(ctx context.Context, actor audit.Actor, now time.Time) (int, error) {
	entry := audit.Entry{Actor: actor, Action: "sellers.keys-forgotten", Subject: "sellers"}
	n := 0
	err := x.s.log.Record(ctx, entry, func(tx *db.Tx) (err error) {
		if err := deleteStepsBefore(tx, now.Add(-stepsKept)); err != nil {
			return err
		}
		n, err = deleteReplies(tx, now.Add(-replyKept))
		return err
	})
	return n, err
}

// Due lists applications that nobody sends or that were decided long enough ago,
// prints of films whose pictures are gone, and what was kept of traders who left.
func (x Source) Due(ctx context.Context, now time.Time) ([]privacy.Due, error) {
	stale, err := x.s.stale(ctx, now)
	if err != nil {
		return nil, err
	}
	var out []privacy.Due
	for _, app := range stale {
		out = append(out, privacy.Due{Person: app.AccountID, What: "applications", Purpose: privacy.PurposeDocuments, With: privacy.PurposeFace, Since: x.s.staleSince(app), Count: 1})
	}
	prints, err := x.s.duePrints(ctx, now)
	if err != nil {
		return nil, err
	}
	for _, app := range prints {
		out = append(out, privacy.Due{Person: app.AccountID, What: "capture-prints", Purpose: privacy.PurposeFace, Since: x.s.keepUntil(app, privacy.PurposeFace, now), Count: 1})
	}
	traders, err := x.s.dueTraders(ctx, now)
	if err != nil {
		return nil, err
	}
	for _, t := range traders {
		out = append(out, privacy.Due{Person: t.ID, What: privacy.KeptTraders, Purpose: privacy.PurposeDocuments, Since: t.KeepUntil, Count: 1})
	}
	return out, nil
}

// ExpireOf empties the person's applications that are due, removes prints whose
// pictures are gone, and what was kept of them when they left. What is held stays:
// an application stays whole when a part of it is, prints are held with faces.
func (x Source) ExpireOf(tx *db.Tx, person string, now time.Time, held func(vault.Purpose) bool) (privacy.Erased, error) {
	documents, faces := held(privacy.PurposeDocuments), held(privacy.PurposeFace)
	var out privacy.Erased
	var err error
	if !documents {
		out, err = expireTrader(tx, person, now)
	}
	if err != nil || documents && faces {
		return out, err
	}
	before, err := countRows(tx, person)
	if err != nil {
		return out, err
	}
	all, err := listApplications(tx.DB().Where("account_id = ?", person).Order("number"))
	if err != nil {
		return out, err
	}
	for _, app := range all {
		if !faces {
			err = x.s.expirePrints(tx, app, now)
		}
		if err == nil && !faces && !documents {
			err = x.s.expireOne(tx, app, now)
		}
		if err != nil {
			return out, fmt.Errorf("empty %s: %w", app.ID, err)
		}
	}
	after, err := countRows(tx, person)
	for table, n := range before {
		out = out.With(table, n-after[table])
	}
	return out, err
}

// expirePrints removes the prints of a film whose pictures are gone.
func (s *Service) expirePrints(tx *db.Tx, app Application, now time.Time) error {
	if app.DecidedAt.IsZero() || now.Before(s.keepUntil(app, privacy.PurposeFace, now)) {
		return nil
	}
	return deletePrintsOf(tx, app.ID)
}

func (s *Service) expireOne(tx *db.Tx, app Application, now time.Time) error {
	if since := s.staleSince(app); since.IsZero() || now.Before(since) {
		return nil
	}
	err := s.eraseIn(tx, app.ID, func(e *edit) error { return s.expire(e, now) })
	if err != nil {
		return err
	}
	return s.log.Append(tx, audit.Entry{Actor: audit.System("retention"), Action: "application.expired", Subject: app.Subject(), Person: app.AccountID})
}

// staleSince is when an application's pictures and details are to go: when
// nobody sent or answered for too long, or the documents were kept long enough
// after the decision. Zero while there is no such day.
func (s *Service) staleSince(app Application) time.Time {
	switch {
	case !app.EmptiedAt.IsZero():
		return time.Time{}
	case app.State.Editable():
		return app.UpdatedAt.Add(s.Policy.DraftKept)
	case app.State == Approved || app.State == Refused:
		return s.keepUntil(app, privacy.PurposeDocuments, app.DecidedAt)
	}
	return time.Time{}
}

// stale lists what nobody sends or answers for too long, and decided applications
// whose documents were kept long enough, that are not emptied yet.
func (s *Service) stale(ctx context.Context, now time.Time) ([]Application, error) {
	all, err := listApplications(s.store.Reader(ctx).Where("emptied_at IS NULL").
		Where("(state IN ('draft','asked') AND updated_at <= ?) OR (state IN ('approved','refused') AND decided_at <= ?)",
			now.Add(-s.Policy.DraftKept), now.Add(-s.Policy.DocumentsKept)).
		Order("number"))
	if err != nil {
		return nil, fmt.Errorf("list stale applications: %w", err)
	}
	return all, nil
}

// duePrints lists decided applications that still have prints of a film whose
// pictures are gone.
func (s *Service) duePrints(ctx context.Context, now time.Time) ([]Application, error) {
	with := s.store.Reader(ctx).Model(&captureRow{}).Select("application_id").
		Where("id IN (?)", s.store.Reader(ctx).Model(&printRow{}).Select("capture_id"))
	all, err := listApplications(s.store.Reader(ctx).Where("decided_at IS NOT NULL AND decided_at <= ? AND id IN (?)", now, with).Order("number"))
	if err != nil {
		return nil, fmt.Errorf("list prints: %w", err)
	}
	var out []Application
	for _, app := range all {
		if !now.Before(s.keepUntil(app, privacy.PurposeFace, now)) {
			out = append(out, app)
		}
	}
	return out, nil
}

// clocks is how long things are kept here.
func (s *Service) clocks() privacy.Clocks {
	return privacy.Clocks{
		privacy.PurposeDocuments: s.Policy.DocumentsKept,
		privacy.PurposeFace:      s.Policy.FaceKept,
		privacy.PurposeDispute:   s.Policy.DisputeKept,
	}
}

// expire empties an application.
func (s *Service) expire(e *edit, now time.Time) error {
	if e.app.State.Editable() { // nobody sends it, or nobody answers what was asked
		if e.app.UpdatedAt.After(now.Add(-s.Policy.DraftKept)) {
			return errUnchanged // they came back
		}
		if err := e.app.move(Cancelled); err != nil {
			return err
		}
		e.app.Details = Details{Kind: e.app.Kind}
		e.app.DecidedAt = e.now
	}
	if e.app.State == Refused { // whose it was stays, for as long as the decision does
		e.app.BirthDate, e.app.Address = "", Address{}
	}
	e.app.EmptiedAt = e.now
	return s.empty(e)
}
