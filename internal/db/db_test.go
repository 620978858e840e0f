package db_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"truepenny/internal/db"
)

func openFile(t *testing.T) *db.Store {
	t.Helper()
	store, err := db.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "with space & ü?.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

func TestMigrateTwiceChangesNothing(t *testing.T) {
	store := openFile(t)
	for range 2 {
		if err := store.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestNewerSchemaIsRefusedWithAnAdvice(t *testing.T) {
	store := openFile(t)
	if err := store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	err := store.Write(t.Context(), func(tx *db.Tx) error {
		return tx.DB().Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)").Error
	})
	if err != nil {
		t.Fatal(err)
	}
	err = store.Migrate(t.Context())
	if err == nil || !strings.Contains(err.Error(), "newer Truepenny") {
		t.Fatalf("got %v", err)
	}
}

func TestOnlyTheOwnerReadsADatabaseThatIsMade(t *testing.T) {
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o755); err != nil { // an operator's folder, as mkdir makes it
		t.Fatal(err)
	}
	store, err := db.Open(t.Context(), "sqlite:"+filepath.Join(folder, "a.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if err := store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(folder)
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		info, err := f.Info()
		if err != nil {
			t.Fatal(err)
		}
		if mode := info.Mode().Perm(); mode != 0o600 {
			t.Errorf("%s has mode %04o", f.Name(), mode)
		}
	}
}

func TestWritingGoesOnAfterAScrub(t *testing.T) {
	store := openFile(t)
	if err := store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := store.Scrub(t.Context()); err != nil {
			t.Fatal(err)
		}
		err := store.Write(t.Context(), func(tx *db.Tx) error { return tx.DB().Exec("UPDATE sellers_numbers SET last = last + 1").Error })
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestReaderCannotWrite(t *testing.T) {
	store := openFile(t)
	if err := store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := store.Reader(t.Context()).Exec("UPDATE audit_head SET size = 7").Error; err == nil {
		t.Fatal("a write went through the read pool")
	}
}

func TestRolledBackTransactionRunsNoHook(t *testing.T) {
	store := openFile(t)
	if err := store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	ran := false
	broken := errors.New("broken")
	err := store.Write(t.Context(), func(tx *db.Tx) error {
		tx.OnCommit(func() { ran = true })
		if err := tx.DB().Exec("UPDATE audit_head SET size = 7").Error; err != nil {
			return err
		}
		return broken
	})
	var size int64
	if e := store.Reader(t.Context()).Raw("SELECT size FROM audit_head").Scan(&size).Error; e != nil {
		t.Fatal(e)
	}
	if !errors.Is(err, broken) || ran || size != 0 {
		t.Fatalf("err %v, hook ran %v, size %d", err, ran, size)
	}
}

func TestUnknownAddressIsRefused(t *testing.T) {
	if _, err := db.Open(t.Context(), "mysql://x"); err == nil {
		t.Fatal("accepted")
	}
}

func TestBothDialectsHaveTheSameMigrations(t *testing.T) {
	names := func(folder string) string {
		files, err := os.ReadDir("migrations/" + folder)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, f := range files {
			out = append(out, f.Name())
		}
		return strings.Join(out, " ")
	}
	for _, kind := range []string{"", "keys/"} {
		if sqlite, postgres := names(kind+"sqlite"), names(kind+"postgres"); sqlite != postgres {
			t.Errorf("sqlite: %s\npostgres: %s", sqlite, postgres)
		}
	}
}
