package vault

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"truepenny/internal/db"
	"truepenny/internal/errs"
)

type itemRow struct {
	ID         string `gorm:"primaryKey"`
	Person     string
	Purpose    string
	KeyID      string
	SlotTable  string
	SlotRow    string
	SlotColumn string
	Mime       string
	Size       int64
	KeepUntil  time.Time
	CreatedAt  time.Time
	Ciphertext []byte
}

func (itemRow) TableName() string { return "vault_items" }

// sealedItem is an item with its ciphertext.
type sealedItem struct {
	Item
	Ciphertext []byte
}

func insertItem(tx *db.Tx, i Item, ciphertext []byte) error {
	row := itemRow{
		ID: i.ID, Person: i.Person, Purpose: string(i.Purpose), KeyID: i.keyID,
		SlotTable: i.Slot.Table, SlotRow: i.Slot.Row, SlotColumn: i.Slot.Column,
		Mime: i.MIME, Size: i.Size, KeepUntil: i.KeepUntil, CreatedAt: i.CreatedAt, Ciphertext: ciphertext,
	}
	if err := tx.DB().Create(&row).Error; err != nil {
		return fmt.Errorf("store sealed item: %w", err)
	}
	return nil
}

func readItems(g *gorm.DB, itemIDs []string) (map[string]sealedItem, error) {
	var rows []itemRow
	if err := g.Where("id IN ?", itemIDs).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read sealed items: %w", err)
	}
	out := make(map[string]sealedItem, len(rows))
	for _, r := range rows {
		out[r.ID] = sealedItem{Item: r.item(), Ciphertext: r.Ciphertext}
	}
	return out, nil
}

// requireItems holds the items until the end of the transaction and fails with
// vault.gone when one is not there any more.
func requireItems(tx *db.Tx, itemIDs []string) error {
	var found []string
	// In the order in which they are removed, so that two who come at once do not
	// wait for each other; moving an item's end waits for nobody.
	err := tx.DB().Model(&itemRow{}).Clauses(clause.Locking{Strength: "KEY SHARE"}).
		Where("id IN ?", itemIDs).Order("id").Pluck("id", &found).Error
	if err != nil {
		return fmt.Errorf("read sealed items: %w", err)
	}
	present := make(map[string]bool, len(found))
	for _, id := range found {
		present[id] = true
	}
	for _, id := range itemIDs {
		if !present[id] {
			return errs.New(errs.NotFound, "vault.gone")
		}
	}
	return nil
}

const itemColumns = "id, person, purpose, key_id, slot_table, slot_row, slot_column, mime, size, keep_until, created_at"

func itemsOf(g *gorm.DB, person string) ([]Item, error) {
	return listItems(g.Where("person = ?", person).Order("created_at, id"))
}

func itemsDue(g *gorm.DB, now time.Time) ([]Item, error) {
	return listItems(g.Where("keep_until <= ?", now).Order("keep_until, id"))
}

func listItems(g *gorm.DB) ([]Item, error) {
	var rows []itemRow
	if err := g.Select(itemColumns).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list sealed items: %w", err)
	}
	out := make([]Item, len(rows))
	for i, r := range rows {
		out[i] = r.item()
	}
	return out, nil
}

// describeItems returns items without their ciphertext.
func describeItems(g *gorm.DB, itemIDs []string) (map[string]Item, error) {
	items, err := listItems(g.Where("id IN ?", itemIDs))
	out := make(map[string]Item, len(items))
	for _, i := range items {
		out[i.ID] = i
	}
	return out, err
}

// readItem reads one item with its ciphertext.
func readItem(g *gorm.DB, itemID string) (sealedItem, error) {
	var row itemRow
	if err := g.Where("id = ?", itemID).Take(&row).Error; err != nil {
		return sealedItem{}, err
	}
	return sealedItem{Item: row.item(), Ciphertext: row.Ciphertext}, nil
}

