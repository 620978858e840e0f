package db

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"time"

	"gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"truepenny/internal/clock"
)

const (
	// SQLite and PostgreSQL are the dialects, as the migration folders name them.
	SQLite     = "sqlite"
	PostgreSQL = "postgres"

	readers = 8  // parallel SQLite readers; WAL lets them run beside the one writer
	pool    = 16 // PostgreSQL connections of one process
)

// Store is an open database. On SQLite it has one writing connection, because a
// second writer would only wait (measured: 1 s worst latency instead of 11 ms),
// and a pool of connections that cannot write.
type Store struct {
	dialect string
	write   *gorm.DB
	read    *gorm.DB
	keys    bool // the key store, with a schema of its own
}

// Open opens "sqlite:PATH" (created when missing) or a PostgreSQL URL. The
// schema is not touched; call Migrate.
func Open(ctx context.Context, databaseURL string) (*Store, error) {
	return open(ctx, databaseURL, false)
}

// OpenKeys opens the key store: a database apart from the main one, with a
// schema of its own, so that a copy of the main one holds no keys.
func OpenKeys(ctx context.Context, databaseURL string) (*Store, error) {
	store, err := open(ctx, databaseURL, false)
	if store != nil {
		store.keys = true
	}
	return store, err
}

// OpenReadOnly opens an existing database so that nothing can write to it, for
// verifiers.
func OpenReadOnly(ctx context.Context, databaseURL string) (*Store, error) {
	return open(ctx, databaseURL, true)
}

func open(ctx context.Context, databaseURL string, readOnly bool) (*Store, error) {
	path, isSQLite := strings.CutPrefix(databaseURL, "sqlite:")
	switch {
	case isSQLite:
		return openSQLite(ctx, path, readOnly)
	case strings.HasPrefix(databaseURL, "postgres://"), strings.HasPrefix(databaseURL, "postgresql://"):
		return openPostgres(ctx, databaseURL, readOnly)
	}
	return nil, fmt.Errorf("database address must begin with sqlite: or postgres://")
}

func openSQLite(ctx context.Context, path string, readOnly bool) (*Store, error) {
	if !readOnly {
		if err := ownFile(path); err != nil {
			return nil, err
		}
	}
	read, err := connect(ctx, sqlite.Open(sqliteDSN(path, readOnly, true)), readers)
	if readOnly || err != nil {
		return &Store{dialect: SQLite, read: read, write: read}, err
	}
	write, err := connect(ctx, sqlite.Open(sqliteDSN(path, false, false)), 1)
	return &Store{dialect: SQLite, read: read, write: write}, err
}

// ownFile makes a missing database file so that nobody but its owner reads it,
// whatever the folder allows. SQLite gives its side files the same mode.
func ownFile(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	return file.Close()
}

func sqliteDSN(path string, readOnly, queryOnly bool) string {
	q := url.Values{
		"_busy_timeout":  {"5000"},
		"_foreign_keys":  {"on"},
		"_synchronous":   {"FULL"}, // a decision that was acknowledged survives a power cut
		"_txlock":        {"immediate"},
		"_secure_delete": {"on"}, // a destroyed key does not live on in a free page
	}
	if readOnly {
		q.Set("mode", "ro")
	} else {
		q.Set("_journal_mode", "WAL")
	}
	if queryOnly {
		q.Set("_query_only", "1")
	}
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: q.Encode()}).String()
}

func openPostgres(ctx context.Context, databaseURL string, readOnly bool) (*Store, error) {
	all, err := connect(ctx, postgres.Open(databaseURL), pool)
	if err == nil && readOnly {
		err = all.WithContext(ctx).Exec("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY").Error
	}
	return &Store{dialect: PostgreSQL, read: all, write: all}, err
}

// connect builds a fresh gorm configuration every time: one that is shared
// between dialects silently loses FOR UPDATE SKIP LOCKED on PostgreSQL.
func connect(ctx context.Context, dialector gorm.Dialector, connections int) (*gorm.DB, error) {
	g, err := gorm.Open(dialector, &gorm.Config{
		SkipDefaultTransaction: true,
		PrepareStmt:            true,
		TranslateError:         true,
		NowFunc:                clock.System.Now,
		Logger: logger.NewSlogLogger(slog.Default(), logger.Config{
			SlowThreshold:             500 * time.Millisecond,
			LogLevel:                  logger.Warn,
			IgnoreRecordNotFoundError: true,
			ParameterizedQueries:      true, // values may be personal data
		}),
	})
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	handle, err := g.DB()
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	handle.SetMaxOpenConns(connections)
	handle.SetMaxIdleConns(connections)
	if err := handle.PingContext(ctx); err != nil {
		return nil, fmt.Errorf("reach database: %w", err)
	}
	return g, nil
}

// Dialect returns SQLite or PostgreSQL.
func (s *Store) Dialect() string { return s.dialect }

// Close closes every connection.
func (s *Store) Close() error {
	var first error
	for _, g := range []*gorm.DB{s.write, s.read} {
		if g == nil {
			continue
		}
		handle, err := g.DB()
		if err == nil {
			err = handle.Close()
		}
		if err != nil && first == nil {
			first = err
		}
	}
	return first
}

func (s *Store) writer() (*sql.DB, error) { return s.write.DB() }
