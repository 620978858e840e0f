package sellers

import (
	"context"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"truepenny/internal/db"
)

// stepsKept is how long what an unfinished capture has left stays.
const stepsKept = 24 * time.Hour

// stepRow is one step of a running capture: when it was told, by this machine's
// clock, and which pictures had been taken by then.
type stepRow struct {
	CaptureID string `gorm:"primaryKey"`
	AccountID string
	Step      int `gorm:"primaryKey;autoIncrement:false"`
	At        time.Time
	Hashes    string
}

func (stepRow) TableName() string { return "sellers_capture_steps" }

func insertStep(tx *db.Tx, row stepRow) error {
	if err := tx.DB().Create(&row).Error; err != nil {
		return fmt.Errorf("keep step: %w", err)
	}
	return nil
}

// beginSteps notes the first step as told now, also when it is told once more.
func beginSteps(tx *db.Tx, capture captureRow, now time.Time) error {
	row := stepRow{CaptureID: capture.ID, AccountID: capture.AccountID, At: now}
	err := tx.DB().Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error
	if err != nil {
		return fmt.Errorf("begin steps: %w", err)
	}
	return nil
}

// listSteps returns the steps that were told, in their order.
func listSteps(g *gorm.DB, captureID string) ([]stepRow, error) {
	var rows []stepRow
	if err := g.Where("capture_id = ?", captureID).Order("step").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list steps: %w", err)
	}
	return rows, nil
}

func (s *Service) stepsOf(ctx context.Context, captureID string) ([]stepRow, error) {
	return listSteps(s.store.Reader(ctx), captureID)
}

func deleteSteps(tx *db.Tx, captureID string) error {
	if err := tx.DB().Where("capture_id = ?", captureID).Delete(&stepRow{}).Error; err != nil {
		return fmt.Errorf("remove steps: %w", err)
	}
	return nil
}

// deleteStepsBefore removes what captures that nobody finished have left.
func deleteStepsBefore(tx *db.Tx, before time.Time) error {
	return tx.DB().Where("at < ?", before).Delete(&stepRow{}).Error
}

func (r stepRow) hashes() []string { return strings.Fields(r.Hashes) }
