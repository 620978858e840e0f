package requests

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"truepenny/internal/db"
	"truepenny/internal/errs"
)

type proofRow struct {
	Request   string `gorm:"primaryKey"`
	Way       string `gorm:"primaryKey"`
	TokenHash string
	CodeItem  string
	Tries     int
	ExpiresAt time.Time
}

func (proofRow) TableName() string { return "requests_proofs" }

func (r proofRow) proof() proof {
	return proof{r.Request, Way(r.Way), r.TokenHash, r.CodeItem, r.Tries, r.ExpiresAt.UTC()}
}

func replaceProof(tx *db.Tx, p proof) error {
	if err := tx.DB().Where("request = ? AND way = ?", p.request, string(p.way)).Delete(&proofRow{}).Error; err != nil {
		return fmt.Errorf("end earlier proof: %w", err)
	}
	return tx.DB().Create(&proofRow{p.request, string(p.way), p.tokenHash, p.codeItem, p.tries, p.expiresAt}).Error
}

func (s *Service) proofs(ctx context.Context, request string) ([]proof, error) {
	var rows []proofRow
	if err := s.Store.Reader(ctx).Where("request = ?", request).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list proofs: %w", err)
	}
	out := make([]proof, len(rows))
	for i, r := range rows {
		out[i] = r.proof()
	}
	return out, nil
}

func (s *Service) proof(ctx context.Context, request string, way Way) (proof, error) {
	return s.takeProof(s.Store.Reader(ctx).Where("request = ? AND way = ?", request, string(way)), "request.code-gone")
}

func (s *Service) proofByToken(ctx context.Context, hash string) (proof, error) {
	return s.takeProof(s.Store.Reader(ctx).Where("token_hash = ? AND way = ?", hash, string(MailLink)), "request.link-gone")
}

func (s *Service) takeProof(g *gorm.DB, gone string) (proof, error) {
	var row proofRow
	err := g.Take(&row).Error
	if db.IsNotFound(err) || err == nil && (!s.Clock.Now().Before(row.ExpiresAt) || row.Tries >= mostTries) {
		return proof{}, &errs.Error{Code: errs.Gone, Reason: gone}
	}
	if err != nil {
		return proof{}, fmt.Errorf("read proof: %w", err)
	}
	return row.proof(), nil
}

func countTry(tx *db.Tx, request string) error {
	return tx.DB().Model(&proofRow{}).Where("request = ? AND way = ?", request, string(PostCode)).
		Update("tries", gorm.Expr("tries + 1")).Error
}

// useProofs ends every way of recognising somebody, once one worked; only one of
// two who come at once succeeds.
func useProofs(tx *db.Tx, request string, way Way) error {
	used := tx.DB().Where("request = ? AND way = ?", request, string(way)).Delete(&proofRow{})
	if used.Error == nil && used.RowsAffected == 0 {
		return errs.New(errs.Gone, "request.link-gone")
	}
	if used.Error != nil {
		return used.Error
	}
	return endProofs(tx, request)
}

// endProofs ends every way under way.
func endProofs(tx *db.Tx, request string) error {
	if err := tx.DB().Where("request = ?", request).Delete(&proofRow{}).Error; err != nil {
		return fmt.Errorf("end proofs: %w", err)
	}
	return nil
}
