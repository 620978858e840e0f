package verify_test

import (
	"fmt"
	"slices"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"truepenny/internal/audit/verify"
)

// The happy-path vectors of github.com/transparency-dev/merkle (testdata/inclusion
// and testdata/consistency), whose tree of eight leaves is that of RFC 6962's
// reference implementation.
const (
	root1 = "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0="
	root2 = "+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU="
	root3 = "rra8/idLcKFPsGel5VeCZNsPqbUa9eC6FZFY8yngbnc="
	root5 = "Tju7H3tHjc/nH7YxYxUZo7yhLJrvyhYSv85ME6hiZNQ="
	root6 = "duZ9rbzfHhDht03cYIq9L5jfsW+851J3tSMqEn8gh+8="
	root7 = "3bib5AOAnjJXUNPSY814kpwpQreUKjS3fhIslZSnTIw="
	root8 = "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg="
	leaf1 = "lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c="
	leaf2 = "ApjRIpBtz8EIkstTpzmS/FufST6kybrbJ7eRtBJ6f+c="
	leaf4 = "vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms="
	leaf5 = "QnGia+DYqE8L1UyMMC58s6O10fpngKQLzOKHNHfatlg="
	leaf6 = "sIaT7C5yFZcTBkHoIR5+7cy0wmQTlj7ubB4u0W/7Gl8="
	node1 = "Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=" // leaves 2 and 3
	node2 = "DrxdNDf74tsVi58Sah0RjjCBgQMdCpSfje3t68VY72o=" // leaves 4 and 5
	node3 = "yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=" // leaves 6 and 7
	half1 = "037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=" // leaves 0 to 3
	half2 = "a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ=" // leaves 4 to 7
)

func hashes(t *testing.T, texts ...string) []tlog.Hash {
	t.Helper()
	var out []tlog.Hash
	for _, text := range texts {
		h, err := tlog.ParseHash(text)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, h)
	}
	return out
}

// spoil calls try with the path changed in each way of the vectors' failing
// cases: bits flipped, hashes in front, behind and missing.
func spoil(path []tlog.Hash, roots []tlog.Hash, try func(what string, path []tlog.Hash)) {
	for i := range path {
		flipped := slices.Clone(path)
		flipped[i][0] ^= 1 << 4
		try(fmt.Sprintf("bit of hash %d", i), flipped)
		try(fmt.Sprintf("hash %d missing", i), slices.Delete(slices.Clone(path), i, i+1))
		try(fmt.Sprintf("hash %d twice", i), slices.Insert(slices.Clone(path), i, path[i]))
	}
	for _, extra := range append(roots, tlog.Hash{}) {
		try("hash in front", append([]tlog.Hash{extra}, path...))
		try("hash behind", append(slices.Clone(path), extra))
	}
	if len(path) > 0 {
		try("empty", nil)
	}
}

func TestInclusionProofsPassThePublicVectors(t *testing.T) {
	for _, c := range []struct {
		index, size int64
		leaf, root  string
		path        []string
	}{
		{0, 1, root1, root1, nil},
		{0, 8, root1, root8, []string{leaf1, node1, half2}},
		{5, 8, leaf5, root8, []string{leaf4, node3, half1}},
		{2, 3, leaf2, root3, []string{root2}},
		{1, 5, leaf1, root5, []string{root1, node1, leaf4}},
	} {
		h := hashes(t, c.leaf, c.root)
		leaf, root, path := h[0], h[1], hashes(t, c.path...)
		if err := verify.Path(c.index, c.size, leaf, path, root); err != nil {
			t.Errorf("leaf %d of %d: %v", c.index, c.size, err)
		}
		spoil(path, []tlog.Hash{root, leaf}, func(what string, path []tlog.Hash) {
			if verify.Path(c.index, c.size, leaf, path, root) == nil {
				t.Errorf("leaf %d of %d: accepted with %s", c.index, c.size, what)
			}
		})
		refuse := map[string]error{
			"the index before": verify.Path(c.index-1, c.size, leaf, path, root),
			"the index behind": verify.Path(c.index+1, c.size, leaf, path, root),
			"another index":    verify.Path(c.index^2, c.size, leaf, path, root),
			"twice the size":   verify.Path(c.index, c.size*2, leaf, path, root),
			"half the size":    verify.Path(c.index, c.size/2, leaf, path, root),
			"no root":          verify.Path(c.index, c.size, leaf, path, tlog.Hash{}),
			"another leaf":     verify.Path(c.index, c.size, tlog.RecordHash([]byte("no")), path, root),
		}
		for what, err := range refuse {
			if err == nil {
				t.Errorf("leaf %d of %d: accepted with %s", c.index, c.size, what)
			}
		}
	}
}

