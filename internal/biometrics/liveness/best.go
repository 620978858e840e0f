package liveness

import (
	"math"
	"slices"
	"time"
)

// Best gives the indices of up to n frames that suit a comparison with a
// portrait best: one face, as straight as the neutral one, eyes open, no smile,
// and half a second apart, so that one passing fault is not in all of them.
// Without a neutral face there are none.
func (rec Recording) Best(n int) []int {
	const apart = 500 * time.Millisecond
	r := DefaultRules
	base, count := r.neutral(rec.Frames)
	if count == 0 || base.IO <= 0 || base.MouthWidth <= 0 {
		return nil
	}
	m := r.motion(rec.Frames, base)
	type candidate struct {
		frame int
		off   float64 // from the neutral face
	}
	var all []candidate
	for i, k := 0, 0; i < len(rec.Frames); i++ {
		if rec.Frames[i].Faces != 1 {
			continue
		}
		s := m.signal[k]
		off := math.Hypot(math.Hypot(s.Yaw, s.Pitch), s.Roll)
		if off < r.Still && m.open[k] > r.Reopened && r.smile(s) < 1 {
			all = append(all, candidate{i, off})
		}
		k++
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return int(1000 * (a.off - b.off)) })
	var best []int
	for _, c := range all {
		near := func(i int) bool {
			d := rec.Frames[i].At - rec.Frames[c.frame].At
			return max(d, -d) < apart
		}
		if len(best) < n && !slices.ContainsFunc(best, near) {
			best = append(best, c.frame)
		}
	}
	return best
}
