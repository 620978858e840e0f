package audit_test

import (
	"context"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/testkit"
)

// Both change the same row; the first adds an entry before it does. Were that
// entry written at once, each would hold what the other waits for.
func TestAnEntryAddedEarlyMakesNobodyWaitForEachOther(t *testing.T) {
	store := testkit.Postgres(t)
	log, err := audit.New(store, clock.NewFixed(noon), make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	const change = "UPDATE sellers_numbers SET last = last + 1 WHERE id = 1"
	added, changed := make(chan struct{}), make(chan struct{})
	ended := make(chan error, 1)
	go func() {
		ended <- log.Record(ctx, audit.Entry{Action: "test.second"}, func(tx *db.Tx) error {
			<-added
			err := tx.DB().Exec(change).Error
			close(changed)
			return err
		})
	}()
	err = log.Record(ctx, audit.Entry{Action: "test.last"}, func(tx *db.Tx) error {
		if err := log.Append(tx, audit.Entry{Action: "test.early"}); err != nil {
			return err
		}
		close(added)
		<-changed
		return tx.DB().Exec(change).Error
	})
	if other := <-ended; err != nil || other != nil {
		t.Fatal(err, other)
	}
	rows, err := log.List(ctx, audit.Filter{})
	if err != nil || len(rows) != 3 || rows[0].Action != "test.last" || rows[1].Action != "test.early" {
		t.Fatalf("got %+v, %v", rows, err)
	}
}
