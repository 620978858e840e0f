package privacy

import (
	"context"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/vault"
)

// shelf is a source with one thing on it that is due, a face in it.
type shelf struct{}

func (shelf) Name() string     { return "shelf" }
func (shelf) Tables() []string { return nil }
func (shelf) Describe(context.Context, string) ([]Holding, error) {
	return nil, nil
}
func (shelf) Export(context.Context, string) (any, error) { return nil, nil }
func (shelf) Erase(*db.Tx, string, vault.Purpose) (Erased, error) {
	return Erased{}, nil
}
func (shelf) Expire(context.Context, audit.Actor, time.Time) (int, error) { return 0, nil }
func (shelf) Due(context.Context, time.Time) ([]Due, error) {
	return []Due{{Person: "acc_1", What: "applications", Purpose: PurposeDocuments, With: PurposeFace, Count: 1}}, nil
}

func TestWhatIsDueIsHeldByAHoldOnAnyPurposeThatIsInIt(t *testing.T) {
	for purpose, overdue := range map[vault.Purpose]int{PurposeDocuments: 0, PurposeFace: 0, PurposeCopy: 1} {
		register := Register{held: func(_ context.Context, _ *db.Tx, _ string, p vault.Purpose) (bool, error) { return p == purpose, nil }}
		register.Add(shelf{})
		late, err := register.Overdue(t.Context(), time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC))
		if err != nil || len(late) != overdue {
			t.Errorf("a hold on %s: %+v %v", purpose, late, err)
		}
	}
}
