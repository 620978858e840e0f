package vault

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/ids"
)

// What is wrong with a key store beside a database.
var (
	// ErrNoKeys says that the database was sealed with another key store, and
	// that the one given has never held anything.
	ErrNoKeys = errors.New("vault: the key store is empty, but the database was sealed with another one")
	// ErrOtherKeys says that the key store belongs to another database.
	ErrOtherKeys = errors.New("vault: the key store belongs to another database")
)

// HasKeyStore reports whether a key store belongs to the database already: then
// a new one could open nothing of it.
func HasKeyStore(ctx context.Context, main *db.Store) (bool, error) {
	noted, err := readNoted(main.Reader(ctx))
	return noted != "", err
}

// CheckPair fails with ErrNoKeys or ErrOtherKeys when a key store is not the
// one of the database. Both must be migrated; nothing is written.
func CheckPair(ctx context.Context, main, keyStore *db.Store) error {
	noted, err := readNoted(main.Reader(ctx))
	if err != nil {
		return err
	}
	name, err := readName(keyStore.Reader(ctx))
	if err != nil {
		return err
	}
	switch {
	case noted == name:
		return nil
	case name == "":
		return ErrNoKeys
	case noted != "":
		return ErrOtherKeys
	}
	// The key store has a name and the database has not noted one. Its first
	// start was cut short, or it is a copy from before there were key stores.
	empty, err := isEmpty(keyStore.Reader(ctx))
	if err != nil || empty {
		return err
	}
	old, err := readOldKeys(main.Reader(ctx))
	if err != nil {
		return err
	}
	moved := make([]string, len(old))
	for i, row := range old {
		moved[i] = movedID(row)
	}
	known, err := knowsAny(keyStore.Reader(ctx), moved)
	if err == nil && !known {
		err = ErrOtherKeys
	}
	return err
}

// Join ties the key store to the database at their first start together, and
// moves keys there that lay in the database. A key that the key store knows to
// be destroyed stays destroyed. It returns how many were found. It can be cut
// short anywhere and called again.
func (v *Vault) Join(ctx context.Context) (int, error) {
	if noted, err := readNoted(v.store.Reader(ctx)); err != nil || noted != "" {
		return 0, err
	}
	old, err := readOldKeys(v.store.Reader(ctx))
	if err != nil {
		return 0, err
	}
	if err := v.keys.adopt(ctx, old); err != nil {
		return 0, err
	}
	name, err := readName(v.keys.store.Reader(ctx))
	if err != nil {
		return 0, err
	}
	entry := audit.Entry{
		Actor: audit.System("vault"), Action: "vault.joined", Subject: "keystore:" + name,
		Details: map[string]string{"keys": strconv.Itoa(len(old))},
	}
	err = v.log.Record(ctx, entry, func(tx *db.Tx) error {
		for _, row := range old {
			if err := assignOldKey(tx, row, movedID(row)); err != nil {
				return err
			}
		}
		if err := deleteOldKeys(tx); err != nil {
			return err
		}
		return insertNoted(tx, name)
	})
	if err != nil {
		return 0, fmt.Errorf("move keys to the key store: %w", err)
	}
	return len(old), v.store.Scrub(ctx)
}

// adopt names the key store and takes keys in that lay in the main database.
func (k *Keys) adopt(ctx context.Context, old []oldKeyRow) error {
	return k.write(ctx, func(tx *db.Tx) error {
		if err := insertName(tx, ids.New("kst")); err != nil {
			return err
		}
		for _, row := range old {
			// What it sealed was not counted; half of what it may is beyond what any
			// person can have sent.
			if _, err := insertKey(tx, row.key(), messagesPerKey/2, row.CreatedAt); err != nil {
				return err
			}
		}
		return nil
	})
}

// movedID names a key that lay in the main database, the same way each time: an
// old copy that is put back years later must not bring a destroyed key to life.
func movedID(old oldKeyRow) string {
	sum := sha256.Sum256(lengthPrefixed("truepenny/moved-key/1", old.Person, old.Purpose))
	return "key_" + hex.EncodeToString(sum[:13])
}
