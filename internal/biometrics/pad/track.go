package pad

import "math"

// The tracker is Lucas-Kanade on a pyramid (J.-Y. Bouguet, "Pyramidal
// Implementation of the Affine Lucas Kanade Feature Tracker", 2001), with the
// mean of each window taken out so that exposure and coloured light do not pull.
const (
	radius   = 5 // half window: 11 x 11 pixels
	window   = 2*radius + 1
	rounds   = 8
	settled  = 0.02 // pixels: a smaller step ends the search
	leastEig = 0.5  // smaller eigenvalue of the window's gradients, per pixel, to follow
	seedEig  = 2.0  // likewise, to begin
)

// spot is a place in a plane, in pixels, centres at whole numbers.
type spot struct{ x, y float64 }

// flow moves spots from one pyramid to the next. guess gives where a spot is
// expected; a lost spot is NaN.
func flow(from, to []plane, spots []spot, guess []spot) []spot {
	out := make([]spot, len(spots))
	var t template
	for i, s := range spots {
		out[i] = follow(&t, from, to, s, guess[i])
	}
	return out
}

var lost = spot{math.NaN(), math.NaN()}

func (s spot) lost() bool { return math.IsNaN(s.x) }

func follow(t *template, from, to []plane, s, guess spot) spot {
	if s.lost() {
		return lost
	}
	top := min(len(from), len(to)) - 1
	dx, dy := guess.x-s.x, guess.y-s.y
	for l := top; l >= 0; l-- {
		f := math.Ldexp(1, -l)
		x, y := (s.x+0.5)*f-0.5, (s.y+0.5)*f-0.5
		if !t.cut(from[l], x, y) {
			if l > 0 {
				continue // a coarse level may not reach the border
			}
			return lost
		}
		mx, my, ok := t.search(to[l], x+dx*f, y+dy*f)
		if !ok {
			if l > 0 {
				continue
			}
			return lost
		}
		dx, dy = (mx-x)/f, (my-y)/f
	}
	return spot{s.x + dx, s.y + dy}
}

// template is a window with its gradients.
type template struct {
	v, gx, gy  [window * window]float32
	xx, xy, yy float32
	patch      [(window + 2) * (window + 2)]float32
}

// cut reads the window at a place between pixels; false where it leaves the plane
// or has nothing to hold on to.
func (t *template) cut(p plane, x, y float64) bool {
	const side = window + 2
	if !sample(p, x, y, radius+1, t.patch[:]) {
		return false
	}
	var mean, sx, sy float32
	for r := range window {
		for c := range window {
			o := (r+1)*side + c + 1
			i := r*window + c
			t.v[i] = t.patch[o]
			t.gx[i] = (t.patch[o+1] - t.patch[o-1]) / 2
			t.gy[i] = (t.patch[o+side] - t.patch[o-side]) / 2
			mean += t.v[i]
			sx += t.gx[i]
			sy += t.gy[i]
		}
	}
	const n = window * window
	mean, sx, sy = mean/n, sx/n, sy/n
	t.xx, t.xy, t.yy = 0, 0, 0
	for i := range t.v {
		t.v[i] -= mean
		t.gx[i] -= sx
		t.gy[i] -= sy
		t.xx += t.gx[i] * t.gx[i]
		t.xy += t.gx[i] * t.gy[i]
		t.yy += t.gy[i] * t.gy[i]
	}
	return eigen(t.xx, t.xy, t.yy) >= leastEig*n
}

// eigen is the smaller eigenvalue of a symmetric matrix.
func eigen(xx, xy, yy float32) float32 {
	d := xx - yy
	return (xx + yy - float32(math.Sqrt(float64(d*d+4*xy*xy)))) / 2
}

// search moves the window over p until it lies best.
func (t *template) search(p plane, x, y float64) (float64, float64, bool) {
	det := t.xx*t.yy - t.xy*t.xy
	var now [window * window]float32
	startX, startY := x, y
	for range rounds {
		if !sample(p, x, y, radius, now[:]) {
			return 0, 0, false
		}
		// Gradients have no mean, so the window's own mean drops out here.
		var bx, by float32
		for i, v := range now {
			d := t.v[i] - v
			bx += d * t.gx[i]
			by += d * t.gy[i]
		}
		sx := float64((t.yy*bx - t.xy*by) / det)
		sy := float64((t.xx*by - t.xy*bx) / det)
		x, y = x+sx, y+sy
		if math.Abs(x-startX) > 2*window || math.Abs(y-startY) > 2*window {
			return 0, 0, false
		}
		if sx*sx+sy*sy < settled*settled {
			break
		}
	}
	return x, y, true
}