// readSmallest reads the smallest items of a purpose with their ciphertext.
func readSmallest(g *gorm.DB, purpose Purpose, limit int) ([]sealedItem, error) {
	var rows []itemRow
	if err := g.Where("purpose = ?", string(purpose)).Order("size, id").Limit(limit).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read sealed items: %w", err)
	}
	out := make([]sealedItem, len(rows))
	for i, r := range rows {
		out[i] = sealedItem{Item: r.item(), Ciphertext: r.Ciphertext}
	}
	return out, nil
}

// countItemsOf counts the items that keys have sealed.
func countItemsOf(g *gorm.DB, keyIDs []string) (map[string]int, error) {
	var rows []struct {
		KeyID string
		Items int
	}
	err := g.Model(&itemRow{}).Select("key_id, COUNT(*) AS items").Where("key_id IN ?", keyIDs).Group("key_id").Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("count sealed items: %w", err)
	}
	out := make(map[string]int, len(rows))
	for _, r := range rows {
		out[r.KeyID] = r.Items
	}
	return out, nil
}

func deleteItemsOf(tx *db.Tx, keyID string) error {
	if err := tx.DB().Where("key_id = ?", keyID).Delete(&itemRow{}).Error; err != nil {
		return fmt.Errorf("remove sealed items: %w", err)
	}
	return nil
}

func takeSealed(tx *db.Tx, itemID string) (sealedItem, error) { return readItem(tx.DB(), itemID) }

// takeItemsOf lists the items of a person and purpose, or of all purposes with
// "", in the order in which they are removed.
func takeItemsOf(tx *db.Tx, person string, purpose Purpose) ([]Item, error) {
	return listItems(ofPurpose(tx.DB().Clauses(clause.Locking{Strength: "UPDATE"}).Where("person = ?", person), purpose).Order("id"))
}

// takeItem reads an item without its ciphertext and holds it.
func takeItem(tx *db.Tx, itemID string) (Item, error) {
	var row itemRow
	err := tx.DB().Clauses(clause.Locking{Strength: "UPDATE"}).Select(itemColumns).Where("id = ?", itemID).Take(&row).Error
	return row.item(), err
}

func updateKeepUntil(tx *db.Tx, itemID string, until time.Time) error {
	done := tx.DB().Model(&itemRow{}).Where("id = ?", itemID).Update("keep_until", until)
	if done.Error != nil {
		return fmt.Errorf("change how long an item is kept: %w", done.Error)
	}
	if done.RowsAffected == 0 {
		return errs.New(errs.NotFound, "vault.gone")
	}
	return nil
}

func deleteItem(tx *db.Tx, itemID string) error {
	if err := tx.DB().Where("id = ?", itemID).Delete(&itemRow{}).Error; err != nil {
		return fmt.Errorf("remove sealed item: %w", err)
	}
	return nil
}

// errNotDue says that an item was removed or its time moved since it was listed.
var errNotDue = errors.New("vault: the item is not due")

func deleteDueItem(tx *db.Tx, itemID string, now time.Time) error {
	done := tx.DB().Where("id = ? AND keep_until <= ?", itemID, now).Delete(&itemRow{})
	if done.Error != nil {
		return fmt.Errorf("remove sealed item: %w", done.Error)
	}
	if done.RowsAffected == 0 {
		return errNotDue
	}
	return nil
}

func (r itemRow) item() Item {
	return Item{
		ID: r.ID, Person: r.Person, Purpose: Purpose(r.Purpose), keyID: r.KeyID,
		Slot: Slot{Table: r.SlotTable, Row: r.SlotRow, Column: r.SlotColumn},
		MIME: r.Mime, Size: r.Size, KeepUntil: r.KeepUntil.UTC(), CreatedAt: r.CreatedAt.UTC(),
	}
}

// contextOf is the context under which a transaction was begun.
func contextOf(tx *db.Tx) context.Context { return tx.DB().Statement.Context }
