package warp

import (
	"image"
	"math"
)

// Point is a place in a picture, in pixels from its top left corner.
type Point struct{ X, Y float64 }

// Paint fills the triangle to of the picture out with what the triangle from
// of another picture shows, by an affine map, all four channels. Neighbours
// overlap a little, so that there are no gaps between them.
func Paint(out, picture *image.RGBA, to, from [3]Point) {
	a, b, c := to[0], to[1], to[2]
	whole := (b.X-a.X)*(c.Y-a.Y) - (c.X-a.X)*(b.Y-a.Y)
	if math.Abs(whole) < 1e-6 {
		return
	}
	x0, x1 := max(0, int(min(a.X, b.X, c.X)-0.5)), min(out.Rect.Dx()-1, int(max(a.X, b.X, c.X)+0.5))
	y0, y1 := max(0, int(min(a.Y, b.Y, c.Y)-0.5)), min(out.Rect.Dy()-1, int(max(a.Y, b.Y, c.Y)+0.5))
	// The shares of b and c grow linearly with x and y.
	bx, by := (c.Y-a.Y)/whole, -(c.X-a.X)/whole
	cx, cy := -(b.Y-a.Y)/whole, (b.X-a.X)/whole
	fb, fc := Point{from[1].X - from[0].X, from[1].Y - from[0].Y}, Point{from[2].X - from[0].X, from[2].Y - from[0].Y}
	const seam = -1e-4
	for y := y0; y <= y1; y++ {
		dy := float64(y) + 0.5 - a.Y
		row := out.Pix[y*out.Stride:]
		for x := x0; x <= x1; x++ {
			dx := float64(x) + 0.5 - a.X
			sb, sc := dx*bx+dy*by, dx*cx+dy*cy
			if sb < seam || sc < seam || sb+sc > 1-seam {
				continue
			}
			Sample(picture, from[0].X+sb*fb.X+sc*fc.X, from[0].Y+sb*fb.Y+sc*fc.Y, row[4*x:4*x+4])
		}
	}
}

// Sample reads the colour at a place, bilinearly between the centres of pixels;
// outside the picture it repeats the border. The picture's origin is (0,0).
func Sample(img *image.RGBA, fx, fy float64, to []uint8) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	fx, fy = min(max(fx-0.5, 0), float64(w-1)), min(max(fy-0.5, 0), float64(h-1))
	x, y := int(fx), int(fy)
	wx, wy := int(256*(fx-float64(x))), int(256*(fy-float64(y)))
	right, down := 4, img.Stride
	if x == w-1 {
		right = 0
	}
	if y == h-1 {
		down = 0
	}
	p00 := img.Pix[y*img.Stride+4*x:]
	p10, p01, p11 := p00[right:], p00[down:], p00[right+down:]
	_, _, _, _, _ = p00[3], p10[3], p01[3], p11[3], to[3]
	for k := range 4 {
		top := int(p00[k])*(256-wx) + int(p10[k])*wx
		low := int(p01[k])*(256-wx) + int(p11[k])*wx
		to[k] = uint8((top*(256-wy) + low*wy + 1<<15) >> 16)
	}
}

// Shift moves the whole picture, as a camera in the hand does; its border is
// repeated.
func Shift(img *image.RGBA, dx, dy float64) *image.RGBA {
	if dx == 0 && dy == 0 {
		return img
	}
	w, h := img.Rect.Dx(), img.Rect.Dy()
	left, up := int(math.Floor(-dx)), int(math.Floor(-dy))
	wx, wy := int(256*(-dx-float64(left))), int(256*(-dy-float64(up)))
	out := image.NewRGBA(img.Rect)
	columns := make([]int, w+1)
	for x := range columns {
		columns[x] = 4 * min(max(x+left, 0), w-1)
	}
	for y := range h {
		top := img.Pix[min(max(y+up, 0), h-1)*img.Stride:]
		low := img.Pix[min(max(y+up+1, 0), h-1)*img.Stride:]
		row := out.Pix[y*out.Stride:]
		for x := range w {
			a, b := columns[x], columns[x+1]
			p, q, r, s, to := top[a:a+4:a+4], top[b:b+4:b+4], low[a:a+4:a+4], low[b:b+4:b+4], row[4*x:4*x+4:4*x+4]
			for k := range 3 {
				v := int(p[k])*(256-wx) + int(q[k])*wx
				u := int(r[k])*(256-wx) + int(s[k])*wx
				to[k] = uint8((v*(256-wy) + u*wy + 1<<15) >> 16)
			}
			to[3] = 255
		}
	}
	return out
}

// Inside tells whether a place lies inside a closed line of points.
func Inside(line []Point, p Point) bool {
	in := false
	for i, a := range line {
		b := line[(i+1)%len(line)]
		if (a.Y > p.Y) != (b.Y > p.Y) && p.X < a.X+(p.Y-a.Y)/(b.Y-a.Y)*(b.X-a.X) {
			in = !in
		}
	}
	return in
}
