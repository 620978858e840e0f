package laboratory

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm/clause"

	"truepenny/internal/db"
)

type weekRow struct {
	Week      string `gorm:"primaryKey"`
	Counts    string
	CountedAt time.Time
}

func (weekRow) TableName() string { return "lab_weeks" }

func putWeek(tx *db.Tx, monday time.Time, counts string, now time.Time) error {
	row := weekRow{Week: monday.Format(time.DateOnly), Counts: counts, CountedAt: now.UTC()}
	err := tx.DB().Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "week"}}, UpdateAll: true}).Create(&row).Error
	if err != nil {
		return fmt.Errorf("keep week: %w", err)
	}
	return nil
}

// keptWeeks lists the weeks from a Monday on, oldest first.
func (s *Service) keptWeeks(ctx context.Context, from time.Time) ([]Week, error) {
	var rows []weekRow
	err := s.store.Reader(ctx).Where("week >= ?", from.Format(time.DateOnly)).Order("week").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list weeks: %w", err)
	}
	out := make([]Week, len(rows))
	for i, r := range rows {
		if err := json.Unmarshal([]byte(r.Counts), &out[i]); err != nil {
			return nil, fmt.Errorf("counts of week %s: %w", r.Week, err)
		}
		if out[i].Monday, err = time.Parse(time.DateOnly, r.Week); err != nil {
			return nil, fmt.Errorf("week %s: %w", r.Week, err)
		}
	}
	return out, nil
}
