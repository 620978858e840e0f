package audit

import (
	"context"

	"truepenny/internal/db"
)

// Note writes an entry about something that was read or handed out and changed
// nothing, such as an export.
func (l *Log) Note(ctx context.Context, e Entry) error {
	return l.Record(ctx, e, func(*db.Tx) error { return nil })
}
