package openlog

import (
	"context"
	"fmt"
	"time"

	"truepenny/internal/db"
	"truepenny/internal/errs"
)

type witnessRow struct {
	ID       string `gorm:"primaryKey"`
	Name     string
	Verifier string
	Email    string
	AddedAt  time.Time
	EndedAt  *time.Time
}

func (witnessRow) TableName() string { return "audit_witnesses" }

func (r witnessRow) witness() Witness {
	w := Witness{ID: r.ID, Name: r.Name, Verifier: r.Verifier, Email: r.Email, AddedAt: r.AddedAt.UTC()}
	if r.EndedAt != nil {
		w.EndedAt = r.EndedAt.UTC()
	}
	return w
}

type cosignatureRow struct {
	Witness    string `gorm:"primaryKey"`
	Size       int64  `gorm:"primaryKey;autoIncrement:false"`
	Line       string
	SignedAt   time.Time
	ReceivedAt time.Time
}

func (cosignatureRow) TableName() string { return "audit_cosignatures" }

func insertWitness(tx *db.Tx, w Witness) error {
	row := witnessRow{ID: w.ID, Name: w.Name, Verifier: w.Verifier, Email: w.Email, AddedAt: w.AddedAt}
	if err := tx.DB().Create(&row).Error; err != nil {
		return fmt.Errorf("add witness: %w", err)
	}
	return nil
}

func takeWitness(tx *db.Tx, id string) (Witness, error) {
	var row witnessRow
	err := tx.DB().Take(&row, "id = ?", id).Error
	if db.IsNotFound(err) {
		return Witness{}, errs.New(errs.NotFound, "not-found")
	}
	return row.witness(), err
}

func endWitness(tx *db.Tx, id string, now time.Time) error {
	err := tx.DB().Model(&witnessRow{}).Where("id = ?", id).Updates(map[string]any{"ended_at": now, "email": ""}).Error
	if err != nil {
		return fmt.Errorf("end witness: %w", err)
	}
	return nil
}

func witnessAddresses(tx *db.Tx) ([]string, error) {
	var out []string
	err := tx.DB().Model(&witnessRow{}).Where("email <> '' AND ended_at IS NULL").Distinct().Order("email").Pluck("email", &out).Error
	if err != nil {
		return nil, fmt.Errorf("list witnesses: %w", err)
	}
	return out, nil
}

// Witnesses lists all witnesses, those that have ended too, in the order in
// which they came, each with its newest cosignature.
func (s *Service) Witnesses(ctx context.Context) ([]Witness, error) {
	var rows []witnessRow
	if err := s.Store.Reader(ctx).Order("added_at, id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list witnesses: %w", err)
	}
	var last []cosignatureRow
	err := s.Store.Reader(ctx).Where("size = (SELECT max(c.size) FROM audit_cosignatures c WHERE c.witness = audit_cosignatures.witness)").Find(&last).Error
	if err != nil {
		return nil, fmt.Errorf("list cosignatures: %w", err)
	}
	out := make([]Witness, len(rows))
	for i, r := range rows {
		out[i] = r.witness()
		for _, l := range last {
			if l.Witness == r.ID {
				out[i].Last = l.cosignature(r.Name)
			}
		}
	}
	return out, nil
}

func (r cosignatureRow) cosignature(name string) Cosignature {
	return Cosignature{Witness: r.Witness, Name: name, Size: r.Size, Line: r.Line, SignedAt: r.SignedAt.UTC(), At: r.ReceivedAt.UTC()}
}

func insertCosignature(tx *db.Tx, c Cosignature) error {
	row := cosignatureRow{Witness: c.Witness, Size: c.Size, Line: c.Line, SignedAt: c.SignedAt, ReceivedAt: c.At}
	if err := tx.DB().Create(&row).Error; err != nil {
		return fmt.Errorf("keep cosignature: %w", err)
	}
	return nil
}

func (s *Service) cosignature(ctx context.Context, witness string, size int64) (Cosignature, bool, error) {
	var row cosignatureRow
	err := s.Store.Reader(ctx).Take(&row, "witness = ? AND size = ?", witness, size).Error
	if db.IsNotFound(err) {
		return Cosignature{}, false, nil
	}
	return row.cosignature(""), err == nil, err
}

// cosignatures of checkpoints, by size, in the order in which they came.
func (s *Service) cosignatures(ctx context.Context, sizes []int64) (map[int64][]Cosignature, error) {
	var rows []cosignatureRow
	if err := s.Store.Reader(ctx).Where("size IN ?", sizes).Order("received_at, witness").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list cosignatures: %w", err)
	}
	var witnesses []witnessRow
	if err := s.Store.Reader(ctx).Find(&witnesses).Error; err != nil {
		return nil, fmt.Errorf("list witnesses: %w", err)
	}
	names := map[string]string{}
	for _, w := range witnesses {
		names[w.ID] = w.Name
	}
	out := map[int64][]Cosignature{}
	for _, r := range rows {
		out[r.Size] = append(out[r.Size], r.cosignature(names[r.Witness]))
	}
	return out, nil
}
