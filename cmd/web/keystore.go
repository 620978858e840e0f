package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"truepenny/internal/audit"
	"truepenny/internal/config"
	"truepenny/internal/db"
	"truepenny/internal/vault"
)

// openStores opens the database and the key store beside it, with the log and
// the vault on them.
func (a *App) openStores(ctx context.Context) (err error) {
	if err := os.MkdirAll(a.config.Data, 0o700); err != nil {
		return fmt.Errorf("make data folder: %w", err)
	}
	if a.master, err = masterKey(a.config); err != nil {
		return err
	}
	if a.store, err = db.Open(ctx, a.config.Database); err != nil {
		return err
	}
	if err := a.store.Migrate(ctx); err != nil {
		return err
	}
	if err := a.openKeys(ctx); err != nil {
		return err
	}
	signing, err := a.keys.Secret(ctx, "audit")
	if err != nil {
		return err
	}
	if a.audit, err = audit.New(a.store, a.clock, signing); err != nil {
		return err
	}
	a.vault = vault.New(a.store, a.keys, a.audit, a.clock)
	moved, err := a.vault.Join(ctx)
	if err == nil && moved > 0 {
		a.log.Info("keys moved from the database to the key store", "keys", moved)
	}
	return err
}

// openKeys opens the key store and makes sure that it is the one of the
// database, before anything is written to it.
func (a *App) openKeys(ctx context.Context) (err error) {
	where := config.Place(a.config.Keys)
	has, err := vault.HasKeyStore(ctx, a.store)
	if err != nil {
		return err
	}
	if file, ok := strings.CutPrefix(a.config.Keys, "sqlite:"); ok && has && !holdsSomething(file) {
		return fmt.Errorf("the key store %s is missing, and without it nothing that was sealed in %s can be opened: put it back, or set TRUEPENNY_KEYS to where it is", where, config.Place(a.config.Database))
	}
	if a.keyStore, err = db.OpenKeys(ctx, a.config.Keys); err != nil {
		return fmt.Errorf("key store %s: %w", where, err)
	}
	if err := a.keyStore.Migrate(ctx); err != nil {
		return fmt.Errorf("key store %s: %w", where, err)
	}
	switch err := vault.CheckPair(ctx, a.store, a.keyStore); {
	case errors.Is(err, vault.ErrNoKeys):
		return fmt.Errorf("the key store %s is empty, but %s was sealed with another one: put that back, or set TRUEPENNY_KEYS to where it is", where, config.Place(a.config.Database))
	case errors.Is(err, vault.ErrOtherKeys):
		return fmt.Errorf("the key store %s belongs to another database than %s: set TRUEPENNY_KEYS to the one of this database; a new database begins with a new key store", where, config.Place(a.config.Database))
	case err != nil:
		return err
	}
	previous, err := previousKey(a.config)
	if err != nil {
		return err
	}
	a.keys, err = vault.OpenKeys(ctx, a.keyStore, a.clock, a.master, previous...)
	return err
}

// masterKey reads the key that is given; in development one is made when there
// is none, see config.
func masterKey(cfg config.Config) (vault.MasterKey, error) {
	if cfg.MasterKey.Text != "" {
		return vault.ParseMasterKey(cfg.MasterKey.Text)
	}
	if _, err := os.Stat(cfg.MasterKey.File); cfg.Development() && errors.Is(err, fs.ErrNotExist) {
		for _, address := range []string{cfg.Database, cfg.Keys} {
			if file, ok := strings.CutPrefix(address, "sqlite:"); ok && holdsSomething(file) {
				return vault.MasterKey{}, fmt.Errorf("the master key %s is missing, and a new one could not read %s: put back the key that was used, or set TRUEPENNY_MASTER_KEY", cfg.MasterKey.File, file)
			}
		}
		return vault.CreateMasterKey(cfg.MasterKey.File)
	}
	return vault.LoadMasterKey(cfg.MasterKey.File)
}

func holdsSomething(file string) bool {
	info, err := os.Stat(file)
	return err == nil && info.Size() > 0
}

// previousKey is the key before the current one, only while keys are rotated.
func previousKey(cfg config.Config) ([]vault.MasterKey, error) {
	if !cfg.PreviousMasterKey.Given() {
		return nil, nil
	}
	read := vault.LoadMasterKey
	text := cfg.PreviousMasterKey.File
	if cfg.PreviousMasterKey.Text != "" {
		read, text = vault.ParseMasterKey, cfg.PreviousMasterKey.Text
	}
	key, err := read(text)
	return []vault.MasterKey{key}, err
}
