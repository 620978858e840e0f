package jobs

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/testkit"
)

// start runs a queue; the returned function stops it and waits for its end.
func start(q *Queue, workers int) (stop func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- q.Run(ctx, workers) }()
	return sync.OnceValue(func() error { cancel(); return <-ended })
}

func TestTwoThousandJobsRunOnceEachInTwoProcessesOfSixteenWorkers(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { runTwoThousand(t, "sqlite:"+testkit.StorePath(t.TempDir())) })
	t.Run("postgres", func(t *testing.T) { runTwoThousand(t, testkit.PostgresURL(t)) })
}

func runTwoThousand(t *testing.T, address string) {
	const total = 2000
	var mu sync.Mutex
	runs := map[string]int{}
	finished := make(chan struct{})
	processes := [2]*Queue{}
	for i := range processes {
		store := testkit.Open(t, address)
		if err := store.Migrate(context.Background()); err != nil {
			t.Fatal(err)
		}
		processes[i] = New(store, clock.System)
		processes[i].Handle("work", func(_ context.Context, j Job) error {
			mu.Lock()
			defer mu.Unlock()
			runs[j.ID]++
			if len(runs) == total && runs[j.ID] == 1 {
				close(finished)
			}
			return nil
		})
	}
	err := processes[0].store.Write(context.Background(), func(tx *db.Tx) error {
		for i := range total {
			if _, err := processes[0].Enqueue(tx, "work", i, Options{}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	stopOne, stopTwo := start(processes[0], 16), start(processes[1], 16)
	<-finished
	took := time.Since(began)
	if err := errors.Join(stopOne(), stopTwo()); err != nil {
		t.Fatal(err)
	}
	for id, n := range runs {
		if n != 1 {
			t.Errorf("job %s ran %d times", id, n)
		}
	}
	counts, err := processes[0].Counts(context.Background())
	if err != nil || counts[Done] != total || len(counts) != 1 {
		t.Fatal(counts, err)
	}
	t.Logf("%d jobs in %v: %.0f a second", total, took.Round(time.Millisecond), total/took.Seconds())
}

// In the next tests time is that of a synctest bubble: it stands still while
// anything happens and jumps when everybody waits. They stop a queue only after
// synctest.Wait: to stop it in the middle of a query ends its connection, and
// who waits for that one gets another from a goroutine of the pool, which is
// outside of the bubble and must not touch it.

func TestAJobStartsAtOnceHereAndWithinASecondInAnotherProcess(t *testing.T) {
	store := testkit.Store(t)
	synctest.Test(t, func(t *testing.T) {
		worker, other := New(store, clock.System), New(store, clock.System)
		started := make(chan string)
		worker.Handle("work", func(_ context.Context, j Job) error { started <- j.ID; return nil })
		defer start(worker, 2)()
		for _, c := range []struct {
			queue   *Queue
			longest time.Duration
		}{{worker, 0}, {other, pollTime}, {worker, 0}, {other, pollTime}} {
			synctest.Wait()
			began := time.Now()
			id := bench{c.queue, t, nil}.enqueue("work", nil, Options{})
			if got := <-started; got != id {
				t.Fatal(got)
			}
			if waited := time.Since(began); waited > c.longest {
				t.Fatalf("started after %v, want at most %v", waited, c.longest)
			}
		}
		synctest.Wait()
	})
}

func TestALongJobKeepsItsLeaseWhileItsProcessLives(t *testing.T) {
	store := testkit.Store(t)
	synctest.Test(t, func(t *testing.T) {
		attempts := make(chan int, 10)
		ended := make(chan struct{})
		var stops []func() error
		for range 2 {
			q := New(store, clock.System)
			q.Handle("long", func(_ context.Context, j Job) error {
				attempts <- j.Attempt
				<-time.After(10 * leaseTime)
				close(ended)
				return nil
			})
			stops = append(stops, start(q, 1))
		}
		bench{New(store, clock.System), t, nil}.enqueue("long", nil, Options{})
		<-ended
		synctest.Wait()
		for _, stop := range stops {
			if err := stop(); err != nil {
				t.Fatal(err)
			}
		}
		if len(attempts) != 1 {
			t.Fatalf("%d attempts at a job that was running all the time", len(attempts))
		}
	})
}

func TestStoppingLetsWhatRunsEnd(t *testing.T) {
	b := newBench(t, testkit.Store(t))
	started, release := make(chan struct{}), make(chan struct{})
	b.Handle("long", func(ctx context.Context, _ Job) error {
		close(started)
		<-release
		return ctx.Err() // not stopped: it was given time
	})
	id := b.enqueue("long", nil, Options{})
	next := b.enqueue("long", nil, Options{RunAt: noon.Add(time.Second)})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- b.Run(ctx, 1) }()
	<-started
	b.clock.Advance(time.Second) // the next one is due, but nobody takes it any more
	cancel()
	close(release)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	b.wantState(id, Done, 1)
	b.wantState(next, Ready, 0)
}

func TestAJobThatIsStoppedIsPutBackWithoutLosingAnAttempt(t *testing.T) {
	b := newBench(t, testkit.Store(t))
	ctx, cancel := context.WithCancel(context.Background())
	b.Handle("endless", func(ctx context.Context, _ Job) error {
		cancel()
		<-ctx.Done()
		return ctx.Err()
	})
	id := b.enqueue("endless", nil, Options{})
	if n, err := b.Drain(ctx); n != 1 || !errors.Is(err, context.Canceled) {
		t.Fatal(n, err)
	}
	b.wantState(id, Ready, 0)
}

func TestHandlersGetTheirGraceAndAreThenStopped(t *testing.T) {
	store := testkit.Store(t)
	synctest.Test(t, func(t *testing.T) {
		for name, c := range map[string]struct {
			heeds bool
			after time.Duration
		}{
			"heeds its context": {true, graceTime},
			"does not":          {false, 2 * graceTime},
		} {
			ctx, stop := context.WithCancel(context.Background())
			ended := make(chan struct{}, 1)
			go func() {
				<-ctx.Done()
				if c.heeds {
					ended <- struct{}{}
				}
			}()
			began := time.Now()
			err := New(store, clock.System).finish(stop, 1, ended)
			if time.Since(began) != c.after || (err == nil) != c.heeds {
				t.Errorf("a handler that %s: %v after %v", name, err, time.Since(began))
			}
		}
	})
}

func TestRunNeedsAWorker(t *testing.T) {
	if err := newBench(t, testkit.Store(t)).Run(context.Background(), 0); err == nil {
		t.Fatal("ran without")
	}
}

func TestTwoHandlersOfAKindAndOddIntervalsAreMistakesOfTheProgram(t *testing.T) {
	b := newBench(t, testkit.Store(t))
	b.Handle("work", nil)
	for name, f := range map[string]func(){
		"second handler":    func() { b.Handle("work", nil) },
		"too short":         func() { b.Every("work", time.Second) },
		"longer than known": func() { b.Every("work", MaxInterval+1) },
	} {
		func() {
			defer func() {
				if fmt.Sprint(recover()) == "<nil>" {
					t.Errorf("%s was taken", name)
				}
			}()
			f()
		}()
	}
}
