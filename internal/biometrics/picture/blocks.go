package picture

import (
	"image"
	"math"
)

// Blocks is a part of a picture shrunk by a whole factor, each block the average
// of its pixels: what small crops are sampled from, so that nothing between the
// samples is lost.
type Blocks struct {
	X, Y   float64 // picture coordinates of the corner
	Factor float64 // pixels a block
	w, h   int
	data   []float32 // red, green, blue of each block in turn, 0 to 255
}

// Average shrinks the upright part of a picture around four corners by a factor
// of at least 1.
func Average(img *image.RGBA, corners Quad, factor int) Blocks {
	b, k := img.Bounds(), max(1, factor)
	low, high := Point{X: math.Inf(1), Y: math.Inf(1)}, Point{X: math.Inf(-1), Y: math.Inf(-1)}
	for _, p := range corners {
		low = Point{X: math.Min(low.X, p.X), Y: math.Min(low.Y, p.Y)}
		high = Point{X: math.Max(high.X, p.X), Y: math.Max(high.Y, p.Y)}
	}
	clamp := func(v float64, limit int) int { return int(math.Max(0, math.Min(float64(limit), v))) }
	x0, y0 := clamp(math.Floor(low.X)-float64(k), b.Dx()), clamp(math.Floor(low.Y)-float64(k), b.Dy())
	x1, y1 := clamp(math.Ceil(high.X)+float64(k), b.Dx()), clamp(math.Ceil(high.Y)+float64(k), b.Dy())
	r := Blocks{X: float64(x0), Y: float64(y0), Factor: float64(k), w: (x1 - x0) / k, h: (y1 - y0) / k}
	r.data = make([]float32, 3*r.w*r.h)
	share := 1 / float32(k*k)
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

// At interpolates between block centres; outside is black.
func (s Blocks) At(x, y float32) (r, g, b float32) {
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
