package testkit

import (
	"context"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver under the name "pgx"

	"truepenny/internal/db"
	"truepenny/internal/ids"
)

// postgresSetting names the PostgreSQL database that tests may make schemas in.
const postgresSetting = "TRUEPENNY_TEST_POSTGRES"

// Store is a migrated SQLite database in a folder of its own, closed when the
// test ends.
func Store(t testing.TB) *db.Store {
	t.Helper()
	return migrated(t, "sqlite:"+StorePath(t.TempDir()))
}

// StorePath is the database file that Store would make in a folder.
func StorePath(folder string) string { return filepath.Join(folder, "truepenny.db") }

// Postgres is a migrated PostgreSQL database in a schema of its own, dropped
// when the test ends. Without a server the test is skipped, but under CI fails.
func Postgres(t testing.TB) *db.Store {
	t.Helper()
	return migrated(t, PostgresURL(t))
}

// Each runs a test on SQLite and on PostgreSQL.
func Each(t *testing.T, test func(t *testing.T, store *db.Store)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, Store(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t)) })
}

// KeyStore is a migrated key store of the same kind as a database, closed when
// the test ends.
func KeyStore(t testing.TB, beside *db.Store) *db.Store {
	t.Helper()
	address := "sqlite:" + filepath.Join(t.TempDir(), "keys.db")
	if beside.Dialect() == db.PostgreSQL {
		address = PostgresURL(t)
	}
	return OpenKeys(t, address)
}

// OpenKeys opens a key store, migrates it and closes it when the test ends.
func OpenKeys(t testing.TB, address string) *db.Store {
	t.Helper()
	store, err := db.OpenKeys(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := store.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	return store
}

// Open opens an existing database and closes it when the test ends: a second
// process on the same data.
func Open(t testing.TB, databaseURL string) *db.Store {
	t.Helper()
	store, err := db.Open(context.Background(), databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

func migrated(t testing.TB, databaseURL string) *db.Store {
	t.Helper()
	store := Open(t, databaseURL)
	if err := store.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	return store
}

// PostgresURL makes an empty schema and returns the address that uses it.
func PostgresURL(t testing.TB) string {
	t.Helper()
	server := os.Getenv(postgresSetting)
	if server == "" {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s must be set under CI: tests run on PostgreSQL too", postgresSetting)
		}
		t.Skipf("%s is not set, so this does not run on PostgreSQL", postgresSetting)
	}
	schema := strings.ToLower(ids.New("test"))
	administer(t, server, "CREATE SCHEMA "+schema)
	t.Cleanup(func() { administer(t, server, "DROP SCHEMA "+schema+" CASCADE") })
	u, err := url.Parse(server)
	if err != nil {
		t.Fatalf("%s is not a URL: %v", postgresSetting, err)
	}
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String()
}

func administer(t testing.TB, server, statement string) {
	t.Helper()
	handle, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	defer handle.Close()
	if _, err := handle.Exec(statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}
