package verify

import "golang.org/x/mod/sumdb/tlog"

// tree is a Merkle tree that grows by one leaf at a time (RFC 9162, section
// 2.1.1). It keeps the roots of its complete subtrees only, the largest first.
type tree struct {
	size  int64
	roots []tlog.Hash
}

// add takes a leaf and returns the hashes that become complete with it, from the
// leaf upwards: those that the writer stores, in the order in which it does.
func (t *tree) add(leaf []byte) []tlog.Hash {
	hash := tlog.RecordHash(leaf)
	out := []tlog.Hash{hash}
	for n := t.size; n&1 == 1; n >>= 1 {
		last := len(t.roots) - 1
		hash = tlog.NodeHash(t.roots[last], hash)
		t.roots = t.roots[:last]
		out = append(out, hash)
	}
	t.roots = append(t.roots, hash)
	t.size++
	return out
}

// root is the root hash of what was added so far, at least one leaf.
func (t *tree) root() tlog.Hash {
	last := len(t.roots) - 1
	hash := t.roots[last]
	for i := last - 1; i >= 0; i-- {
		hash = tlog.NodeHash(t.roots[i], hash)
	}
	return hash
}
