package barcode

import (
	"math"

	"truepenny/internal/biometrics/document/barcode/pdf417"
)

// hit is one crossing of a start or stop pattern by a scan line.
type hit struct {
	outer, inner point   // where the pattern meets the quiet zone, and the rows
	dir          point   // along the scan line, towards the right of the symbol
	module       float64 // width of one module along the scan line
}

// end is one of the two patterns that frame a symbol.
type end int

const (
	start end = iota
	stop
)

// hits are crossings of both patterns.
type hits [2][]hit

// ends holds the runs of both patterns and their sums.
var ends = [2]struct {
	runs    []int
	modules float64
}{start: {pdf417.StartRuns, 17}, stop: {pdf417.StopRuns, 18}}

// scans is the number of directions in which a picture is crossed: a start
// pattern is 17 modules wide, so even half a step askew a line leaves the least
// symbol, three rows of three modules, only near its ends.
const scans = 12

// maxHits bounds the work on pictures that are full of stripes.
const maxHits = 4000

// scan crosses the plane in all directions with lines gap pixels apart.
func (p *plane) scan(threshold *surround, gap float64) hits {
	var out hits
	var l line
	centre := point{float64(p.w-1) / 2, float64(p.h-1) / 2}
	for a := range scans {
		sin, cos := math.Sincos(math.Pi * float64(a) / scans)
		dir, across := point{cos, sin}, point{-sin, cos}
		reach := (math.Abs(across.x)*float64(p.w) + math.Abs(across.y)*float64(p.h)) / 2
		for o := -reach + gap/2; o < reach; o += gap {
			if from, length, ok := p.clip(centre.add(across, o), dir); ok {
				l.runs(p, threshold, from, dir, length)
				l.find(dir, &out)
			}
		}
	}
	return out
}

// clip gives the stretch of a line that lies on the plane.
func (p *plane) clip(at, dir point) (from point, length float64, ok bool) {
	lo, hi := math.Inf(-1), math.Inf(1)
	for _, s := range [2][3]float64{{at.x, dir.x, float64(p.w - 1)}, {at.y, dir.y, float64(p.h - 1)}} {
		if math.Abs(s[1]) < 1e-9 {
			if s[0] < 0 || s[0] > s[2] {
				return point{}, 0, false
			}
			continue
		}
		a, b := -s[0]/s[1], (s[2]-s[0])/s[1]
		lo, hi = max(lo, min(a, b)), min(hi, max(a, b))
	}
	return at.add(dir, lo), hi - lo, hi-lo > 20
}

// line is a scan line cut into runs; edges[i] is where run i begins.
type line struct {
	from  point
	edges []float64
	dark  bool // the first run
}

func (l *line) runs(p *plane, threshold *surround, from, dir point, length float64) {
	l.from, l.edges = from, append(l.edges[:0], 0)
	var before float64
	for i := range int(length) + 1 {
		q := from.add(dir, float64(i))
		v := p.at(q.x, q.y) - threshold.at(q.x, q.y)
		if i == 0 {
			l.dark = v < 0
		} else if (v < 0) != (before < 0) {
			l.edges = append(l.edges, float64(i)-v/(v-before))
		}
		before = v
	}
	l.edges = append(l.edges, length)
}

// find adds the patterns on the line, read in both senses.
func (l *line) find(dir point, out *hits) {
	first := 0
	if !l.dark {
		first = 1
	}
	back := point{-dir.x, -dir.y}
	for i := first; i+8 < len(l.edges); i += 2 {
		for kind, e := range ends {
			n := len(e.runs)
			if i+n >= len(l.edges) {
				continue
			}
			if m, ok := l.fits(i, e.runs, e.modules, 1); ok {
				out.add(end(kind), hit{l.from.add(dir, l.edges[i]), l.from.add(dir, l.edges[i+n]), dir, m})
			}
			// Backwards a pattern ends with the bar that it begins with.
			last := i + n - 1
			if n%2 == 0 {
				last++
			}
			if last-n < -1 || last+1 >= len(l.edges) {
				continue
			}
			if m, ok := l.fits(last, e.runs, e.modules, -1); ok {
				out.add(end(kind), hit{l.from.add(dir, l.edges[last+1]), l.from.add(dir, l.edges[last+1-n]), back, m})
			}
		}
	}
}

func (h *hits) add(kind end, x hit) {
	if kind == stop { // its outer edge is the last
		x.outer, x.inner = x.inner, x.outer
	}
	if len(h[kind]) < maxHits {
		h[kind] = append(h[kind], x)
	}
}

// fits compares runs from i on, in steps of by, with a pattern. Ink and blur
// widen all bars alike, so pairs of a bar and a space are held to less.
func (l *line) fits(i int, runs []int, modules float64, by int) (module float64, ok bool) {
	width := func(k int) float64 { return l.edges[i+by*k+1] - l.edges[i+by*k] }
	if i+by*(len(runs)-1) < 0 {
		return 0, false
	}
	total := 0.0
	for k := range runs {
		total += width(k)
	}
	module = total / modules
	if module < 0.8 {
		return 0, false
	}
	for k, want := range runs {
		if math.Abs(width(k)-float64(want)*module) > (0.62+0.04*float64(want))*module {
			return 0, false
		}
		if k > 0 {
			pair := width(k) + width(k-1)
			if math.Abs(pair-float64(want+runs[k-1])*module) > (0.4+0.04*float64(want))*module {
				return 0, false
			}
		}
	}
	return module, true
}
