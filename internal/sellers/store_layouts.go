package sellers

import (
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"truepenny/internal/biometrics/document"
	"truepenny/internal/biometrics/document/printed"
	"truepenny/internal/db"
	"truepenny/internal/errs"
)

type layoutRow struct {
	ID        string `gorm:"primaryKey"`
	Name      string
	Format    string
	Issuer    string
	Regions   string
	Version   int
	ChangedBy string
	ChangedAt time.Time
}

func (layoutRow) TableName() string { return "sellers_layouts" }

func listLayouts(g *gorm.DB) ([]PageLayout, error) {
	var rows []layoutRow
	if err := g.Order("name, id").Limit(mostLayouts).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list layouts: %w", err)
	}
	var out []PageLayout
	for _, r := range rows {
		l, err := r.layout()
		if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, nil
}

func takeLayout(g *gorm.DB, id string) (PageLayout, error) {
	var row layoutRow
	err := g.Where("id = ?", id).Take(&row).Error
	if db.IsNotFound(err) {
		return PageLayout{}, errs.New(errs.NotFound, "layout.unknown")
	}
	if err != nil {
		return PageLayout{}, fmt.Errorf("read layout: %w", err)
	}
	return row.layout()
}

// holdLayout is takeLayout for who changes it: two who save at once come one after
// the other, and the second hears of the first.
func holdLayout(tx *db.Tx, id string) (PageLayout, error) {
	return takeLayout(tx.DB().Clauses(clause.Locking{Strength: "UPDATE"}), id)
}

func insertLayout(tx *db.Tx, l PageLayout) error {
	row, err := l.row()
	if err != nil {
		return err
	}
	if err := tx.DB().Create(&row).Error; err != nil {
		return fmt.Errorf("keep layout: %w", err)
	}
	return nil
}

func saveLayout(tx *db.Tx, l PageLayout) error {
	row, err := l.row()
	if err != nil {
		return err
	}
	if err := tx.DB().Save(&row).Error; err != nil {
		return fmt.Errorf("save layout: %w", err)
	}
	return nil
}

func deleteLayout(tx *db.Tx, id string) error {
	if err := tx.DB().Where("id = ?", id).Delete(&layoutRow{}).Error; err != nil {
		return fmt.Errorf("remove layout: %w", err)
	}
	return nil
}

func (l PageLayout) row() (layoutRow, error) {
	regions, err := json.Marshal(l.Regions)
	if err != nil {
		return layoutRow{}, fmt.Errorf("write regions: %w", err)
	}
	return layoutRow{l.ID, l.Name, string(l.Format), l.Issuer, string(regions), l.Version, l.ChangedBy, l.ChangedAt.UTC()}, nil
}

func (r layoutRow) layout() (PageLayout, error) {
	l := PageLayout{ID: r.ID, Name: r.Name, Version: r.Version, ChangedBy: r.ChangedBy, ChangedAt: r.ChangedAt.UTC(),
		Layout: printed.Layout{Format: document.Format(r.Format), Issuer: r.Issuer}}
	if err := json.Unmarshal([]byte(r.Regions), &l.Regions); err != nil {
		return l, fmt.Errorf("regions of layout %s: %w", r.ID, err)
	}
	return l, nil
}
