package verify

import (
	"context"
	"fmt"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
)

// page is how many rows are held in memory at a time.
const page = 5000

type entry struct {
	Idx       int64
	AtUS      int64 `gorm:"column:at_us"`
	ActorKind string
	ActorID   string
	ActorRole string
	Action    string
	Subject   string
	Person    string
	Purpose   string
	Reason    string
	Details   string
}

func (e entry) leaf() []byte {
	row := audit.Row{Index: e.Idx, At: time.UnixMicro(e.AtUS), Entry: audit.Entry{
		Actor:  audit.Actor{Kind: audit.Kind(e.ActorKind), ID: e.ActorID, Role: e.ActorRole},
		Action: e.Action, Subject: e.Subject, Person: e.Person, Purpose: e.Purpose, Reason: e.Reason,
	}}
	return row.Leaf(e.Details)
}

type headRow struct {
	Size     int64
	Note     string
	Verifier string
}

func readHead(ctx context.Context, store *db.Store) (headRow, error) {
	var head headRow
	err := store.Reader(ctx).Raw("SELECT size, note, verifier FROM audit_head WHERE id = 1").Scan(&head).Error
	if err != nil {
		return head, fmt.Errorf("read the head of the log: %w", err)
	}
	return head, nil
}

func eachEntry(ctx context.Context, store *db.Store, use func(entry) error) error {
	last := int64(-1 << 62)
	for {
		var rows []entry
		err := store.Reader(ctx).Raw("SELECT * FROM audit_entries WHERE idx > ? ORDER BY idx LIMIT ?", last, page).Scan(&rows).Error
		if err != nil {
			return fmt.Errorf("read entries: %w", err)
		}
		for _, r := range rows {
			if err := use(r); err != nil {
				return err
			}
			last = r.Idx
		}
		if len(rows) < page {
			return nil
		}
	}
}

func eachHash(ctx context.Context, store *db.Store, use func(index int64, hash []byte)) error {
	last := int64(-1 << 62)
	for {
		var rows []struct {
			Idx  int64
			Hash []byte
		}
		err := store.Reader(ctx).Raw("SELECT idx, hash FROM audit_hashes WHERE idx > ? ORDER BY idx LIMIT ?", last, page).Scan(&rows).Error
		if err != nil {
			return fmt.Errorf("read hashes: %w", err)
		}
		for _, r := range rows {
			use(r.Idx, r.Hash)
			last = r.Idx
		}
		if len(rows) < page {
			return nil
		}
	}
}
