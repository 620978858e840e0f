package jobs

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"truepenny/internal/db"
	"truepenny/internal/errs"
)

type jobRow struct {
	ID          string `gorm:"primaryKey"`
	Kind        string
	Payload     string
	State       string
	RunAt       time.Time
	Attempts    int
	MaxAttempts int
	Owner       string
	LeaseTill   *time.Time
	UniqueKey   *string
	LastError   string
	CreatedAt   time.Time
	FinishedAt  *time.Time
}

func (jobRow) TableName() string { return "jobs" }

func (r jobRow) job() Job {
	return Job{
		ID: r.ID, Kind: r.Kind, Payload: []byte(r.Payload),
		Attempt: r.Attempts, Last: r.Attempts >= r.MaxAttempts,
	}
}

func insertJob(tx *db.Tx, row jobRow) (string, error) {
	done := tx.DB().Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "unique_key"}}, DoNothing: true}).Create(&row)
	if done.Error != nil {
		return "", fmt.Errorf("queue job: %w", done.Error)
	}
	if done.RowsAffected == 1 {
		return row.ID, nil
	}
	var known jobRow
	if err := tx.DB().Select("id").Where("unique_key = ?", *row.UniqueKey).Take(&known).Error; err != nil {
		return "", fmt.Errorf("find queued job: %w", err)
	}
	return known.ID, nil
}

func due(g *gorm.DB, kinds []string, now time.Time) *gorm.DB {
	return g.Model(&jobRow{}).Where("state = ? AND run_at <= ? AND kind IN ?", string(Ready), now, kinds)
}

// anyDue looks without a transaction, so that an idle process writes nothing.
func (q *Queue) anyDue(ctx context.Context) (bool, error) {
	var found []string
	err := due(q.store.Reader(ctx), q.kinds(), q.clock.Now()).Limit(1).Pluck("id", &found).Error
	if err != nil {
		return false, fmt.Errorf("look for due jobs: %w", err)
	}
	return len(found) > 0, nil
}

// claim takes up to n due jobs for this process. On PostgreSQL rows that
// another process is taking are skipped; on SQLite there is one writer at a time.
func (q *Queue) claim(ctx context.Context, n int) ([]jobRow, error) {
	if some, err := q.anyDue(ctx); err != nil || !some {
		return nil, err
	}
	var rows []jobRow
	err := q.store.Write(ctx, func(tx *db.Tx) error {
		now := q.clock.Now()
		err := due(tx.DB(), q.kinds(), now).
			Clauses(clause.Locking{Strength: "UPDATE", Options: "SKIP LOCKED"}).
			Order("run_at, id").Limit(n).Find(&rows).Error
		if err != nil || len(rows) == 0 {
			return err
		}
		till := now.Add(leaseTime)
		for i := range rows {
			rows[i].Attempts++
		}
		return tx.DB().Model(&jobRow{}).Where("id IN ?", idsOf(rows)).Updates(map[string]any{
			"state": string(Running), "attempts": gorm.Expr("attempts + 1"), "owner": q.owner, "lease_till": till,
		}).Error
	})
	if err != nil {
		return nil, fmt.Errorf("claim jobs: %w", err)
	}
	return rows, nil
}

func idsOf(rows []jobRow) []string {
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = r.ID
	}
	return out
}

// settle ends an attempt. It changes nothing when the lease was lost meanwhile
// and another attempt has begun.
func (q *Queue) settle(ctx context.Context, row jobRow, changes map[string]any) error {
	changes["owner"] = ""
	changes["lease_till"] = nil
	return q.store.Write(ctx, func(tx *db.Tx) error {
		err := tx.DB().Model(&jobRow{}).
			Where("id = ? AND state = ? AND owner = ? AND attempts = ?", row.ID, string(Running), q.owner, row.Attempts).
			Updates(changes).Error
		if err != nil {
			return fmt.Errorf("settle job %s: %w", row.ID, err)
		}
		return nil
	})
}

// renew extends the leases of what is being worked on here. The lease of a job
// whose end could not be written runs out, so that somebody takes it up again.
func (q *Queue) renew(ctx context.Context) error {
	held := q.held()
	if len(held) == 0 {
		return nil
	}
	return q.store.Write(ctx, func(tx *db.Tx) error {
		return tx.DB().Model(&jobRow{}).Where("id IN ? AND state = ? AND owner = ?", held, string(Running), q.owner).
			Update("lease_till", q.clock.Now().Add(leaseTime)).Error
	})
}

