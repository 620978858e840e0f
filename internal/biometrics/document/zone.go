package document

import (
	"cmp"
	"math"
	"slices"

	"truepenny/internal/biometrics/document/glyph"
	"truepenny/internal/biometrics/picture"
)

// zone is two or three rows that may be a machine-readable zone, with the
// small corrections that make the network see whole characters.
type zone struct {
	frame   frame
	rows    []row // top to bottom in the frame
	over    bool  // read from the other side: upside down in the frame
	scale   float64
	dx, dy  float64 // in pitches, in reading direction
	stretch float64 // height of the print against OCR-B's
}

// zones groups rows of like pitch that lie under each other, fullest first.
func zones(f frame, rs []row) []zone {
	slices.SortFunc(rs, func(a, b row) int { return cmp.Compare(a.middle(), b.middle()) })
	var out []zone
	for i := range rs {
		group := []row{rs[i]}
		for j := i + 1; j < len(rs) && len(group) < 3; j++ {
			if under(group[len(group)-1], rs[j]) {
				group = append(group, rs[j])
				if z := (zone{frame: f, rows: slices.Clone(group), scale: 1, stretch: 1}); z.wide() {
					out = append(out, z)
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b zone) int { return b.marks() - a.marks() })
	return out
}

// middle is how far down the row's middle lies.
func (r *row) middle() float64 { return poly(r.v, float64(r.first+r.last)/2) }

// wide tells whether some row is long enough to be a line of a zone, of which
// the shortest has 30 characters, some of them perhaps worn away.
func (z zone) wide() bool {
	return slices.ContainsFunc(z.rows, func(r row) bool { return r.last-r.first >= 22 })
}

func (z zone) marks() int {
	n := 0
	for _, r := range z.rows {
		n += len(r.taken)
	}
	return n
}

// under tells whether b can be the line below a of the same zone.
func under(a, b row) bool {
	if a.pitch > 1.1*b.pitch || b.pitch > 1.1*a.pitch {
		return false
	}
	i := float64(a.first+a.last) / 2
	at := b.indexAt(poly(a.u, i))
	gap := poly(b.v, at) - poly(a.v, i)
	if gap < 1.15*a.pitch || gap > 3.6*a.pitch || math.Abs(slope(a.v, i)/a.pitch-slope(b.v, at)/b.pitch) > 0.12 {
		return false
	}
	left := math.Max(poly(a.u, float64(a.first)), poly(b.u, float64(b.first)))
	right := math.Min(poly(a.u, float64(a.last)), poly(b.u, float64(b.last)))
	shorter := math.Min(float64(a.last-a.first)*a.pitch, float64(b.last-b.first)*b.pitch)
	return right-left > 0.6*shorter
}

// pitch of the zone in pixels of the picture it was found in.
func (z zone) pitch() float64 {
	s := 0.0
	for _, r := range z.rows {
		s += r.pitch
	}
	return s / float64(len(z.rows))
}

// line returns the row that is read as line n, and span its index range in
// reading direction, with room on both sides.
func (z zone) line(n int) row {
	if z.over {
		return z.rows[len(z.rows)-1-n]
	}
	return z.rows[n]
}

// tallest is the height of OCR-B's digits, which tower over its capitals, in pitches.
const tallest = 1.09

const room = 4

func (z zone) span(n int) (first, last int) {
	r := z.line(n)
	if z.over {
		return -r.last - room, -r.first + room
	}
	return r.first - room, r.last + room
}

// place is where character i of line n stands in the reading picture.
func (z zone) place(n, i int) glyph.Place {
	r, sign := z.line(n), 1.0
	if z.over {
		sign = -1
	}
	at := sign * float64(i)
	du, dv := sign*slope(r.u, at), sign*slope(r.v, at)
	u := poly(r.u, at) + z.dx*du - z.dy*dv
	v := poly(r.v, at) + z.dx*dv + z.dy*du
	x, y := z.frame.xy(u, v)
	ux, uy := z.frame.xy(du, dv)
	vx, vy := z.frame.xy(-dv, du)
	s := z.scale
	return glyph.Place{X: s * x, Y: s * y, UX: s * ux, UY: s * uy, VX: s * z.stretch * vx, VY: s * z.stretch * vy}
}

// flush tells whether the lines of a guess begin under each other, as they do in
// every format.
func (z zone) flush(starts []int) bool {
	a := z.place(0, starts[0])
	for n := 1; n < len(starts); n++ {
		b := z.place(n, starts[n])
		if math.Abs((b.X-a.X)*a.UX+(b.Y-a.Y)*a.UY) > 0.8*(a.UX*a.UX+a.UY*a.UY) {
			return false
		}
	}
	return true
}

// quad frames the characters from..to (inclusive) of the whole zone, in pixels
// of the reading picture.
func (z zone) quad(starts []int, width int) picture.Quad {
	last := len(z.rows) - 1
	corner := func(n, i int, a, b float64) picture.Point {
		p := z.place(n, i)
		return picture.Point{X: p.X + a*p.UX + b*p.VX, Y: p.Y + a*p.UY + b*p.VY}
	}
	return picture.Quad{
		corner(0, starts[0], -0.7, -0.8), corner(0, starts[0]+width-1, 0.7, -0.8),
		corner(last, starts[last]+width-1, 0.7, 0.8), corner(last, starts[last], -0.7, 0.8),
	}
}

// seer runs the network over places of one picture.
type seer struct {
	net   *glyph.Net
	plane *glyph.Plane
	work  glyph.Work
}

func (s *seer) see(at glyph.Place) *[glyph.Classes]float32 {
	glyph.Cut(s.plane, at, &s.work.In)
	s.net.Run(&s.work)
	return &s.work.Prob
}

// clarity is how sure the network is, on average over some characters of the
// zone, that it sees whole upright characters: 0 is best.
func (s *seer) clarity(z zone, perLine int) float64 {
	sum, n := 0.0, 0
	for l := range z.rows {
		first, last := z.span(l)
		first, last = first+room, last-room
		step := max(1, (last-first+1)/perLine)
		for i := first; i <= last; i += step {
			best := float32(0)
			for _, p := range s.see(z.place(l, i))[:glyph.None] {
				best = max(best, p)
			}
			sum += math.Log(math.Max(float64(best), 0.02))
			n++
		}
	}
	return sum / float64(max(n, 1))
}

// focus chooses the side from which the zone is read and the small corrections
// that make the characters clearest.
func (s *seer) focus(z zone) (zone, float64) {
	height := 0.0
	for _, r := range z.rows {
		height += r.height / (tallest * r.pitch) / float64(len(z.rows))
	}
	z.stretch = math.Min(math.Max(height, 0.75), 1.6)
	best, top := z, math.Inf(-1)
	try := func(c zone, perLine int) {
		if clear := s.clarity(c, perLine); clear > top {
			best, top = c, clear
		}
	}
	for _, over := range [2]bool{false, true} {
		for _, dy := range [3]float64{-0.14, 0, 0.14} {
			c := z
			c.over, c.dy = over, dy
			try(c, 10)
		}
	}
	top = math.Inf(-1)
	for pass := range 2 {
		step := 0.1 / float64(1+pass)
		base := best
		for _, d := range [3]float64{0, -step, step} {
			c := base
			c.dy += d
			try(c, 16)
		}
		base = best
		for _, d := range [2]float64{-step, step} {
			c := base
			c.dx += d
			try(c, 16)
		}
		base = best
		for _, d := range [2]float64{1 - step, 1 + step} {
			c := base
			c.stretch *= d
			try(c, 16)
		}
	}
	return best, top
}
