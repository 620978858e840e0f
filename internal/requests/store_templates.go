package requests

import (
	"context"
	"fmt"
	"time"

	"truepenny/internal/db"
	"truepenny/internal/errs"
)

type templateRow struct {
	Code      string `gorm:"primaryKey"`
	Version   int    `gorm:"primaryKey;autoIncrement:false"`
	Body      string
	ChangedBy string
	ChangedAt time.Time
}

func (templateRow) TableName() string { return "requests_templates" }

// changedTemplates are the newest versions, by code.
func (s *Service) changedTemplates(ctx context.Context) (map[string]templateRow, error) {
	var rows []templateRow
	if err := s.Store.Reader(ctx).Order("version").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list templates: %w", err)
	}
	out := map[string]templateRow{}
	for _, r := range rows {
		out[r.Code] = r
	}
	return out, nil
}

func insertTemplate(tx *db.Tx, t Template) error {
	err := tx.DB().Create(&templateRow{t.Code, t.Version, t.Body, t.ChangedBy, t.ChangedAt}).Error
	if db.IsDuplicate(err) { // somebody else saved it at the same time
		return errs.Wrap(errs.Conflict, "template.changed", err)
	}
	return err
}
