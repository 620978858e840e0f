package barcode

import (
	"math"
	"slices"
)

// side is one end pattern of a symbol as it stands on the plane.
type side struct {
	kind         end
	outer, inner segment // both run from the symbol's top to its bottom
	right        point   // unit vector across the bars, towards the symbol's right
	support      int
}

// segment is a piece of a straight line.
type segment struct{ from, to point }

func (s segment) at(t float64) point { return s.from.add(s.to.sub(s.from), t) }
func (s segment) length() float64    { d := s.to.sub(s.from); return math.Hypot(d.x, d.y) }

// module gives the width of one module at the top (t = 0) to the bottom (1).
func (s side) module(t float64) float64 {
	return math.Abs(s.inner.at(t).sub(s.outer.at(t)).dot(s.right)) / ends[s.kind].modules
}

const (
	leastSupport = 3  // scan lines that must agree on a pattern
	mostSides    = 6  // patterns of a kind that are followed
	trials       = 40 // hits that are tried as the first of a line
)

// sides groups hits that lie on one line: the patterns of one symbol.
func sides(kind end, hs []hit) []side {
	var out []side
	rest := slices.Clone(hs)
	for len(out) < mostSides {
		best := largest(rest)
		if len(best) < leastSupport {
			break
		}
		if s, ok := newSide(kind, rest, best); ok {
			out = append(out, s)
		}
		taken := map[int]bool{}
		for _, i := range best {
			taken[i] = true
		}
		kept := rest[:0]
		for i, h := range rest {
			if !taken[i] {
				kept = append(kept, h)
			}
		}
		rest = kept
	}
	return out
}

// largest finds the line through two hits that most others agree with.
func largest(hs []hit) []int {
	var through hit
	var along point
	most := 0
	step := max(1, len(hs)/trials)
	for i := 0; i < len(hs); i += step {
		for j := i + 1; j < len(hs); j += step {
			d := hs[j].outer.sub(hs[i].outer)
			if math.Hypot(d.x, d.y) < 1.5*hs[i].module || !alike(hs[i], hs[j], d.unit()) {
				continue
			}
			if n := count(hs, hs[i], d.unit()); n > most {
				through, along, most = hs[i], d.unit(), n
			}
		}
	}
	if most == 0 {
		return nil
	}
	return agreeing(hs, through, along)
}

func count(hs []hit, through hit, along point) (n int) {
	for _, h := range hs {
		if on(h, through, along) {
			n++
		}
	}
	return n
}

// on reports whether a hit lies on the line of another.
func on(h, through hit, along point) bool {
	return math.Abs(h.outer.sub(through.outer).dot(point{-along.y, along.x})) < 0.7*through.module && alike(through, h, along)
}

// alike reports whether two hits can be of one pattern whose bars run along: seen
// from the same sense, with modules of like width.
func alike(a, b hit, along point) bool {
	across := point{-along.y, along.x}
	ca, cb := a.dir.dot(across), b.dir.dot(across)
	if ca*cb < 0 || math.Abs(ca) < 0.5 || math.Abs(cb) < 0.5 {
		return false
	}
	ratio := math.Abs(a.module*ca) / math.Abs(b.module*cb)
	return ratio > 0.6 && ratio < 1.65
}

// agreeing lists the hits on a line, without those beyond a wide gap.
func agreeing(hs []hit, through hit, along point) []int {
	var in []int
	for i, h := range hs {
		if on(h, through, along) {
			in = append(in, i)
		}
	}
	place := func(i int) float64 { return hs[i].outer.sub(through.outer).dot(along) }
	slices.SortFunc(in, func(a, b int) int {
		if place(a) < place(b) {
			return -1
		}
		return 1
	})
	from, best := 0, in[:0:0]
	for k := 1; k <= len(in); k++ {
		if k < len(in) && place(in[k])-place(in[k-1]) < 12*through.module+6 {
			continue
		}
		if k-from > len(best) {
			best = in[from:k]
		}
		from = k
	}
	return best
}

