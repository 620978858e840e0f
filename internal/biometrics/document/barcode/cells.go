package barcode

import (
	"math"
	"slices"

	"truepenny/internal/biometrics/document/barcode/pdf417"
)

// cell is one code word as it was read.
type cell struct {
	word  int
	next  int     // the second likeliest
	doubt float64 // 0 sure, 1 nothing was read
	du    float64 // how far it lay from its expected place, in modules
	dv    float64 // and in rows
}

// templates are the patterns with mean 0 and length 1, a space being light.
var templates = func() (t [3][pdf417.Words][pdf417.Modules]float32) {
	for row := range 3 {
		for word := range pdf417.Words {
			bits := pdf417.Pattern(row, word)
			mean := 0.0
			for k := range pdf417.Modules {
				mean += float64(^bits>>(16-k)&1) / pdf417.Modules
			}
			norm := math.Sqrt(pdf417.Modules * mean * (1 - mean))
			for k := range pdf417.Modules {
				t[row][word][k] = float32((float64(^bits>>(16-k)&1) - mean) / norm)
			}
		}
	}
	return t
}()

// grid reads the cells of a symbol.
type grid struct {
	p     *plane
	f     frame
	s     shape
	sharp float64 // how much of each neighbour is taken away, against blur
}

// drift is how far cells of a column lie off, by row: a + b*(row-middle).
type drift struct{ u, v [2]float64 }

func (d drift) at(row, rows int) (du, dv float64) {
	r := float64(row) - float64(rows-1)/2
	return d.u[0] + d.u[1]*r, d.v[0] + d.v[1]*r
}

// hopeless is the share of cells that must be read well in the first columns;
// below it nothing is left to be corrected.
const hopeless = 0.12

// cells reads all data columns, from the side that was seen towards the other,
// each starting from where the last two lay; nil when it is hopeless. It begins
// with the row indicators, which stand nearest to what was seen.
func (g *grid) cells() []cell {
	out := make([]cell, g.s.rows*g.s.cols)
	first, step := -1, 1
	if !g.f.sides[start] {
		first, step = g.s.cols, -1
	}
	column := make([]cell, g.s.rows)
	var d drift
	total := 0
	for i := range g.s.cols + 1 {
		c, sure, before := first+i*step, 0, d
		for range 2 { // the second time from where the first has found it
			sure = g.column(c, d, column)
			d = follow(d, column, g.s.rows)
			if 8*sure > 7*g.s.rows {
				break
			}
		}
		if i > 0 {
			for r := range column {
				out[r*g.s.cols+c] = column[r]
			}
			d.u[0] += min(max(0.7*(d.u[0]-before.u[0]), -0.3), 0.3)
		}
		if total += sure; i == 2 && float64(total) < hopeless*float64(3*g.s.rows) {
			return nil
		}
	}
	return out
}

// column reads data column c and counts the cells it is sure of.
func (g *grid) column(c int, d drift, out []cell) (sure int) {
	for r := range out {
		du, dv := d.at(r, g.s.rows)
		out[r] = g.cell(c, r, du, dv)
		if out[r].doubt < sureDoubt {
			sure++
		}
	}
	return sure
}

// sureDoubt is below what a cell is taken for read well.
const sureDoubt = 0.35

// cell looks at the expected place first and, unless the pattern is plain
// there, around it: all patterns half a module to both sides, then the likeliest
// ones in between.
func (g *grid) cell(c, r int, du, dv float64) cell {
	best, likely := g.match(c, r, du, dv, nil)
	if best.doubt < 0.2 {
		best.du += g.offset(c, r, best)
		return best
	}
	look := func(ou, ov float64, among []int) {
		got, words := g.match(c, r, du+ou, dv+ov, among)
		if got.doubt < best.doubt-0.02 {
			best = got
			if among == nil {
				likely = words
			}
		}
	}
	look(-0.5, 0, nil)
	look(0.5, 0, nil)
	if best.doubt == 1 {
		return best // nothing is printed here
	}
	for _, ov := range [3]float64{0, -0.28, 0.28} {
		for _, ou := range [5]float64{0, -0.25, 0.25, -0.5, 0.5} {
			if ov != 0 || ou*ou == 0.0625 {
				look(ou, ov, likely)
			}
		}
	}
	return best
}

// mostLikely is how many patterns are kept for a closer look.
const mostLikely = 12

// match finds the pattern of the row's cluster that fits best at a place, of
// all or among some, and names the likeliest.
func (g *grid) match(c, r int, du, dv float64, among []int) (best cell, likely []int) {
	best = cell{doubt: 1, du: du, dv: dv}
	x, ok := g.sample(c, r, du, dv)
	if !ok {
		return best, among
	}
	var top ranking
	if among == nil {
		for word := range templates[r%3] {
			top.add(word, product(&x, &templates[r%3][word]))
		}
		likely = top.words[:]
	}
	for _, word := range among {
		top.add(word, product(&x, &templates[r%3][word]))
	}
	best.next = top.words[1]
	best.word, best.doubt = top.words[0], doubt(float64(top.fit[0]), float64(top.fit[1]))
	return best, likely
}

