package staff

import (
	"fmt"
	"time"

	"gorm.io/gorm"

	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
)

type inviteRow struct {
	TokenHash string `gorm:"primaryKey"`
	Member    string
	Purpose   string
	ExpiresAt time.Time
}

func (inviteRow) TableName() string { return "staff_invites" }

type codeRow struct {
	CodeHash string `gorm:"primaryKey"`
	Member   string
}

func (codeRow) TableName() string { return "staff_codes" }

func insertInvite(tx *db.Tx, tokenHash, member string, p Purpose, until time.Time) error {
	return tx.DB().Create(&inviteRow{TokenHash: tokenHash, Member: member, Purpose: string(p), ExpiresAt: until}).Error
}

func (s *Service) invitation(q *gorm.DB, token string) (Invitation, error) {
	var row inviteRow
	err := q.Where("token_hash = ?", ids.Hash(token)).Take(&row).Error
	if db.IsNotFound(err) || err == nil && !s.clock.Now().Before(row.ExpiresAt) {
		return Invitation{}, errs.New(errs.Gone, "staff.link-gone")
	}
	if err != nil {
		return Invitation{}, fmt.Errorf("read invitation: %w", err)
	}
	m, err := byID(q.Session(&gorm.Session{NewDB: true}), row.Member)
	return Invitation{Member: m, Purpose: Purpose(row.Purpose), Until: row.ExpiresAt.UTC()}, err
}

// useInvite destroys the invitation; only one of two requests succeeds.
func useInvite(tx *db.Tx, tokenHash string) error {
	done := tx.DB().Where("token_hash = ?", tokenHash).Delete(&inviteRow{})
	if done.Error == nil && done.RowsAffected == 0 {
		return errs.New(errs.Gone, "staff.link-gone")
	}
	return done.Error
}

func deleteInvites(tx *db.Tx, member string) error {
	return tx.DB().Where("member = ?", member).Delete(&inviteRow{}).Error
}

func replaceCodes(tx *db.Tx, member string, hashes []string) error {
	if err := tx.DB().Where("member = ?", member).Delete(&codeRow{}).Error; err != nil {
		return err
	}
	rows := make([]codeRow, len(hashes))
	for i, h := range hashes {
		rows[i] = codeRow{CodeHash: h, Member: member}
	}
	return tx.DB().Create(&rows).Error
}

func useCode(tx *db.Tx, member, hash string) error {
	done := tx.DB().Where("member = ? AND code_hash = ?", member, hash).Delete(&codeRow{})
	if done.Error == nil && done.RowsAffected == 0 {
		return errs.New(errs.Unauthenticated, "staff.code-wrong")
	}
	return done.Error
}

func countCodes(q *gorm.DB, member string) (int, error) {
	var n int64
	err := q.Model(&codeRow{}).Where("member = ?", member).Count(&n).Error
	return int(n), err
}
