package barcode

import (
	"math"
	"slices"

	"truepenny/internal/biometrics/document/barcode/pdf417"
)

// shape is what the row indicators say about a symbol.
type shape struct {
	rows, cols, level int
	at                [2]rowMap // where rows stand at its left and right
}

// rowMap gives the middle of row r as v = first + r*step.
type rowMap struct{ first, step float64 }

func (m rowMap) middle(r int) float64 { return m.first + float64(r)*m.step }

// note is one reading of a row indicator.
type note struct {
	v         float64 // where it was read
	row, x    int     // row number; the third that the row carries of rows, level or columns
	fromLeft  bool
	rowModulo int
}

// indicators reads the column beside a start or stop pattern, line by line.
func (f frame) indicators(p *plane, which end) []note {
	u := f.left + 17
	if which == stop {
		u = -18 - 17
		if f.sides[start] {
			u += width(f.cols)
		}
	}
	margin := 0.15 * f.height
	shifts := []float64{0, -0.3, 0.3}
	if !f.sides[0] || !f.sides[1] {
		margin = 1.2 * f.height
		shifts = []float64{0, -0.3, 0.3, -0.6, 0.6, -0.9, 0.9}
	}
	var out []note
	for v := -margin; v < f.height+margin; v += max(0.5/f.module, 0.3) {
		for _, shift := range shifts {
			bits, ok := f.bits(p, u+shift, v)
			if !ok {
				continue
			}
			row, word, ok := pdf417.Meaning(bits)
			if !ok {
				continue
			}
			if n := 3*(word/30) + row; n < mostRows {
				out = append(out, note{v, n, word % 30, which == start, row})
			}
			break
		}
	}
	return out
}

// bits reads 17 modules from u on, by what is darker than the middle of the
// darkest and the lightest: the first module of a code word is always a bar and
// the last a space.
func (f frame) bits(p *plane, u, v float64) (bits uint32, ok bool) {
	var x [pdf417.Modules]float64
	lo, hi := math.Inf(1), math.Inf(-1)
	for k := range x {
		q := f.at(u+float64(k)+0.5, v)
		if !p.holds(q) {
			return 0, false
		}
		x[k] = p.at(q.x, q.y)
		lo, hi = min(lo, x[k]), max(hi, x[k])
	}
	if hi-lo < 12 {
		return 0, false
	}
	for k := range x {
		bits <<= 1
		if x[k] < (lo+hi)/2 {
			bits |= 1
		}
	}
	return bits, true
}

// ballot counts what the indicators say.
type ballot struct{ columns, rows, level [30]int }

func (b *ballot) add(n note) {
	turn := n.rowModulo // left: rows, level, columns
	if !n.fromLeft {    // right: columns, rows, level
		turn = (n.rowModulo + 2) % 3
	}
	switch turn {
	case 0:
		b.rows[n.x]++
	case 1:
		b.level[n.x]++
	case 2:
		b.columns[n.x]++
	}
}

// ranked gives the values with votes, most first.
func ranked(votes [30]int) (values []int) {
	for v, n := range votes {
		if n >= 2 {
			values = append(values, v)
		}
	}
	slices.SortStableFunc(values, func(a, b int) int { return votes[b] - votes[a] })
	return values
}

// shapes finds out the rows, columns and level of correction, and where the rows
// are, likeliest first. There is more than one when indicators disagree: some
// printers count rows wrongly in the left ones.
func (f frame) shapes(p *plane) []shape {
	var notes [2][]note
	var b ballot
	for which := range notes {
		if f.sides[which] {
			notes[which] = f.indicators(p, end(which))
			for _, n := range notes[which] {
				b.add(n)
			}
		}
	}
	cols := f.cols
	if r := ranked(b.columns); len(r) > 0 {
		cols = r[0] + 1
	}
	var out []shape
	thirds, rests := ranked(b.rows), ranked(b.level)
	for _, rest := range rests[:min(2, len(rests))] {
		for _, third := range thirds[:min(2, len(thirds))] {
			s := shape{rows: 3*third + rest%3 + 1, level: rest / 3, cols: cols}
			if s.cols > 0 && s.rows >= leastRows && s.rows <= mostRows && s.level <= 8 && s.place(notes) {
				out = append(out, s)
			}
		}
	}
	return out
}

// place finds where the rows are; one side stands in for the other.
func (s *shape) place(notes [2][]note) bool {
	var strength [2]int
	for which := range notes {
		s.at[which], strength[which] = mapRows(notes[which], s.rows)
	}
	if strength[0] < 3 && strength[1] < 3 {
		return false
	}
	for which, other := range []int{1, 0} {
		if strength[which] < 3 || 4*strength[which] < strength[other] {
			s.at[which] = s.at[other]
		}
	}
	return true
}

// mapRows finds the even spacing of rows that most readings agree with.
func mapRows(notes []note, rows int) (rowMap, int) {
	notes = slices.DeleteFunc(slices.Clone(notes), func(n note) bool { return n.row >= rows })
	near := func(m rowMap, n note) bool { return math.Abs(n.v-m.middle(n.row)) < 0.55*m.step }
	var best rowMap
	most := 0
	step := max(1, len(notes)/80)
	for i := 0; i < len(notes); i += step {
		for j := i + 1; j < len(notes); j += step {
			a, b := notes[i], notes[j]
			if b.row <= a.row {
				continue
			}
			m := rowMap{step: (b.v - a.v) / float64(b.row-a.row)}
			if m.first = a.v - float64(a.row)*m.step; m.step < 0.7 || m.step > 60 {
				continue
			}
			fit := 0
			for _, n := range notes {
				if near(m, n) {
					fit++
				}
			}
			if fit > most {
				best, most = m, fit
			}
		}
	}
	for range 3 {
		var on []note
		for _, n := range notes {
			if near(best, n) {
				on = append(on, n)
			}
		}
		if len(on) < 3 {
			return rowMap{}, 0
		}
		best = line0(on)
	}
	return best, most
}

// line0 is the least-squares line through readings.
func line0(notes []note) rowMap {
	n := float64(len(notes))
	var sr, sv, srr, srv float64
	for _, o := range notes {
		r := float64(o.row)
		sr, sv, srr, srv = sr+r, sv+o.v, srr+r*r, srv+r*o.v
	}
	det := n*srr - sr*sr
	if det == 0 {
		return rowMap{sv / n, 1}
	}
	step := (n*srv - sr*sv) / det
	return rowMap{(sv - step*sr) / n, step}
}