// sample reads a square of side 2r+1 around a place between pixels.
func sample(p plane, x, y float64, r int, out []float32) bool {
	fx, fy := math.Floor(x), math.Floor(y)
	x0, y0 := int(fx)-r, int(fy)-r
	side := 2*r + 1
	if !(x0 >= 0 && y0 >= 0 && x0+side < p.w && y0+side < p.h) {
		return false
	}
	ax, ay := float32(x-fx), float32(y-fy)
	w00, w10, w01, w11 := (1-ax)*(1-ay), ax*(1-ay), (1-ax)*ay, ax*ay
	for row := range side {
		o := (y0+row)*p.w + x0
		a := p.pix[o : o+side+1]
		b := p.pix[o+p.w : o+p.w+side+1]
		dst := out[row*side : (row+1)*side]
		for c := range dst {
			dst[c] = w00*a[c] + w10*a[c+1] + w01*b[c] + w11*b[c+1]
		}
	}
	return true
}

// checked is flow there and back: spots that do not come home within a pixel
// are lost (Kalal, Mikolajczyk, Matas, "Forward-Backward Error", ICPR 2010).
func checked(from, to []plane, spots []spot, there, back affine) []spot {
	guess := make([]spot, len(spots))
	for i, s := range spots {
		guess[i] = there.apply(s)
	}
	moved := flow(from, to, spots, guess)
	for i, m := range moved {
		guess[i] = back.apply(m)
	}
	home := flow(to, from, moved, guess)
	for i, h := range home {
		if !(math.Hypot(h.x-spots[i].x, h.y-spots[i].y) < 1) {
			moved[i] = lost
		}
	}
	return moved
}

// corners picks the best corner (smaller eigenvalue of the gradients, Shi and
// Tomasi 1994) of each cell of a grid, where inside allows it.
func corners(p plane, inside func(x, y float64) bool, x0, y0, x1, y1, cell int) []spot {
	const r = 3
	lo := radius + 2
	x0, y0, x1, y1 = max(x0, lo), max(y0, lo), min(x1, p.w-lo-1), min(y1, p.h-lo-1)
	if x1-x0 < cell || y1-y0 < cell {
		return nil
	}
	w, h := x1-x0+2*r+1, y1-y0+2*r+1
	// Sums of gradient products over everything above and to the left.
	sums := make([][3]float32, (w+1)*(h+1))
	for y := range h {
		var row [3]float32
		for x := range w {
			o := (y0-r+y)*p.w + x0 - r + x
			gx, gy := (p.pix[o+1]-p.pix[o-1])/2, (p.pix[o+p.w]-p.pix[o-p.w])/2
			row[0], row[1], row[2] = row[0]+gx*gx, row[1]+gx*gy, row[2]+gy*gy
			up := sums[y*(w+1)+x+1]
			sums[(y+1)*(w+1)+x+1] = [3]float32{up[0] + row[0], up[1] + row[1], up[2] + row[2]}
		}
	}
	const side = 2*r + 1
	strength := func(x, y int) float32 { // in window coordinates, centre
		a, b := sums[y*(w+1)+x], sums[y*(w+1)+x+side]
		c, d := sums[(y+side)*(w+1)+x], sums[(y+side)*(w+1)+x+side]
		return eigen(d[0]-b[0]-c[0]+a[0], d[1]-b[1]-c[1]+a[1], d[2]-b[2]-c[2]+a[2])
	}
	var out []spot
	for cy := y0; cy < y1; cy += cell {
		for cx := x0; cx < x1; cx += cell {
			best, at := float32(seedEig*side*side), lost
			for y := cy; y < min(cy+cell, y1); y++ {
				for x := cx; x < min(cx+cell, x1); x++ {
					if s := strength(x-x0, y-y0); s > best && inside(float64(x), float64(y)) {
						best, at = s, spot{float64(x), float64(y)}
					}
				}
			}
			if !at.lost() {
				out = append(out, at)
			}
		}
	}
	return out
}
