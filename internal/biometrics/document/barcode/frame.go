package barcode

import (
	"math"

	"truepenny/internal/biometrics/picture"
)

// frame lays a grid of modules over a symbol: u runs along its rows from the
// outer edge of its start pattern, v down its left side.
type frame struct {
	to     picture.Projection // from the grid to the plane
	module float64            // pixels
	height float64            // modules from top to bottom, as far as it was seen
	left   float64            // u of the start pattern's outer edge, where columns are known
	sides  [2]bool            // start, stop: seen
	cols   int                // data columns; 0 unknown
}

// Modules of a row beside its data: start, two indicators, stop.
const beside = 17 + 17 + 17 + 18

// span of data columns that ISO/IEC 15438, 5.2, allows.
const mostCols, mostRows, leastRows = 30, 90, 3

func (f frame) at(u, v float64) point {
	q := f.to.Apply(picture.Point{X: u, Y: v})
	return point{q.X, q.Y}
}

// width gives the modules from edge to edge.
func width(cols int) float64 { return float64(17*cols + beside) }

// mates counts the columns between a start and a stop pattern, and says along
// what the rows run; ok is false when they cannot be of one symbol.
//
// A projection keeps the cross ratio of four places on a line. The edges of both
// patterns are four such places on a row, 0, 17, w-18 and w; so the width w, and
// with it the columns, can be counted under any perspective.
func mates(s, e side) (cols int, row point, ok bool) {
	from, to := s.outer.at(0.5), e.outer.at(0.5)
	d := math.Hypot(to.x-from.x, to.y-from.y)
	if d < 1 {
		return 0, row, false
	}
	row = to.sub(from).unit()
	if s.right.dot(e.right) < 0.6 || row.dot(s.right) < 0.7 || row.dot(e.right) < 0.7 {
		return 0, row, false
	}
	a, b := s.innerAt(from, row).sub(from).dot(row), to.sub(e.innerAt(to, row)).dot(row)
	if a <= 0 || b <= 0 || a+b > d || a > 2*b || b > 2*a {
		return 0, row, false
	}
	if r := s.outer.length() / e.outer.length(); r > 4 || r < 1.0/4 {
		return 0, row, false
	}
	ratio := a * b / ((d - a) * (d - b))
	cols = int(math.Round((17.5 + math.Sqrt(0.25+17*18/ratio) - beside) / 17))
	return min(cols, mostCols), row, cols >= 1 && cols <= mostCols+1
}

// paired lays the grid over a symbol of which both patterns were seen.
func paired(s, e side, cols int) (frame, bool) {
	w := width(cols)
	m := math.Hypot(e.outer.at(0.5).x-s.outer.at(0.5).x, e.outer.at(0.5).y-s.outer.at(0.5).y) / w
	h := (s.outer.length() + e.outer.length()) / 2 / m
	to, err := picture.Project(picture.Box(0, 0, w, h), picture.Quad{
		p2(s.outer.from), p2(e.outer.from), p2(e.outer.to), p2(s.outer.to)})
	return frame{to: to, module: m, height: h, sides: [2]bool{true, true}, cols: cols}, err == nil && legible(m, h)
}

func p2(p point) picture.Point { return picture.Point{X: p.x, Y: p.y} }

// alone makes a frame of one pattern, as if the symbol were seen straight on:
// its other end is cut off, covered, or never there (compact PDF417).
func alone(s side) (frame, bool) {
	const w = 100
	m := s.module(0.5)
	h := s.outer.length() / m
	far := func(p point) picture.Point { return p2(p.add(s.right, w*m)) }
	if s.kind == stop {
		far = func(p point) picture.Point { return p2(p.add(s.right, -w*m)) }
	}
	near := [2]picture.Point{p2(s.outer.from), p2(s.outer.to)}
	grid, corners := picture.Box(0, 0, w, h), picture.Quad{near[0], far(s.outer.from), far(s.outer.to), near[1]}
	if s.kind == stop {
		grid, corners = picture.Box(-w, 0, w, h), picture.Quad{far(s.outer.from), near[0], near[1], far(s.outer.to)}
	}
	to, err := picture.Project(grid, corners)
	f := frame{to: to, module: m, height: h}
	f.sides[s.kind] = true
	return f, err == nil && legible(m, h)
}

// legible bounds what is looked at: modules must be seen, and 90 rows are
// seldom more than 10 modules high each.
func legible(module, height float64) bool { return module >= 0.8 && height >= 3 && height < 1500 }
