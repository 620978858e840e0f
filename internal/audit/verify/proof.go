package verify

import (
	"errors"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

var errProof = errors.New("the proof does not lead to the signed root")

// Path checks an inclusion proof: that the tree of size leaves with this root
// has leaf at index. The steps are those of RFC 9162, section 2.1.3.2.
func Path(index, size int64, leaf tlog.Hash, path []tlog.Hash, root tlog.Hash) error {
	if index < 0 || index >= size {
		return errors.New("the proof is for an entry that the tree does not have")
	}
	at, last, hash := index, size-1, leaf
	for _, p := range path {
		if last == 0 {
			return errProof
		}
		if at&1 == 1 || at == last {
			hash = tlog.NodeHash(p, hash)
			for at&1 == 0 && at != 0 {
				at, last = at>>1, last>>1
			}
		} else {
			hash = tlog.NodeHash(hash, p)
		}
		at, last = at>>1, last>>1
	}
	if last != 0 || hash != root {
		return errProof
	}
	return nil
}

// Consistency checks a consistency proof: that the tree of size2 leaves with
// root2 begins with the tree of size1 leaves with root1, 1 <= size1 <= size2.
// The steps are those of RFC 9162, section 2.1.4.2.
func Consistency(size1, size2 int64, root1, root2 tlog.Hash, path []tlog.Hash) error {
	switch {
	case size1 < 1 || size1 > size2:
		return errors.New("the log has become shorter")
	case size1 == size2:
		if len(path) != 0 || root1 != root2 {
			return errProof
		}
		return nil
	case len(path) == 0:
		return errProof
	}
	if bits.OnesCount64(uint64(size1)) == 1 {
		path = append([]tlog.Hash{root1}, path...)
	}
	at, last := size1-1, size2-1
	for at&1 == 1 {
		at, last = at>>1, last>>1
	}
	first, second := path[0], path[0]
	for _, p := range path[1:] {
		if last == 0 {
			return errProof
		}
		if at&1 == 1 || at == last {
			first, second = tlog.NodeHash(p, first), tlog.NodeHash(p, second)
			for at&1 == 0 && at != 0 {
				at, last = at>>1, last>>1
			}
		} else {
			second = tlog.NodeHash(second, p)
		}
		at, last = at>>1, last>>1
	}
	if last != 0 || first != root1 || second != root2 {
		return errProof
	}
	return nil
}
