package laboratory

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/db"
	"truepenny/internal/errs"
)

type activationRow struct {
	ID           string `gorm:"primaryKey"`
	RunID        string
	Network      string
	Version      string
	Accept       float64
	Review       float64
	Report       string
	Words        string
	Standing     string
	Worse        string
	ProposedBy   string
	ProposedAt   time.Time
	SettledBy    string
	SettledAt    *time.Time
	SettledWords string
	EndedAt      *time.Time
	Exception    string
	LeadBy       string
	LeadAt       *time.Time
	PrivacyBy    string
	PrivacyAt    *time.Time
}

func (activationRow) TableName() string { return "lab_activations" }

func toActivationRow(a Activation) (activationRow, error) {
	report, err := json.Marshal(a.Thresholds.Report)
	if err != nil {
		return activationRow{}, err
	}
	worse, err := json.Marshal(a.Worse)
	return activationRow{
		ID: a.ID, RunID: a.RunID, Network: a.Network, Version: a.Version, Accept: a.Thresholds.Accept, Review: a.Thresholds.Review,
		Report: string(report), Words: a.Words, Standing: string(a.Standing), Worse: string(worse),
		ProposedBy: a.ProposedBy, ProposedAt: a.ProposedAt.UTC(), SettledBy: a.SettledBy, SettledAt: db.Nullable(a.SettledAt), SettledWords: a.Answer,
		EndedAt: db.Nullable(a.EndedAt), Exception: a.Exception, LeadBy: a.LeadBy, LeadAt: db.Nullable(a.LeadAt), PrivacyBy: a.PrivacyBy, PrivacyAt: db.Nullable(a.PrivacyAt),
	}, err
}

func (r activationRow) activation() (Activation, error) {
	a := Activation{
		ID: r.ID, RunID: r.RunID, Network: r.Network, Version: r.Version, Words: r.Words, Standing: Standing(r.Standing),
		Thresholds: face.Thresholds{Accept: r.Accept, Review: r.Review},
		ProposedBy: r.ProposedBy, ProposedAt: r.ProposedAt.UTC(), SettledBy: r.SettledBy, SettledAt: db.TimeOf(r.SettledAt), Answer: r.SettledWords,
		EndedAt: db.TimeOf(r.EndedAt), Exception: r.Exception, LeadBy: r.LeadBy, LeadAt: db.TimeOf(r.LeadAt), PrivacyBy: r.PrivacyBy, PrivacyAt: db.TimeOf(r.PrivacyAt),
	}
	if err := json.Unmarshal([]byte(r.Report), &a.Thresholds.Report); err != nil {
		return a, fmt.Errorf("report of activation %s: %w", r.ID, err)
	}
	if err := json.Unmarshal([]byte(r.Worse), &a.Worse); err != nil {
		return a, fmt.Errorf("groups of activation %s: %w", r.ID, err)
	}
	return a, nil
}

// insertActivation fails when another proposal waits.
func insertActivation(tx *db.Tx, a Activation) error {
	if _, waits, err := oneActivation(tx.DB().Where("standing = ?", string(Proposed))); err != nil || waits {
		return cmp.Or(err, errs.New(errs.Conflict, "lab.proposal.open"))
	}
	row, err := toActivationRow(a)
	if err == nil {
		err = tx.DB().Create(&row).Error
	}
	if db.IsDuplicate(err) {
		return errs.New(errs.Conflict, "lab.proposal.open")
	}
	if err != nil {
		return fmt.Errorf("propose threshold: %w", err)
	}
	return nil
}

func saveActivation(tx *db.Tx, a Activation) error {
	row, err := toActivationRow(a)
	if err == nil {
		err = tx.DB().Save(&row).Error
	}
	if err != nil {
		return fmt.Errorf("save threshold: %w", err)
	}
	return nil
}

func oneActivation(g *gorm.DB) (Activation, bool, error) {
	var row activationRow
	err := g.Take(&row).Error
	if db.IsNotFound(err) {
		return Activation{}, false, nil
	}
	if err != nil {
		return Activation{}, false, fmt.Errorf("read threshold: %w", err)
	}
	a, err := row.activation()
	return a, err == nil, err
}

func (s *Service) readActivation(ctx context.Context, id string) (Activation, error) {
	return foundActivation(oneActivation(s.store.Reader(ctx).Where("id = ?", id)))
}

func takeActivation(tx *db.Tx, id string) (Activation, error) {
	return foundActivation(oneActivation(tx.DB().Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", id)))
}

func foundActivation(a Activation, found bool, err error) (Activation, error) {
	if err == nil && !found {
		err = errs.New(errs.NotFound, "not-found")
	}
	return a, err
}

func (s *Service) active(ctx context.Context) (Activation, bool, error) {
	return oneActivation(s.store.Reader(ctx).Where("standing = ?", string(Active)))
}

// endActive ends the one in force, if there is one.
func endActive(tx *db.Tx, as Standing, now time.Time) error {
	err := tx.DB().Model(&activationRow{}).Where("standing = ?", string(Active)).
		Updates(map[string]any{"standing": string(as), "ended_at": now.UTC()}).Error
	if err != nil {
		return fmt.Errorf("end threshold: %w", err)
	}
	return nil
}

// standsBehind reports whether a threshold with an exception rests on a run.
func standsBehind(tx *db.Tx, runID string) (bool, error) {
	var n int64
	err := tx.DB().Model(&activationRow{}).Where("run_id = ? AND standing = ? AND exception <> ''", runID, string(Active)).Count(&n).Error
	if err != nil {
		return false, fmt.Errorf("count thresholds: %w", err)
	}
	return n > 0, nil
}

func (s *Service) listActivations(ctx context.Context) ([]Activation, error) {
	var rows []activationRow
	if err := s.store.Reader(ctx).Order("proposed_at DESC, id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list thresholds: %w", err)
	}
	out := make([]Activation, 0, len(rows))
	for _, r := range rows {
		a, err := r.activation()
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}
