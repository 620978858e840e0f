package privacy

import (
	"context"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"

	"truepenny/internal/vault"
)

// knownErasures returns those of the erasures that the database knows of.
func knownErasures(g *gorm.DB, ids []string) (map[string]bool, error) {
	var found []string
	if err := g.Model(&erasureRow{}).Where("id IN ?", ids).Pluck("id", &found).Error; err != nil {
		return nil, fmt.Errorf("look for erasures: %w", err)
	}
	out := map[string]bool{}
	for _, id := range found {
		out[id] = true
	}
	return out, nil
}

// DestroyAgain destroys the keys of finished erasures that came back because an
// old copy of the key store was put in its place, and returns how many. The
// program does it at every start.
func (e *Erasures) DestroyAgain(ctx context.Context) (int, error) {
	var rows []string
	err := e.store.Reader(ctx).Model(&erasureRow{}).Where("keys <> '[]'").Order("id").Pluck("keys", &rows).Error
	if err != nil {
		return 0, fmt.Errorf("list destroyed keys: %w", err)
	}
	var ids []string
	for _, row := range rows {
		var keys []vault.DestroyedKey
		if err := json.Unmarshal([]byte(row), &keys); err != nil {
			return 0, fmt.Errorf("list destroyed keys: %w", err)
		}
		for _, key := range keys {
			ids = append(ids, key.ID)
		}
	}
	return e.vault.DestroyAgain(ctx, ids)
}
