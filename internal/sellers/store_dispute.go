package sellers

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"truepenny/internal/db"
	"truepenny/internal/vault"
)

// keptFrameRow is a picture of a face that is kept for a dispute: a copy under
// a key of its own.
type keptFrameRow struct {
	ID            string `gorm:"primaryKey"`
	ApplicationID string
	AccountID     string
	CaptureID     string
	FrameID       string // the evidence it is a copy of
	OffsetMS      int    `gorm:"column:offset_ms"`
	Round         int
	Width         int
	Height        int
	Bytes         int
	Item          string
	At            time.Time
}

func (keptFrameRow) TableName() string { return "sellers_kept_frames" }

func keptSlot(id string) vault.Slot {
	return vault.Slot{Table: "sellers_kept_frames", Row: id, Column: "item"}
}

// insertKeptFrame keeps a copy once; a second one of the same picture, made by a
// job that ran twice, fails with errUnchanged.
func insertKeptFrame(tx *db.Tx, row keptFrameRow) error {
	done := tx.DB().Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
	if done.Error != nil {
		return fmt.Errorf("keep picture for a dispute: %w", done.Error)
	}
	if done.RowsAffected == 0 {
		return errUnchanged
	}
	return nil
}

// keptFrames lists the copies of an application's pictures that are still there,
// in the order of time.
func (s *Service) keptFrames(ctx context.Context, app Application) ([]Evidence, error) {
	all, err := listKeptFrames(s.store.Reader(ctx).Where("application_id = ?", app.ID))
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return s.stillKept(ctx, app.AccountID, all)
}

func listKeptFrames(g *gorm.DB) ([]Evidence, error) {
	var rows []keptFrameRow
	if err := g.Order("capture_id, offset_ms").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list pictures for a dispute: %w", err)
	}
	out := make([]Evidence, len(rows))
	for i, r := range rows {
		out[i] = Evidence{ID: r.ID, ApplicationID: r.ApplicationID, Kind: EvidenceFrame, CaptureID: r.CaptureID, OffsetMS: r.OffsetMS,
			Round: r.Round, Width: r.Width, Height: r.Height, Bytes: r.Bytes, At: r.At.UTC(), item: r.Item, copyOf: r.FrameID}
	}
	return out, nil
}

// facesLeft reports whether rows of a face are left of a person: captures, or
// what checks worked out.
func (s *Service) facesLeft(ctx context.Context, account string) (bool, error) {
	var captures, checks int64
	if err := s.store.Reader(ctx).Model(&captureRow{}).Where("account_id = ?", account).Count(&captures).Error; err != nil {
		return false, fmt.Errorf("count captures: %w", err)
	}
	err := s.store.Reader(ctx).Model(&checkRow{}).Where("account_id = ? AND kind IN ?", account, faceKinds).
		Where("score IS NOT NULL OR item <> ''").Count(&checks).Error
	if err != nil {
		return false, fmt.Errorf("count checks: %w", err)
	}
	return captures+checks > 0, nil
}

// dropKeptFrames removes the copies of an application's pictures.
func (s *Service) dropKeptFrames(tx *db.Tx, appID string) error {
	all, err := listKeptFrames(tx.DB().Where("application_id = ?", appID))
	if err != nil {
		return err
	}
	items := make([]string, len(all))
	for i, e := range all {
		items[i] = e.item
	}
	if err := s.removeItems(tx, items); err != nil {
		return err
	}
	if err := tx.DB().Where("application_id = ?", appID).Delete(&keptFrameRow{}).Error; err != nil {
		return fmt.Errorf("remove pictures for a dispute: %w", err)
	}
	return nil
}
