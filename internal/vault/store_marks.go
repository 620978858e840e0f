package vault

import (
	"fmt"
	"time"

	"gorm.io/gorm"

	"truepenny/internal/db"
)

// A mark stands among the destroyed keys, without a purpose: no key of its own
// was ever made, and none can be.
const isMark = "purpose = '' AND destroyed_at IS NOT NULL"

func insertMark(tx *db.Tx, id, person string, now time.Time) error {
	var n int64
	if err := tx.DB().Model(&keyRow{}).Where("person = ? AND "+isMark, person).Count(&n).Error; err != nil || n > 0 {
		return err
	}
	row := keyRow{ID: id, Person: person, Wrapped: []byte{}, CreatedAt: now, DestroyedAt: &now}
	if err := tx.DB().Create(&row).Error; err != nil {
		return fmt.Errorf("note who was erased: %w", err)
	}
	return nil
}

func readMarks(g *gorm.DB, after string, limit int) ([]string, error) {
	var out []string
	err := g.Model(&keyRow{}).Where("person > ? AND "+isMark, after).Order("person").Limit(limit).Pluck("person", &out).Error
	if err != nil {
		return nil, fmt.Errorf("read who was erased: %w", err)
	}
	return out, nil
}
