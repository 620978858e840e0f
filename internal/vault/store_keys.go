package vault

import (
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"truepenny/internal/db"
)

// keyRow is a row of the key store.
type keyRow struct {
	ID          string `gorm:"primaryKey"`
	Person      string
	Purpose     string
	Wrapped     []byte
	MasterID    string
	Sealed      int64
	CreatedAt   time.Time
	RetiredAt   *time.Time
	DestroyedAt *time.Time
}

func (keyRow) TableName() string { return "keys" }

func (r keyRow) key() wrappedKey {
	return wrappedKey{ID: r.ID, Person: r.Person, Purpose: Purpose(r.Purpose), Wrapped: r.Wrapped, MasterID: r.MasterID}
}

const (
	alive = "destroyed_at IS NULL"
	inUse = "retired_at IS NULL AND " + alive
)

// readKeyInUse reads the key that seals for a person and purpose.
func readKeyInUse(g *gorm.DB, person string, purpose Purpose) (wrappedKey, error) {
	var row keyRow
	err := g.Where("person = ? AND purpose = ? AND "+inUse, person, string(purpose)).Take(&row).Error
	return row.key(), err
}

// readKeys returns those of the keys that are not destroyed.
func readKeys(g *gorm.DB, keyIDs []string) (map[string]wrappedKey, error) {
	var rows []keyRow
	if err := g.Where("id IN ? AND "+alive, keyIDs).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read vault keys: %w", err)
	}
	out := make(map[string]wrappedKey, len(rows))
	for _, r := range rows {
		out[r.ID] = r.key()
	}
	return out, nil
}

// insertKey reports whether the key is there now because of this call: another
// may have made one at the same time.
func insertKey(tx *db.Tx, k wrappedKey, sealed int64, now time.Time) (bool, error) {
	row := keyRow{ID: k.ID, Person: k.Person, Purpose: string(k.Purpose), Wrapped: k.Wrapped, MasterID: k.MasterID, Sealed: sealed, CreatedAt: now}
	done := tx.DB().Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
	if done.Error != nil {
		return false, fmt.Errorf("store vault key: %w", done.Error)
	}
	return done.RowsAffected == 1, nil
}

// countSealed adds messages to a key in use, unless it would pass its limit.
func countSealed(tx *db.Tx, keyID string, more, limit int64) (bool, error) {
	done := tx.DB().Model(&keyRow{}).Where("id = ? AND sealed + ? <= ? AND "+inUse, keyID, more, limit).
		Update("sealed", gorm.Expr("sealed + ?", more))
	if done.Error != nil {
		return false, fmt.Errorf("count what a key sealed: %w", done.Error)
	}
	return done.RowsAffected == 1, nil
}

// retireKey makes a key seal nothing more.
func retireKey(tx *db.Tx, keyID string, now time.Time) error {
	err := tx.DB().Model(&keyRow{}).Where("id = ? AND "+inUse, keyID).Update("retired_at", now).Error
	if err != nil {
		return fmt.Errorf("retire vault key: %w", err)
	}
	return nil
}

// destroyKeys empties every key of a person and purpose, or of all purposes
// with "", and leaves what says that there was one.
func destroyKeys(tx *db.Tx, person string, purpose Purpose, now time.Time) error {
	err := ofPurpose(tx.DB().Model(&keyRow{}).Where("person = ? AND "+alive, person), purpose).
		Updates(map[string]any{"wrapped": []byte{}, "master_id": "", "destroyed_at": now}).Error
	if err != nil {
		return fmt.Errorf("destroy vault keys: %w", err)
	}
	return nil
}

func destroyKey(tx *db.Tx, keyID string, now time.Time) error {
	err := tx.DB().Model(&keyRow{}).Where("id = ? AND "+alive, keyID).
		Updates(map[string]any{"wrapped": []byte{}, "master_id": "", "destroyed_at": now}).Error
	if err != nil {
		return fmt.Errorf("destroy vault key: %w", err)
	}
	return nil
}

// readIdleness pages through all keys, destroyed ones too, by their ids.
func readIdleness(g *gorm.DB, after string, limit int) ([]idleness, error) {
	var rows []keyRow
	err := g.Select("id, person, purpose, created_at, retired_at, destroyed_at").Where("id > ?", after).Order("id").Limit(limit).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read vault keys: %w", err)
	}
	out := make([]idleness, len(rows))
	for i, r := range rows {
		out[i] = idleness{id: r.ID, person: r.Person, purpose: Purpose(r.Purpose), created: r.CreatedAt, retired: orZero(r.RetiredAt), gone: orZero(r.DestroyedAt)}
	}
	return out, nil
}

func orZero(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

func ofPurpose(g *gorm.DB, purpose Purpose) *gorm.DB {
	if purpose == "" {
		return g
	}
	return g.Where("purpose = ?", string(purpose))
}

// readDestroyed lists the destroyed keys of a person and purpose, oldest first.
func readDestroyed(g *gorm.DB, person string, purpose Purpose) ([]DestroyedKey, error) {
	var rows []keyRow
	err := ofPurpose(g.Where("person = ? AND purpose <> '' AND destroyed_at IS NOT NULL", person), purpose).
		Order("destroyed_at, id").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read destroyed vault keys: %w", err)
	}
	out := make([]DestroyedKey, len(rows))
	for i, r := range rows {
		out[i] = DestroyedKey{ID: r.ID, Purpose: Purpose(r.Purpose), At: r.DestroyedAt.UTC()}
	}
	return out, nil
}

// readPurposes lists the purposes for which a person has keys.
func readPurposes(g *gorm.DB, person string) ([]Purpose, error) {
	var out []Purpose
	err := g.Model(&keyRow{}).Where("person = ? AND "+alive, person).Distinct().Order("purpose").Pluck("purpose", &out).Error
	if err != nil {
		return nil, fmt.Errorf("read vault keys: %w", err)
	}
	return out, nil
}

// readKeysAfter pages through the keys of a purpose by their ids.
func readKeysAfter(g *gorm.DB, purpose Purpose, after string, limit int) ([]wrappedKey, error) {
	var rows []keyRow
	err := g.Where("purpose = ? AND id > ? AND "+alive, string(purpose), after).Order("id").Limit(limit).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read vault keys: %w", err)
	}
	out := make([]wrappedKey, len(rows))
	for i, r := range rows {
		out[i] = r.key()
	}
	return out, nil
}

func countKeys(g *gorm.DB, masterID string) ([]Count, error) {
	var out []Count
	err := g.Raw("SELECT purpose, SUM(CASE WHEN "+inUse+" THEN 1 ELSE 0 END) AS in_use, "+
		"SUM(CASE WHEN retired_at IS NOT NULL AND "+alive+" THEN 1 ELSE 0 END) AS retired, "+
		"SUM(CASE WHEN "+alive+" THEN 0 ELSE 1 END) AS destroyed, "+
		"SUM(CASE WHEN master_id <> ? AND "+alive+" THEN 1 ELSE 0 END) AS waiting "+
		"FROM keys WHERE purpose <> '' GROUP BY purpose ORDER BY purpose", masterID).Scan(&out).Error
	if err != nil {
		return nil, fmt.Errorf("count vault keys: %w", err)
	}
	return out, nil
}
