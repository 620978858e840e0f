package pad

import (
	"image"
	"math"
)

// plane is a picture of grey values 0 to 255.
type plane struct {
	w, h int
	pix  []float32
}

func newPlane(w, h int) plane { return plane{w, h, make([]float32, w*h)} }

// grey is a part of a frame as grey values in one byte each, shrunk by a whole
// number: pixel (x,y) stands for the picture at (x0+k*x, y0+k*y).
type grey struct {
	x0, y0, k int
	w, h      int
	pix       []uint8
}

// newGrey cuts r out of img and shrinks it by k, every pixel counting.
func newGrey(img *image.RGBA, r image.Rectangle, k int) grey {
	r = r.Intersect(image.Rect(0, 0, img.Bounds().Dx(), img.Bounds().Dy()))
	g := grey{x0: r.Min.X, y0: r.Min.Y, k: k, w: r.Dx() / k, h: r.Dy() / k}
	g.pix = make([]uint8, g.w*g.h)
	for y := range g.h {
		out := g.pix[y*g.w : (y+1)*g.w]
		if k == 1 {
			row := img.Pix[(r.Min.Y+y)*img.Stride+4*r.Min.X:]
			for x := range out {
				p := row[4*x : 4*x+3]
				out[x] = luma(uint32(p[0]), uint32(p[1]), uint32(p[2]), 8)
			}
			continue
		}
		for x := range out {
			var cr, cg, cb uint32
			for dy := range k {
				o := (r.Min.Y+y*k+dy)*img.Stride + 4*(r.Min.X+x*k)
				for dx := 0; dx < 4*k; dx += 4 {
					cr, cg, cb = cr+uint32(img.Pix[o+dx]), cg+uint32(img.Pix[o+dx+1]), cb+uint32(img.Pix[o+dx+2])
				}
			}
			n := uint32(k * k)
			out[x] = luma(cr/n, cg/n, cb/n, 8)
		}
	}
	return g
}

// luma is ITU-R BT.601 brightness in whole numbers.
func luma(r, g, b uint32, shift uint) uint8 {
	return uint8((77*r + 150*g + 29*b + 1<<(shift-1)) >> shift)
}

// toPicture gives the place in the picture of a place in the grey part. Pixel
// centres lie at whole numbers in both.
func (g grey) toPicture(x, y float64) (float64, float64) {
	off := float64(g.k-1) / 2
	return float64(g.x0) + x*float64(g.k) + off, float64(g.y0) + y*float64(g.k) + off
}

func (g grey) fromPicture(x, y float64) (float64, float64) {
	off := float64(g.k-1) / 2
	return (x - float64(g.x0) - off) / float64(g.k), (y - float64(g.y0) - off) / float64(g.k)
}

// levels of a pyramid: each half as wide as the one before.
const levels = 3

// pyramid builds the levels, each slightly smoothed before it is halved.
func (g grey) pyramid() []plane {
	base := newPlane(g.w, g.h)
	for i, v := range g.pix {
		base.pix[i] = float32(v)
	}
	out := []plane{base}
	for len(out) < levels {
		last := out[len(out)-1]
		if last.w < 32 || last.h < 32 {
			break
		}
		out = append(out, last.half())
	}
	return out
}

// half shrinks by two with the filter 1 3 3 1, which keeps centres: pixel x of
// the result lies at 2x+0.5.
func (p plane) half() plane {
	q := newPlane(p.w/2, p.h/2)
	rows := make([]float32, p.h*q.w)
	for y := range p.h {
		src := p.pix[y*p.w : (y+1)*p.w]
		dst := rows[y*q.w : (y+1)*q.w]
		for x := range dst {
			a, b := max(2*x-1, 0), min(2*x+2, p.w-1)
			dst[x] = (src[a] + 3*src[2*x] + 3*src[2*x+1] + src[b]) / 8
		}
	}
	for y := range q.h {
		a, b := max(2*y-1, 0), min(2*y+2, p.h-1)
		ra, r0, r1, rb := rows[a*q.w:], rows[2*y*q.w:], rows[(2*y+1)*q.w:], rows[b*q.w:]
		dst := q.pix[y*q.w : (y+1)*q.w]
		for x := range dst {
			dst[x] = (ra[x] + 3*r0[x] + 3*r1[x] + rb[x]) / 8
		}
	}
	return q
}

func clamp(v, lo, hi float64) float64 { return math.Max(lo, math.Min(hi, v)) }
