// Package facetest makes pictures of turned heads out of one straight portrait,
// so that tests can let a person follow a prompt.
package facetest

import (
	"image"
	"image/draw"
	"math"

	"truepenny/internal/biometrics/face"
)

// Turn gives the picture with its face turned by yaw and pitch degrees, signs
// as in face.Pose. The head is taken for an ellipsoid with a nose; up to 25
// degrees it looks natural to the networks, beyond that the far side smears.
func Turn(img *image.RGBA, f face.Face, yaw, pitch float64) *image.RGBA {
	h := newHead(f)
	sy, cy := math.Sincos(yaw * math.Pi / 180)
	sp, cp := math.Sincos(pitch * math.Pi / 180)
	b := img.Bounds()
	out := image.NewRGBA(b)
	draw.Draw(out, b, img, b.Min, draw.Src)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			to := face.Point{X: float64(x-b.Min.X) + 0.5, Y: float64(y-b.Min.Y) + 0.5}
			from := to
			// The turned place of a point is known, its origin is sought: a few
			// steps back along the displacement find it.
			for range 12 {
				moved := h.turned(from, sy, cy, sp, cp)
				from.X += 0.8 * (to.X - moved.X)
				from.Y += 0.8 * (to.Y - moved.Y)
			}
			sample(out, x, y, img, from)
		}
	}
	return out
}

// head is an ellipsoid in picture coordinates.
type head struct {
	centre, nose face.Point
	rx, ry, rz   float64
	eyes         float64 // distance of the outer eye corners
}

func newHead(f face.Face) head {
	l := f.Landmarks
	eyes := math.Hypot(l[45].X-l[36].X, l[45].Y-l[36].Y)
	middle := face.Point{X: (l[36].X + l[45].X + l[8].X) / 3, Y: (l[36].Y + l[45].Y + l[8].Y) / 3}
	return head{
		centre: face.Point{X: (middle.X + l[27].X) / 2, Y: (middle.Y + l[27].Y) / 2},
		nose:   l[30], eyes: eyes, rx: 0.95 * eyes, ry: 1.35 * eyes, rz: 0.85 * eyes,
	}
}

// turned gives the place of a point of the portrait after the turn. Outside the
// head the movement fades, so that the background stays.
func (h head) turned(p face.Point, sy, cy, sp, cp float64) face.Point {
	x, y := p.X-h.centre.X, p.Y-h.centre.Y
	r := math.Hypot(x/h.rx, y/h.ry)
	z := h.rz * math.Sqrt(math.Max(0, 1-r*r))
	nx, ny := p.X-h.nose.X, p.Y-h.nose.Y
	z += 0.24 * h.eyes * math.Exp(-(nx*nx/(0.03*h.eyes*h.eyes) + math.Pow(ny+0.12*h.eyes, 2)/(0.07*h.eyes*h.eyes)))
	tx := x*cy + z*sy
	tz := -x*sy + z*cy
	ty := y*cp - tz*sp
	weight := 1.0
	if r > 1 {
		weight = math.Max(0, 1-(r-1)/0.9)
	}
	return face.Point{X: p.X + weight*(tx-x), Y: p.Y + weight*(ty-y)}
}

// sample writes the interpolated source pixel.
func sample(out *image.RGBA, x, y int, img *image.RGBA, from face.Point) {
	b := img.Bounds()
	fx, fy := from.X-0.5, from.Y-0.5
	x0, y0 := math.Floor(fx), math.Floor(fy)
	ax, ay := fx-x0, fy-y0
	at := func(dx, dy int) []uint8 {
		px := min(max(b.Min.X+int(x0)+dx, b.Min.X), b.Max.X-1)
		py := min(max(b.Min.Y+int(y0)+dy, b.Min.Y), b.Max.Y-1)
		return img.Pix[img.PixOffset(px, py):]
	}
	p00, p01, p10, p11 := at(0, 0), at(1, 0), at(0, 1), at(1, 1)
	to := out.Pix[out.PixOffset(x, y):]
	for c := range 3 {
		top := float64(p00[c])*(1-ax) + float64(p01[c])*ax
		low := float64(p10[c])*(1-ax) + float64(p11[c])*ax
		to[c] = uint8(top*(1-ay) + low*ay + 0.5)
	}
}
