package verify

import (
	"fmt"
	"time"

	"gorm.io/gorm"

	"truepenny/internal/audit"
)

// page is how many rows are held in memory at a time.
const page = 2000

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
