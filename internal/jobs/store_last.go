package jobs

import (
	"context"
	"fmt"
	"time"

	"truepenny/internal/db"
)

// LastDone is when a job of a kind was last finished without an error; false when
// none was in the 30 days that finished jobs are known.
func (q *Queue) LastDone(ctx context.Context, kind string) (time.Time, bool, error) {
	var row jobRow
	err := q.store.Reader(ctx).Where("kind = ? AND state = ?", kind, string(Done)).Order("finished_at DESC").Limit(1).Take(&row).Error
	if db.IsNotFound(err) || err == nil && row.FinishedAt == nil {
		return time.Time{}, false, nil
	}
	if err != nil {
		return time.Time{}, false, fmt.Errorf("last job of %s: %w", kind, err)
	}
	return row.FinishedAt.UTC(), true, nil
}
