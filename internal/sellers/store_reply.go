package sellers

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"truepenny/internal/db"
	"truepenny/internal/errs"
)

// replyKept is how long a repeated request is recognised.
const replyKept = 48 * time.Hour

const longestKey = 255

type replyRow struct {
	AccountID   string `gorm:"primaryKey"`
	Key         string `gorm:"primaryKey"`
	Fingerprint string
	Result      string
	At          time.Time
}

func (replyRow) TableName() string { return "sellers_replies" }

// fingerprint tells two requests under one key apart.
func fingerprint(operation, subject, kind, side string, parts ...[]byte) string {
	h := sha256.New()
	for _, s := range []string{operation, subject, kind, side} {
		fmt.Fprintf(h, "%d:%s", len(s), s)
	}
	for _, p := range parts {
		fmt.Fprintf(h, "%d:", len(p))
		h.Write(p)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// reply returns what a key was answered with before. The same key on another
// request is Conflict "key.reused".
func (s *Service) reply(ctx context.Context, account, key, asked string) (result string, done bool, err error) {
	if key == "" {
		return "", false, nil
	}
	if len(key) > longestKey {
		return "", false, errs.New(errs.Invalid, "key.too-long")
	}
	row, found, err := readReply(s.store.Reader(ctx), account, key)
	if err != nil || !found {
		return "", false, err
	}
	if row.Fingerprint != asked {
		return "", false, errs.New(errs.Conflict, "key.reused")
	}
	return row.Result, true, nil
}

func readReply(g *gorm.DB, account, key string) (replyRow, bool, error) {
	var row replyRow
	err := g.Where("account_id = ? AND key = ?", account, key).Take(&row).Error
	if db.IsNotFound(err) {
		return row, false, nil
	}
	if err != nil {
		return row, false, fmt.Errorf("read reply: %w", err)
	}
	return row, true, nil
}

// errTwin ends a request whose key was answered while it ran.
var errTwin = errors.New("sellers: answered by a twin request")

// claimKey fails with errTwin when the key was answered already. The
// application is locked by now, so no other request can answer it meanwhile.
func claimKey(e *edit, key string) error {
	if key == "" {
		return nil
	}
	_, found, err := readReply(e.tx.DB(), e.app.AccountID, key)
	if found {
		return errTwin
	}
	return err
}

func insertReply(tx *db.Tx, account, key, asked, result string, now time.Time) error {
	if key == "" {
		return nil
	}
	row := replyRow{AccountID: account, Key: key, Fingerprint: asked, Result: result, At: now}
	if err := tx.DB().Create(&row).Error; err != nil {
		return fmt.Errorf("keep reply: %w", err)
	}
	return nil
}

// twin answers a request whose key was answered while it ran.
func (s *Service) twin(ctx context.Context, app Application, a addition) (Evidence, error) {
	before, done, err := s.reply(ctx, app.AccountID, a.key, a.asked)
	if err != nil {
		return Evidence{}, err
	}
	if !done {
		return Evidence{}, errs.New(errs.Conflict, "key.reused")
	}
	return s.readEvidence(ctx, app.ID, before)
}

func deleteReplies(tx *db.Tx, before time.Time) (int, error) {
	done := tx.DB().Where("at < ?", before).Delete(&replyRow{})
	return int(done.RowsAffected), done.Error
}
