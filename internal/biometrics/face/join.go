package face

import "slices"

// Join makes one distance of a portrait's distances to several frames of one
// face: the mean of the nearest three quarters. One bad frame in four cannot
// spoil it, and, unlike with the nearest frame alone, more frames give a
// stranger no more chances: its false match rate stays below that of single
// pairs (docs/measurements.md, "The check as it is used"). Without a distance it
// is 0 and false.
func Join(distances []float64) (float64, bool) {
	if len(distances) == 0 {
		return 0, false
	}
	sorted := slices.Sorted(slices.Values(distances))
	near := sorted[:(3*len(sorted)+3)/4]
	var sum float64
	for _, d := range near {
		sum += d
	}
	return sum / float64(len(near)), true
}
