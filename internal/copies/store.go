package copies

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"truepenny/internal/db"
	"truepenny/internal/errs"
)

// errGone says that a copy was removed, replaced or taken up by another attempt.
var errGone = errors.New("copies: the copy is not this attempt's any more")

type copyRow struct {
	ID        string `gorm:"primaryKey"`
	Person    string
	State     string
	Run       string
	Total     int
	Done      int
	Bytes     int64
	AskedAt   time.Time
	ReadyAt   *time.Time
	ExpiresAt time.Time
}

func (copyRow) TableName() string { return "copies" }

type partRow struct {
	CopyID string `gorm:"primaryKey"`
	Number int    `gorm:"primaryKey;autoIncrement:false"`
	Item   string
	Bytes  int
}

func (partRow) TableName() string { return "copies_parts" }

func (r copyRow) copy() Copy {
	c := Copy{ID: r.ID, Person: r.Person, State: State(r.State), Total: r.Total, Done: r.Done, Bytes: r.Bytes,
		AskedAt: r.AskedAt.UTC(), ExpiresAt: r.ExpiresAt.UTC(), run: r.Run}
	if r.ReadyAt != nil {
		c.ReadyAt = r.ReadyAt.UTC()
	}
	return c
}

func insertCopy(tx *db.Tx, c Copy) error {
	row := copyRow{ID: c.ID, Person: c.Person, State: string(c.State), AskedAt: c.AskedAt, ExpiresAt: c.ExpiresAt}
	err := tx.DB().Create(&row).Error
	if db.IsDuplicate(err) { // asked for twice at once
		return errs.Wrap(errs.Conflict, "copy.asked", err)
	}
	if err != nil {
		return fmt.Errorf("ask for copy: %w", err)
	}
	return nil
}

func (s *Service) read(ctx context.Context, id string) (Copy, error) {
	var row copyRow
	err := s.Store.Reader(ctx).Where("id = ?", id).Take(&row).Error
	if db.IsNotFound(err) {
		return Copy{}, errs.New(errs.NotFound, "copy.unknown")
	}
	if err != nil {
		return Copy{}, fmt.Errorf("read copy: %w", err)
	}
	return row.copy(), nil
}

func reasonGone(err error) bool { return errs.ReasonOf(err) == "copy.unknown" }

// Of returns the copy of a person, also one that is being removed; false when
// there is none.
func (s *Service) Of(ctx context.Context, person string) (Copy, bool, error) {
	return copyOf(s.Store.Reader(ctx), person)
}

func copyOf(g *gorm.DB, person string) (Copy, bool, error) {
	var row copyRow
	err := g.Where("person = ?", person).Take(&row).Error
	if db.IsNotFound(err) {
		return Copy{}, false, nil
	}
	if err != nil {
		return Copy{}, false, fmt.Errorf("read copy: %w", err)
	}
	return row.copy(), true, nil
}

// over lists the copies whose time is over and those whose removal was cut short.
func (s *Service) over(ctx context.Context, now time.Time) ([]Copy, error) {
	var rows []copyRow
	err := s.Store.Reader(ctx).Where("expires_at <= ? OR state = ?", now, string(Ending)).Order("id").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list copies: %w", err)
	}
	out := make([]Copy, len(rows))
	for i, r := range rows {
		out[i] = r.copy()
	}
	return out, nil
}

// items are the sealed parts of a copy in their order.
func (s *Service) items(ctx context.Context, id string) ([]string, error) {
	return listItems(s.Store.Reader(ctx), id)
}

func partItems(tx *db.Tx, id string) ([]string, error) { return listItems(tx.DB(), id) }

func listItems(g *gorm.DB, id string) ([]string, error) {
	var out []string
	err := g.Model(&partRow{}).Where("copy_id = ?", id).Order("number").Pluck("item", &out).Error
	if err != nil {
		return nil, fmt.Errorf("list parts of copy: %w", err)
	}
	return out, nil
}

// begin gives the copy to one attempt and drops the parts of those before.
func begin(tx *db.Tx, c Copy) error {
	if err := tx.DB().Where("copy_id = ?", c.ID).Delete(&partRow{}).Error; err != nil {
		return fmt.Errorf("begin copy: %w", err)
	}
	return change(tx.DB().Where("state IN ?", []string{string(Waiting), string(Making)}), c, map[string]any{
		"state": string(Making), "run": c.run, "total": c.Total, "done": 0, "bytes": 0,
	})
}

// advance notes progress and holds the copy until the end of the transaction.
func advance(tx *db.Tx, c Copy) error {
	return change(tx.DB().Where("state = ? AND run = ?", string(Making), c.run), c, map[string]any{"done": c.Done, "bytes": c.Bytes})
}

func settle(tx *db.Tx, c Copy) error {
	return change(tx.DB().Where("state = ? AND run = ?", string(Making), c.run), c, map[string]any{
		"state": string(c.State), "done": c.Done, "bytes": c.Bytes, "ready_at": c.ReadyAt, "expires_at": c.ExpiresAt,
	})
}

func giveUp(tx *db.Tx, c Copy) error {
	if err := tx.DB().Where("copy_id = ?", c.ID).Delete(&partRow{}).Error; err != nil {
		return fmt.Errorf("give copy up: %w", err)
	}
	return change(tx.DB().Where("state IN ?", []string{string(Waiting), string(Making)}), c, map[string]any{"state": string(Failed)})
}

func markEnding(tx *db.Tx, id string) error {
	return change(tx.DB(), Copy{ID: id}, map[string]any{"state": string(Ending)})
}

func change(g *gorm.DB, c Copy, to map[string]any) error {
	done := g.Model(&copyRow{}).Where("id = ?", c.ID).Updates(to)
	if done.Error != nil {
		return fmt.Errorf("change copy: %w", done.Error)
	}
	if done.RowsAffected == 0 {
		return errGone
	}
	return nil
}

func insertPart(tx *db.Tx, c Copy, number int, item string, bytes int) error {
	row := partRow{CopyID: c.ID, Number: number, Item: item, Bytes: bytes}
	if err := tx.DB().Create(&row).Error; err != nil {
		return fmt.Errorf("keep part of copy: %w", err)
	}
	return nil
}

// deleteCopy takes the parts along by the foreign key.
func deleteCopy(tx *db.Tx, id string) error {
	if err := tx.DB().Where("id = ?", id).Delete(&copyRow{}).Error; err != nil {
		return fmt.Errorf("remove copy: %w", err)
	}
	return nil
}

// deleteOf removes the copy of a person whose key is destroyed elsewhere.
func deleteOf(tx *db.Tx, person string) (int, error) {
	done := tx.DB().Where("person = ?", person).Delete(&copyRow{})
	if done.Error != nil {
		return 0, fmt.Errorf("remove copy: %w", done.Error)
	}
	return int(done.RowsAffected), nil
}