// newSide lays lines through the outer and the inner edge.
func newSide(kind end, hs []hit, on []int) (side, bool) {
	var outer, inner []point
	var dir point
	for _, i := range on {
		outer, inner = append(outer, hs[i].outer), append(inner, hs[i].inner)
		dir = dir.add(hs[i].dir, 1)
	}
	s := side{kind: kind, support: len(on)}
	centre, along := fitLine(outer)
	innerCentre, innerAlong := fitLine(inner)
	s.right = point{along.y, -along.x}
	if s.right.dot(dir) < 0 {
		s.right = point{-s.right.x, -s.right.y}
	}
	down := point{-s.right.y, s.right.x}
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, p := range outer {
		t := p.sub(centre).dot(down)
		lo, hi = min(lo, t), max(hi, t)
	}
	if hi-lo < 1 || math.Abs(innerAlong.dot(down)) < 0.9 {
		return side{}, false
	}
	s.outer = segment{centre.add(down, lo), centre.add(down, hi)}
	s.inner = segment{cross(innerCentre, innerAlong, s.outer.from, s.right), cross(innerCentre, innerAlong, s.outer.to, s.right)}
	m := s.module(0.5)
	return s, m > 0.8 && s.module(0) > 0.5*m && s.module(1) > 0.5*m
}

// fitLine is the line with the least squared distances, but for outliers.
func fitLine(ps []point) (centre, along point) {
	keep := ps
	for range 3 {
		centre = point{}
		for _, p := range keep {
			centre = centre.add(p, 1/float64(len(keep)))
		}
		var xx, xy, yy float64
		for _, p := range keep {
			d := p.sub(centre)
			xx, xy, yy = xx+d.x*d.x, xy+d.x*d.y, yy+d.y*d.y
		}
		angle := math.Atan2(2*xy, xx-yy) / 2
		along = point{math.Cos(angle), math.Sin(angle)}
		off := func(p point) float64 { return math.Abs(p.sub(centre).dot(point{-along.y, along.x})) }
		var offs []float64
		for _, p := range ps {
			offs = append(offs, off(p))
		}
		slices.Sort(offs)
		limit := max(2.5*offs[len(offs)/2], 0.3)
		var next []point
		for _, p := range ps {
			if off(p) <= limit {
				next = append(next, p)
			}
		}
		keep = next
	}
	return centre, along
}

// cross is where the line through a along u meets the line through b along v.
func cross(a, u, b, v point) point {
	det := u.x*v.y - u.y*v.x
	if math.Abs(det) < 1e-9 {
		return b
	}
	d := b.sub(a)
	return b.add(v, (u.y*d.x-u.x*d.y)/det)
}

// grown is the side as far up and down as its pattern can be seen, where rows
// run along a direction.
func (s side) grown(p *plane, row point) side {
	length := s.outer.length()
	m := s.module(0.5)
	step := max(0.5, m/4)
	reach := func(from, sense float64) float64 {
		last := from
		for k := 1; ; k++ {
			t := from + sense*float64(k)*step/length
			if !p.holds(s.outer.at(t)) || math.Abs(t-last)*length > 4*m {
				return last
			}
			if s.seen(p, t, row) > 0.7 {
				last = t
			}
		}
	}
	// From the inside outwards: the ends of what was found may lie outside.
	top, bottom := reach(0.2, -1), reach(0.8, 1)
	s.outer = segment{s.outer.at(top), s.outer.at(bottom)}
	s.inner = segment{s.innerAt(s.outer.from, row), s.innerAt(s.outer.to, row)}
	return s
}

// innerAt is where the row through a place crosses the inner edge.
func (s side) innerAt(outer, row point) point {
	return cross(s.inner.from, s.inner.to.sub(s.inner.from).unit(), outer, row)
}

// seen is the correlation of the pattern with the row that crosses the side at t.
func (s side) seen(p *plane, t float64, row point) float64 {
	a := s.outer.at(t)
	b := s.innerAt(a, row)
	if s.kind == stop {
		a, b = b, a
	}
	var got, want []float64
	for i, n := range ends[s.kind].runs {
		for range n {
			q := a.add(b.sub(a), (float64(len(got))+0.5)/ends[s.kind].modules)
			got, want = append(got, p.at(q.x, q.y)), append(want, float64(i%2))
		}
	}
	return correlation(got, want)
}

func correlation(a, b []float64) float64 {
	var ma, mb float64
	for i := range a {
		ma, mb = ma+a[i]/float64(len(a)), mb+b[i]/float64(len(a))
	}
	var ab, aa, bb float64
	for i := range a {
		ab, aa, bb = ab+(a[i]-ma)*(b[i]-mb), aa+(a[i]-ma)*(a[i]-ma), bb+(b[i]-mb)*(b[i]-mb)
	}
	if aa < 25*float64(len(a)) || bb == 0 { // flat: less than 5 levels
		return 0
	}
	return ab / math.Sqrt(aa*bb)
}
