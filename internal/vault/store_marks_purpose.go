package vault

import (
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"truepenny/internal/db"
)

type purposeMarkRow struct {
	Person  string `gorm:"primaryKey"`
	Purpose string `gorm:"primaryKey"`
	Erasure string
	At      time.Time
}

func (purposeMarkRow) TableName() string { return "erased" }

func savePurposeMark(tx *db.Tx, m Mark) error {
	row := purposeMarkRow{Person: m.Person, Purpose: string(m.Purpose), Erasure: m.Erasure, At: m.At}
	newest := clause.OnConflict{Columns: []clause.Column{{Name: "person"}, {Name: "purpose"}}, DoUpdates: clause.AssignmentColumns([]string{"erasure", "at"})}
	if err := tx.DB().Clauses(newest).Create(&row).Error; err != nil {
		return fmt.Errorf("note what was erased: %w", err)
	}
	return nil
}

func deletePurposeMarks(tx *db.Tx, person string) error {
	if err := tx.DB().Where("person = ?", person).Delete(&purposeMarkRow{}).Error; err != nil {
		return fmt.Errorf("forget what was erased: %w", err)
	}
	return nil
}

func readPurposeMarks(g *gorm.DB, after Mark, limit int) ([]Mark, error) {
	var rows []purposeMarkRow
	err := g.Where("person > ? OR (person = ? AND purpose > ?)", after.Person, after.Person, string(after.Purpose)).
		Order("person, purpose").Limit(limit).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read what was erased: %w", err)
	}
	out := make([]Mark, len(rows))
	for i, r := range rows {
		out[i] = Mark{Person: r.Person, Purpose: Purpose(r.Purpose), Erasure: r.Erasure, At: r.At.UTC()}
	}
	return out, nil
}
