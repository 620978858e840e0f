package sellers

import (
	"context"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"truepenny/internal/db"
	"truepenny/internal/errs"
)

type decisionRow struct {
	ID            string `gorm:"primaryKey"`
	ApplicationID string
	AccountID     string
	Round         int
	Version       int64
	Kind          string
	ReasonCode    string
	Words         string
	Items         string
	Standing      string
	ByID          string
	ByRole        string
	At            time.Time
	SecondBy      string
	SecondRole    string
	SecondAt      *time.Time
	SecondWords   string
	ReapplyAt     *time.Time
	AppealUntil   *time.Time
}

func (decisionRow) TableName() string { return "sellers_decisions" }

type appealRow struct {
	ApplicationID string `gorm:"primaryKey"`
	AccountID     string
	Words         string
	At            time.Time
}

func (appealRow) TableName() string { return "sellers_appeals" }

type connectionRow struct {
	StaffID   string `gorm:"primaryKey"`
	AccountID string `gorm:"primaryKey"`
	At        time.Time
}

func (connectionRow) TableName() string { return "sellers_connections" }

func insertDecision(tx *db.Tx, row decisionRow) error {
	if err := tx.DB().Create(&row).Error; err != nil {
		return fmt.Errorf("keep decision: %w", err)
	}
	return nil
}

func saveDecision(tx *db.Tx, row decisionRow) error {
	if err := tx.DB().Save(&row).Error; err != nil {
		return fmt.Errorf("save decision: %w", err)
	}
	return nil
}

func (s *Service) decisionsOf(ctx context.Context, appID string) ([]DecisionRecord, error) {
	return listDecisions(s.store.Reader(ctx), appID)
}

// listDecisions returns the decisions of an application, newest first.
func listDecisions(g *gorm.DB, appID string) ([]DecisionRecord, error) {
	var rows []decisionRow
	if err := g.Where("application_id = ?", appID).Order("version DESC").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list decisions: %w", err)
	}
	out := make([]DecisionRecord, len(rows))
	for i, r := range rows {
		out[i] = r.record()
	}
	return out, nil
}

// takeDecision reads the latest refusal of an application that has a standing.
func takeDecision(tx *db.Tx, appID string, standing Standing) (decisionRow, error) {
	var row decisionRow
	err := tx.DB().Where("application_id = ? AND kind = 'refuse' AND standing = ?", appID, string(standing)).Order("version DESC").Take(&row).Error
	if db.IsNotFound(err) {
		return row, errs.New(errs.Conflict, "case.changed")
	}
	if err != nil {
		return row, fmt.Errorf("read decision: %w", err)
	}
	return row, nil
}

// withdrawProposal takes a refusal back that was not confirmed, because the
// case moved on.
func withdrawProposal(tx *db.Tx, appID string) error {
	err := tx.DB().Model(&decisionRow{}).
		Where("application_id = ? AND standing = ?", appID, string(Proposed)).
		Update("standing", string(Withdrawn)).Error
	if err != nil {
		return fmt.Errorf("withdraw proposal: %w", err)
	}
	return nil
}

func insertAppeal(tx *db.Tx, row appealRow) error {
	if err := tx.DB().Create(&row).Error; err != nil {
		return fmt.Errorf("keep appeal: %w", err)
	}
	return nil
}

func (s *Service) appealWords(ctx context.Context, appID string) (string, error) {
	var row appealRow
	err := s.store.Reader(ctx).Where("application_id = ?", appID).Take(&row).Error
	if db.IsNotFound(err) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read appeal: %w", err)
	}
	return row.Words, nil
}

func (s *Service) declared(ctx context.Context, staffID, account string) (bool, error) {
	var n int64
	err := s.store.Reader(ctx).Model(&connectionRow{}).
		Where("staff_id = ? AND account_id = ?", staffID, account).Count(&n).Error
	if err != nil {
		return false, fmt.Errorf("read connections: %w", err)
	}
	return n > 0, nil
}

func insertConnection(tx *db.Tx, row connectionRow) error {
	if err := tx.DB().Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
		return fmt.Errorf("keep connection: %w", err)
	}
	return nil
}

func (r decisionRow) record() DecisionRecord {
	d := DecisionRecord{
		ID:       r.ID,
		Decision: Decision{Kind: DecisionKind(r.Kind), ReasonCode: r.ReasonCode, Words: r.Words},
		Standing: Standing(r.Standing), Round: r.Round, Version: r.Version, By: r.ByID, Role: r.ByRole, At: r.At.UTC(),
		SecondBy: r.SecondBy, SecondAt: db.TimeOf(r.SecondAt), SecondWords: r.SecondWords,
		ReapplyAt: db.TimeOf(r.ReapplyAt), AppealUntil: db.TimeOf(r.AppealUntil),
	}
	for _, item := range strings.Fields(r.Items) {
		d.Items = append(d.Items, Item(item))
	}
	return d
}
