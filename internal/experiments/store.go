package experiments

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"truepenny/internal/db"
	"truepenny/internal/errs"
)

type experimentRow struct {
	ID           string `gorm:"primaryKey"`
	Name         string
	Why          string
	Change       string
	Arms         string
	Audience     string
	StartAt      time.Time
	EndAt        time.Time
	RegisteredBy string
	PrivacyFirst bool
	RegisteredAt time.Time
	ApprovedBy   string
	ApprovedAt   *time.Time
	EndedBy      string
	EndedAt      *time.Time
	Result       string
	ResultBy     string
	Figures      string
	ForgottenAt  *time.Time
}

func (experimentRow) TableName() string { return "experiments" }

type assignmentRow struct {
	ExperimentID  string `gorm:"primaryKey"`
	AccountID     string `gorm:"primaryKey"`
	ApplicationID string
	Arm           string
	AssignedAt    time.Time
	LeftAt        *time.Time
}

func (assignmentRow) TableName() string { return "experiments_assignments" }

type optoutRow struct {
	AccountID string `gorm:"primaryKey"`
	At        time.Time
}

func (optoutRow) TableName() string { return "experiments_optouts" }

func insertExperiment(tx *db.Tx, e Experiment) error {
	row, err := toRow(e)
	if err == nil {
		err = tx.DB().Create(&row).Error
	}
	if err != nil {
		return fmt.Errorf("register test: %w", err)
	}
	return nil
}

func saveExperiment(tx *db.Tx, e Experiment) error {
	row, err := toRow(e)
	if err == nil {
		err = tx.DB().Save(&row).Error
	}
	if err != nil {
		return fmt.Errorf("save test: %w", err)
	}
	return nil
}

func takeExperiment(tx *db.Tx, id string) (Experiment, error) {
	return oneExperiment(tx.DB().Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", id))
}

func oneExperiment(g *gorm.DB) (Experiment, error) {
	var row experimentRow
	err := g.Take(&row).Error
	if db.IsNotFound(err) {
		return Experiment{}, errs.New(errs.NotFound, "experiment.unknown")
	}
	if err != nil {
		return Experiment{}, fmt.Errorf("read test: %w", err)
	}
	return row.experiment()
}

func listExperiments(g *gorm.DB) ([]Experiment, error) {
	var rows []experimentRow
	if err := g.Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list tests: %w", err)
	}
	out := make([]Experiment, len(rows))
	for i, r := range rows {
		var err error
		if out[i], err = r.experiment(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// insertAssignment reports whether it is new: whoever is in the test keeps the
// arm.
func insertAssignment(tx *db.Tx, row assignmentRow) (bool, error) {
	done := tx.DB().Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
	if done.Error != nil {
		return false, fmt.Errorf("assign: %w", done.Error)
	}
	return done.RowsAffected == 1, nil
}

func optedOut(g *gorm.DB, account string) (bool, error) {
	var n int64
	if err := g.Model(&optoutRow{}).Where("account_id = ?", account).Count(&n).Error; err != nil {
		return false, fmt.Errorf("read opt-outs: %w", err)
	}
	return n > 0, nil
}

// leave takes an account out of every test and keeps it out of later ones.
func leave(tx *db.Tx, account string, now time.Time) error {
	err := tx.DB().Model(&assignmentRow{}).Where("account_id = ? AND left_at IS NULL", account).Update("left_at", now.UTC()).Error
	if err == nil {
		err = tx.DB().Clauses(clause.OnConflict{DoNothing: true}).Create(&optoutRow{AccountID: account, At: now.UTC()}).Error
	}
	if err != nil {
		return fmt.Errorf("leave test: %w", err)
	}
	return nil
}

func (s *Service) assignmentsOf(ctx context.Context, id string) ([]assignmentRow, error) {
	var rows []assignmentRow
	if err := s.store.Reader(ctx).Where("experiment_id = ?", id).Order("assigned_at, account_id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list assignments: %w", err)
	}
	return rows, nil
}

// partsOf lists every test a person is or was in.
func (s *Service) partsOf(ctx context.Context, account string) ([]Part, error) {
	var rows []assignmentRow
	if err := s.store.Reader(ctx).Where("account_id = ?", account).Order("assigned_at, experiment_id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list assignments: %w", err)
	}
	var out []Part
	for _, r := range rows {
		e, err := oneExperiment(s.store.Reader(ctx).Where("id = ?", r.ExperimentID))
		if err != nil {
			return nil, err
		}
		out = append(out, Part{Experiment: e, Arm: r.Arm, Since: r.AssignedAt.UTC(), LeftAt: db.TimeOf(r.LeftAt)})
	}
	return out, nil
}

func deleteAssignments(g *gorm.DB) (int, error) {
	done := g.Delete(&assignmentRow{})
	if done.Error != nil {
		return 0, fmt.Errorf("forget who was in a test: %w", done.Error)
	}
	return int(done.RowsAffected), nil
}

func deleteOptout(tx *db.Tx, account string) (int, error) {
	done := tx.DB().Where("account_id = ?", account).Delete(&optoutRow{})
	if done.Error != nil {
		return 0, fmt.Errorf("forget opt-out: %w", done.Error)
	}
	return int(done.RowsAffected), nil
}

func (s *Service) optout(ctx context.Context, account string) (time.Time, error) {
	var row optoutRow
	err := s.store.Reader(ctx).Where("account_id = ?", account).Take(&row).Error
	if db.IsNotFound(err) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("read opt-out: %w", err)
	}
	return row.At.UTC(), nil
}

func toRow(e Experiment) (experimentRow, error) {
	arms, err := json.Marshal(e.Arms)
	if err != nil {
		return experimentRow{}, err
	}
	figures, err := json.Marshal(e.Figures)
	return experimentRow{
		ID: e.ID, Name: e.Name, Why: e.Why, Change: string(e.Change), Arms: string(arms), Audience: string(e.Audience),
		StartAt: e.StartAt.UTC(), EndAt: e.EndAt.UTC(), RegisteredBy: e.RegisteredBy, PrivacyFirst: e.privacyFirst, RegisteredAt: e.RegisteredAt.UTC(),
		ApprovedBy: e.ApprovedBy, ApprovedAt: db.Nullable(e.ApprovedAt), EndedBy: e.EndedBy, EndedAt: db.Nullable(e.EndedAt),
		Result: e.Result, ResultBy: e.ResultBy, Figures: string(figures), ForgottenAt: db.Nullable(e.ForgottenAt),
	}, err
}

func (r experimentRow) experiment() (Experiment, error) {
	e := Experiment{
		ID: r.ID, Name: r.Name, Why: r.Why, Change: Change(r.Change), Audience: Audience(r.Audience),
		StartAt: r.StartAt.UTC(), EndAt: r.EndAt.UTC(), RegisteredBy: r.RegisteredBy, privacyFirst: r.PrivacyFirst, RegisteredAt: r.RegisteredAt.UTC(),
		ApprovedBy: r.ApprovedBy, ApprovedAt: db.TimeOf(r.ApprovedAt), EndedBy: r.EndedBy, EndedAt: db.TimeOf(r.EndedAt),
		Result: r.Result, ResultBy: r.ResultBy, ForgottenAt: db.TimeOf(r.ForgottenAt),
	}
	if err := json.Unmarshal([]byte(r.Arms), &e.Arms); err != nil {
		return e, fmt.Errorf("arms of test %s: %w", r.ID, err)
	}
	if err := json.Unmarshal([]byte(r.Figures), &e.Figures); err != nil {
		return e, fmt.Errorf("figures of test %s: %w", r.ID, err)
	}
	return e, nil
}
