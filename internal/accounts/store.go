package accounts

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
)

type accountRow struct {
	ID        string `gorm:"primaryKey"`
	Email     string
	CreatedAt time.Time
}

func (accountRow) TableName() string { return "accounts" }

type linkRow struct {
	TokenHash string `gorm:"primaryKey"`
	Purpose   string
	Email     string
	Account   string
	Next      string
	ExpiresAt time.Time
}

func (linkRow) TableName() string { return "account_links" }

func insert(tx *db.Tx, a Account) error {
	return unlessTaken(tx.DB().Create(&accountRow{ID: a.ID, Email: a.Email, CreatedAt: a.CreatedAt}).Error)
}

func setEmail(tx *db.Tx, id, email string) error {
	return unlessTaken(tx.DB().Model(&accountRow{}).Where("id = ?", id).Update("email", email).Error)
}

func unlessTaken(err error) error {
	if db.IsDuplicate(err) {
		return errs.Wrap(errs.Conflict, "account.address-taken", err)
	}
	return err
}

func byID(q *gorm.DB, id string) (Account, error)       { return take(q.Where("id = ?", id)) }
func byEmail(q *gorm.DB, email string) (Account, error) { return take(q.Where("email = ?", email)) }

func take(q *gorm.DB) (Account, error) {
	var row accountRow
	err := q.Take(&row).Error
	if db.IsNotFound(err) {
		return Account{}, errs.New(errs.NotFound, "account.unknown")
	}
	if err != nil {
		return Account{}, fmt.Errorf("read account: %w", err)
	}
	return Account{ID: row.ID, Email: row.Email, CreatedAt: row.CreatedAt.UTC()}, nil
}

func (a *Service) link(q *gorm.DB, token string) (Link, error) {
	var row linkRow
	err := q.Where("token_hash = ?", ids.Hash(token)).Take(&row).Error
	if db.IsNotFound(err) || err == nil && !a.clock.Now().Before(row.ExpiresAt) {
		return Link{}, errs.New(errs.Gone, "account.link-gone")
	}
	if err != nil {
		return Link{}, fmt.Errorf("read mail link: %w", err)
	}
	return Link{
		Purpose: Purpose(row.Purpose), Email: row.Email, Next: row.Next, Until: row.ExpiresAt.UTC(), account: row.Account, hash: row.TokenHash,
	}, nil
}

func replaceSignIn(tx *db.Tx, l Link) error {
	return replace(tx, l, "purpose = ? AND email = ?", string(SignIn), l.Email)
}

func replaceChange(tx *db.Tx, l Link) error {
	return replace(tx, l, "purpose = ? AND account = ?", string(Change), l.account)
}

func replace(tx *db.Tx, l Link, older string, args ...any) error {
	if err := tx.DB().Where(older, args...).Delete(&linkRow{}).Error; err != nil {
		return fmt.Errorf("end older links: %w", err)
	}
	return tx.DB().Create(&linkRow{
		TokenHash: l.hash, Purpose: string(l.Purpose), Email: l.Email, Account: l.account, Next: l.Next, ExpiresAt: l.Until,
	}).Error
}

// use destroys the link; only one of two requests succeeds.
func use(tx *db.Tx, l Link) error {
	done := tx.DB().Where("token_hash = ?", l.hash).Delete(&linkRow{})
	if done.Error == nil && done.RowsAffected == 0 {
		return errs.New(errs.Gone, "account.link-gone")
	}
	return done.Error
}

func sweep(tx *db.Tx, now time.Time) (int, error) {
	done := tx.DB().Where("expires_at <= ?", now).Delete(&linkRow{})
	if done.Error != nil {
		return 0, fmt.Errorf("sweep mail links: %w", done.Error)
	}
	return int(done.RowsAffected), nil
}

func anyOld(q *gorm.DB, now time.Time) (bool, error) {
	var found []string
	err := q.Model(&linkRow{}).Where("expires_at <= ?", now).Limit(1).Pluck("purpose", &found).Error
	return len(found) > 0, err
}

func oldLinks(q *gorm.DB, now time.Time) (int, time.Time, error) {
	var rows []linkRow
	if err := q.Select("expires_at").Where("expires_at <= ?", now).Order("expires_at").Find(&rows).Error; err != nil {
		return 0, time.Time{}, fmt.Errorf("look for old mail links: %w", err)
	}
	if len(rows) == 0 {
		return 0, time.Time{}, nil
	}
	return len(rows), rows[0].ExpiresAt.UTC(), nil
}

// linksOf are the links of an account and those to its address.
func linksOf(q *gorm.DB, a Account) *gorm.DB {
	return q.Where("account = ? OR email = ?", a.ID, a.Email)
}

func listLinks(q *gorm.DB, a Account) ([]Link, error) {
	var rows []linkRow
	if err := linksOf(q, a).Order("expires_at").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list mail links: %w", err)
	}
	out := make([]Link, len(rows))
	for i, r := range rows {
		out[i] = Link{Purpose: Purpose(r.Purpose), Email: r.Email, Next: r.Next, Until: r.ExpiresAt.UTC()}
	}
	return out, nil
}

// erase removes an account and its links and returns how many rows went.
func erase(tx *db.Tx, a Account) (int, error) {
	links := linksOf(tx.DB(), a).Delete(&linkRow{})
	if links.Error != nil {
		return 0, fmt.Errorf("erase mail links: %w", links.Error)
	}
	done := tx.DB().Where("id = ?", a.ID).Delete(&accountRow{})
	if done.Error != nil {
		return 0, fmt.Errorf("erase account: %w", done.Error)
	}
	return int(links.RowsAffected + done.RowsAffected), nil
}

// Known returns those of the ids that are accounts.
func (a *Service) Known(ctx context.Context, ids []string) ([]string, error) {
	var out []string
	if err := a.store.Reader(ctx).Model(&accountRow{}).Where("id IN ?", ids).Order("id").Pluck("id", &out).Error; err != nil {
		return nil, fmt.Errorf("look for accounts: %w", err)
	}
	return out, nil
}
