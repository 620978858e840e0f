package demo

import (
	"context"
	"fmt"

	"truepenny/internal/audit"
	"truepenny/internal/db"
)

// Person is somebody a newcomer can enter as with one click.
type Person struct {
	Position int
	Kind     audit.Kind // KindStaff or KindSeller
	HolderID string     // member or account id
	Label    string
	About    string
}

type personRow struct {
	Position int `gorm:"primaryKey;autoIncrement:false"`
	Kind     string
	HolderID string
	Label    string
	About    string
}

func (personRow) TableName() string { return "demo_people" }

// People lists the demo people, in the order they are shown. A real
// marketplace has none.
func People(ctx context.Context, store *db.Store) ([]Person, error) {
	var rows []personRow
	if err := store.Reader(ctx).Order("position").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list demo people: %w", err)
	}
	out := make([]Person, len(rows))
	for i, r := range rows {
		out[i] = Person{r.Position, audit.Kind(r.Kind), r.HolderID, r.Label, r.About}
	}
	return out, nil
}

// Seeded reports whether the database holds the demo marketplace.
func Seeded(ctx context.Context, store *db.Store) (bool, error) {
	people, err := People(ctx, store)
	return len(people) > 0, err
}

// inUse reports whether anybody real or invented is already known.
func inUse(ctx context.Context, store *db.Store) (bool, error) {
	for _, table := range []string{"staff_members", "accounts"} {
		var n int64
		if err := store.Reader(ctx).Table(table).Limit(1).Count(&n).Error; err != nil {
			return false, fmt.Errorf("look for people: %w", err)
		}
		if n > 0 {
			return true, nil
		}
	}
	return false, nil
}

func insertPeople(tx *db.Tx, people []Person) error {
	rows := make([]personRow, len(people))
	for i, p := range people {
		rows[i] = personRow{p.Position, string(p.Kind), p.HolderID, p.Label, p.About}
	}
	return tx.DB().Create(&rows).Error
}
