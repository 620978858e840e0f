package face

import "math"

// Point is a place in a picture, in pixels from its upper left corner.
type Point struct{ X, Y float64 }

// Box is an upright rectangle in pixels. It may reach beyond the picture: the
// detector guesses how a cut-off face goes on.
type Box struct{ X, Y, Width, Height float64 }

// Side is the shorter side, in pixels.
func (b Box) Side() float64 { return math.Min(b.Width, b.Height) }

func (b Box) area() float64 { return b.Width * b.Height }

// overlap is the share of two boxes' union that both cover.
func (b Box) overlap(o Box) float64 {
	c := b.common(o)
	if c == 0 {
		return 0
	}
	return c / (b.area() + o.area() - c)
}

// common is the area that two boxes share.
func (b Box) common(o Box) float64 {
	w := math.Min(b.X+b.Width, o.X+o.Width) - math.Max(b.X, o.X)
	h := math.Min(b.Y+b.Height, o.Y+o.Height) - math.Max(b.Y, o.Y)
	return math.Max(0, w) * math.Max(0, h)
}

func mean(points ...Point) Point {
	var m Point
	for _, p := range points {
		m.X += p.X
		m.Y += p.Y
	}
	n := float64(len(points))
	return Point{m.X / n, m.Y / n}
}

func distance(a, b Point) float64 { return math.Hypot(a.X-b.X, a.Y-b.Y) }

// similarity maps points by turning, scaling and shifting:
// x' = a*x - b*y + tx, y' = b*x + a*y + ty.
type similarity struct{ a, b, tx, ty float64 }

func (s similarity) apply(p Point) Point {
	return Point{s.a*p.X - s.b*p.Y + s.tx, s.b*p.X + s.a*p.Y + s.ty}
}

// scale is the length of a mapped unit step.
func (s similarity) scale() float64 { return math.Hypot(s.a, s.b) }

// fitSimilarity gives the similarity that maps from to to with the least
// squared error. Coinciding points give the zero map.
func fitSimilarity(from, to []Point) similarity {
	mf, mt := mean(from...), mean(to...)
	var dot, cross, size float64
	for i := range from {
		fx, fy := from[i].X-mf.X, from[i].Y-mf.Y
		tx, ty := to[i].X-mt.X, to[i].Y-mt.Y
		dot += fx*tx + fy*ty
		cross += fx*ty - fy*tx
		size += fx*fx + fy*fy
	}
	if size == 0 {
		return similarity{}
	}
	s := similarity{a: dot / size, b: cross / size}
	s.tx = mt.X - (s.a*mf.X - s.b*mf.Y)
	s.ty = mt.Y - (s.b*mf.X + s.a*mf.Y)
	return s
}
