package face

import (
	"image"
	"math"
)

// Alignment is a way to cut a face out before describing it.
type Alignment string

const (
	// AlignDlib fits eyes, nose and upper lip to dlib's mean face with a border
	// of a quarter of the face (dlib, get_face_chip_details).
	AlignDlib Alignment = "dlib"
	// AlignArcFace fits eye centres, nose tip and mouth corners to the five
	// points that ArcFace networks are trained with (112 pixels).
	AlignArcFace Alignment = "arcface"
)

// chipPadding is the border round dlib's mean face, as a share of its side.
const chipPadding = 0.25

// meanFace holds points 17 to 67 of dlib's mean face in its unit square.
var meanFace = [51]Point{
	{0.000213256, 0.106454}, {0.0752622, 0.038915}, {0.18113, 0.0187482}, {0.29077, 0.0344891}, {0.393397, 0.0773906},
	{0.586856, 0.0773906}, {0.689483, 0.0344891}, {0.799124, 0.0187482}, {0.904991, 0.038915}, {0.98004, 0.106454},
	{0.490127, 0.203352}, {0.490127, 0.307009}, {0.490127, 0.409805}, {0.490127, 0.515625}, {0.36688, 0.587326},
	{0.426036, 0.609345}, {0.490127, 0.628106}, {0.554217, 0.609345}, {0.613373, 0.587326}, {0.121737, 0.216423},
	{0.187122, 0.178758}, {0.265825, 0.179852}, {0.334606, 0.231733}, {0.260918, 0.245099}, {0.182743, 0.244077},
	{0.645647, 0.231733}, {0.714428, 0.179852}, {0.793132, 0.178758}, {0.858516, 0.216423}, {0.79751, 0.244077},
	{0.719335, 0.245099}, {0.254149, 0.780233}, {0.340985, 0.745405}, {0.428858, 0.727388}, {0.490127, 0.742578},
	{0.551395, 0.727388}, {0.639268, 0.745405}, {0.726104, 0.780233}, {0.642159, 0.864805}, {0.556721, 0.902192},
	{0.490127, 0.909281}, {0.423532, 0.902192}, {0.338094, 0.864805}, {0.290379, 0.784792}, {0.428096, 0.778746},
	{0.490127, 0.785343}, {0.552157, 0.778746}, {0.689874, 0.784792}, {0.553364, 0.824182}, {0.490127, 0.831803},
	{0.42689, 0.824182},
}

// arcFaceMean holds the five points of ArcFace's template as shares of its side.
var arcFaceMean = [5]Point{
	{38.2946 / 112, 51.6963 / 112}, {73.5318 / 112, 51.5014 / 112}, {56.0252 / 112, 71.7366 / 112},
	{41.5493 / 112, 92.3655 / 112}, {70.7299 / 112, 92.2041 / 112},
}

// fit gives the map from the chip's pixels to the picture's.
func (a Alignment) fit(marks [68]Point, side int) similarity {
	s := float64(side)
	var from, to []Point
	if a == AlignArcFace {
		for _, p := range arcFaceMean {
			from = append(from, Point{p.X * s, p.Y * s})
		}
		to = []Point{mean(marks[36:42]...), mean(marks[42:48]...), marks[30], marks[48], marks[54]}
		return fitSimilarity(from, to)
	}
	for i := 27; i < 68; i++ {
		if (55 <= i && i <= 59) || i >= 65 {
			continue // the lower lip moves with speech
		}
		m := meanFace[i-17]
		from = append(from, Point{
			(chipPadding + m.X) / (2*chipPadding + 1) * s,
			(chipPadding + m.Y) / (2*chipPadding + 1) * s,
		})
		to = append(to, marks[i])
	}
	return fitSimilarity(from, to)
}

// cut samples a square chip through the map; what lies outside the picture is
// black. Shrinking averages: first whole blocks of source pixels, then two by
// two samples in each chip pixel.
func cut(img *image.RGBA, m similarity, side int) planes {
	src := blockAverage(img, m, side)
	m = src.inBlocks(m)
	out := newPlanes(side)
	n := side * side
	// Quarter steps from a chip pixel's corner to its four samples.
	u, v := float32(m.a/4), float32(m.b/4)
	steps := [4][2]float32{{u - v, v + u}, {3*u - v, 3*v + u}, {u - 3*v, v + 3*u}, {3*u - 3*v, 3*v + 3*u}}
	for y := range side {
		for x := range side {
			corner := m.apply(Point{float64(x), float64(y)})
			cx, cy := float32(corner.X), float32(corner.Y)
			var r, g, b float32
			for _, s := range steps {
				pr, pg, pb := src.at(cx+s[0], cy+s[1])
				r, g, b = r+pr, g+pg, b+pb
			}
			i := y*side + x
			out.data[i], out.data[n+i], out.data[2*n+i] = r/4, g/4, b/4
		}
	}
	return out
}

// blocks is a part of a picture shrunk by a whole factor.
type blocks struct {
	x, y, factor float64 // picture coordinates of the corner; pixels a block
	w, h         int
	data         []float32 // red, green, blue of each block in turn
}

// blockAverage shrinks the part of the picture that the chip shows by the whole
// factor that the map allows.
func blockAverage(img *image.RGBA, m similarity, side int) blocks {
	b := img.Bounds()
	k := max(1, int(m.scale()))
	lowX, lowY, highX, highY := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	s := float64(side)
	for _, corner := range [4]Point{{0, 0}, {s, 0}, {0, s}, {s, s}} {
		p := m.apply(corner)
		lowX, highX = math.Min(lowX, p.X), math.Max(highX, p.X)
		lowY, highY = math.Min(lowY, p.Y), math.Max(highY, p.Y)
	}
	clamp := func(v float64, limit int) int { return int(math.Max(0, math.Min(float64(limit), v))) }
	x0, y0 := clamp(math.Floor(lowX)-float64(k), b.Dx()), clamp(math.Floor(lowY)-float64(k), b.Dy())
	x1, y1 := clamp(math.Ceil(highX)+float64(k), b.Dx()), clamp(math.Ceil(highY)+float64(k), b.Dy())
	r := blocks{x: float64(x0), y: float64(y0), factor: float64(k), w: (x1 - x0) / k, h: (y1 - y0) / k}
	r.data = make([]float32, 3*r.w*r.h)
	share := 1 / float32(k*k)
	for by := range r.h {
		for dy := range k {
			pix := img.Pix[img.PixOffset(b.Min.X+x0, b.Min.Y+y0+by*k+dy):]
			for bx := range r.w {
				to := r.data[3*(by*r.w+bx):]
				for dx := range k {
					p := pix[4*(bx*k+dx):]
					to[0] += float32(p[0]) * share
					to[1] += float32(p[1]) * share
					to[2] += float32(p[2]) * share
				}
			}
		}
	}
	return r
}

// inBlocks turns a map to picture coordinates into one to block centres.
func (s blocks) inBlocks(m similarity) similarity {
	f := s.factor
	return similarity{m.a / f, m.b / f, (m.tx-s.x)/f - 0.5, (m.ty-s.y)/f - 0.5}
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
