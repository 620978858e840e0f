package document

import (
	"math"

	"truepenny/internal/biometrics/document/glyph"
)

// blob is one connected piece of dark print: its upright bounds.
type blob struct{ x0, y0, x1, y1 int } // x1, y1 outside

// print marks what is darker than its surroundings: below the local mean by a
// share of the local deviation (after Niblack, 1986), and by at least a few
// grey levels so that blank paper stays blank.
func darkPrint(p *glyph.Plane, window int, k float64) []bool {
	w, h := p.W, p.H
	sum := make([]float64, (w+1)*(h+1))
	squares := make([]float64, (w+1)*(h+1))
	for y := range h {
		var s, q float64
		for x := range w {
			v := float64(p.Pix[y*w+x])
			s += v
			q += v * v
			o := (y+1)*(w+1) + x + 1
			sum[o], squares[o] = sum[o-w-1]+s, squares[o-w-1]+q
		}
	}
	out := make([]bool, w*h)
	half := window / 2
	for y := range h {
		y0, y1 := max(0, y-half), min(h, y+half+1)
		for x := range w {
			x0, x1 := max(0, x-half), min(w, x+half+1)
			n := float64((x1 - x0) * (y1 - y0))
			a, b, c, d := y0*(w+1)+x0, y0*(w+1)+x1, y1*(w+1)+x0, y1*(w+1)+x1
			mean := (sum[d] - sum[b] - sum[c] + sum[a]) / n
			variance := (squares[d]-squares[b]-squares[c]+squares[a])/n - mean*mean
			limit := mean - math.Max(7, k*math.Sqrt(math.Max(0, variance)))
			out[y*w+x] = float64(p.Pix[y*w+x]) < limit
		}
	}
	return out
}

// blobs collects the eight-connected pieces of a size that a character of the
// zone can have.
func blobs(dark []bool, w, h int) []blob {
	const least, most = 5, 90
	var out []blob
	seen := make([]bool, len(dark))
	var stack []int
	for start, on := range dark {
		if !on || seen[start] {
			continue
		}
		seen[start] = true
		stack = append(stack[:0], start)
		b := blob{w, h, 0, 0}
		area := 0
		for len(stack) > 0 {
			i := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			x, y := i%w, i/w
			area++
			b.x0, b.y0, b.x1, b.y1 = min(b.x0, x), min(b.y0, y), max(b.x1, x+1), max(b.y1, y+1)
			for yy := max(0, y-1); yy <= min(h-1, y+1); yy++ {
				for xx := max(0, x-1); xx <= min(w-1, x+1); xx++ {
					if j := yy*w + xx; dark[j] && !seen[j] {
						seen[j] = true
						stack = append(stack, j)
					}
				}
			}
		}
		bw, bh := b.x1-b.x0, b.y1-b.y0
		if max(bw, bh) >= least && max(bw, bh) <= most && area >= 8 {
			out = append(out, b)
		}
	}
	return out
}
