package db_test

import (
	"path/filepath"
	"slices"
	"testing"

	"truepenny/internal/db"
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
	if want := []string{"key_store", "keys", "keys_db_version", "secrets"}; err != nil || !slices.Equal(tables, want) {
		t.Fatalf("%v, %v; want %v", tables, err, want)
	}
}
