package sellers

import (
	"context"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"truepenny/internal/biometrics/injection"
	"truepenny/internal/db"
)

// mostFilms is how many earlier captures a new one is held against, about a
// millisecond each: the account's own, then the newest.
const mostFilms = 500

// printRow holds the perceptual hashes of an accepted capture.
type printRow struct {
	CaptureID string `gorm:"primaryKey"`
	AccountID string
	Prints    string // of each picture: milliseconds and hash, hexadecimal
	At        time.Time
}

func (printRow) TableName() string { return "sellers_capture_prints" }

func insertPrints(tx *db.Tx, capture captureRow, prints []injection.Frame, now time.Time) error {
	var text strings.Builder
	for _, f := range prints {
		fmt.Fprintf(&text, "%x:%x ", f.At.Milliseconds(), f.Hash)
	}
	row := printRow{CaptureID: capture.ID, AccountID: capture.AccountID, Prints: text.String(), At: now}
	if err := tx.DB().Create(&row).Error; err != nil {
		return fmt.Errorf("keep prints: %w", err)
	}
	return nil
}

func deletePrints(tx *db.Tx, captureID string) error {
	if err := tx.DB().Where("capture_id = ?", captureID).Delete(&printRow{}).Error; err != nil {
		return fmt.Errorf("remove prints: %w", err)
	}
	return nil
}

// deletePrintsOf removes the prints of an application whose pictures are gone.
func deletePrintsOf(tx *db.Tx, appID string) error {
	captures := tx.DB().Model(&captureRow{}).Select("id").Where("application_id = ?", appID)
	if err := tx.DB().Where("capture_id IN (?)", captures).Delete(&printRow{}).Error; err != nil {
		return fmt.Errorf("remove prints: %w", err)
	}
	return nil
}

// earlierFilms gives the prints of captures that are kept, an account's own first
// and then the newest.
func (s *Service) earlierFilms(ctx context.Context, account string) ([][]injection.Frame, error) {
	var rows []printRow
	own := clause.OrderBy{Expression: clause.Expr{SQL: "CASE WHEN account_id = ? THEN 0 ELSE 1 END, at DESC", Vars: []any{account}}}
	if err := s.store.Reader(ctx).Clauses(own).Limit(mostFilms).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list prints: %w", err)
	}
	out := make([][]injection.Frame, len(rows))
	for i, r := range rows {
		out[i] = r.frames()
	}
	return out, nil
}

func (r printRow) frames() []injection.Frame {
	var out []injection.Frame
	for _, text := range strings.Fields(r.Prints) {
		var ms int64
		var f injection.Frame
		if _, err := fmt.Sscanf(text, "%x:%x", &ms, &f.Hash); err == nil {
			f.At = time.Duration(ms) * time.Millisecond
			out = append(out, f)
		}
	}
	return out
}
