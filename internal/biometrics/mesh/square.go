package mesh

import (
	"image"
	"math"
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
	src := blocksOf(img, s, side)
	out := make([]float32, 3*side*side)
	plane := side * side
	step := s.side / float64(side)
	f := src.factor
	du, dv := step*s.cos/f, step*s.sin/f
	corner := s.place(0.5/float64(side), 0.5/float64(side))
	x0, y0 := (corner.X-src.x)/f-0.5, (corner.Y-src.y)/f-0.5
	for row := range side {
		x, y := float32(x0-float64(row)*dv), float32(y0+float64(row)*du)
		at := row * side
		for col := range side {
			r, g, b := src.at(x+float32(col)*float32(du), y+float32(col)*float32(dv))
			out[at+col], out[plane+at+col], out[2*plane+at+col] = r, g, b
		}
	}
	return out
}

// blocks is a part of a picture shrunk by a whole factor; values 0 to 1.
type blocks struct {
	x, y, factor float64 // picture coordinates of the corner; pixels a block
	w, h         int
	data         []float32 // red, green, blue of each block in turn
}

// blocksOf shrinks the part of the picture that a square covers by the whole
// factor that `side` samples allow.
func blocksOf(img *image.RGBA, s square, side int) blocks {
	b := img.Bounds()
	k := max(1, int(s.side/float64(side)))
	low, high := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	for _, c := range [4][2]float64{{0, 0}, {1, 0}, {0, 1}, {1, 1}} {
		p := s.place(c[0], c[1])
		low = [2]float64{math.Min(low[0], p.X), math.Min(low[1], p.Y)}
		high = [2]float64{math.Max(high[0], p.X), math.Max(high[1], p.Y)}
	}
	clamp := func(v float64, limit int) int { return int(math.Max(0, math.Min(float64(limit), v))) }
	x0, y0 := clamp(math.Floor(low[0])-float64(k), b.Dx()), clamp(math.Floor(low[1])-float64(k), b.Dy())
	x1, y1 := clamp(math.Ceil(high[0])+float64(k), b.Dx()), clamp(math.Ceil(high[1])+float64(k), b.Dy())
	r := blocks{x: float64(x0), y: float64(y0), factor: float64(k), w: (x1 - x0) / k, h: (y1 - y0) / k}
	r.data = make([]float32, 3*r.w*r.h)
	share := 1 / (255 * float32(k*k))
	for by := range r.h {
		for bx := range r.w {
			var red, green, blue int
			for dy := range k {
				at := img.PixOffset(b.Min.X+x0+bx*k, b.Min.Y+y0+by*k+dy)
				pix := img.Pix[at : at+4*k]
				for i := 0; i+3 < len(pix); i += 4 {
					red, green, blue = red+int(pix[i]), green+int(pix[i+1]), blue+int(pix[i+2])
				}
			}
			to := r.data[3*(by*r.w+bx):]
			to[0], to[1], to[2] = float32(red)*share, float32(green)*share, float32(blue)*share
		}
	}
	return r
}

// at interpolates between block centres; outside is black.
func (s blocks) at(x, y float32) (r, g, b float32) {
	if !(x > -0.5 && y > -0.5 && x < float32(s.w)-0.5 && y < float32(s.h)-0.5) {
		return 0, 0, 0
	}
	x, y = max(0, x), max(0, y)
	x0, y0 := int(x), int(y)
	fx, fy := x-float32(x0), y-float32(y0)
	right, down := 3, 3*s.w
	if x0 == s.w-1 {
		right = 0
	}
	if y0 == s.h-1 {
		down = 0
	}
	at := 3 * (y0*s.w + x0)
	top := s.data[at : at+right+3]
	low := s.data[at+down : at+down+right+3]
	w00, w01, w10, w11 := (1-fx)*(1-fy), fx*(1-fy), (1-fx)*fy, fx*fy
	r = w00*top[0] + w01*top[right] + w10*low[0] + w11*low[right]
	g = w00*top[1] + w01*top[right+1] + w10*low[1] + w11*low[right+1]
	b = w00*top[2] + w01*top[right+2] + w10*low[2] + w11*low[right+2]
	return r, g, b
}
