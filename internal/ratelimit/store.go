package ratelimit

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"truepenny/internal/db"
)

type counterRow struct {
	KeyHash   string `gorm:"primaryKey"`
	Hits      int
	ExpiresAt time.Time
}

func (counterRow) TableName() string { return "rate_counters" }

// hit counts in one statement, so that two attempts at once are two.
func (l *Limiter) hit(ctx context.Context, hash string, now time.Time, per time.Duration) (int, error) {
	row := counterRow{KeyHash: hash, Hits: 1, ExpiresAt: now.Add(per)}
	err := l.store.Write(ctx, func(tx *db.Tx) error {
		return tx.DB().Clauses(
			clause.OnConflict{
				Columns: []clause.Column{{Name: "key_hash"}},
				DoUpdates: clause.Assignments(map[string]any{
					"hits":       gorm.Expr("CASE WHEN rate_counters.expires_at <= ? THEN 1 ELSE rate_counters.hits + 1 END", now),
					"expires_at": gorm.Expr("CASE WHEN rate_counters.expires_at <= ? THEN excluded.expires_at ELSE rate_counters.expires_at END", now),
				}),
			},
			clause.Returning{Columns: []clause.Column{{Name: "hits"}}},
		).Create(&row).Error
	})
	if err != nil {
		return 0, fmt.Errorf("count attempt: %w", err)
	}
	return row.Hits, nil
}

func (l *Limiter) remove(ctx context.Context, hash string) error {
	err := l.store.Write(ctx, func(tx *db.Tx) error {
		return tx.DB().Where("key_hash = ?", hash).Delete(&counterRow{}).Error
	})
	if err != nil {
		return fmt.Errorf("forget attempts: %w", err)
	}
	return nil
}

func (l *Limiter) removeExpired(ctx context.Context, now time.Time) error {
	err := l.store.Write(ctx, func(tx *db.Tx) error {
		return tx.DB().Where("expires_at <= ?", now).Delete(&counterRow{}).Error
	})
	if err != nil {
		return fmt.Errorf("clean attempt counters: %w", err)
	}
	return nil
}
