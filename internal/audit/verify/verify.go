package verify

import (
	"context"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"truepenny/internal/db"
)

// Report is the outcome of a check. Bad is the index of the first entry that is
// wrong, -1 when none is; Problem says in words what is wrong with it, or with
// the log as a whole.
type Report struct {
	Entries  int64
	Root     string // base64 SHA-256 of the tree
	Verifier string // the public key whose signature was checked
	Bad      int64
	Problem  string
}

// OK reports whether the log is exactly what was signed.
func (r Report) OK() bool { return r.Problem == "" }

// Audit checks every entry against the tree, the tree against itself and its
// head against the signature. An empty verifier means the key that the database
// names, which proves that the log is consistent but not who wrote it; pass the
// key that was printed at set-up to prove that too.
func Audit(ctx context.Context, store *db.Store, verifier string) (Report, error) {
	head, err := readHead(ctx, store)
	if err != nil {
		return Report{}, err
	}
	if verifier == "" {
		verifier = head.Verifier
	}
	tree := rebuilt{report: Report{Verifier: verifier, Bad: -1}}
	if err := eachEntry(ctx, store, tree.add); err != nil {
		return Report{}, err
	}
	if tree.report.OK() {
		if err := tree.compareStored(ctx, store); err != nil {
			return Report{}, err
		}
	}
	if tree.report.OK() {
		tree.checkHead(head, verifier)
	}
	return tree.report, nil
}

// rebuilt is the tree computed from the entries alone.
type rebuilt struct {
	report Report
	hashes []tlog.Hash
}

// add computes the hashes that entry i brings; entries must come in order and
// without a gap.
func (t *rebuilt) add(e entry) error {
	if !t.report.OK() {
		return nil
	}
	want := t.report.Entries
	if e.Idx != want {
		t.fail(want, fmt.Sprintf("entry %d is missing; the next one found is %d", want, e.Idx))
		return nil
	}
	hashes, err := tlog.StoredHashes(want, e.leaf(), tlog.HashReaderFunc(t.read))
	if err != nil {
		return fmt.Errorf("rebuild tree: %w", err)
	}
	t.hashes = append(t.hashes, hashes...)
	t.report.Entries++
	return nil
}

func (t *rebuilt) read(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index < 0 || index >= int64(len(t.hashes)) {
			return nil, fmt.Errorf("hash %d was not computed", index)
		}
		out[i] = t.hashes[index]
	}
	return out, nil
}

// compareStored finds the first entry whose stored hash differs from the
// computed one.
func (t *rebuilt) compareStored(ctx context.Context, store *db.Store) error {
	var seen int64
	err := eachHash(ctx, store, func(index int64, hash []byte) {
		if !t.report.OK() {
			return
		}
		level, n := tlog.SplitStoredHashIndex(index)
		first := n << level
		switch {
		case index != seen || index >= int64(len(t.hashes)):
			t.fail(first, fmt.Sprintf("the stored tree does not fit the entries at entry %d", first))
		case string(hash) != string(t.hashes[index][:]):
			t.fail(first, mismatch(level, first))
		}
		seen++
	})
	if err == nil && t.report.OK() && seen != int64(len(t.hashes)) {
		t.fail(-1, "the stored tree is shorter than the entries")
	}
	return err
}

func mismatch(level int, first int64) string {
	if level == 0 {
		return fmt.Sprintf("entry %d is not what was written", first)
	}
	return fmt.Sprintf("the stored tree is damaged above entry %d", first)
}

// checkHead compares size and root with the signed head.
func (t *rebuilt) checkHead(head headRow, verifier string) {
	if head.Size == 0 && t.report.Entries == 0 && head.Note == "" {
		return
	}
	claim, err := OpenCheckpoint(head.Note, verifier)
	if err != nil {
		t.fail(-1, "the head of the log does not hold: "+err.Error())
		return
	}
	t.compareHead(claim)
}

func (t *rebuilt) compareHead(claim Checkpoint) {
	switch {
	case claim.Size > t.report.Entries:
		t.fail(t.report.Entries, fmt.Sprintf("%d entries were signed, %d are there: the end is missing", claim.Size, t.report.Entries))
		return
	case claim.Size < t.report.Entries:
		t.fail(claim.Size, fmt.Sprintf("%d entries were signed, %d are there: entry %d was never signed", claim.Size, t.report.Entries, claim.Size))
		return
	}
	root, err := tlog.TreeHash(claim.Size, tlog.HashReaderFunc(t.read))
	if err != nil || root != claim.Root {
		t.fail(-1, "the tree is not the one that was signed: the log was written anew")
		return
	}
	t.report.Root = root.String()
}

func (t *rebuilt) fail(entry int64, problem string) {
	t.report.Bad, t.report.Problem = entry, problem
}
