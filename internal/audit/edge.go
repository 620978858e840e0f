package audit

import (
	"sync"

	"golang.org/x/mod/sumdb/tlog"
)

// edge remembers the few hashes on the right edge of the tree, all that the next
// entry needs, so that they are not read anew for every one. It is known by the
// signed head they belong to: whoever wrote that head, in this process or
// another one, committed or rolled back since, the hashes under its root are
// these.
type edge struct {
	mu     sync.Mutex
	head   string
	hashes map[int64]tlog.Hash
}

// of is the tree under a head; what is not remembered is read from stored.
func (e *edge) of(head string, stored tlog.HashReader) *growing {
	e.mu.Lock()
	defer e.mu.Unlock()
	g := &growing{stored: stored, known: map[int64]tlog.Hash{}}
	if e.head == head {
		g.known = e.hashes
	}
	return g
}

// keep remembers the tree under a head that was just signed.
func (e *edge) keep(head string, g *growing) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.head, e.hashes = head, g.used
}

// growing is a tree to which one entry is added.
type growing struct {
	stored tlog.HashReader
	known  map[int64]tlog.Hash // never written to: others may read it
	added  map[int64]tlog.Hash
	used   map[int64]tlog.Hash // by the last reading
}

// add computes the hashes that entry index brings.
func (g *growing) add(index int64, leaf []byte) ([]tlog.Hash, error) {
	hashes, err := tlog.StoredHashes(index, leaf, g)
	if err != nil {
		return nil, err
	}
	g.added = make(map[int64]tlog.Hash, len(hashes))
	for i, h := range hashes {
		g.added[tlog.StoredHashIndex(0, index)+int64(i)] = h
	}
	return hashes, nil
}

func (g *growing) root(size int64) (tlog.Hash, error) { return tlog.TreeHash(size, g) }

// ReadHashes implements tlog.HashReader.
func (g *growing) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	var missing, at []int64
	for i, index := range indexes {
		h, ok := g.added[index]
		if !ok {
			h, ok = g.known[index]
		}
		if !ok {
			missing, at = append(missing, index), append(at, int64(i))
		}
		out[i] = h
	}
	if len(missing) > 0 {
		read, err := g.stored.ReadHashes(missing)
		if err != nil {
			return nil, err
		}
		for i, h := range read {
			out[at[i]] = h
		}
	}
	g.used = make(map[int64]tlog.Hash, len(indexes))
	for i, index := range indexes {
		g.used[index] = out[i]
	}
	return out, nil
}