// ranking holds the best fits, best first.
type ranking struct {
	words [mostLikely]int
	fit   [mostLikely]float32
}

func (t *ranking) add(word int, fit float32) {
	if fit <= t.fit[mostLikely-1] {
		return
	}
	i := mostLikely - 1
	for ; i > 0 && t.fit[i-1] < fit; i-- {
		t.words[i], t.fit[i] = t.words[i-1], t.fit[i-1]
	}
	t.words[i], t.fit[i] = word, fit
}

// doubt weighs how well the best pattern fits and how far ahead it is.
func doubt(first, second float64) float64 {
	lead := min((first-second)/0.12, 1)
	return min(max(1-lead*min(max((first-0.5)/0.45, 0), 1), 0), 1)
}

func product(a, b *[pdf417.Modules]float32) (v float32) {
	for k := range a {
		v += a[k] * b[k]
	}
	return v
}

// offset measures how far beside its expected place a read pattern lies.
func (g *grid) offset(c, r int, at cell) float64 {
	var v [3]float64
	for i := range v {
		x, ok := g.sample(c, r, at.du+0.3*float64(i-1), at.dv)
		if !ok {
			return 0
		}
		v[i] = float64(product(&x, &templates[r%3][at.word]))
	}
	bend := v[0] - 2*v[1] + v[2]
	if bend >= -1e-6 {
		return 0
	}
	return 0.3 * min(max((v[0]-v[2])/(2*bend), -1), 1)
}

// sample takes the 17 modules of a cell, with mean 0 and length 1.
func (g *grid) sample(c, r int, du, dv float64) (out [pdf417.Modules]float32, ok bool) {
	u := g.f.left + float64(17*(c+2)) + du
	share := (float64(17*(c+2)) + 8.5) / width(g.s.cols)
	left, right := g.s.at[0], g.s.at[1]
	step := left.step*(1-share) + right.step*share
	v := left.middle(r)*(1-share) + right.middle(r)*share + dv*step
	var x [pdf417.Modules + 2]float64
	// Within a cell the grid is straight: two corners are enough.
	for _, o := range [4]float64{-0.3, -0.1, 0.1, 0.3} {
		a, b := g.f.at(u-0.5, v+o*step), g.f.at(u+17.5, v+o*step)
		if !g.p.holds(a) && !g.p.holds(b) {
			return out, false
		}
		along := b.sub(a)
		for k := range x {
			q := a.add(along, (float64(k)-0.18)/18)
			r := a.add(along, (float64(k)+0.18)/18)
			x[k] += (g.p.at(q.x, q.y) + g.p.at(r.x, r.y)) / 8
		}
	}
	var mean, norm float64
	var y [pdf417.Modules]float64
	for k := range y {
		y[k] = x[k+1] + g.sharp*(2*x[k+1]-x[k]-x[k+2])
		mean += y[k] / pdf417.Modules
	}
	for k := range y {
		norm += (y[k] - mean) * (y[k] - mean)
	}
	if norm < 17*16 { // less than four levels: nothing is printed here
		return out, false
	}
	norm = math.Sqrt(norm)
	for k := range y {
		out[k] = float32((y[k] - mean) / norm)
	}
	return out, true
}

// follow learns from the sure cells of a column where the next one lies.
func follow(d drift, column []cell, rows int) drift {
	var rs, us, vs []float64
	for r, c := range column {
		if c.doubt < sureDoubt {
			rs, us, vs = append(rs, float64(r)-float64(rows-1)/2), append(us, c.du), append(vs, c.dv)
		}
	}
	if len(rs) < max(2, rows/8) {
		return d
	}
	next := drift{u: median(rs, us), v: median(rs, vs)}
	for i, was := range [2]*[2]float64{&d.u, &d.v} {
		now := [2]*[2]float64{&next.u, &next.v}[i]
		now[0] = was[0] + min(max(now[0]-was[0], -0.4), 0.4)
		now[1] = was[1] + min(max(now[1]-was[1], -0.6/float64(rows)), 0.6/float64(rows))
	}
	return next
}

// median is the line through values by the medians of their thirds (Tukey's
// resistant line), which a third of wrong values does not bend.
func median(rs, vs []float64) [2]float64 {
	middle := func(v []float64) float64 {
		v = slices.Clone(v)
		slices.Sort(v)
		return v[len(v)/2]
	}
	n := len(rs)
	if n < 6 {
		return [2]float64{middle(vs), 0}
	}
	k := n / 3
	slope := (middle(vs[n-k:]) - middle(vs[:k])) / (middle(rs[n-k:]) - middle(rs[:k]))
	var rest []float64
	for i := range vs {
		rest = append(rest, vs[i]-slope*rs[i])
	}
	return [2]float64{middle(rest), slope}
}
