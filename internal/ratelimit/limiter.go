package ratelimit

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/errs"
)

// Limiter limits how often something may be tried.
type Limiter struct {
	store  *db.Store
	clock  clock.Clock
	secret []byte
}

// New makes a limiter. The secret (32 bytes, derived from the master key) keeps
// the stored counters from telling whose they are: a plain hash of an address
// could be guessed.
func New(store *db.Store, clk clock.Clock, secret []byte) *Limiter {
	return &Limiter{store: store, clock: clk, secret: secret}
}

// Allow counts one attempt under key, such as "link:" and an e-mail address.
// The first attempt begins a period of length per, in which limit attempts are
// allowed; every further one is TooMany "rate.limited" until the period is
// over. Refused attempts do not lengthen it.
func (l *Limiter) Allow(ctx context.Context, key string, limit int, per time.Duration) error {
	if limit < 1 || per <= 0 {
		return errors.New("ratelimit: limit and period must be positive")
	}
	hits, err := l.hit(ctx, l.hash(key), l.clock.Now(), per)
	if err != nil {
		return err
	}
	if hits > limit {
		return errs.New(errs.TooMany, "rate.limited")
	}
	return nil
}

// Forget ends the period of a key at once, for example after a sign-in that
// succeeded.
func (l *Limiter) Forget(ctx context.Context, key string) error {
	return l.remove(ctx, l.hash(key))
}

// Clean deletes counters whose period is over. A job runs it daily.
func (l *Limiter) Clean(ctx context.Context) error {
	return l.removeExpired(ctx, l.clock.Now())
}

func (l *Limiter) hash(key string) string {
	mac := hmac.New(sha256.New, l.secret)
	mac.Write([]byte(key))
	return hex.EncodeToString(mac.Sum(nil))
}
