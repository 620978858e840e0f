package db

import (
	"context"
	"database/sql"

	"gorm.io/gorm"
)

// Snapshot runs read on one state of the database: what others write meanwhile
// is not seen. It holds nobody up. For files named store*.go only.
func (s *Store) Snapshot(ctx context.Context, read func(g *gorm.DB) error) error {
	g := s.read.WithContext(ctx)
	if s.dialect == PostgreSQL {
		return g.Transaction(read, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	}
	// gorm would begin a transaction that may write, see sqliteDSN.
	return g.Connection(func(g *gorm.DB) error {
		if err := g.Exec("BEGIN DEFERRED").Error; err != nil {
			return err
		}
		defer g.WithContext(context.WithoutCancel(ctx)).Exec("ROLLBACK") // nothing to lose
		return read(g.Session(&gorm.Session{NewDB: true}))
	})
}
