package verify

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"truepenny/internal/audit"
	"truepenny/internal/db"
)

// page is how many rows are held in memory at a time.
const page = 2000

// Check is Audit with more to hold the log against.
func Check(ctx context.Context, store *db.Store, against Against) (Report, error) {
	var out Report
	err := store.Snapshot(ctx, func(g *gorm.DB) (err error) {
		out, err = check(g, against)
		return err
	})
	return out, err
}

func check(g *gorm.DB, against Against) (Report, error) {
	head, err := readHead(g)
	if err != nil {
		return Report{}, err
	}
	if against.Verifier == "" {
		against.Verifier = head.Verifier
	}
	r := rebuilt{report: Report{Verifier: against.Verifier, Bad: -1}, stored: newStoredHashes(g)}
	for _, text := range against.Checkpoints {
		r.expect(text, against.Verifier)
	}
	r.sortExpected()
	if r.report.OK() {
		err = eachEntry(g, func(e entry) error {
			if against.Progress != nil && r.tree.size%page == 0 {
				against.Progress(r.tree.size, head.Size)
			}
			return r.add(e)
		})
	}
	if err == nil && r.report.OK() {
		err = r.endOfStored()
	}
	if err == nil && r.report.OK() {
		r.checkHead(head)
	}
	return r.report, err
}

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

func readHead(g *gorm.DB) (headRow, error) {
	var head headRow
	err := g.Raw("SELECT size, note, verifier FROM audit_head WHERE id = 1").Scan(&head).Error
	if err != nil {
		return head, fmt.Errorf("read the head of the log: %w", err)
	}
	return head, nil
}

func eachEntry(g *gorm.DB, use func(entry) error) error {
	last := int64(-1 << 62)
	for {
		var rows []entry
		err := g.Raw("SELECT * FROM audit_entries WHERE idx > ? ORDER BY idx LIMIT ?", last, page).Scan(&rows).Error
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

// storedHash is one of the hashes that the writer stored.
type storedHash struct {
	Idx  int64
	Hash []byte
}

// storedHashes walks through them in order.
type storedHashes struct {
	g    *gorm.DB
	last int64
	rows []storedHash
	end  bool
}

func newStoredHashes(g *gorm.DB) *storedHashes { return &storedHashes{g: g, last: -1 << 62} }

// next is the next one; false after the last.
func (s *storedHashes) next() (storedHash, bool, error) {
	if len(s.rows) == 0 && !s.end {
		var rows []storedHash // scanning into the former page would write over hashes still in use
		err := s.g.Raw("SELECT idx, hash FROM audit_hashes WHERE idx > ? ORDER BY idx LIMIT ?", s.last, page).Scan(&rows).Error
		if err != nil {
			return storedHash{}, false, fmt.Errorf("read hashes: %w", err)
		}
		s.rows, s.end = rows, len(rows) < page
	}
	if len(s.rows) == 0 {
		return storedHash{}, false, nil
	}
	h := s.rows[0]
	s.rows, s.last = s.rows[1:], h.Idx
	return h, true, nil
}
