package sellers

import (
	"context"
	"maps"
	"strconv"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/ids"
)

// Sort orders the queue.
type Sort string

const (
	SortDue       Sort = "due" // what is promised soonest first; the default
	SortSubmitted Sort = "submitted"
	SortNumber    Sort = "number"
	SortName      Sort = "name"
)

// PageSize is the number of rows of a queue page.
const PageSize = 50

// QueueFilter narrows the queue; empty fields do not narrow. Cases that were
// never sent are not in the queue.
type QueueFilter struct {
	State      State
	Road       Road
	Country    string
	Outcome    Outcome
	ClaimedBy  string // staff id
	Mine       bool   // held by the actor
	Unclaimed  bool
	Appeals    bool   // reopened by an appeal, not decided yet
	Overdue    bool   // open and past the promised time
	Text       string // a number ("TP-2041", "2041") or part of a name
	Sort       Sort
	Descending bool
	Page       int // from 1; 0 is 1
}

// QueueRow is one line of the queue.
type QueueRow struct {
	ID          string
	Number      int64
	Name        string
	Kind        Kind
	Country     string
	State       State
	Road        Road
	Outcome     Outcome
	SubmittedAt time.Time
	DueAt       time.Time
	DecidedAt   time.Time
	ClaimedBy   string // "" when nobody holds it now
	Appealed    bool
	Version     int64
}

// Counts are the figures beside the places in the side bar.
type Counts struct {
	Waiting, Mine, Second, Appeals, Asked, Overdue int64
}

// Queue returns one page of the cases that a filter lets through, and how many
// there are in all.
func (s *Service) Queue(ctx context.Context, actor audit.Actor, f QueueFilter) ([]QueueRow, int64, error) {
	if err := readerOnly(actor); err != nil {
		return nil, 0, err
	}
	return s.queue(ctx, actor, f)
}

// Counts returns the figures beside the places in the side bar.
func (s *Service) Counts(ctx context.Context, actor audit.Actor) (Counts, error) {
	if err := readerOnly(actor); err != nil {
		return Counts{}, err
	}
	return s.counts(ctx, actor)
}

// Export hands every case of a filter to each, whatever its page, and returns
// how many. That it was begun stands in the log before the first row leaves;
// how many rows left stands there when it ends, even when it breaks off.
func (s *Service) Export(ctx context.Context, actor audit.Actor, f QueueFilter, each func(QueueRow) error) (int, error) {
	if err := readerOnly(actor); err != nil {
		return 0, err
	}
	export := ids.New("exp")
	entry := audit.Entry{Actor: actor, Action: "queue.export-started", Subject: "export:" + export, Details: f.codes()}
	if err := s.log.Record(ctx, entry, nothing); err != nil {
		return 0, err
	}
	n, failed := s.streamQueue(ctx, actor, f, each)
	entry.Action = "queue.exported"
	entry.Details = map[string]string{"rows": strconv.Itoa(n), "complete": "yes"}
	if failed != nil {
		entry.Details["complete"] = "no"
	}
	// The reader may have hung up, which ends ctx; the count is kept all the same.
	if err := s.log.Record(context.WithoutCancel(ctx), entry, nothing); err != nil {
		return n, err
	}
	return n, failed
}

func nothing(*db.Tx) error { return nil }

// codes describes a filter for the log. What was searched for may be a name and
// is left out.
func (f QueueFilter) codes() map[string]string {
	out := map[string]string{"state": string(f.State), "road": string(f.Road), "country": f.Country,
		"outcome": string(f.Outcome), "claimed-by": f.ClaimedBy}
	for name, on := range map[string]bool{"mine": f.Mine, "unclaimed": f.Unclaimed, "appeals": f.Appeals,
		"overdue": f.Overdue, "text": f.Text != ""} {
		if on {
			out[name] = "yes"
		}
	}
	maps.DeleteFunc(out, func(_, v string) bool { return v == "" })
	return out
}
