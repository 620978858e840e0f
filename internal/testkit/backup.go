package testkit

import (
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	_ "github.com/mattn/go-sqlite3" // the driver under the name "sqlite3"

	"truepenny/internal/db"
)

// Backup is a copy of a database as an operator makes one (VACUUM INTO; on
// PostgreSQL every table with its rows), opened: what the copy holds is what a
// restore brings back.
func Backup(t testing.TB, store *db.Store) *db.Store {
	t.Helper()
	if store.Dialect() == db.PostgreSQL {
		return backupPostgres(t, store)
	}
	return Open(t, "sqlite:"+BackupFile(t, store))
}

// BackupFile is the file of such a copy of a SQLite database.
func BackupFile(t testing.TB, store *db.Store) string {
	t.Helper()
	var from string
	if err := store.Reader(t.Context()).Raw("SELECT file FROM pragma_database_list WHERE name = 'main'").Scan(&from).Error; err != nil {
		t.Fatal(err)
	}
	handle, err := sql.Open("sqlite3", (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: from}).EscapedPath()}).String())
	if err != nil {
		t.Fatal(err)
	}
	defer handle.Close()
	to := filepath.Join(t.TempDir(), "backup.db")
	if _, err := handle.Exec("VACUUM INTO ?", to); err != nil {
		t.Fatal(err)
	}
	return to
}

func backupPostgres(t testing.TB, store *db.Store) *db.Store {
	t.Helper()
	var from string
	var tables []string
	read := store.Reader(t.Context())
	if err := read.Raw("SELECT current_schema()").Scan(&from).Error; err != nil {
		t.Fatal(err)
	}
	if err := read.Raw("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()").Scan(&tables).Error; err != nil || len(tables) == 0 {
		t.Fatal(tables, err)
	}
	address := PostgresURL(t)
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	to := u.Query().Get("search_path")
	for _, table := range tables {
		administer(t, os.Getenv(postgresSetting), "CREATE TABLE "+to+"."+table+" (LIKE "+from+"."+table+" INCLUDING ALL)")
		administer(t, os.Getenv(postgresSetting), "INSERT INTO "+to+"."+table+" OVERRIDING SYSTEM VALUE SELECT * FROM "+from+"."+table)
	}
	var counted []struct{ TableName, ColumnName string }
	err = read.Raw("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = ? AND is_identity = 'YES'", from).Scan(&counted).Error
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range counted { // a dump brings what was counted so far along
		administer(t, os.Getenv(postgresSetting), "SELECT setval(pg_get_serial_sequence('"+to+"."+c.TableName+"', '"+c.ColumnName+"'), 1 + (SELECT coalesce(max("+c.ColumnName+"), 0) FROM "+to+"."+c.TableName+"))")
	}
	return Open(t, address)
}
