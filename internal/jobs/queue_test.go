package jobs

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/testkit"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// bench is a queue under a clock that stands still.
type bench struct {
	*Queue
	t     *testing.T
	clock *clock.Fixed
}

func newBench(t *testing.T, store *db.Store) bench {
	clk := clock.NewFixed(noon)
	return bench{New(store, clk), t, clk}
}

func (b bench) enqueue(kind string, payload any, o Options) string {
	b.t.Helper()
	var id string
	err := b.store.Write(context.Background(), func(tx *db.Tx) (err error) {
		id, err = b.Enqueue(tx, kind, payload, o)
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return id
}

// drain wants the given number of attempts and returns the errors of failed ones.
func (b bench) drain(want int) error {
	b.t.Helper()
	n, err := b.Drain(context.Background())
	if n != want {
		b.t.Fatalf("%d attempts, want %d (%v)", n, want, err)
	}
	return err
}

func (b bench) wantState(id string, want State, attempt int) Status {
	b.t.Helper()
	s, err := b.Status(context.Background(), id)
	if err != nil || s.State != want || s.Attempt != attempt {
		b.t.Fatalf("job is %s after %d attempts, %v; want %s after %d", s.State, s.Attempt, err, want, attempt)
	}
	return s
}

func TestAJobRunsOnceWithItsPayload(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		b := newBench(t, store)
		var got []string
		b.Handle("greet", func(_ context.Context, j Job) error {
			var payload struct{ Name string }
			err := j.Decode(&payload)
			got = append(got, fmt.Sprintf("%s %d %v", payload.Name, j.Attempt, j.Last))
			return err
		})
		id := b.enqueue("greet", map[string]string{"Name": "app_1"}, Options{})
		if err := b.drain(1); err != nil || len(got) != 1 || got[0] != "app_1 1 false" {
			t.Fatal(got, err)
		}
		b.wantState(id, Done, 1)
		if err := b.drain(0); err != nil {
			t.Fatal(err)
		}
	})
}

func TestARolledBackChangeQueuesNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		b := newBench(t, store)
		b.Handle("greet", func(context.Context, Job) error { return nil })
		stop := errors.New("stop")
		err := store.Write(context.Background(), func(tx *db.Tx) error {
			if _, err := b.Enqueue(tx, "greet", nil, Options{}); err != nil {
				return err
			}
			return stop
		})
		if !errors.Is(err, stop) || len(b.wake) != 0 {
			t.Fatal("woken by something that never was:", err, len(b.wake))
		}
		b.drain(0)
	})
}

func TestAJobWaitsForItsTimeAndForItsHandler(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		b := newBench(t, store)
		id := b.enqueue("later", nil, Options{RunAt: noon.Add(time.Hour)})
		b.clock.Advance(time.Hour - time.Microsecond)
		b.Handle("later", func(context.Context, Job) error { return nil })
		b.drain(0)
		b.clock.Advance(time.Microsecond)
		other := b.enqueue("other process", nil, Options{})
		b.drain(1)
		b.wantState(id, Done, 1)
		b.wantState(other, Ready, 0)
	})
}

func TestAUniqueKeyQueuesOneJobEvenAfterItsEnd(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		b := newBench(t, store)
		b.Handle("analyse", func(context.Context, Job) error { return nil })
		first := b.enqueue("analyse", 1, Options{UniqueKey: "analyse:app_1"})
		if second := b.enqueue("analyse", 2, Options{UniqueKey: "analyse:app_1"}); second != first {
			t.Fatal("two jobs with one key")
		}
		if other := b.enqueue("analyse", 3, Options{UniqueKey: "analyse:app_2"}); other == first {
			t.Fatal("one job for two keys")
		}
		b.drain(2)
		if again := b.enqueue("analyse", 4, Options{UniqueKey: "analyse:app_1"}); again != first {
			t.Fatal("queued again after its end")
		}
		b.drain(0)
		b.clock.Advance(MaxInterval + time.Minute)
		if err := b.reap(context.Background()); err != nil {
			t.Fatal(err)
		}
		if much := b.enqueue("analyse", 5, Options{UniqueKey: "analyse:app_1"}); much == first {
			t.Fatal("remembered for ever")
		}
	})
}