func TestConsistencyProofsPassThePublicVectors(t *testing.T) {
	for _, c := range []struct {
		from, to   int64
		root, grew string
		path       []string
	}{
		{1, 1, root1, root1, nil},
		{1, 8, root1, root8, []string{leaf1, node1, half2}},
		{6, 8, root6, root8, []string{node2, node3, half1}},
		{2, 5, root2, root5, []string{node1, leaf4}},
		{6, 7, root6, root7, []string{node2, leaf6, half1}},
	} {
		h := hashes(t, c.root, c.grew)
		root, grew, path := h[0], h[1], hashes(t, c.path...)
		if err := verify.Consistency(c.from, c.to, root, grew, path); err != nil {
			t.Errorf("%d in %d: %v", c.from, c.to, err)
		}
		spoil(path, []tlog.Hash{root, grew}, func(what string, path []tlog.Hash) {
			if verify.Consistency(c.from, c.to, root, grew, path) == nil {
				t.Errorf("%d in %d: accepted with %s", c.from, c.to, what)
			}
		})
		refuse := map[string]error{
			"the size before":   verify.Consistency(c.from-1, c.to, root, grew, path),
			"the size behind":   verify.Consistency(c.from+1, c.to, root, grew, path),
			"another size":      verify.Consistency(c.from^2, c.to, root, grew, path),
			"twice the size":    verify.Consistency(c.from, c.to*2, root, grew, path),
			"half the size":     verify.Consistency(c.from, c.to/2, root, grew, path),
			"no first root":     verify.Consistency(c.from, c.to, tlog.Hash{}, grew, path),
			"no second root":    verify.Consistency(c.from, c.to, root, tlog.Hash{}, path),
			"roots the way off": verify.Consistency(c.to, c.from, grew, root, path),
		}
		if c.from == c.to {
			delete(refuse, "roots the way off")
		}
		for what, err := range refuse {
			if err == nil {
				t.Errorf("%d in %d: accepted with %s", c.from, c.to, what)
			}
		}
	}
}

// What golang.org/x/mod/sumdb/tlog proves for every pair of sizes up to 70, this
// package takes, and nothing of it for another tree.
func TestProofsOfEverySizeAreTaken(t *testing.T) {
	const most = 70
	var stored []tlog.Hash
	read := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var out []tlog.Hash
		for _, i := range indexes {
			out = append(out, stored[i])
		}
		return out, nil
	})
	roots := make([]tlog.Hash, most+1)
	for n := int64(0); n < most; n++ {
		more, err := tlog.StoredHashes(n, fmt.Appendf(nil, "leaf %d", n), read)
		if err != nil {
			t.Fatal(err)
		}
		stored = append(stored, more...)
		if roots[n+1], err = tlog.TreeHash(n+1, read); err != nil {
			t.Fatal(err)
		}
	}
	for size := int64(1); size <= most; size++ {
		for n := int64(1); n <= size; n++ {
			path, err := tlog.ProveRecord(size, n-1, read)
			if err != nil {
				t.Fatal(err)
			}
			if err := verify.Path(n-1, size, stored[tlog.StoredHashIndex(0, n-1)], path, roots[size]); err != nil {
				t.Fatalf("leaf %d of %d: %v", n-1, size, err)
			}
			grown, err := tlog.ProveTree(size, n, read)
			if err != nil {
				t.Fatal(err)
			}
			if err := verify.Consistency(n, size, roots[n], roots[size], grown); err != nil {
				t.Fatalf("%d in %d: %v", n, size, err)
			}
			if n < size && verify.Consistency(n, size, roots[n-1], roots[size], grown) == nil {
				t.Fatalf("%d in %d: accepted for another tree", n, size)
			}
		}
	}
}
