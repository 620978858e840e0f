package mesh

import (
	"image"
	"math"

	"truepenny/internal/biometrics/picture"
)

// square is a turned square in a picture: its centre and side in pixels, and
// the direction of its upper edge.
type square struct{ x, y, side, cos, sin float64 }

// place maps shares of the side, from the upper left corner, to the picture.
func (s square) place(u, v float64) Point {
	u, v = (u-0.5)*s.side, (v-0.5)*s.side
	return Point{X: s.x + u*s.cos - v*s.sin, Y: s.y + u*s.sin + v*s.cos}
}

func (s square) usable() bool {
	return s.side >= 1 && s.side < 1e5 && math.Abs(s.x) < 1e6 && math.Abs(s.y) < 1e6 && s.cos*s.cos+s.sin*s.sin > 0.5
}

// frame collects points in turned coordinates.
type frame struct{ cos, sin, x0, y0, x1, y1 float64 }

func newFrame(angle float64) frame {
	sin, cos := math.Sincos(angle)
	return frame{cos, sin, math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
}

func (f *frame) add(x, y float64) {
	u, v := x*f.cos+y*f.sin, y*f.cos-x*f.sin
	f.x0, f.x1 = math.Min(f.x0, u), math.Max(f.x1, u)
	f.y0, f.y1 = math.Min(f.y0, v), math.Max(f.y1, v)
}

// square gives the square round the middle of the points, whose side is a
// multiple of their larger extent.
func (f frame) square(times float64) square {
	u, v := (f.x0+f.x1)/2, (f.y0+f.y1)/2
	return square{
		x: u*f.cos - v*f.sin, y: u*f.sin + v*f.cos,
		side: times * math.Max(f.x1-f.x0, f.y1-f.y0),
		cos:  f.cos, sin: f.sin,
	}
}

// cut samples a square as the networks take it: red, green, blue from 0 to 1,
// each side x side; black beyond the picture. Each sample is the mean of the
// block of pixels that it stands for, so that shrinking does not flicker.
func cut(img *image.RGBA, s square, side int) []float32 {
	var corners picture.Quad
	for i, c := range [4][2]float64{{0, 0}, {1, 0}, {0, 1}, {1, 1}} {
		p := s.place(c[0], c[1])
		corners[i] = picture.Point{X: p.X, Y: p.Y}
	}
	src := picture.Average(img, corners, int(s.side/float64(side)))
	out := make([]float32, 3*side*side)
	plane := side * side
	step := s.side / float64(side)
	f := src.Factor
	du, dv := step*s.cos/f, step*s.sin/f
	corner := s.place(0.5/float64(side), 0.5/float64(side))
	x0, y0 := (corner.X-src.X)/f-0.5, (corner.Y-src.Y)/f-0.5
	for row := range side {
		x, y := float32(x0-float64(row)*dv), float32(y0+float64(row)*du)
		at := row * side
		for col := range side {
			r, g, b := src.At(x+float32(col)*float32(du), y+float32(col)*float32(dv))
			out[at+col], out[plane+at+col], out[2*plane+at+col] = r/255, g/255, b/255
		}
	}
	return out
}
