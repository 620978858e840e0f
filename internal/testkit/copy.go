package testkit

import (
	"os"
	"path/filepath"
	"testing"

	"truepenny/internal/db"
)

// Copy is another database with everything that a SQLite one holds: a backup put
// back beside the original, or a thief's. Nobody may be writing meanwhile.
func Copy(t testing.TB, store *db.Store) *db.Store {
	t.Helper()
	if err := store.Scrub(t.Context()); err != nil {
		t.Fatal(err)
	}
	var file string
	if err := store.Reader(t.Context()).Raw("SELECT file FROM pragma_database_list WHERE name = 'main'").Scan(&file).Error; err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "copy.db")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return Open(t, "sqlite:"+path)
}
