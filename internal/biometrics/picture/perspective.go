package picture

import (
	"errors"
	"image"
	"math"
)

// Point is a place in a picture, in pixels from its top left corner.
type Point struct{ X, Y float64 }

// Quad is four corners in the order top left, top right, bottom right, bottom
// left of what they frame (which may lie turned in the picture).
type Quad [4]Point

// Box frames the rectangle w x h at (x,y).
func Box(x, y, w, h float64) Quad {
	return Quad{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}}
}

// Bounds is the smallest upright rectangle around the corners.
func (q Quad) Bounds() image.Rectangle {
	lo, hi := q[0], q[0]
	for _, p := range q[1:] {
		lo.X, lo.Y = math.Min(lo.X, p.X), math.Min(lo.Y, p.Y)
		hi.X, hi.Y = math.Max(hi.X, p.X), math.Max(hi.Y, p.Y)
	}
	return image.Rect(int(math.Floor(lo.X)), int(math.Floor(lo.Y)), int(math.Ceil(hi.X)), int(math.Ceil(hi.Y)))
}

// Projection maps a plane onto another as a camera does (a homography).
type Projection [9]float64

// ErrQuad says that corners span no plane: three of them lie on one line.
var ErrQuad = errors.New("picture: corners span no plane")

// Project finds the projection that takes the corners of from to those of to
// (direct linear method on four points).
func Project(from, to Quad) (Projection, error) {
	var a [8][9]float64
	for i := range 4 {
		x, y, u, v := from[i].X, from[i].Y, to[i].X, to[i].Y
		a[2*i] = [9]float64{x, y, 1, 0, 0, 0, -u * x, -u * y, u}
		a[2*i+1] = [9]float64{0, 0, 0, x, y, 1, -v * x, -v * y, v}
	}
	for c := range 8 {
		pivot := c
		for r := c + 1; r < 8; r++ {
			if math.Abs(a[r][c]) > math.Abs(a[pivot][c]) {
				pivot = r
			}
		}
		if math.Abs(a[pivot][c]) < 1e-9 {
			return Projection{}, ErrQuad
		}
		a[c], a[pivot] = a[pivot], a[c]
		for r := range 8 {
			if r == c {
				continue
			}
			f := a[r][c] / a[c][c]
			for k := c; k < 9; k++ {
				a[r][k] -= f * a[c][k]
			}
		}
	}
	p := Projection{8: 1}
	for i := range 8 {
		p[i] = a[i][8] / a[i][i]
	}
	return p, nil
}

// Apply maps one point.
func (p Projection) Apply(q Point) Point {
	w := p[6]*q.X + p[7]*q.Y + p[8]
	return Point{(p[0]*q.X + p[1]*q.Y + p[2]) / w, (p[3]*q.X + p[4]*q.Y + p[5]) / w}
}

// Rectify cuts what q frames out of img and lays it flat on w x h pixels, with
// bilinear sampling. Parts of q outside the picture repeat its border.
func Rectify(img *image.RGBA, q Quad, w, h int) (*image.RGBA, error) {
	p, err := Project(Box(0, 0, float64(w), float64(h)), q)
	if err != nil {
		return nil, err
	}
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		row := dst.Pix[dst.PixOffset(0, y):]
		for x := range w {
			at := p.Apply(Point{float64(x) + 0.5, float64(y) + 0.5})
			c := Sample(img, at)
			copy(row[4*x:], c[:])
		}
	}
	return dst, nil
}

// Sample reads the colour at a point between pixel centres, bilinearly;
// outside the picture it repeats the border.
func Sample(img *image.RGBA, at Point) [4]uint8 {
	b := img.Bounds()
	fx := clamp(at.X-0.5, 0, float64(b.Dx()-1))
	fy := clamp(at.Y-0.5, 0, float64(b.Dy()-1))
	x, y := int(fx), int(fy)
	x1, y1 := min(x+1, b.Dx()-1), min(y+1, b.Dy()-1)
	wx, wy := int(256*(fx-float64(x))), int(256*(fy-float64(y)))
	o00, o10 := img.PixOffset(b.Min.X+x, b.Min.Y+y), img.PixOffset(b.Min.X+x1, b.Min.Y+y)
	o01, o11 := img.PixOffset(b.Min.X+x, b.Min.Y+y1), img.PixOffset(b.Min.X+x1, b.Min.Y+y1)
	var out [4]uint8
	for k := range 4 {
		top := int(img.Pix[o00+k])*(256-wx) + int(img.Pix[o10+k])*wx
		low := int(img.Pix[o01+k])*(256-wx) + int(img.Pix[o11+k])*wx
		out[k] = uint8((top*(256-wy) + low*wy + 1<<15) >> 16)
	}
	return out
}

func clamp(v, lo, hi float64) float64 {
	if !(v > lo) { // also catches NaN
		return lo
	}
	return math.Min(v, hi)
}
