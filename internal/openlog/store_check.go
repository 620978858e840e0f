package openlog

import (
	"context"
	"fmt"
	"time"

	"truepenny/internal/audit/verify"
	"truepenny/internal/db"
)

type checkRow struct {
	ID      string `gorm:"primaryKey"`
	AskedBy string
	State   string
	Entries int64
	Root    string
	Fault   string
	Bad     int64
	AskedAt time.Time
	EndedAt *time.Time
}

func (checkRow) TableName() string { return "audit_checks" }

func (r checkRow) check() CheckRun {
	c := CheckRun{ID: r.ID, AskedBy: r.AskedBy, State: CheckState(r.State), Entries: r.Entries, Root: r.Root,
		Fault: verify.Fault(r.Fault), Bad: r.Bad, AskedAt: r.AskedAt.UTC()}
	if r.EndedAt != nil {
		c.EndedAt = r.EndedAt.UTC()
	}
	return c
}

func insertCheck(tx *db.Tx, c CheckRun) error {
	row := checkRow{ID: c.ID, AskedBy: c.AskedBy, State: string(c.State), Bad: c.Bad, AskedAt: c.AskedAt}
	if err := tx.DB().Create(&row).Error; err != nil {
		return fmt.Errorf("ask for a check: %w", err)
	}
	return nil
}

func saveCheck(tx *db.Tx, c CheckRun) error {
	err := tx.DB().Model(&checkRow{}).Where("id = ?", c.ID).Updates(map[string]any{
		"state": string(c.State), "entries": c.Entries, "root": c.Root, "fault": string(c.Fault), "bad": c.Bad, "ended_at": c.EndedAt,
	}).Error
	if err != nil {
		return fmt.Errorf("end a check: %w", err)
	}
	return nil
}

func (s *Service) readCheck(ctx context.Context, id string) (CheckRun, error) {
	var row checkRow
	err := s.Store.Reader(ctx).Take(&row, "id = ?", id).Error
	if db.IsNotFound(err) {
		return CheckRun{}, errNoCheck
	}
	return row.check(), err
}

func (s *Service) openCheck(ctx context.Context) (CheckRun, bool, error) {
	var row checkRow
	err := s.Store.Reader(ctx).Where("state = ? AND asked_at > ?", string(Waiting), s.Clock.Now().Add(-givenUp)).Order("asked_at").Take(&row).Error
	if db.IsNotFound(err) {
		return CheckRun{}, false, nil
	}
	return row.check(), err == nil, err
}

// Verdict is the newest check that said whether the log holds; false when none
// ever did.
func (s *Service) Verdict(ctx context.Context) (CheckRun, bool, error) {
	var row checkRow
	err := s.Store.Reader(ctx).Where("state IN ?", []string{string(Holds), string(Broken)}).Order("ended_at DESC, id DESC").Take(&row).Error
	if db.IsNotFound(err) {
		return CheckRun{}, false, nil
	}
	if err != nil {
		return CheckRun{}, false, fmt.Errorf("read last check: %w", err)
	}
	return row.check(), true, nil
}

// Checks lists the checks of the log, newest first.
func (s *Service) Checks(ctx context.Context, limit int) ([]CheckRun, error) {
	var rows []checkRow
	if err := s.Store.Reader(ctx).Order("asked_at DESC, id DESC").Limit(limit).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list checks: %w", err)
	}
	out := make([]CheckRun, len(rows))
	for i, r := range rows {
		out[i] = r.check()
	}
	return out, nil
}
