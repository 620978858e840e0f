package db

import (
	"context"
	"fmt"
)

// Scrub moves what the write-ahead log of SQLite still holds into the database
// file and empties the log: until then it keeps older states of pages, and with
// them what has been deleted since. While somebody reads it may have to leave
// that to the next time. PostgreSQL looks after its own log.
func (s *Store) Scrub(ctx context.Context) error {
	if s.dialect != SQLite {
		return nil
	}
	// The pragma answers with a row. It has to be read: while it is not, the
	// connection is busy and commits nothing.
	var answer struct{ Busy int }
	if err := s.write.WithContext(ctx).Raw("PRAGMA wal_checkpoint(TRUNCATE)").Scan(&answer).Error; err != nil {
		return fmt.Errorf("empty the write-ahead log: %w", err)
	}
	return nil
}
