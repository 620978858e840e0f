package sessions

import (
	"context"
	"time"

	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
)

// Keep stores a value that waits for the second half of a ceremony. secret, a
// random value that the other side brings back, fetches it once within life.
func (s *Sessions) Keep(ctx context.Context, topic, secret string, value []byte, life time.Duration) error {
	now := s.clock.Now()
	return s.store.Write(ctx, func(tx *db.Tx) error {
		return insertPending(tx, pendingRow{
			TokenHash: ids.Hash(secret), Topic: topic, Value: value, ExpiresAt: now.Add(life),
		}, now)
	})
}

// Take fetches a kept value and destroys it. A value that is too old, was taken
// before or belongs to another topic is Gone "ceremony.expired".
func (s *Sessions) Take(ctx context.Context, topic, secret string) ([]byte, error) {
	var value []byte
	err := s.store.Write(ctx, func(tx *db.Tx) error {
		row, ok, err := takePending(tx, ids.Hash(secret))
		if ok && row.Topic == topic && s.clock.Now().Before(row.ExpiresAt) {
			value = row.Value
		}
		return err
	})
	if err == nil && value == nil {
		err = errs.New(errs.Gone, "ceremony.expired")
	}
	return value, err
}
