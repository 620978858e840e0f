package openlog

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm/clause"

	"truepenny/internal/db"
)

type checkpointRow struct {
	Size        int64 `gorm:"primaryKey;autoIncrement:false"`
	Note        string
	Why         string
	PublishedAt time.Time
}

func (checkpointRow) TableName() string { return "audit_checkpoints" }

// insertCheckpoint keeps a checkpoint; of a size that was published before, the
// first publication stands.
func insertCheckpoint(tx *db.Tx, p Published) error {
	row := checkpointRow{Size: p.Size, Note: p.Note, Why: string(p.Why), PublishedAt: p.At}
	if err := tx.DB().Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
		return fmt.Errorf("keep checkpoint: %w", err)
	}
	return nil
}

// History lists what was published, newest first, with cosignatures: at most
// limit, of sizes below before (0 for the newest).
func (s *Service) History(ctx context.Context, before int64, limit int) ([]Published, error) {
	q := s.Store.Reader(ctx).Order("size DESC").Limit(limit)
	if before > 0 {
		q = q.Where("size < ?", before)
	}
	var rows []checkpointRow
	if err := q.Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list checkpoints: %w", err)
	}
	return s.published(ctx, rows)
}

// Published is the checkpoint of a size, NotFound when none was published.
func (s *Service) Published(ctx context.Context, size int64) (Published, error) {
	var rows []checkpointRow
	if err := s.Store.Reader(ctx).Where("size = ?", size).Find(&rows).Error; err != nil {
		return Published{}, fmt.Errorf("read checkpoint: %w", err)
	}
	out, err := s.published(ctx, rows)
	if err == nil && len(out) == 0 {
		err = errNoCheck
	}
	if err != nil {
		return Published{}, err
	}
	return out[0], nil
}

// NewestCosigned is the largest checkpoint that a witness has cosigned; false
// when none has.
func (s *Service) NewestCosigned(ctx context.Context) (Published, bool, error) {
	var rows []checkpointRow
	err := s.Store.Reader(ctx).Where("size = (SELECT max(size) FROM audit_cosignatures)").Find(&rows).Error
	if err != nil {
		return Published{}, false, fmt.Errorf("read checkpoint: %w", err)
	}
	out, err := s.published(ctx, rows)
	if err != nil || len(out) == 0 {
		return Published{}, false, err
	}
	return out[0], true, nil
}

func (s *Service) published(ctx context.Context, rows []checkpointRow) ([]Published, error) {
	sizes := make([]int64, len(rows))
	for i, r := range rows {
		sizes[i] = r.Size
	}
	signed, err := s.cosignatures(ctx, sizes)
	if err != nil {
		return nil, err
	}
	out := make([]Published, len(rows))
	for i, r := range rows {
		out[i] = Published{Size: r.Size, Note: r.Note, Why: Why(r.Why), At: r.PublishedAt.UTC(), Cosignatures: signed[r.Size]}
	}
	return out, nil
}

// notes are all published checkpoints.
func (s *Service) notes(ctx context.Context) ([]string, error) {
	var out []string
	err := s.Store.Reader(ctx).Model(&checkpointRow{}).Order("size").Pluck("note", &out).Error
	if err != nil {
		return nil, fmt.Errorf("list checkpoints: %w", err)
	}
	return out, nil
}
