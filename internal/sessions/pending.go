package sessions

import (
	"context"
	"time"

	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
)

// Keep stores a value that waits for the second half of a ceremony and returns
// the token that fetches it, once, within ttl.
func (s *Sessions) Keep(ctx context.Context, topic string, value []byte, ttl time.Duration) (string, error) {
	token, now := ids.Token(), s.clock.Now()
	err := s.store.Write(ctx, func(tx *db.Tx) error {
		return insertPending(tx, pendingRow{
			TokenHash: ids.Hash(token), Topic: topic, Value: value, ExpiresAt: now.Add(ttl),
		}, now)
	})
	return token, err
}

// Take fetches a kept value and destroys it. A value that is too old, was taken
// before or belongs to another topic is Gone "ceremony.expired".
func (s *Sessions) Take(ctx context.Context, topic, token string) ([]byte, error) {
	var value []byte
	err := s.store.Write(ctx, func(tx *db.Tx) error {
		row, ok, err := takePending(tx, ids.Hash(token))
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
