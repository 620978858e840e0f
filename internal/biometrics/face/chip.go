package face

import (
	"image"

	"truepenny/internal/biometrics/picture"
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
	src, m := blocksUnder(img, m, side)
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
				pr, pg, pb := src.At(cx+s[0], cy+s[1])
				r, g, b = r+pr, g+pg, b+pb
			}
			i := y*side + x
			out.data[i], out.data[n+i], out.data[2*n+i] = r/4, g/4, b/4
		}
	}
	return out
}

// blocksUnder shrinks the part of the picture that a chip shows by the whole
// factor that the map allows, and gives the map to block centres.
func blocksUnder(img *image.RGBA, m similarity, side int) (picture.Blocks, similarity) {
	var corners picture.Quad
	s := float64(side)
	for i, corner := range [4]Point{{0, 0}, {s, 0}, {0, s}, {s, s}} {
		p := m.apply(corner)
		corners[i] = picture.Point{X: p.X, Y: p.Y}
	}
	b := picture.Average(img, corners, int(m.scale()))
	f := b.Factor
	return b, similarity{m.a / f, m.b / f, (m.tx-b.X)/f - 0.5, (m.ty-b.Y)/f - 0.5}
}
