package copies

import (
	"context"
	"errors"
	"fmt"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/privacy"
	"truepenny/internal/vault"
)

// Source answers for the copies.
type Source struct{ s *Service }

// Source makes the feature's entry for the privacy register.
func (s *Service) Source() Source { return Source{s} }

// Name is "copies".
func (Source) Name() string { return "copies" }

// Tables lists the tables of the copies.
func (Source) Tables() []string { return []string{"copies", "copies_parts"} }

// Describe tells of the copy that waits for a person.
func (x Source) Describe(ctx context.Context, person string) ([]privacy.Holding, error) {
	c, found, err := x.s.Of(ctx, person)
	if err != nil || !found {
		return nil, err
	}
	return []privacy.Holding{{What: "data-copy", Purpose: purpose, Count: 1, Oldest: c.AskedAt, KeptUntil: c.ExpiresAt}}, nil
}

// Export tells that there is a copy; it is not put into the next one.
func (x Source) Export(ctx context.Context, person string) (any, error) {
	c, found, err := x.s.Of(ctx, person)
	if err != nil || !found {
		return nil, err
	}
	return struct {
		AskedAt, ReadyAt, ExpiresAt time.Time
	}{c.AskedAt, c.ReadyAt, c.ExpiresAt}, nil
}

// Erase removes the copy of a person. Its sealed parts and its key go with the
// vault's. Where something is erased that may lie in the copy too, the copy ends
// with it: nobody fetches it any more, and its parts are due at once, which takes
// them and their key along.
func (x Source) Erase(tx *db.Tx, person string, p vault.Purpose) (privacy.Erased, error) {
	switch p {
	case "", purpose:
		n, err := deleteOf(tx, person)
		return privacy.ErasedRows("copies", n), err
	case privacy.PurposeDocuments, privacy.PurposeFace, privacy.PurposeDispute:
		return privacy.Erased{}, x.s.endNow(tx, person)
	}
	return privacy.Erased{}, nil
}

// Expire removes the copies that waited long enough, and ends removals that
// were cut short.
func (x Source) Expire(ctx context.Context, actor audit.Actor, now time.Time) (int, error) {
	due, err := x.s.over(ctx, now)
	if err != nil {
		return 0, err
	}
	n := 0
	var failed []error
	for _, c := range due {
		if err := x.s.end(ctx, actor, c, "copy.expired"); err != nil { // one must not keep the others
			failed = append(failed, fmt.Errorf("expire copy %s: %w", c.ID, err))
			continue
		}
		n++
	}
	return n, errors.Join(failed...)
}
