package vault

import (
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

type keyRow struct {
	Person    string `gorm:"primaryKey"`
	Purpose   string `gorm:"primaryKey"`
	Wrapped   []byte
	MasterID  string
	CreatedAt time.Time
}

func (keyRow) TableName() string { return "vault_keys" }

// sealedItem is an item with its ciphertext.
type sealedItem struct {
	Item
	Ciphertext []byte
}

func insertItem(tx *db.Tx, i Item, ciphertext []byte) error {
	row := itemRow{
		ID: i.ID, Person: i.Person, Purpose: string(i.Purpose),
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

const itemColumns = "id, person, purpose, slot_table, slot_row, slot_column, mime, size, keep_until, created_at"

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
		ID: r.ID, Person: r.Person, Purpose: Purpose(r.Purpose),
		Slot: Slot{Table: r.SlotTable, Row: r.SlotRow, Column: r.SlotColumn},
		MIME: r.Mime, Size: r.Size, KeepUntil: r.KeepUntil.UTC(), CreatedAt: r.CreatedAt.UTC(),
	}
}

func readKey(g *gorm.DB, person string, purpose Purpose) (wrappedKey, error) {
	var row keyRow
	err := g.Where("person = ? AND purpose = ?", person, string(purpose)).Take(&row).Error
	return row.key(), err
}

// takeKey reads a key and keeps it from being destroyed or rewrapped until the
// end of the transaction.
func takeKey(tx *db.Tx, person string, purpose Purpose) (wrappedKey, error) {
	return readKey(tx.DB().Clauses(clause.Locking{Strength: "SHARE"}), person, purpose)
}

func insertKey(tx *db.Tx, k wrappedKey, now time.Time) error {
	row := keyRow{Person: k.Person, Purpose: string(k.Purpose), Wrapped: k.Wrapped, MasterID: k.MasterID, CreatedAt: now}
	if err := tx.DB().Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
		return fmt.Errorf("store vault key: %w", err)
	}
	return nil
}

// deleteKey takes the items along by the foreign key.
func deleteKey(tx *db.Tx, person string, purpose Purpose) error {
	err := tx.DB().Where("person = ? AND purpose = ?", person, string(purpose)).Delete(&keyRow{}).Error
	if err != nil {
		return fmt.Errorf("destroy vault key: %w", err)
	}
	return nil
}

// takeKeysNotUnder locks up to limit keys that another master key wraps, and
// leaves out those that somebody is using; when all that are left are in use,
// it waits for one. Waiting while holding others could be a deadlock.
func takeKeysNotUnder(tx *db.Tx, masterID string, limit int) ([]wrappedKey, error) {
	keys, err := lockKeys(tx, masterID, limit, clause.Locking{Strength: "UPDATE", Options: "SKIP LOCKED"})
	if err == nil && len(keys) == 0 {
		keys, err = lockKeys(tx, masterID, 1, clause.Locking{Strength: "UPDATE"})
	}
	return keys, err
}

func lockKeys(tx *db.Tx, masterID string, limit int, lock clause.Locking) ([]wrappedKey, error) {
	var rows []keyRow
	err := tx.DB().Clauses(lock).Where("master_id <> ?", masterID).
		Order("person, purpose").Limit(limit).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read vault keys: %w", err)
	}
	out := make([]wrappedKey, len(rows))
	for i, r := range rows {
		out[i] = r.key()
	}
	return out, nil
}

func updateKey(tx *db.Tx, k wrappedKey) error {
	err := tx.DB().Model(&keyRow{}).Where("person = ? AND purpose = ?", k.Person, string(k.Purpose)).
		Updates(map[string]any{"wrapped": k.Wrapped, "master_id": k.MasterID}).Error
	if err != nil {
		return fmt.Errorf("store rewrapped vault key: %w", err)
	}
	return nil
}

func (r keyRow) key() wrappedKey {
	return wrappedKey{Person: r.Person, Purpose: Purpose(r.Purpose), Wrapped: r.Wrapped, MasterID: r.MasterID}
}

// masterIDs lists the master keys that wrap keys of the vault.
func masterIDs(g *gorm.DB) ([]string, error) {
	var ids []string
	if err := g.Model(&keyRow{}).Distinct().Pluck("master_id", &ids).Error; err != nil {
		return nil, fmt.Errorf("read vault keys: %w", err)
	}
	return ids, nil
}
