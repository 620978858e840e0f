package lab

import (
	"cmp"
	"math"
	"slices"
)

// isotonicCost is the cost of the best monotone way from distances to
// likelihood ratios, found on the same pairs (pool adjacent violators; Ayer and
// others, 1955): what is lost because the faces themselves cannot be told apart.
func isotonicCost(s Scores) float64 {
	type block struct{ genuine, impostor float64 }
	var blocks []block
	for _, v := range byDistance(s) {
		blocks = append(blocks, block{v.genuine / float64(len(s.Genuine)), v.impostor / float64(len(s.Impostor))})
		// The share of one person's pairs may only fall with the distance.
		for n := len(blocks); n > 1 && blocks[n-1].genuine*blocks[n-2].impostor >= blocks[n-2].genuine*blocks[n-1].impostor; n-- {
			blocks[n-2].genuine += blocks[n-1].genuine
			blocks[n-2].impostor += blocks[n-1].impostor
			blocks = blocks[:n-1]
		}
	}
	var cost float64
	for _, b := range blocks {
		ratio := math.Log10(b.genuine / b.impostor)
		if b.genuine > 0 {
			cost += b.genuine * costGenuine(ratio)
		}
		if b.impostor > 0 {
			cost += b.impostor * costImpostor(ratio)
		}
	}
	return cost / 2
}

// weighed is how many pairs of each kind lie at one distance.
type weighed struct{ distance, genuine, impostor float64 }

func byDistance(s Scores) []weighed {
	var all []weighed
	for _, d := range s.Genuine {
		all = append(all, weighed{d, 1, 0})
	}
	for _, d := range s.Impostor {
		all = append(all, weighed{d, 0, 1})
	}
	slices.SortFunc(all, func(a, b weighed) int { return cmp.Compare(a.distance, b.distance) })
	merged := all[:0]
	for _, w := range all {
		if n := len(merged); n > 0 && merged[n-1].distance == w.distance {
			merged[n-1].genuine += w.genuine
			merged[n-1].impostor += w.impostor
			continue
		}
		merged = append(merged, w)
	}
	return merged
}
