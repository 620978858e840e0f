package laboratory

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

type runRow struct {
	ID           string `gorm:"primaryKey"`
	Number       int64
	SetID        string
	SetName      string
	Kind         string
	Options      string
	State        string
	Reason       string
	Message      string
	Job          string
	Done         int
	Total        int
	Resumed      int
	KeptItem     string
	FailuresItem string
	Failures     int
	Report       string
	Headline     string
	Network      string
	Version      string
	Fingerprint  string
	Code         string
	Machine      string
	Seed         int64
	AskedBy      string
	AskedAt      time.Time
	StartedAt    *time.Time
	FinishedAt   *time.Time
	PublishedBy  string
	PublishedAt  *time.Time
}

func (runRow) TableName() string { return "lab_runs" }

func toRunRow(r Run) (runRow, error) {
	options, err := json.Marshal(r.Options)
	if err != nil {
		return runRow{}, err
	}
	headline, err := json.Marshal(r.Headline)
	return runRow{
		ID: r.ID, Number: r.Number, SetID: r.SetID, SetName: r.SetName, Kind: string(r.Kind), Options: string(options),
		State: string(r.State), Reason: r.Reason, Message: r.Message, Job: r.job, Done: r.Done, Total: r.Total, Resumed: r.Resumed,
		KeptItem: r.keptItem, FailuresItem: r.failuresItem, Failures: r.Failures, Report: string(r.Report), Headline: string(headline),
		Network: r.Network, Version: r.Version, Fingerprint: r.Fingerprint, Code: r.Code, Machine: r.Machine, Seed: int64(r.Seed),
		AskedBy: r.AskedBy, AskedAt: r.AskedAt.UTC(), StartedAt: db.Nullable(r.StartedAt), FinishedAt: db.Nullable(r.FinishedAt),
		PublishedBy: r.PublishedBy, PublishedAt: db.Nullable(r.PublishedAt),
	}, err
}

func (r runRow) run() (Run, error) {
	out := Run{
		ID: r.ID, Number: r.Number, SetID: r.SetID, SetName: r.SetName, Kind: Kind(r.Kind), State: RunState(r.State), Reason: r.Reason,
		Message: r.Message, Done: r.Done, Total: r.Total, Resumed: r.Resumed, Failures: r.Failures, Report: json.RawMessage(r.Report),
		Network: r.Network, Version: r.Version, Fingerprint: r.Fingerprint, Code: r.Code, Machine: r.Machine, Seed: uint64(r.Seed),
		AskedBy: r.AskedBy, AskedAt: r.AskedAt.UTC(), StartedAt: db.TimeOf(r.StartedAt), FinishedAt: db.TimeOf(r.FinishedAt),
		PublishedBy: r.PublishedBy, PublishedAt: db.TimeOf(r.PublishedAt), job: r.Job, keptItem: r.KeptItem, failuresItem: r.FailuresItem,
	}
	if err := json.Unmarshal([]byte(r.Options), &out.Options); err != nil {
		return out, fmt.Errorf("options of run %s: %w", r.ID, err)
	}
	if err := json.Unmarshal([]byte(r.Headline), &out.Headline); err != nil {
		return out, fmt.Errorf("headline of run %s: %w", r.ID, err)
	}
	return out, nil
}

// nextNumber numbers reports from 1.
func nextNumber(tx *db.Tx) (int64, error) {
	var last int64
	if err := tx.DB().Model(&runRow{}).Select("COALESCE(MAX(number), 0)").Scan(&last).Error; err != nil {
		return 0, fmt.Errorf("number run: %w", err)
	}
	return last + 1, nil
}

func insertRun(tx *db.Tx, r Run) error {
	row, err := toRunRow(r)
	if err == nil {
		err = tx.DB().Create(&row).Error
	}
	if db.IsDuplicate(err) { // two asked at once
		return errs.New(errs.Conflict, "lab.run.state")
	}
	if err != nil {
		return fmt.Errorf("add run: %w", err)
	}
	return nil
}

func saveRun(tx *db.Tx, r Run) error {
	row, err := toRunRow(r)
	if err == nil {
		err = tx.DB().Save(&row).Error
	}
	if err != nil {
		return fmt.Errorf("save run: %w", err)
	}
	return nil
}

func oneRun(g *gorm.DB, id string) (Run, error) {
	var row runRow
	err := g.Where("id = ?", id).Take(&row).Error
	if db.IsNotFound(err) {
		return Run{}, errs.New(errs.NotFound, "not-found")
	}
	if err != nil {
		return Run{}, fmt.Errorf("read run: %w", err)
	}
	return row.run()
}

func (s *Service) readRun(ctx context.Context, id string) (Run, error) {
	return oneRun(s.store.Reader(ctx), id)
}

func takeRun(tx *db.Tx, id string) (Run, error) {
	return oneRun(tx.DB().Clauses(clause.Locking{Strength: "UPDATE"}), id)
}

// briefly leaves the report out, which may be large.
func briefly(g *gorm.DB) *gorm.DB { return g.Omit("report") }

func (s *Service) listRuns(ctx context.Context, f RunFilter) ([]Run, error) {
	g := briefly(s.store.Reader(ctx)).Order("number DESC")
	for column, value := range map[string]string{"kind": string(f.Kind), "state": string(f.State), "set_id": f.Set} {
		if value != "" {
			g = g.Where(clause.Eq{Column: clause.Column{Name: column}, Value: value})
		}
	}
	return runsWhere(g)
}

func (s *Service) publicRuns(ctx context.Context) ([]Run, error) {
	return runsWhere(briefly(s.store.Reader(ctx)).Where("state = ? AND published_at IS NOT NULL", string(Done)).Order("published_at DESC, number DESC"))
}

// openRuns are those that are still to be worked on, the running one first.
func (s *Service) openRuns(ctx context.Context) ([]Run, error) {
	return runsWhere(briefly(s.store.Reader(ctx)).Where("state IN ?", []string{string(Waiting), string(Running)}).Order("state, number"))
}

func runsWhere(g *gorm.DB) ([]Run, error) {
	var rows []runRow
	if err := g.Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list runs: %w", err)
	}
	out := make([]Run, 0, len(rows))
	for _, r := range rows {
		one, err := r.run()
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

// runState is where a run stands now, for who works on it.
func (s *Service) runState(ctx context.Context, id string) (RunState, error) {
	var states []string
	if err := s.store.Reader(ctx).Model(&runRow{}).Where("id = ?", id).Pluck("state", &states).Error; err != nil || len(states) == 0 {
		return Cancelled, err
	}
	return RunState(states[0]), nil
}

// fingerprintOf is that of the networks that a run was measured with.
func (s *Service) fingerprintOf(ctx context.Context, id string) (string, error) {
	var prints []string
	if err := s.store.Reader(ctx).Model(&runRow{}).Where("id = ?", id).Pluck("fingerprint", &prints).Error; err != nil || len(prints) == 0 {
		return "", err
	}
	return prints[0], nil
}

// forgetFailures drops the pointers to what was sealed with a set.
func forgetFailures(tx *db.Tx, setID string) error {
	err := tx.DB().Model(&runRow{}).Where("set_id = ?", setID).Updates(map[string]any{"failures_item": "", "kept_item": ""}).Error
	if err != nil {
		return fmt.Errorf("forget failures: %w", err)
	}
	return nil
}
