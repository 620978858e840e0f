package laboratory

import (
	"context"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/privacy"
	"truepenny/internal/vault"
)

// Source answers for the sets. The lab does not know who is on their pictures:
// the set stands for them, so an account has nothing here, and the expiry and
// the end of a set are what removes.
type Source struct{ s *Service }

// Source makes the feature's entry for the privacy register.
func (s *Service) Source() Source { return Source{s} }

// Name is "laboratory".
func (Source) Name() string { return "laboratory" }

// Tables lists the tables that hold, or point at, pictures of people.
func (Source) Tables() []string { return []string{"lab_sets", "lab_files", "lab_runs"} }

// Describe tells of a set, when it is asked for by its id.
func (x Source) Describe(ctx context.Context, person string) ([]privacy.Holding, error) {
	files, err := x.s.filesOf(ctx, person)
	if err != nil || len(files) == 0 {
		return nil, err
	}
	set, err := x.s.readSet(ctx, person)
	if err != nil {
		return nil, err
	}
	return []privacy.Holding{{What: "lab-pictures", Purpose: privacy.PurposeLab, Count: len(files), Oldest: set.AddedAt, KeptUntil: set.ExpiresAt}}, nil
}

// Export has nothing to give: names were never kept.
func (Source) Export(context.Context, string) (any, error) { return nil, nil }

// Erase removes the pictures of a set.
func (x Source) Erase(tx *db.Tx, person string, purpose vault.Purpose) (privacy.Erased, error) {
	if purpose != "" && purpose != privacy.PurposeLab {
		return privacy.Erased{}, nil
	}
	items, err := itemsOfSet(tx, person)
	if err != nil || len(items) == 0 {
		return privacy.Erased{}, err
	}
	set, err := takeSet(tx, person)
	if err != nil {
		return privacy.Erased{}, err
	}
	return privacy.ErasedRows("lab_files", len(items)), x.s.empty(tx, set)
}

// Expire ends the sets whose day has come; their reports stay.
func (x Source) Expire(ctx context.Context, actor audit.Actor, now time.Time) (int, error) {
	due, err := x.s.dueSets(ctx, now)
	if err != nil {
		return 0, err
	}
	return x.s.expire(ctx, actor, due)
}
