package db

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations
var migrations embed.FS

// Migrate brings the schema up to date, one transaction a step. It refuses a
// database that a newer Truepenny has already changed.
func (s *Store) Migrate(ctx context.Context) error {
	provider, err := s.provider()
	if err != nil {
		return err
	}
	have, err := provider.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("read schema version: %w", err)
	}
	sources := provider.ListSources()
	if newest := sources[len(sources)-1].Version; have > newest {
		return fmt.Errorf("the database has schema %d, this program knows only up to %d: start the newer Truepenny, or restore a backup from before the upgrade", have, newest)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("bring schema up to date: %w", err)
	}
	return nil
}

func (s *Store) provider() (*goose.Provider, error) {
	handle, err := s.writer()
	if err != nil {
		return nil, err
	}
	folder, versions := "migrations/"+s.dialect, "goose_db_version"
	if s.keys { // its own list, so that neither is ever taken for the other
		folder, versions = "migrations/keys/"+s.dialect, "keys_db_version"
	}
	steps, err := fs.Sub(migrations, folder)
	if err != nil {
		return nil, err
	}
	dialect := goose.DialectSQLite3
	if s.dialect == PostgreSQL {
		dialect = goose.DialectPostgres
	}
	return goose.NewProvider(dialect, handle, steps, goose.WithTableName(versions))
}
