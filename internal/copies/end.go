package copies

import (
	"context"
	"errors"
	"fmt"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/privacy"
)

const (
	purpose    = privacy.PurposeCopy
	reasonOwn  = "own"    // the person's own look
	reasonMake = "export" // for the copy that they asked for
)

// end takes a copy away in three steps that may be cut short anywhere and are
// then taken up again: no attempt writes to it any more, its key is destroyed,
// its rows go. action is what the log says was done.
func (s *Service) end(ctx context.Context, actor audit.Actor, c Copy, action string) error {
	err := s.Audit.Record(ctx, c.entry(actor, action), func(tx *db.Tx) error { return markEnding(tx, c.ID) })
	if errors.Is(err, errGone) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := s.destroy(ctx, c.Person); err != nil {
		return fmt.Errorf("destroy the key of %s: %w", c.ID, err)
	}
	return s.Audit.Record(ctx, c.entry(actor, "copy.ended"), func(tx *db.Tx) error {
		if err := s.removeItems(tx, c.ID); err != nil {
			return err
		}
		return deleteCopy(tx, c.ID)
	})
}

// endNow stops the copy of a person and makes what is sealed of it due. Its row
// goes with the daily removal.
func (s *Service) endNow(tx *db.Tx, person string) error {
	c, found, err := copyOf(tx.DB(), person)
	if err != nil || !found {
		return err
	}
	if err := markEnding(tx, c.ID); err != nil {
		return err
	}
	items, err := partItems(tx, c.ID)
	if err != nil {
		return err
	}
	for _, item := range items {
		err := s.Vault.KeepUntil(tx, item, s.Clock.Now())
		if err != nil && errs.ReasonOf(err) != "vault.gone" {
			return err
		}
	}
	return nil
}
