package laboratory

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"truepenny/internal/db"
	"truepenny/internal/errs"
)

type setRow struct {
	ID         string `gorm:"primaryKey"`
	Name       string
	Kind       string
	Origin     string
	Basis      string
	State      string
	Reason     string
	Line       int
	Pictures   int
	People     int
	Columns    string
	LabelsItem string
	ZipItem    string
	AddedBy    string
	AddedAt    time.Time
	ExpiresAt  time.Time
	EndedAt    *time.Time
}

func (setRow) TableName() string { return "lab_sets" }

type fileRow struct {
	ID       string `gorm:"primaryKey"`
	SetID    string
	Position int
	Item     string
}

func (fileRow) TableName() string { return "lab_files" }

// file is one sealed picture of a set.
type file struct {
	ID       string
	Set      string
	Position int
	item     string
}

func toSetRow(s Set) (setRow, error) {
	columns, err := json.Marshal(s.Columns)
	return setRow{
		ID: s.ID, Name: s.Name, Kind: string(s.Kind), Origin: s.Origin, Basis: string(s.Basis), State: string(s.State),
		Reason: s.Reason, Line: s.Line, Pictures: s.Pictures, People: s.People, Columns: string(columns),
		LabelsItem: s.labelsItem, ZipItem: s.zipItem, AddedBy: s.AddedBy, AddedAt: s.AddedAt.UTC(), ExpiresAt: s.ExpiresAt.UTC(), EndedAt: db.Nullable(s.EndedAt),
	}, err
}

func (r setRow) set() (Set, error) {
	s := Set{
		ID: r.ID, Name: r.Name, Kind: Kind(r.Kind), Origin: r.Origin, Basis: Basis(r.Basis), State: SetState(r.State),
		Reason: r.Reason, Line: r.Line, Pictures: r.Pictures, People: r.People, labelsItem: r.LabelsItem, zipItem: r.ZipItem,
		AddedBy: r.AddedBy, AddedAt: r.AddedAt.UTC(), ExpiresAt: r.ExpiresAt.UTC(), EndedAt: db.TimeOf(r.EndedAt),
	}
	if err := json.Unmarshal([]byte(r.Columns), &s.Columns); err != nil {
		return s, fmt.Errorf("columns of set %s: %w", r.ID, err)
	}
	return s, nil
}

func insertSet(tx *db.Tx, s Set) error {
	row, err := toSetRow(s)
	if err == nil {
		err = tx.DB().Create(&row).Error
	}
	if err != nil {
		return fmt.Errorf("add set: %w", err)
	}
	return nil
}

func saveSet(tx *db.Tx, s Set) error {
	row, err := toSetRow(s)
	if err == nil {
		err = tx.DB().Save(&row).Error
	}
	if err != nil {
		return fmt.Errorf("save set: %w", err)
	}
	return nil
}

func oneSet(g *gorm.DB, id string) (Set, error) {
	var row setRow
	err := g.Where("id = ?", id).Take(&row).Error
	if db.IsNotFound(err) {
		return Set{}, errs.New(errs.NotFound, "not-found")
	}
	if err != nil {
		return Set{}, fmt.Errorf("read set: %w", err)
	}
	return row.set()
}

func (s *Service) readSet(ctx context.Context, id string) (Set, error) {
	return oneSet(s.store.Reader(ctx), id)
}

func takeSet(tx *db.Tx, id string) (Set, error) {
	return oneSet(tx.DB().Clauses(clause.Locking{Strength: "UPDATE"}), id)
}

func (s *Service) listSets(ctx context.Context) ([]Set, error) {
	return setsWhere(s.store.Reader(ctx).Order("added_at DESC, id"))
}

// dueSets are those whose pictures must go.
func (s *Service) dueSets(ctx context.Context, now time.Time) ([]Set, error) {
	return setsWhere(s.store.Reader(ctx).Where("state <> ? AND expires_at <= ?", string(Ended), now.UTC()).Order("expires_at, id"))
}

func setsWhere(g *gorm.DB) ([]Set, error) {
	var rows []setRow
	if err := g.Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list sets: %w", err)
	}
	out := make([]Set, 0, len(rows))
	for _, r := range rows {
		one, err := r.set()
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

func insertFile(tx *db.Tx, f file) error {
	row := fileRow{ID: f.ID, SetID: f.Set, Position: f.Position, Item: f.item}
	if err := tx.DB().Create(&row).Error; err != nil {
		return fmt.Errorf("add file: %w", err)
	}
	return nil
}

func deleteFiles(tx *db.Tx, setID string) error {
	if err := tx.DB().Where("set_id = ?", setID).Delete(&fileRow{}).Error; err != nil {
		return fmt.Errorf("remove files: %w", err)
	}
	return nil
}

func itemsOfSet(tx *db.Tx, setID string) ([]string, error) {
	var items []string
	if err := tx.DB().Model(&fileRow{}).Where("set_id = ?", setID).Pluck("item", &items).Error; err != nil {
		return nil, fmt.Errorf("list files: %w", err)
	}
	return items, nil
}

// filesOf lists the files of a set in their order.
func (s *Service) filesOf(ctx context.Context, setID string) ([]file, error) {
	var rows []fileRow
	if err := s.store.Reader(ctx).Where("set_id = ?", setID).Order("position").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list files: %w", err)
	}
	out := make([]file, len(rows))
	for i, r := range rows {
		out[i] = file{ID: r.ID, Set: r.SetID, Position: r.Position, item: r.Item}
	}
	return out, nil
}
