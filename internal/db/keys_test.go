package db_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pressly/goose/v3"

	"truepenny/internal/db"
	"truepenny/internal/testkit"
)

func TestTheKeyStoreHasASchemaOfItsOwn(t *testing.T) {
	store, err := db.OpenKeys(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "keys.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	for range 2 {
		if err := store.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	var tables []string
	err = store.Reader(t.Context()).Raw("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").Scan(&tables).Error
	if want := []string{"erased", "key_store", "keys", "keys_db_version", "secrets"}; err != nil || !slices.Equal(tables, want) {
		t.Fatalf("%v, %v; want %v", tables, err, want)
	}
}

// beforeKeys makes a database as the version before the key store left it, with
// two people's items and keys.
func beforeKeys(t *testing.T, driver, address string, dialect goose.Dialect, folder string) {
	t.Helper()
	handle, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	defer handle.Close()
	provider, err := goose.NewProvider(dialect, handle, os.DirFS("migrations/"+folder))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.UpTo(t.Context(), 12); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		"INSERT INTO vault_keys VALUES ('acc_1', 'face-match', 'wrapped', 'm', '2026-03-01 12:00:00'), ('acc_2', 'face-match', 'wrapped', 'm', '2026-03-01 12:00:00')",
		`INSERT INTO vault_items (id, person, purpose, slot_table, slot_row, slot_column, mime, size, keep_until, created_at, ciphertext) VALUES
		 ('itm_1', 'acc_1', 'face-match', 't', 'r', 'c', 'image/jpeg', 3, '2027-03-01 12:00:00', '2026-03-01 12:00:00', 'one'),
		 ('itm_2', 'acc_2', 'face-match', 't', 'r', 'c', 'image/jpeg', 3, '2027-03-01 12:00:00', '2026-03-01 12:00:00', 'two')`,
	} {
		if _, err := handle.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
}

func TestKeysAndItemsOfAnOlderVersionSurviveTheUpgrade(t *testing.T) {
	check := func(t *testing.T, store *db.Store) {
		if err := store.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		var items []string
		err := store.Reader(t.Context()).Raw("SELECT person || ' ' || key_id || ' ' || size FROM vault_items ORDER BY id").Scan(&items).Error
		if err != nil || strings.Join(items, ",") != "acc_1  3,acc_2  3" {
			t.Errorf("items %q, %v", items, err)
		}
		var keys int
		if err := store.Reader(t.Context()).Raw("SELECT COUNT(*) FROM vault_keys").Scan(&keys).Error; err != nil || keys != 2 {
			t.Errorf("%d keys wait to be moved, %v", keys, err)
		}
		err = store.Write(t.Context(), func(tx *db.Tx) error { return tx.DB().Exec("DELETE FROM vault_keys").Error })
		if err != nil {
			t.Fatal(err)
		}
		if err := store.Reader(t.Context()).Raw("SELECT COUNT(*) FROM vault_items").Scan(&keys).Error; err != nil || keys != 2 {
			t.Errorf("%d items are left when their keys have moved, %v", keys, err)
		}
	}
	t.Run("sqlite", func(t *testing.T) {
		path := testkit.StorePath(t.TempDir())
		beforeKeys(t, "sqlite3", path, goose.DialectSQLite3, "sqlite")
		check(t, testkit.Open(t, "sqlite:"+path))
	})
	t.Run("postgres", func(t *testing.T) {
		address := testkit.PostgresURL(t)
		beforeKeys(t, "pgx", address, goose.DialectPostgres, "postgres")
		check(t, testkit.Open(t, address))
	})
}