func TestAFailedJobComesBackLaterAndLaterAndEndsAsDead(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		b := newBench(t, store)
		var last []bool
		b.Handle("fail", func(_ context.Context, j Job) error {
			last = append(last, j.Last)
			return errors.New("no luck")
		})
		id := b.enqueue("fail", nil, Options{MaxAttempts: 3})
		for attempt := 1; attempt <= 2; attempt++ {
			if err := b.drain(1); err == nil || !strings.Contains(err.Error(), "no luck") {
				t.Fatal("Drain hides the failure:", err)
			}
			s := b.wantState(id, Ready, attempt)
			wait, middle := s.RunAt.Sub(b.clock.Now()), firstPause<<(attempt-1)
			if wait < middle*8/10 || wait > middle*12/10 || !strings.Contains(s.LastError, "no luck") {
				t.Fatalf("attempt %d: waits %v, said %q", attempt, wait, s.LastError)
			}
			b.drain(0)
			b.clock.Set(s.RunAt)
		}
		b.drain(1)
		b.wantState(id, Dead, 3)
		if len(last) != 3 || last[0] || last[1] || !last[2] {
			t.Fatal("the handler was not told which attempt is the last:", last)
		}
		b.clock.Advance(24 * time.Hour)
		b.drain(0)

		dead, err := b.List(context.Background(), Dead, 10)
		if err != nil || len(dead) != 1 || dead[0].ID != id {
			t.Fatal(dead, err)
		}
		if err := store.Write(context.Background(), func(tx *db.Tx) error { return b.Revive(tx, id) }); err != nil {
			t.Fatal(err)
		}
		err = store.Write(context.Background(), func(tx *db.Tx) error { return b.Revive(tx, id) })
		if errs.CodeOf(err) != errs.Conflict {
			t.Fatal("revived what is alive:", err)
		}
		b.drain(1)
		b.wantState(id, Ready, 1)
	})
}

func TestGivingUpEndsAJobAtOnce(t *testing.T) {
	b := newBench(t, testkit.Store(t))
	cause := errors.New("no such mailbox")
	b.Handle("hopeless", func(context.Context, Job) error { return fmt.Errorf("send: %w", GiveUp(cause)) })
	b.Handle("unreadable", func(_ context.Context, j Job) error { var n int; return j.Decode(&n) })
	hopeless, unreadable := b.enqueue("hopeless", nil, Options{}), b.enqueue("unreadable", "text", Options{})
	if err := b.drain(2); !errors.Is(err, cause) {
		t.Fatal(err)
	}
	b.wantState(hopeless, Dead, 1)
	b.wantState(unreadable, Dead, 1)
}

func TestAPanicIsAFailedAttemptAndStopsNobodyElse(t *testing.T) {
	b := newBench(t, testkit.Store(t))
	b.Handle("panic", func(context.Context, Job) error { panic("nothing to work with") })
	b.Handle("fine", func(context.Context, Job) error { return nil })
	bad, good := b.enqueue("panic", nil, Options{}), b.enqueue("fine", nil, Options{})
	b.drain(2)
	if s := b.wantState(bad, Ready, 1); !strings.Contains(s.LastError, "panic") {
		t.Fatal(s.LastError)
	}
	b.wantState(good, Done, 1)
}

func TestWhatADeadProcessHeldComesBackAndItsLateResultCountsNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		lost, alive := newBench(t, store), newBench(t, store)
		lost.Handle("work", nil)
		alive.Handle("work", func(context.Context, Job) error { return nil })
		id := lost.enqueue("work", nil, Options{MaxAttempts: 2})
		rows, err := lost.claim(context.Background(), 1)
		if err != nil || len(rows) != 1 {
			t.Fatal(rows, err)
		}
		reap := func() {
			if err := alive.reap(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		alive.clock.Advance(leaseTime)
		reap()
		alive.wantState(id, Running, 1) // the lease still holds
		alive.clock.Advance(time.Second)
		reap()
		alive.drain(1)
		alive.wantState(id, Done, 2)
		if err := lost.settle(context.Background(), rows[0], map[string]any{"state": string(Ready)}); err != nil {
			t.Fatal(err)
		}
		alive.wantState(id, Done, 2)
	})
}

