package db_test

import (
	"context"
	"errors"
	"testing"

	"gorm.io/gorm"

	"truepenny/internal/db"
	"truepenny/internal/testkit"
)

func TestASnapshotSeesNothingThatIsWrittenMeanwhile(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		count := func(g *gorm.DB) (n int64) {
			if err := g.Raw("SELECT count(*) FROM rate_counters").Scan(&n).Error; err != nil {
				t.Fatal(err)
			}
			return n
		}
		write := func() {
			err := store.Write(t.Context(), func(tx *db.Tx) error {
				return tx.DB().Exec("INSERT INTO rate_counters (key_hash, hits, expires_at) VALUES ('a', 1, '2026-01-01')").Error
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		err := store.Snapshot(t.Context(), func(g *gorm.DB) error {
			before := count(g)
			write()
			if after := count(g); before != 0 || after != before {
				t.Errorf("the snapshot went from %d to %d rows", before, after)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if n := count(store.Reader(t.Context())); n != 1 {
			t.Errorf("%d rows afterwards", n)
		}
		// What fails or is given up leaves the connection as it was.
		broken := errors.New("broken")
		for range 20 {
			if err := store.Snapshot(t.Context(), func(*gorm.DB) error { return broken }); !errors.Is(err, broken) {
				t.Fatal(err)
			}
			ctx, cancel := context.WithCancel(t.Context())
			_ = store.Snapshot(ctx, func(*gorm.DB) error { cancel(); return nil })
		}
		if err := store.Snapshot(t.Context(), func(g *gorm.DB) error { count(g); return nil }); err != nil {
			t.Fatal(err)
		}
	})
}