// reap gives back the jobs of processes that died, and forgets those that
// ended long ago.
func (q *Queue) reap(ctx context.Context) error {
	const lost = "the process that worked on it stopped"
	return q.store.Write(ctx, func(tx *db.Tx) error {
		now := q.clock.Now()
		back := map[string]any{"state": string(Ready), "run_at": now, "owner": "", "lease_till": nil, "last_error": lost}
		end := map[string]any{"state": string(Dead), "finished_at": now, "owner": "", "lease_till": nil, "last_error": lost}
		expired := func() *gorm.DB {
			return tx.DB().Model(&jobRow{}).Where("state = ? AND lease_till < ?", string(Running), now)
		}
		if err := expired().Where("attempts < max_attempts").Updates(back).Error; err != nil {
			return err
		}
		if err := expired().Updates(end).Error; err != nil {
			return err
		}
		return tx.DB().Where("state = ? AND finished_at < ?", string(Done), now.Add(-MaxInterval)).Delete(&jobRow{}).Error
	})
}

// State of a job.
type State string

const (
	Ready   State = "ready"   // waits, perhaps for the next attempt
	Running State = "running" // a worker has it
	Done    State = "done"
	Dead    State = "dead" // every attempt failed
)

// Status is what is known of a job.
type Status struct {
	Job
	State     State
	RunAt     time.Time
	LastError string
}

func (r jobRow) status() Status {
	return Status{Job: r.job(), State: State(r.State), RunAt: r.RunAt.UTC(), LastError: r.LastError}
}

// Status looks a job up.
func (q *Queue) Status(ctx context.Context, id string) (Status, error) {
	var row jobRow
	err := q.store.Reader(ctx).Where("id = ?", id).Take(&row).Error
	if db.IsNotFound(err) {
		return Status{}, errs.New(errs.NotFound, "job.unknown")
	}
	if err != nil {
		return Status{}, fmt.Errorf("read job: %w", err)
	}
	return row.status(), nil
}

// Known looks up the job that has a unique key; false when none is remembered.
func (q *Queue) Known(ctx context.Context, uniqueKey string) (Status, bool, error) {
	var row jobRow
	err := q.store.Reader(ctx).Where("unique_key = ?", uniqueKey).Take(&row).Error
	if db.IsNotFound(err) {
		return Status{}, false, nil
	}
	if err != nil {
		return Status{}, false, fmt.Errorf("read job: %w", err)
	}
	return row.status(), true, nil
}

// List returns jobs of a state, the latest first, for the people who run the
// program.
func (q *Queue) List(ctx context.Context, state State, limit int) ([]Status, error) {
	var rows []jobRow
	err := q.store.Reader(ctx).Where("state = ?", string(state)).Order("run_at DESC, id").Limit(limit).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list jobs: %w", err)
	}
	out := make([]Status, len(rows))
	for i, r := range rows {
		out[i] = r.status()
	}
	return out, nil
}

// Counts returns how many jobs are in each state.
func (q *Queue) Counts(ctx context.Context) (map[State]int, error) {
	var rows []struct {
		State string
		N     int
	}
	err := q.store.Reader(ctx).Model(&jobRow{}).Select("state, COUNT(*) AS n").Group("state").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("count jobs: %w", err)
	}
	out := map[State]int{}
	for _, r := range rows {
		out[State(r.State)] = r.N
	}
	return out, nil
}

// Revive gives a dead job its attempts again, from now.
func (q *Queue) Revive(tx *db.Tx, id string) error {
	done := tx.DB().Model(&jobRow{}).Where("id = ? AND state = ?", id, string(Dead)).Updates(map[string]any{
		"state": string(Ready), "attempts": 0, "run_at": q.clock.Now(), "finished_at": nil,
	})
	if done.Error != nil {
		return fmt.Errorf("revive job: %w", done.Error)
	}
	if done.RowsAffected == 0 {
		return errs.New(errs.Conflict, "job.not-dead")
	}
	tx.OnCommit(q.nudge)
	return nil
}
