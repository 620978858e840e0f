package audit

import (
	"context"
	"encoding/json"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"truepenny/internal/errs"
)

// ProofFormat names the file that Proof.File writes.
const ProofFormat = "truepenny-inclusion/1"

// Proof shows that an entry stands in the log whose head is Checkpoint. Who has
// it needs neither the log nor its keeper to check it (verify.Inclusion).
type Proof struct {
	Format     string      `json:"format"`
	Index      int64       `json:"index"`      // number of the entry, from 0
	Size       int64       `json:"size"`       // entries that the checkpoint counts
	Leaf       []byte      `json:"leaf"`       // the entry as Row.Leaf writes it
	Hashes     []tlog.Hash `json:"hashes"`     // inclusion path, leaf to root: RFC 9162, section 2.1.3
	Checkpoint string      `json:"checkpoint"` // signed note
	Verifier   string      `json:"verifier"`   // key that the log says is its own; compare it with the published one
}

// File is the proof as a person downloads it: JSON, for `truepenny verify proof`.
func (p Proof) File() []byte {
	out, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		panic(err) // strings, numbers and bytes only
	}
	return append(out, '\n')
}

// Inclusion proves that entry index stands in the log as it is now. An index
// that the log does not have is NotFound "audit.entry-missing".
func (l *Log) Inclusion(ctx context.Context, index int64) (Proof, error) {
	g := l.store.Reader(ctx)
	head, err := readHead(g)
	if err != nil {
		return Proof{}, err
	}
	if index < 0 || index >= head.Size {
		return Proof{}, errs.New(errs.NotFound, "audit.entry-missing")
	}
	leaf, err := readLeaf(g, index)
	if err != nil {
		return Proof{}, err
	}
	path, err := tlog.ProveRecord(head.Size, index, readHashes(g))
	if err != nil {
		return Proof{}, fmt.Errorf("prove audit entry %d: %w", index, err)
	}
	return Proof{
		Format: ProofFormat, Index: index, Size: head.Size, Leaf: leaf, Hashes: path,
		Checkpoint: head.Note, Verifier: head.Verifier,
	}, nil
}

// Path is Inclusion without the entry, found by the hash of its leaf: for those
// who hold an entry and want to know whether it still stands in the log. A hash
// that is no entry's is NotFound "audit.entry-missing".
func (l *Log) Path(ctx context.Context, leaf tlog.Hash) (Proof, error) {
	g := l.store.Reader(ctx)
	head, err := readHead(g)
	if err != nil {
		return Proof{}, err
	}
	index, found, err := findLeaf(g, leaf, head.Size)
	if err != nil {
		return Proof{}, err
	}
	if !found {
		return Proof{}, errs.New(errs.NotFound, "audit.entry-missing")
	}
	path, err := tlog.ProveRecord(head.Size, index, readHashes(g))
	if err != nil {
		return Proof{}, fmt.Errorf("prove audit entry %d: %w", index, err)
	}
	return Proof{
		Format: ProofFormat, Index: index, Size: head.Size, Hashes: path,
		Checkpoint: head.Note, Verifier: head.Verifier,
	}, nil
}

// Consistency proves that the log of to entries begins with the log of from
// entries (RFC 9162, section 2.1.4), 1 <= from <= to <= size; the proof is empty
// where they are the same. Other numbers are Invalid "audit.sizes".
func (l *Log) Consistency(ctx context.Context, from, to int64) ([]tlog.Hash, error) {
	g := l.store.Reader(ctx)
	head, err := readHead(g)
	if err != nil {
		return nil, err
	}
	if from < 1 || from > to || to > head.Size {
		return nil, errs.New(errs.Invalid, "audit.sizes")
	}
	path, err := tlog.ProveTree(to, from, readHashes(g))
	if err != nil {
		return nil, fmt.Errorf("prove audit log of %d in %d: %w", from, to, err)
	}
	return path, nil
}

// Root is the root hash of the first size entries, 1 <= size <= entries.
func (l *Log) Root(ctx context.Context, size int64) (tlog.Hash, error) {
	g := l.store.Reader(ctx)
	head, err := readHead(g)
	if err != nil {
		return tlog.Hash{}, err
	}
	if size < 1 || size > head.Size {
		return tlog.Hash{}, errs.New(errs.Invalid, "audit.sizes")
	}
	return tlog.TreeHash(size, readHashes(g))
}
