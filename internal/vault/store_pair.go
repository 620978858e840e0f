package vault

import (
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"truepenny/internal/db"
)

// storeRow names the key store, in the key store itself.
type storeRow struct {
	One int `gorm:"primaryKey"`
	ID  string
}

func (storeRow) TableName() string { return "key_store" }

// notedRow is the same name in the main database.
type notedRow struct {
	One int `gorm:"primaryKey"`
	ID  string
}

func (notedRow) TableName() string { return "vault_key_store" }

// oldKeyRow is a key in the main database, where keys lay at first.
type oldKeyRow struct {
	Person    string `gorm:"primaryKey"`
	Purpose   string `gorm:"primaryKey"`
	Wrapped   []byte
	MasterID  string
	CreatedAt time.Time
}

func (oldKeyRow) TableName() string { return "vault_keys" }

func (r oldKeyRow) key() wrappedKey {
	return wrappedKey{ID: movedID(r), Person: r.Person, Purpose: Purpose(r.Purpose), Wrapped: r.Wrapped, MasterID: r.MasterID}
}

// readName returns the name of a key store, "" when it has none yet.
func readName(keyStore *gorm.DB) (string, error) {
	var row storeRow
	err := keyStore.Where("one = 1").Take(&row).Error
	if err != nil && !db.IsNotFound(err) {
		return "", fmt.Errorf("read name of the key store: %w", err)
	}
	return row.ID, nil
}

// readNoted returns the key store that the main database belongs to, "" when it
// has none yet.
func readNoted(main *gorm.DB) (string, error) {
	var row notedRow
	err := main.Where("one = 1").Take(&row).Error
	if err != nil && !db.IsNotFound(err) {
		return "", fmt.Errorf("read which key store belongs to the database: %w", err)
	}
	return row.ID, nil
}

// insertName gives a key store its name unless it has one.
func insertName(tx *db.Tx, id string) error {
	if err := tx.DB().Clauses(clause.OnConflict{DoNothing: true}).Create(&storeRow{1, id}).Error; err != nil {
		return fmt.Errorf("name the key store: %w", err)
	}
	return nil
}

func insertNoted(tx *db.Tx, id string) error {
	if err := tx.DB().Clauses(clause.OnConflict{DoNothing: true}).Create(&notedRow{1, id}).Error; err != nil {
		return fmt.Errorf("note which key store belongs to the database: %w", err)
	}
	return nil
}

func readOldKeys(main *gorm.DB) ([]oldKeyRow, error) {
	var rows []oldKeyRow
	if err := main.Order("person, purpose").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read keys in the database: %w", err)
	}
	return rows, nil
}

// assignOldKey points the items of a person and purpose at their key in the
// key store.
func assignOldKey(tx *db.Tx, old oldKeyRow, keyID string) error {
	err := tx.DB().Model(&itemRow{}).Where("person = ? AND purpose = ? AND key_id = ''", old.Person, old.Purpose).
		Update("key_id", keyID).Error
	if err != nil {
		return fmt.Errorf("point items at their key: %w", err)
	}
	return nil
}

// deleteOldKeys empties the table of keys in the main database; on PostgreSQL
// so that its file is replaced, not only its rows hidden.
func deleteOldKeys(tx *db.Tx) error {
	statement := "DELETE FROM vault_keys"
	if tx.Dialect() == db.PostgreSQL {
		statement = "TRUNCATE vault_keys"
	}
	if err := tx.DB().Exec(statement).Error; err != nil {
		return fmt.Errorf("take keys out of the database: %w", err)
	}
	return nil
}

// knowsAny reports whether the key store has, or had, one of the keys.
func knowsAny(keyStore *gorm.DB, keyIDs []string) (bool, error) {
	var n int64
	for len(keyIDs) > 0 {
		some := keyIDs[:min(500, len(keyIDs))]
		keyIDs = keyIDs[len(some):]
		if err := keyStore.Model(&keyRow{}).Where("id IN ?", some).Limit(1).Count(&n).Error; err != nil {
			return false, fmt.Errorf("read vault keys: %w", err)
		}
		if n > 0 {
			return true, nil
		}
	}
	return false, nil
}

// isEmpty reports whether the key store never had a key.
func isEmpty(keyStore *gorm.DB) (bool, error) {
	var row keyRow
	err := keyStore.Select("id").Take(&row).Error
	if db.IsNotFound(err) {
		return true, nil
	}
	return false, err
}
