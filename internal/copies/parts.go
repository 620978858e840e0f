package copies

import (
	"context"
	"strconv"

	"truepenny/internal/db"
	"truepenny/internal/vault"
)

// partSize is how much of the ZIP file is sealed as one item, and about a
// quarter of what making and sending one hold in memory.
const partSize = 4 << 20

const zipMIME = "application/zip"

// parts takes the ZIP file and seals it part by part.
type parts struct {
	ctx    context.Context
	s      *Service
	copy   *Copy
	number int
	buffer []byte
}

// Write never keeps more than one part.
func (p *parts) Write(b []byte) (int, error) {
	if p.buffer == nil {
		p.buffer = make([]byte, 0, partSize)
	}
	n := 0
	for len(b) > 0 {
		some := min(len(b), partSize-len(p.buffer))
		p.buffer = append(p.buffer, b[:some]...)
		b, n = b[some:], n+some
		if len(p.buffer) == partSize {
			if err := p.flush(); err != nil {
				return n, err
			}
		}
	}
	return n, nil
}

// flush seals what is there, with the progress, unless the copy was removed or
// taken up by another attempt meanwhile.
func (p *parts) flush() error {
	if len(p.buffer) == 0 {
		return nil
	}
	c := p.copy
	c.Bytes += int64(len(p.buffer))
	entry := c.entry(system, "copy.part-sealed")
	entry.Details = map[string]string{"number": strconv.Itoa(p.number), "bytes": strconv.Itoa(len(p.buffer))}
	err := p.s.Audit.Record(p.ctx, entry, func(tx *db.Tx) error {
		if err := advance(tx, *c); err != nil {
			return err
		}
		item, err := p.s.Vault.Seal(tx, vault.Sealing{
			Person: c.Person, Purpose: purpose, MIME: zipMIME, KeepUntil: c.until(p.s.Clock.Now()),
			Slot: vault.Slot{Table: "copies_parts", Row: c.ID + "/" + strconv.Itoa(p.number), Column: "item"},
		}, p.buffer)
		if err != nil {
			return err
		}
		return insertPart(tx, *c, p.number, item, len(p.buffer))
	})
	p.number++
	p.buffer = p.buffer[:0]
	return err
}
