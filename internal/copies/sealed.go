package copies

import (
	"context"

	"truepenny/internal/db"
)

// destroy destroys the key of a person's copy.
func (s *Service) destroy(ctx context.Context, person string) error {
	_, err := s.Vault.DestroyKeys(ctx, person, purpose)
	return err
}

// removeItems removes what was sealed of a copy so far.
func (s *Service) removeItems(tx *db.Tx, id string) error {
	items, err := partItems(tx, id)
	if err != nil {
		return err
	}
	for _, item := range items {
		if err := s.Vault.Remove(tx, item); err != nil {
			return err
		}
	}
	return nil
}
