package ratelimit

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/testkit"
)

var (
	noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	ctx  = context.Background()
)

func newLimiter(store *db.Store) (*Limiter, *clock.Fixed) {
	clk := clock.NewFixed(noon)
	return New(store, clk, make([]byte, 32)), clk
}

func want(t *testing.T, err error, allowed bool) {
	t.Helper()
	if allowed != (err == nil) || (!allowed && (errs.CodeOf(err) != errs.TooMany || errs.ReasonOf(err) != "rate.limited")) {
		t.Fatalf("allowed %v, want %v", err, allowed)
	}
}

func TestALimitHoldsUntilItsPeriodIsOver(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		l, clk := newLimiter(store)
		for range 3 {
			want(t, l.Allow(ctx, "link:a@b.example", 3, time.Hour), true)
			clk.Advance(time.Minute)
		}
		want(t, l.Allow(ctx, "link:a@b.example", 3, time.Hour), false)
		want(t, l.Allow(ctx, "link:c@d.example", 3, time.Hour), true)
		clk.Set(noon.Add(time.Hour - time.Second))
		want(t, l.Allow(ctx, "link:a@b.example", 3, time.Hour), false)
		clk.Set(noon.Add(time.Hour)) // trying in between did not lengthen it
		for range 3 {
			want(t, l.Allow(ctx, "link:a@b.example", 3, time.Hour), true)
		}
		want(t, l.Allow(ctx, "link:a@b.example", 3, time.Hour), false)
	})
}

func TestManyAtOnceAreCountedEach(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		l, _ := newLimiter(store)
		var allowed atomic.Int64
		var all sync.WaitGroup
		for range 40 {
			all.Go(func() {
				err := l.Allow(ctx, "upload:acc_1", 10, time.Minute)
				if err == nil {
					allowed.Add(1)
				} else if errs.CodeOf(err) != errs.TooMany {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if n := allowed.Load(); n != 10 {
			t.Fatalf("%d allowed of 10", n)
		}
	})
}

func TestForgettingBeginsAnew(t *testing.T) {
	l, _ := newLimiter(testkit.Store(t))
	want(t, l.Allow(ctx, "sign-in:stf_1", 1, time.Hour), true)
	want(t, l.Allow(ctx, "sign-in:stf_1", 1, time.Hour), false)
	if err := l.Forget(ctx, "sign-in:stf_1"); err != nil {
		t.Fatal(err)
	}
	want(t, l.Allow(ctx, "sign-in:stf_1", 1, time.Hour), true)
}

func TestCountersDoNotTellWhoseTheyAreAndGoWhenTheyAreOver(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		l, clk := newLimiter(store)
		want(t, l.Allow(ctx, "link:a@b.example", 3, time.Hour), true)
		want(t, l.Allow(ctx, "link:c@d.example", 3, 2*time.Hour), true)
		if strings.Contains(keysOf(t, store), "@") {
			t.Fatal("an address in clear")
		}
		other := New(store, clk, []byte("another secret of the same length"))
		if l.hash("x") == other.hash("x") {
			t.Fatal("the secret does not matter, so addresses can be guessed")
		}
		clk.Advance(time.Hour)
		if err := l.Clean(ctx); err != nil {
			t.Fatal(err)
		}
		if left := strings.Fields(keysOf(t, store)); len(left) != 1 || left[0] != l.hash("link:c@d.example") {
			t.Fatalf("left: %v", left)
		}
	})
}

func keysOf(t *testing.T, store *db.Store) string {
	t.Helper()
	var keys []string
	if err := store.Reader(ctx).Model(&counterRow{}).Pluck("key_hash", &keys).Error; err != nil {
		t.Fatal(err)
	}
	return strings.Join(keys, " ")
}

func TestAnOddLimitIsAMistakeOfTheProgram(t *testing.T) {
	l, _ := newLimiter(testkit.Store(t))
	if l.Allow(ctx, "x", 0, time.Hour) == nil || l.Allow(ctx, "x", 1, 0) == nil {
		t.Fatal("taken")
	}
}
