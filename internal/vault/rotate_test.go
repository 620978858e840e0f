package vault

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/testkit"
)

// stoppingClock ends a rotation when the log asks for the time once too often:
// the process is killed between two transactions or inside one.
type stoppingClock struct {
	left int
	kill context.CancelFunc
}

func (c *stoppingClock) Now() time.Time {
	if c.left--; c.left < 0 {
		c.kill()
	}
	return noon
}

func TestARotationThatIsKilledGoesOnWhereItStopped(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		old, next := NewMasterKey(), NewMasterKey()
		before := newBench(t, store, old)
		items := map[string]string{}
		for i := range 2*rewrapBatch + 30 {
			plain := fmt.Sprint("item ", i)
			items[before.seal(fmt.Sprint("acc_", i), documents, plain)] = plain
		}
		ctx, kill := context.WithCancel(context.Background())
		clk := &stoppingClock{left: 1, kill: kill} // the second batch fails inside its transaction
		log, err := audit.New(store, clk, make([]byte, 32))
		if err != nil {
			t.Fatal(err)
		}
		n, err := New(store, log, clk, old).Rotate(ctx, next)
		if !errors.Is(err, context.Canceled) || n != rewrapBatch {
			t.Fatalf("rewrapped %d, %v; want %d and then the kill", n, err, rewrapBatch)
		}

		// In the middle, a process with both keys serves everything and seals.
		both := newBench(t, store, next, old)
		for id, plain := range items {
			both.wantPlain(id, documents, plain)
		}
		items[both.seal("acc_0", faces, "sealed meanwhile")] = ""

		n, err = both.Rotate(context.Background(), next)
		if err != nil || n != rewrapBatch+30 {
			t.Fatalf("the rest: %d, %v", n, err)
		}
		if n, err := both.Rotate(context.Background(), next); err != nil || n != 0 {
			t.Fatalf("again: %d, %v; want nothing to do", n, err)
		}
		rows := both.entries("vault.rewrapped")
		if len(rows) != 3 || rows[0].Details["keys"] != "30" || rows[0].Subject != "master:"+next.ID() {
			t.Fatalf("%d entries, last %+v", len(rows), rows[0])
		}

		// The old key is retired: the new one alone opens everything, the old one nothing.
		after := newBench(t, store, next)
		for id, plain := range items {
			if plain == "" {
				after.wantPlain(id, faces, "sealed meanwhile")
				continue
			}
			after.wantPlain(id, documents, plain)
			_, err := newBench(t, store, old).Open(context.Background(), reviewer, id, documents, "x")
			if !errors.Is(err, ErrMaster) {
				t.Fatalf("the retired key: %v", err)
			}
		}
	})
}

func TestRotationWithoutTheOldKeyChangesNothing(t *testing.T) {
	b := newBench(t, testkit.Store(t), NewMasterKey())
	id := b.seal("acc_1", documents, "passport")
	stranger := newBench(t, b.store, NewMasterKey())
	if n, err := stranger.Rotate(context.Background(), NewMasterKey()); n != 0 || !errors.Is(err, ErrMaster) {
		t.Fatal(n, err)
	}
	b.wantPlain(id, documents, "passport")
}

// signallingClock tells when the log asks for the time.
type signallingClock struct{ asked chan struct{} }

func (c signallingClock) Now() time.Time {
	select {
	case c.asked <- struct{}{}:
	default:
	}
	return noon
}

func TestARotationGoesRoundAKeyInUseAndTakesItLast(t *testing.T) {
	store := testkit.Postgres(t) // on SQLite nobody can be in between
	old, next := NewMasterKey(), NewMasterKey()
	b := newBench(t, store, next, old)
	before := newBench(t, store, old)
	busy := before.seal("acc_1", documents, "passport")
	other := before.seal("acc_2", documents, "passport of another")

	clk := signallingClock{make(chan struct{}, 1)}
	log, err := audit.New(store, clk, make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	rotated := make(chan error, 1)
	err = b.change(func(tx *db.Tx) error {
		if _, err := b.Seal(tx, sealing("acc_1", documents), []byte("holds the key")); err != nil {
			return err
		}
		go func() {
			_, err := New(store, log, clk, next, old).Rotate(context.Background(), next)
			rotated <- err
		}()
		<-clk.asked // the other key's batch is rewrapped while this transaction is open
		return nil
	})
	if err = errors.Join(err, <-rotated); err != nil {
		t.Fatal(err)
	}
	after := newBench(t, store, next)
	after.wantPlain(busy, documents, "passport")
	after.wantPlain(other, documents, "passport of another")
}
