package db

import (
	"context"
	"errors"

	"gorm.io/gorm"
)

// Tx is a write transaction. What must happen only once it is safely stored is
// registered with OnCommit.
type Tx struct {
	db      *gorm.DB
	dialect string
	before  []func() error
	after   []func()
}

// DB is the transaction as gorm knows it; for files named store*.go only.
func (t *Tx) DB() *gorm.DB { return t.db }

// Dialect returns SQLite or PostgreSQL.
func (t *Tx) Dialect() string { return t.dialect }

// BeforeCommit runs f at the end of the transaction, in order of registration:
// for what everybody waits for, such as the head of the audit log. Who holds
// that waits for nobody else, so no two can wait for each other.
func (t *Tx) BeforeCommit(f func() error) { t.before = append(t.before, f) }

// OnCommit runs f after the transaction was committed, in order of registration.
func (t *Tx) OnCommit(f func()) { t.after = append(t.after, f) }

// Reader is read access outside a transaction; for files named store*.go only.
// On SQLite a write through it fails.
func (s *Store) Reader(ctx context.Context) *gorm.DB { return s.read.WithContext(ctx) }

// Write runs change in one transaction, which is rolled back when change
// returns an error or panics. Only audit, jobs, sessions and ratelimit may call
// it, and the vault on the key store, which the log is not in: everybody else
// writes through audit.Log.Record, so that no change is made without its entry.
func (s *Store) Write(ctx context.Context, change func(tx *Tx) error) error {
	tx := &Tx{dialect: s.dialect}
	err := s.write.WithContext(ctx).Transaction(func(g *gorm.DB) error {
		tx.db = g
		if err := change(tx); err != nil {
			return err
		}
		for _, f := range tx.before {
			if err := f(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, f := range tx.after {
		f()
	}
	return nil
}

// IsNotFound reports whether a query for one row found none.
func IsNotFound(err error) bool { return errors.Is(err, gorm.ErrRecordNotFound) }

// IsDuplicate reports whether a write would have broken a unique index.
func IsDuplicate(err error) bool { return errors.Is(err, gorm.ErrDuplicatedKey) }
