package privacy

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"truepenny/internal/db"
	"truepenny/internal/errs"
)

type holdRow struct {
	ID          string `gorm:"primaryKey"`
	Person      string
	Purpose     string
	Reason      string
	Until       time.Time
	ProposedBy  string
	ProposedAt  time.Time
	ConfirmedBy string
	ConfirmedAt *time.Time
	LiftedBy    string
	LiftedAt    *time.Time
}

func (holdRow) TableName() string { return "privacy_holds" }

func insertHold(tx *db.Tx, h Hold) error {
	row := toHoldRow(h)
	if err := tx.DB().Create(&row).Error; err != nil {
		return fmt.Errorf("keep hold: %w", err)
	}
	return nil
}

func saveHold(tx *db.Tx, h Hold) error {
	row := toHoldRow(h)
	if err := tx.DB().Save(&row).Error; err != nil {
		return fmt.Errorf("change hold: %w", err)
	}
	return nil
}

func takeHold(tx *db.Tx, id string) (Hold, error) {
	return readHold(tx.DB().Clauses(clause.Locking{Strength: "UPDATE"}), id)
}

func readHold(g *gorm.DB, id string) (Hold, error) {
	var row holdRow
	err := g.Where("id = ?", id).Take(&row).Error
	if db.IsNotFound(err) {
		return Hold{}, errs.New(errs.NotFound, "hold.unknown")
	}
	if err != nil {
		return Hold{}, fmt.Errorf("read hold: %w", err)
	}
	return row.hold(), nil
}

func listHolds(g *gorm.DB, person string) ([]Hold, error) {
	if person != "" {
		g = g.Where("person = ?", person)
	}
	var rows []holdRow
	if err := g.Order("proposed_at DESC, id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list holds: %w", err)
	}
	out := make([]Hold, len(rows))
	for i, r := range rows {
		out[i] = r.hold()
	}
	return out, nil
}

// listIn is List as a transaction sees it, or as everybody does when it is nil.
func (h *Holds) listIn(ctx context.Context, tx *db.Tx, person string) ([]Hold, error) {
	if tx != nil {
		return listHolds(tx.DB(), person)
	}
	return listHolds(h.store.Reader(ctx), person)
}

func toHoldRow(h Hold) holdRow {
	return holdRow{ID: h.ID, Person: h.Person, Purpose: string(h.Purpose), Reason: h.Reason, Until: h.Until,
		ProposedBy: h.ProposedBy, ProposedAt: h.ProposedAt, ConfirmedBy: h.ConfirmedBy, ConfirmedAt: db.Nullable(h.ConfirmedAt),
		LiftedBy: h.LiftedBy, LiftedAt: db.Nullable(h.LiftedAt)}
}

func (r holdRow) hold() Hold {
	purpose, _ := PurposeNamed(r.Purpose)
	return Hold{ID: r.ID, Person: r.Person, Purpose: purpose, Reason: r.Reason, Until: r.Until.UTC(),
		ProposedBy: r.ProposedBy, ProposedAt: r.ProposedAt.UTC(), ConfirmedBy: r.ConfirmedBy, ConfirmedAt: db.TimeOf(r.ConfirmedAt),
		LiftedBy: r.LiftedBy, LiftedAt: db.TimeOf(r.LiftedAt)}
}
