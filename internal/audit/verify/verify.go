package verify

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"truepenny/internal/db"
)

// Fault says what kind of thing is wrong with a log.
type Fault string

const (
	Missing  Fault = "missing"  // an entry is not where its number says
	Changed  Fault = "changed"  // an entry is not what was written
	Stored   Fault = "stored"   // the stored tree does not fit the entries
	Unsigned Fault = "unsigned" // the head is not signed by the key, or not as it was written
	Cut      Fault = "cut"      // fewer entries than were signed
	Appended Fault = "appended" // more entries than were signed
	Rewrote  Fault = "rewrote"  // another tree than the one that was signed
	Forked   Fault = "forked"   // does not go on from a checkpoint that was given
)

// Report is the outcome of a check. Bad is the index of the first entry that is
// wrong, -1 when none is; Problem says in words what is wrong with it, or with
// the log as a whole.
type Report struct {
	Entries  int64
	Root     string // base64 SHA-256 of the tree
	Verifier string // the public key whose signature was checked
	Bad      int64
	Fault    Fault
	Problem  string
}

// OK reports whether the log is exactly what was signed.
func (r Report) OK() bool { return r.Problem == "" }

// Against is what a log is checked against.
type Against struct {
	// Verifier is the key that was noted at set-up. "" means the key that the
	// database names, which proves that the log is consistent but not who wrote it.
	Verifier string
	// Checkpoints are signed heads of this log that were kept elsewhere. Each must
	// be a state that the log went through: so is found who puts an older state
	// back, or writes everything anew with the stolen key.
	Checkpoints []string
	// Progress, if set, is told now and then how many of how many entries are done.
	Progress func(done, total int64)
}

// Audit checks every entry against the tree, the tree against itself and its
// head against the signature of a verifier key, see Against.
func Audit(ctx context.Context, store *db.Store, verifier string) (Report, error) {
	return Check(ctx, store, Against{Verifier: verifier})
}

// rebuilt is the tree computed from the entries alone.
type rebuilt struct {
	report   Report
	tree     tree
	stored   *storedHashes
	expected []Checkpoint // by size
}

// expect notes a state that the log must go through.
func (r *rebuilt) expect(text, verifier string) {
	c, err := OpenCheckpoint(text, verifier)
	if err != nil {
		r.fail(Unsigned, -1, "a checkpoint to check against does not hold: "+err.Error())
		return
	}
	r.expected = append(r.expected, c)
}

// sortExpected puts them into the order in which the log passes them.
func (r *rebuilt) sortExpected() {
	slices.SortStableFunc(r.expected, func(a, b Checkpoint) int { return cmp.Compare(a.Size, b.Size) })
}

// add takes the next entry; entries must come in order and without a gap, and
// the hashes that each brings must be those that were stored.
func (r *rebuilt) add(e entry) error {
	if !r.report.OK() {
		return nil
	}
	want := r.tree.size
	if e.Idx != want {
		r.fail(Missing, want, fmt.Sprintf("entry %d is missing; the next one found is %d", want, e.Idx))
		return nil
	}
	for level, hash := range r.tree.add(e.leaf()) {
		found, ok, err := r.stored.next()
		if err != nil {
			return err
		}
		index := tlog.StoredHashIndex(0, want) + int64(level)
		first := want + 1 - 1<<level
		switch {
		case !ok || found.Idx != index:
			r.fail(Stored, first, fmt.Sprintf("the stored tree does not fit the entries at entry %d", first))
			return nil
		case string(found.Hash) != string(hash[:]):
			r.mismatch(level, first)
			return nil
		}
	}
	r.report.Entries++
	r.passCheckpoints()
	return nil
}

func (r *rebuilt) mismatch(level int, first int64) {
	if level == 0 {
		r.fail(Changed, first, fmt.Sprintf("entry %d is not what was written", first))
		return
	}
	r.fail(Stored, first, fmt.Sprintf("the stored tree is damaged above entry %d", first))
}

// passCheckpoints compares the tree with those of its size.
func (r *rebuilt) passCheckpoints() {
	for len(r.expected) > 0 && r.expected[0].Size <= r.tree.size {
		c := r.expected[0]
		r.expected = r.expected[1:]
		if c.Size > 0 && c.Root != r.tree.root() {
			r.fail(Forked, -1, fmt.Sprintf("the log is not the one that a checkpoint of %d entries was given of", c.Size))
			return
		}
	}
}

func (r *rebuilt) endOfStored() error {
	_, more, err := r.stored.next()
	if more {
		r.fail(Stored, r.tree.size, fmt.Sprintf("the stored tree does not fit the entries at entry %d", r.tree.size))
	}
	return err
}

// checkHead compares size and root with the signed head.
func (r *rebuilt) checkHead(head headRow) {
	switch {
	case head == headRow{} && r.tree.size == 0:
		r.checkNone()
		return
	case head.Verifier != r.report.Verifier:
		r.fail(Unsigned, -1, "the head of the log names another key: "+head.Verifier)
		return
	}
	claim, err := OpenCheckpoint(head.Note, r.report.Verifier)
	if err == nil {
		err = alone(head.Note)
	}
	if err != nil {
		r.fail(Unsigned, -1, "the head of the log does not hold: "+err.Error())
		return
	}
	if head.Size != claim.Size {
		r.fail(Unsigned, -1, fmt.Sprintf("the head of the log says %d entries, %d were signed", head.Size, claim.Size))
		return
	}
	r.compareHead(claim)
}

func (r *rebuilt) compareHead(claim Checkpoint) {
	switch have := r.tree.size; {
	case claim.Size > have:
		r.fail(Cut, have, fmt.Sprintf("%d entries were signed, %d are there: the end is missing", claim.Size, have))
		return
	case claim.Size < have:
		r.fail(Appended, claim.Size, fmt.Sprintf("%d entries were signed, %d are there: entry %d was never signed", claim.Size, have, claim.Size))
		return
	}
	if r.tree.size == 0 || r.tree.root() != claim.Root {
		r.fail(Rewrote, -1, "the tree is not the one that was signed: the log was written anew")
		return
	}
	r.checkNone()
	r.report.Root = claim.Root.String()
}

// checkNone fails when a checkpoint lies beyond the end of the log.
func (r *rebuilt) checkNone() {
	if len(r.expected) > 0 {
		r.fail(Cut, r.tree.size, fmt.Sprintf("a checkpoint was given of %d entries, %d are there: an older state was put back, or the end is missing",
			r.expected[len(r.expected)-1].Size, r.tree.size))
	}
}

func (r *rebuilt) fail(fault Fault, entry int64, problem string) {
	r.report.Fault, r.report.Bad, r.report.Problem = fault, entry, problem
}
