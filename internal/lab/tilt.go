package lab

import (
	"image"
	"math"
)

// tilt turns a picture clockwise by an angle in degrees, on a white page large
// enough, with cubic interpolation (Keys, 1981, a = -1/2).
func tilt(img *image.RGBA, degrees float64) *image.RGBA {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	w, h := float64(img.Rect.Dx()), float64(img.Rect.Dy())
	nw := int(math.Ceil(w*math.Abs(cos) + h*math.Abs(sin)))
	nh := int(math.Ceil(w*math.Abs(sin) + h*math.Abs(cos)))
	out := image.NewRGBA(image.Rect(0, 0, nw, nh))
	for y := range nh {
		for x := range nw {
			dx, dy := float64(x)+0.5-float64(nw)/2, float64(y)+0.5-float64(nh)/2
			c := cubic(img, dx*cos+dy*sin+w/2-0.5, -dx*sin+dy*cos+h/2-0.5)
			o := out.PixOffset(x, y)
			out.Pix[o], out.Pix[o+1], out.Pix[o+2], out.Pix[o+3] = c[0], c[1], c[2], 255
		}
	}
	return out
}

// cubic reads a colour between pixels; beyond the picture all is white.
func cubic(img *image.RGBA, x, y float64) (out [3]uint8) {
	ix, iy := int(math.Floor(x)), int(math.Floor(y))
	var sum [3]float64
	for j := -1; j <= 2; j++ {
		wy := keys(y - float64(iy+j))
		for i := -1; i <= 2; i++ {
			weight := wy * keys(x-float64(ix+i))
			p := image.Pt(ix+i, iy+j).Add(img.Rect.Min)
			for k := range sum {
				v := 255.0
				if p.In(img.Rect) {
					v = float64(img.Pix[img.PixOffset(p.X, p.Y)+k])
				}
				sum[k] += weight * v
			}
		}
	}
	for k, v := range sum {
		out[k] = uint8(min(max(v+0.5, 0), 255))
	}
	return out
}

func keys(t float64) float64 {
	t = math.Abs(t)
	switch {
	case t < 1:
		return (1.5*t-2.5)*t*t + 1
	case t < 2:
		return ((-0.5*t+2.5)*t-4)*t + 2
	}
	return 0
}
