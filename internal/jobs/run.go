package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strconv"
	"time"

	"truepenny/internal/db"
)

// Run works with the given number of workers until ctx ends. Then it takes
// nothing new, lets what is running end for 20 seconds, stops it, and puts back
// what it stopped. Trouble with the database is logged and tried again.
func (q *Queue) Run(ctx context.Context, workers int) error {
	if workers < 1 {
		return errors.New("jobs: at least one worker is needed")
	}
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	ended := make(chan struct{}, workers)
	running := 0
	poll, upkeep := time.NewTicker(pollTime), time.NewTicker(leaseTime/4)
	defer poll.Stop()
	defer upkeep.Stop()
	q.logTrouble(ctx, q.keepUp(ctx))
	for ctx.Err() == nil {
		var rows []jobRow
		if running < workers {
			var err error
			rows, err = q.claim(ctx, workers-running)
			q.logTrouble(ctx, err)
		}
		for _, row := range rows {
			running++
			go func() {
				q.logTrouble(work, q.attempt(work, row))
				ended <- struct{}{}
			}()
		}
		if running < workers && len(rows) > 0 {
			continue // there may be more
		}
		running -= q.rest(ctx, running == workers, ended, poll.C, upkeep.C)
	}
	return q.finish(stop, running, ended)
}

// rest waits until there may be something to do and returns how many workers
// became free meanwhile. With every worker busy only a free one matters.
func (q *Queue) rest(ctx context.Context, full bool, ended <-chan struct{}, poll, upkeep <-chan time.Time) int {
	wake := q.wake
	if full {
		wake, poll = nil, nil
	}
	select {
	case <-ctx.Done():
	case <-wake:
	case <-poll:
	case <-upkeep:
		q.logTrouble(ctx, q.keepUp(ctx))
	case <-ended:
		freed := 1
		for {
			select {
			case <-ended:
				freed++
			default:
				return freed
			}
		}
	}
	return 0
}

// finish waits for what is running: first politely, then after stopping it. A
// handler that does not heed its context is left behind; its lease runs out.
func (q *Queue) finish(stop context.CancelFunc, running int, ended <-chan struct{}) error {
	grace := time.NewTicker(graceTime)
	defer grace.Stop()
	stopped := false
	renew := time.NewTicker(leaseTime / 4)
	defer renew.Stop()
	for running > 0 {
		select {
		case <-ended:
			running--
		case <-renew.C:
			q.logTrouble(context.Background(), q.renew(context.Background()))
		case <-grace.C:
			if stopped {
				return fmt.Errorf("jobs: %d handlers did not end when they were stopped", running)
			}
			stop()
			stopped = true
		}
	}
	return nil
}

// keepUp does what is due every now and then: keep own leases, take back those
// of dead processes, queue what Every asked for.
func (q *Queue) keepUp(ctx context.Context) error {
	return errors.Join(q.renew(ctx), q.reap(ctx), q.Schedule(ctx))
}

// Schedule queues what Every asked for in the present interval, unless that
// was done before. Run calls it; tests may.
func (q *Queue) Schedule(ctx context.Context) error {
	q.mu.Lock()
	schedules := append([]schedule(nil), q.schedules...)
	q.mu.Unlock()
	if len(schedules) == 0 {
		return nil
	}
	return q.store.Write(ctx, func(tx *db.Tx) error {
		for _, s := range schedules {
			period := q.clock.Now().Truncate(s.interval).Unix()
			key := "every:" + s.kind + ":" + strconv.FormatInt(period, 10)
			if _, err := q.Enqueue(tx, s.kind, nil, Options{UniqueKey: key}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Drain runs what is due now, also what that queues, one after the other, and
// returns how many attempts it made and the errors of those that failed. What
// Every asked for is not queued by it. For tests and one-off commands.
func (q *Queue) Drain(ctx context.Context) (int, error) {
	n := 0
	var failed []error
	for {
		rows, err := q.claim(ctx, 1)
		if err != nil {
			return n, err
		}
		if len(rows) == 0 {
			return n, errors.Join(failed...)
		}
		n++
		if err := q.attempt(ctx, rows[0]); err != nil {
			failed = append(failed, err)
		}
	}
}

// attempt runs one job and settles it. It returns the handler's error.
func (q *Queue) attempt(ctx context.Context, row jobRow) error {
	defer q.hold(row.ID)()
	err := q.call(ctx, row.job())
	settled := context.WithoutCancel(ctx)
	now := q.clock.Now()
	switch {
	case err == nil:
		return q.settle(settled, row, map[string]any{"state": string(Done), "finished_at": now, "last_error": ""})
	case ctx.Err() != nil: // stopped by us: as if it had not begun
		return errors.Join(err, q.settle(settled, row, map[string]any{
			"state": string(Ready), "attempts": row.Attempts - 1, "run_at": now,
		}))
	}
	err = fmt.Errorf("job %s %s, attempt %d: %w", row.Kind, row.ID, row.Attempts, err)
	changes := map[string]any{"state": string(Ready), "run_at": now.Add(pause(row.Attempts)), "last_error": shorten(err)}
	var giveUp *final
	if errors.As(err, &giveUp) || row.Attempts >= row.MaxAttempts {
		changes["state"], changes["finished_at"] = string(Dead), now
		delete(changes, "run_at")
	}
	return errors.Join(err, q.settle(settled, row, changes))
}

// call runs the handler and turns a panic into an error.
func (q *Queue) call(ctx context.Context, j Job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			slog.ErrorContext(ctx, "job panicked", "job", j.ID, "kind", j.Kind, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return q.handler(j.Kind)(ctx, j)
}

func shorten(err error) string {
	text := []rune(err.Error())
	return string(text[:min(len(text), 500)])
}

func (q *Queue) logTrouble(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil {
		slog.WarnContext(ctx, "background work", "error", err)
	}
}