func TestALeaseIsKeptByRenewingAndItsLastLossIsTheEnd(t *testing.T) {
	b := newBench(t, testkit.Store(t))
	b.Handle("work", nil)
	id := b.enqueue("work", nil, Options{MaxAttempts: 1})
	if _, err := b.claim(context.Background(), 1); err != nil {
		t.Fatal(err)
	}
	defer b.hold(id)()
	b.clock.Advance(leaseTime)
	if err := b.renew(context.Background()); err != nil {
		t.Fatal(err)
	}
	b.clock.Advance(leaseTime)
	if err := b.reap(context.Background()); err != nil {
		t.Fatal(err)
	}
	b.wantState(id, Running, 1)
	b.clock.Advance(time.Second)
	if err := b.reap(context.Background()); err != nil {
		t.Fatal(err)
	}
	b.wantState(id, Dead, 1) // a job that kills its process must not do so for ever
}

// What ended could not be written: the process lives on and must not keep the
// job from being taken up again.
func TestALeaseIsNotKeptForAJobThatNobodyWorksOnAnyMore(t *testing.T) {
	b := newBench(t, testkit.Store(t))
	ctx := context.Background()
	change := func(statement string) error {
		return b.store.Write(ctx, func(tx *db.Tx) error { return tx.DB().Exec(statement).Error })
	}
	const full = "CREATE TRIGGER jobs_full BEFORE UPDATE ON jobs BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
	b.Handle("work", func(_ context.Context, j Job) error {
		if j.Attempt == 1 {
			return change(full)
		}
		return nil
	})
	id := b.enqueue("work", nil, Options{})
	if err := b.drain(1); err == nil {
		t.Fatal("the end was written")
	}
	b.wantState(id, Running, 1)
	if err := change("DROP TRIGGER jobs_full"); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		b.clock.Advance(leaseTime/2 + time.Second)
		if err := errors.Join(b.renew(ctx), b.reap(ctx)); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.drain(1); err != nil {
		t.Fatal(err)
	}
	b.wantState(id, Done, 2)
}

func TestEveryQueuesOnceADayOverAllProcesses(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		first, second := newBench(t, store), newBench(t, store)
		ran := 0
		for _, b := range []bench{first, second} {
			b.Handle("expire", func(context.Context, Job) error { ran++; return nil })
			b.Every("expire", 24*time.Hour)
		}
		for day := 1; day <= 3; day++ {
			for range 2 {
				for _, b := range []bench{first, second} {
					if err := b.Schedule(context.Background()); err != nil {
						t.Fatal(err)
					}
					if _, err := b.Drain(context.Background()); err != nil {
						t.Fatal(err)
					}
				}
			}
			if ran != day {
				t.Fatalf("ran %d times in %d days", ran, day)
			}
			first.clock.Advance(24 * time.Hour)
			second.clock.Advance(24 * time.Hour)
		}
	})
}

func TestCountsTellEveryState(t *testing.T) {
	b := newBench(t, testkit.Store(t))
	b.Handle("fine", func(context.Context, Job) error { return nil })
	b.enqueue("fine", nil, Options{})
	b.drain(1)
	b.enqueue("nobody's", nil, Options{})
	counts, err := b.Counts(context.Background())
	if err != nil || counts[Done] != 1 || counts[Ready] != 1 || len(counts) != 2 {
		t.Fatal(counts, err)
	}
}

func TestPausesGrowWithinTheirBounds(t *testing.T) {
	for attempt := 1; attempt <= 40; attempt++ {
		middle := longestPause
		if attempt <= 9 {
			middle = firstPause << (attempt - 1)
		}
		for range 50 {
			if p := pause(attempt); p < middle*8/10 || p > middle*12/10 {
				t.Fatalf("attempt %d waits %v, want %v and at most 20 %% off", attempt, p, middle)
			}
		}
	}
}
