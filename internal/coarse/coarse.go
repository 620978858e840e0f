package coarse

// Few is the least number of people that is shown at all.
const Few = 10

// Count is what may be shown of how many people there are. Fewer than Few are
// not told, also not that there are none: shown is then Few and fewer is true,
// to be read as "fewer than 10". Others are rounded down to a step of 10 up to
// 100, of 50 up to 1,000, and to two digits beyond, to be read as "at least".
//
// A step is at least Few, so whoever compares the figures of two days learns
// only that a mark was passed: two figures that are alike hide up to a step of
// people who came or went, and two that differ by one step may stand for one
// person or for almost two steps (see the test).
func Count(n int) (shown int, fewer bool) {
	if n < Few {
		return Few, true
	}
	return n - n%Step(n), false
}

// Step is the width of the step that a count of people is rounded down to.
func Step(n int) int {
	switch {
	case n < 100:
		return Few
	case n < 1000:
		return 50
	}
	step := 100
	for n >= 100*step {
		step *= 10
	}
	return step
}

// percentStep is what shares are rounded to, in points: among 20 people, the
// fewest of which a share is told, one person is one step.
const percentStep = 5

// leastShare is the least number of people of which a share is told.
const leastShare = 2 * Few

// Percent is a share of people in steps of five points, 0 to 100. Of fewer than
// 20 people none is told.
func Percent(of, all int) (percent int, told bool) {
	if all < leastShare || of < 0 || of > all {
		return 0, false
	}
	exact := 100 * float64(of) / float64(all)
	return int(exact/percentStep+0.5) * percentStep, true
}

// Outwards rounds an interval of shares (0 to 1) to steps of five points so that
// the rounded one holds all of the exact one.
func Outwards(low, high float64) (from, to int) {
	const small = 1e-9
	from = int((100*low+small)/percentStep) * percentStep
	to = 100 - int((100*(1-high)+small)/percentStep)*percentStep
	return max(0, from), min(100, to)
}
