package sellers

import (
	"fmt"
	"time"

	"gorm.io/gorm"

	"truepenny/internal/db"
	"truepenny/internal/privacy"
	"truepenny/internal/vault"
)

type correctionRow struct {
	ApplicationID string `gorm:"primaryKey"`
	AccountID     string
	Field         string `gorm:"primaryKey"`
	Item          string
	At            time.Time
}

func (correctionRow) TableName() string { return "sellers_corrections" }

func corrections(g *gorm.DB, appID string) (map[FieldName]string, error) {
	var rows []correctionRow
	if err := g.Where("application_id = ?", appID).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list corrections: %w", err)
	}
	out := make(map[FieldName]string, len(rows))
	for _, r := range rows {
		out[FieldName(r.Field)] = r.Item
	}
	return out, nil
}

// removeCorrection deletes one correction and what was sealed for it.
func (s *Service) removeCorrection(tx *db.Tx, appID string, field FieldName) error {
	have, err := corrections(tx.DB(), appID)
	if err != nil {
		return err
	}
	item, found := have[field]
	if !found {
		return nil
	}
	if err := s.vault.Remove(tx, item); err != nil {
		return err
	}
	err = tx.DB().Where("application_id = ? AND field = ?", appID, string(field)).Delete(&correctionRow{}).Error
	if err != nil {
		return fmt.Errorf("remove correction: %w", err)
	}
	return nil
}

func (s *Service) removeCorrections(tx *db.Tx, appID string) error {
	have, err := corrections(tx.DB(), appID)
	if err != nil {
		return err
	}
	for field := range have {
		if err := s.removeCorrection(tx, appID, field); err != nil {
			return err
		}
	}
	return nil
}

func insertCorrection(e *edit, field FieldName, item string) error {
	row := correctionRow{ApplicationID: e.app.ID, AccountID: e.app.AccountID, Field: string(field), Item: item, At: e.now}
	if err := e.tx.DB().Create(&row).Error; err != nil {
		return fmt.Errorf("keep correction: %w", err)
	}
	return nil
}

// sealedItemsOf lists every vault item that belongs to an application, with its
// purpose.
func sealedItemsOf(tx *db.Tx, appID string) (map[string]vault.Purpose, error) {
	out := map[string]vault.Purpose{}
	evidence, err := listEvidence(tx.DB(), appID)
	if err != nil {
		return nil, err
	}
	for _, e := range evidence {
		out[e.item] = purposeOf(e.Kind)
		out[e.reading] = privacy.PurposeDocuments
		out[e.portrait] = privacy.PurposeFace
	}
	have, err := corrections(tx.DB(), appID)
	if err != nil {
		return nil, err
	}
	for _, item := range have {
		out[item] = privacy.PurposeDocuments
	}
	kept, err := listKeptFrames(tx.DB().Where("application_id = ?", appID))
	if err != nil {
		return nil, err
	}
	for _, e := range kept {
		out[e.item] = privacy.PurposeDispute
	}
	var captures []captureRow
	if err := tx.DB().Where("application_id = ?", appID).Find(&captures).Error; err != nil {
		return nil, fmt.Errorf("list captures: %w", err)
	}
	for _, c := range captures {
		for _, item := range c.items() {
			out[item] = privacy.PurposeFace
		}
	}
	var checks []checkRow
	if err := tx.DB().Where("application_id = ?", appID).Find(&checks).Error; err != nil {
		return nil, fmt.Errorf("list checks: %w", err)
	}
	for _, c := range checks {
		out[c.Item] = CheckKind(c.Kind).purpose()
	}
	delete(out, "")
	return out, nil
}
