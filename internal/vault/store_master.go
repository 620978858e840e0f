package vault

import (
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"truepenny/internal/db"
)

// secretRow is a secret of the program in the key store.
type secretRow struct {
	Label    string `gorm:"primaryKey"`
	Wrapped  []byte
	MasterID string
}

func (secretRow) TableName() string { return "secrets" }

// takeKeysNotUnder reads up to limit keys behind an id that another master key
// wraps, and holds them until the end of the transaction.
func takeKeysNotUnder(tx *db.Tx, masterID, after string, limit int) ([]wrappedKey, error) {
	var rows []keyRow
	err := tx.DB().Clauses(clause.Locking{Strength: "UPDATE"}).Where("id > ? AND master_id <> ? AND "+alive, after, masterID).
		Order("id").Limit(limit).Find(&rows).Error
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
	err := tx.DB().Exec("UPDATE keys SET wrapped = ?, master_id = ? WHERE id = ? AND "+alive, k.Wrapped, k.MasterID, k.ID).Error
	if err != nil {
		return fmt.Errorf("store rewrapped vault key: %w", err)
	}
	return nil
}

// countKeysNotUnder counts the keys that another master key wraps.
func countKeysNotUnder(g *gorm.DB, masterID string) (int64, error) {
	var n int64
	if err := g.Model(&keyRow{}).Where("master_id <> ? AND "+alive, masterID).Count(&n).Error; err != nil {
		return 0, fmt.Errorf("count vault keys: %w", err)
	}
	return n, nil
}

// masterIDs lists the master keys that wrap something in the key store.
func masterIDs(g *gorm.DB) ([]string, error) {
	var ids []string
	err := g.Raw("SELECT DISTINCT master_id FROM keys WHERE " + alive + " UNION SELECT master_id FROM secrets").Scan(&ids).Error
	if err != nil {
		return nil, fmt.Errorf("read vault keys: %w", err)
	}
	return ids, nil
}

func readSecret(g *gorm.DB, label string) (secretRow, error) {
	var row secretRow
	err := g.Where("label = ?", label).Take(&row).Error
	return row, err
}

func insertSecret(tx *db.Tx, row secretRow) error {
	if err := tx.DB().Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
		return fmt.Errorf("store secret %s: %w", row.Label, err)
	}
	return nil
}

func takeSecretsNotUnder(tx *db.Tx, masterID string) ([]secretRow, error) {
	var rows []secretRow
	err := tx.DB().Clauses(clause.Locking{Strength: "UPDATE"}).Where("master_id <> ?", masterID).Order("label").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read secrets: %w", err)
	}
	return rows, nil
}

func updateSecret(tx *db.Tx, row secretRow) error {
	err := tx.DB().Model(&secretRow{}).Where("label = ?", row.Label).
		Updates(map[string]any{"wrapped": row.Wrapped, "master_id": row.MasterID}).Error
	if err != nil {
		return fmt.Errorf("store rewrapped secret: %w", err)
	}
	return nil
}
