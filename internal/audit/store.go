package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"truepenny/internal/db"
)

type entryRow struct {
	Idx       int64 `gorm:"primaryKey;autoIncrement:false"`
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

func (entryRow) TableName() string { return "audit_entries" }

type hashRow struct {
	Idx  int64 `gorm:"primaryKey;autoIncrement:false"`
	Hash []byte
}

func (hashRow) TableName() string { return "audit_hashes" }

type headRow struct {
	ID       int `gorm:"primaryKey"`
	Size     int64
	Note     string
	Verifier string
}

func (headRow) TableName() string { return "audit_head" }

// lockHead reads the head of the log; on PostgreSQL it also makes every other
// writer wait, on SQLite there is only one.
func lockHead(tx *db.Tx) (headRow, error) {
	return readHead(tx.DB().Clauses(clause.Locking{Strength: "UPDATE"}))
}

func readHead(g *gorm.DB) (headRow, error) {
	var head headRow
	if err := g.Take(&head, 1).Error; err != nil {
		return head, fmt.Errorf("read audit head: %w", err)
	}
	return head, nil
}

func readLeaf(g *gorm.DB, index int64) ([]byte, error) {
	var stored entryRow
	if err := g.Take(&stored, "idx = ?", index).Error; err != nil {
		return nil, fmt.Errorf("read audit entry %d: %w", index, err)
	}
	row, err := stored.row()
	return row.Leaf(stored.Details), err
}

// findLeaf looks for the hash of a leaf among the first size entries.
func findLeaf(g *gorm.DB, leaf tlog.Hash, size int64) (int64, bool, error) {
	var rows []hashRow
	if err := g.Where("hash = ?", leaf[:]).Order("idx").Find(&rows).Error; err != nil {
		return 0, false, fmt.Errorf("look for an audit entry: %w", err)
	}
	for _, r := range rows {
		if level, n := tlog.SplitStoredHashIndex(r.Idx); level == 0 && n < size {
			return n, true, nil
		}
	}
	return 0, false, nil
}

func updateHead(tx *db.Tx, size int64, signed, verifier string) error {
	err := tx.DB().Model(&headRow{}).Where("id = 1").
		Updates(map[string]any{"size": size, "note": signed, "verifier": verifier}).Error
	if err != nil {
		return fmt.Errorf("write audit head: %w", err)
	}
	return nil
}

func insertRow(tx *db.Tx, r Row, details string) error {
	row := toRow(r, details)
	if err := tx.DB().Create(&row).Error; err != nil {
		return fmt.Errorf("write audit entry: %w", err)
	}
	return nil
}

func insertHashes(tx *db.Tx, first int64, hashes []tlog.Hash) error {
	rows := make([]hashRow, len(hashes))
	for i, h := range hashes {
		rows[i] = hashRow{Idx: first + int64(i), Hash: h[:]}
	}
	if err := tx.DB().Create(&rows).Error; err != nil {
		return fmt.Errorf("write audit hashes: %w", err)
	}
	return nil
}

func hashReader(tx *db.Tx) tlog.HashReader { return readHashes(tx.DB()) }

func readHashes(g *gorm.DB) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var rows []hashRow
		if err := g.Where("idx IN ?", indexes).Find(&rows).Error; err != nil {
			return nil, err
		}
		byIndex := make(map[int64]tlog.Hash, len(rows))
		for _, r := range rows {
			var h tlog.Hash
			copy(h[:], r.Hash)
			byIndex[r.Idx] = h
		}
		out := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			h, ok := byIndex[index]
			if !ok {
				return nil, fmt.Errorf("hash %d is missing", index)
			}
			out[i] = h
		}
		return out, nil
	})
}

// Filter narrows a listing of the log; empty fields do not narrow.
type Filter struct {
	Subject, Person, Action, ActorID, Purpose string

	From, Until time.Time // entries written at From or later and before Until
	Before      int64     // only entries below this index; 0 for the newest
	Limit       int       // 0 means 100, at most 1,000
}

// List returns entries, newest first.
func (l *Log) List(ctx context.Context, f Filter) ([]Row, error) {
	q := f.narrow(l.store.Reader(ctx))
	if f.Before > 0 {
		q = q.Where("idx < ?", f.Before)
	}
	limit := f.Limit
	if limit <= 0 {
		limit = 100
	}
	var rows []entryRow
	if err := q.Order("idx DESC").Limit(min(limit, 1000)).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list audit entries: %w", err)
	}
	out := make([]Row, len(rows))
	for i, r := range rows {
		var err error
		if out[i], err = r.row(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Find is the newest entry of an action about a subject; false when there is none.
func (l *Log) Find(ctx context.Context, subject, action string) (Row, bool, error) {
	rows, err := l.List(ctx, Filter{Subject: subject, Action: action, Limit: 1})
	if err != nil || len(rows) == 0 {
		return Row{}, false, err
	}
	return rows[0], true, nil
}

// Count returns how many entries a filter lets through, whatever its limit.
func (l *Log) Count(ctx context.Context, f Filter) (int64, error) {
	var n int64
	err := f.narrow(l.store.Reader(ctx).Model(&entryRow{})).Count(&n).Error
	return n, err
}

func (f Filter) narrow(q *gorm.DB) *gorm.DB {
	for column, value := range map[string]string{
		"subject": f.Subject, "person": f.Person, "action": f.Action, "actor_id": f.ActorID, "purpose": f.Purpose,
	} {
		if value != "" {
			q = q.Where(column+" = ?", value)
		}
	}
	if !f.From.IsZero() {
		q = q.Where("at_us >= ?", f.From.UnixMicro())
	}
	if !f.Until.IsZero() {
		q = q.Where("at_us < ?", f.Until.UnixMicro())
	}
	return q
}

func toRow(r Row, details string) entryRow {
	return entryRow{
		Idx: r.Index, AtUS: r.At.UnixMicro(),
		ActorKind: string(r.Actor.Kind), ActorID: r.Actor.ID, ActorRole: r.Actor.Role,
		Action: r.Action, Subject: r.Subject, Person: r.Person,
		Purpose: r.Purpose, Reason: r.Reason, Details: details,
	}
}

func (r entryRow) row() (Row, error) {
	out := Row{Index: r.Idx, At: time.UnixMicro(r.AtUS).UTC(), Entry: Entry{
		Actor:  Actor{Kind: Kind(r.ActorKind), ID: r.ActorID, Role: r.ActorRole},
		Action: r.Action, Subject: r.Subject, Person: r.Person,
		Purpose: r.Purpose, Reason: r.Reason,
	}}
	if r.Details != "{}" {
		if err := json.Unmarshal([]byte(r.Details), &out.Details); err != nil {
			return out, fmt.Errorf("audit entry %d: details: %w", r.Idx, err)
		}
	}
	return out, nil
}
