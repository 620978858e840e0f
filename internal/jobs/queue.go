package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/ids"
)

const (
	defaultAttempts = 8
	// MaxInterval is the longest interval of Every: the memory of what ran, the
	// finished jobs, is kept that long.
	MaxInterval = 30 * 24 * time.Hour

	firstPause   = 10 * time.Second // before the second attempt; doubles each time
	longestPause = time.Hour
	leaseTime    = time.Minute      // a worker that says nothing for this long is taken for dead
	graceTime    = 20 * time.Second // what a handler gets to end when the program stops
	pollTime     = time.Second      // how often work of other processes is looked for
)

// Job is one attempt at a piece of work, as its handler sees it. Handlers must
// bear being run again: a machine may die between the work and its mark.
type Job struct {
	ID      string
	Kind    string
	Payload []byte // JSON
	Attempt int    // from 1
	Last    bool   // no attempt follows when this one fails
}

// Decode reads the payload into v.
func (j Job) Decode(v any) error {
	if err := json.Unmarshal(j.Payload, v); err != nil {
		return GiveUp(fmt.Errorf("payload of job %s: %w", j.ID, err))
	}
	return nil
}

// Options of one job; the zero value is a job for now.
type Options struct {
	RunAt       time.Time // not before; zero is now
	UniqueKey   string    // while a job with this key is known (30 days after its end), no second one is queued
	MaxAttempts int       // 0 is 8: about 20 minutes of trying
}

// Handler does one attempt. A returned error or a panic makes it a failed one.
type Handler = func(ctx context.Context, j Job) error

type schedule struct {
	kind     string
	interval time.Duration
}

// Queue holds work in the database, so it outlives the process and several
// processes may share it.
type Queue struct {
	store *db.Store
	clock clock.Clock
	owner string        // names this process in the leases it holds
	wake  chan struct{} // something may be due, or a worker is free

	mu        sync.Mutex
	handlers  map[string]Handler
	schedules []schedule
	working   map[string]bool // ids of the jobs that are being worked on here
}

// New makes a queue on a database.
func New(store *db.Store, clk clock.Clock) *Queue {
	return &Queue{
		store: store, clock: clk, owner: ids.New("own"),
		wake: make(chan struct{}, 1), handlers: map[string]Handler{}, working: map[string]bool{},
	}
}

// Handle says what does the jobs of a kind. Jobs of kinds without a handler
// wait for a process that has one.
func (q *Queue) Handle(kind string, h Handler) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if _, taken := q.handlers[kind]; taken {
		panic("jobs: two handlers for " + kind)
	}
	q.handlers[kind] = h
}

// Every asks for a job of a kind once in each interval (at least a minute, at
// most MaxInterval), counted from the beginning of the calendar in UTC, over
// all processes together. Its payload is null.
func (q *Queue) Every(kind string, interval time.Duration) {
	if interval < time.Minute || interval > MaxInterval {
		panic("jobs: " + kind + ": the interval must be between a minute and 30 days")
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	q.schedules = append(q.schedules, schedule{kind, interval})
}

// Enqueue adds a job in the transaction of the change that needs it and
// returns its id, or that of the job that already has its unique key. The
// payload is stored as JSON and must hold ids only, no personal data.
func (q *Queue) Enqueue(tx *db.Tx, kind string, payload any, o Options) (string, error) {
	if kind == "" {
		return "", errors.New("jobs: a job needs a kind")
	}
	body, err := json.Marshal(payload)
	if err != nil {
		return "", fmt.Errorf("payload of %s: %w", kind, err)
	}
	now := q.clock.Now()
	row := jobRow{
		ID: ids.New("job"), Kind: kind, Payload: string(body), State: string(Ready),
		RunAt: o.RunAt.UTC(), MaxAttempts: o.MaxAttempts, CreatedAt: now,
	}
	if o.RunAt.IsZero() {
		row.RunAt = now
	}
	if o.MaxAttempts <= 0 {
		row.MaxAttempts = defaultAttempts
	}
	if o.UniqueKey != "" {
		row.UniqueKey = &o.UniqueKey
	}
	id, err := insertJob(tx, row)
	if err == nil && id == row.ID {
		tx.OnCommit(q.nudge)
	}
	return id, err
}

// nudge lets Run look for work at once.
func (q *Queue) nudge() {
	select {
	case q.wake <- struct{}{}:
	default: // it will look anyway
	}
}

func (q *Queue) handler(kind string) Handler {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.handlers[kind]
}

func (q *Queue) kinds() []string {
	q.mu.Lock()
	defer q.mu.Unlock()
	out := make([]string, 0, len(q.handlers))
	for kind := range q.handlers {
		out = append(out, kind)
	}
	return out
}

// hold notes that a job is being worked on here, until the returned function is
// called.
func (q *Queue) hold(id string) (letGo func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.working[id] = true
	return func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		delete(q.working, id)
	}
}

func (q *Queue) held() []string {
	q.mu.Lock()
	defer q.mu.Unlock()
	return slices.Sorted(maps.Keys(q.working))
}

// GiveUp marks an error that another attempt cannot mend: the job ends as dead
// at once.
func GiveUp(err error) error { return &final{err} }

type final struct{ err error }

func (f *final) Error() string { return f.err.Error() }
func (f *final) Unwrap() error { return f.err }

// pause is the time before the attempt after the given one: doubling, at most
// an hour, and 20 % more or less so that work that failed together does not
// come back together.
func pause(attempt int) time.Duration {
	d := longestPause
	if doublings := attempt - 1; doublings < 10 {
		d = min(firstPause<<doublings, longestPause)
	}
	return d*4/5 + time.Duration(ids.Intn(int(d*2/5)))
}
