package picture

import (
	"image"
	"image/draw"
	"math"

	xdraw "golang.org/x/image/draw"
)

// Crop copies the part of img inside r; parts of r outside the picture are
// left out, so the result may be smaller than r. Its origin is (0,0).
func Crop(img *image.RGBA, r image.Rectangle) *image.RGBA {
	r = r.Intersect(img.Bounds())
	dst := image.NewRGBA(image.Rect(0, 0, r.Dx(), r.Dy()))
	draw.Draw(dst, dst.Bounds(), img, r.Min, draw.Src)
	return dst
}

// Rotate turns the picture clockwise by quarter turns; negative turns go the
// other way. The result is a copy with origin (0,0), also for zero turns.
func Rotate(img *image.RGBA, quarterTurns int) *image.RGBA {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	turns := ((quarterTurns % 4) + 4) % 4
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	if turns%2 == 1 {
		dst = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := 0; y < h; y++ {
		row := img.Pix[img.PixOffset(b.Min.X, b.Min.Y+y):]
		for x := 0; x < w; x++ {
			to := 0
			switch turns {
			case 0:
				to = dst.PixOffset(x, y)
			case 1:
				to = dst.PixOffset(h-1-y, x)
			case 2:
				to = dst.PixOffset(w-1-x, h-1-y)
			case 3:
				to = dst.PixOffset(y, w-1-x)
			}
			copy(dst.Pix[to:to+4], row[4*x:4*x+4])
		}
	}
	return dst
}

// mirror swaps left and right.
func mirror(img *image.RGBA) *image.RGBA {
	b := img.Bounds()
	dst := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	for y := 0; y < b.Dy(); y++ {
		for x := 0; x < b.Dx(); x++ {
			from := img.PixOffset(b.Max.X-1-x, b.Min.Y+y)
			copy(dst.Pix[dst.PixOffset(x, y):], img.Pix[from:from+4])
		}
	}
	return dst
}

// Resize scales to w x h pixels (at least 1 x 1). Going down, every source
// pixel counts by the area it covers, so fine print does not alias; going up
// is bilinear.
func Resize(img *image.RGBA, w, h int) *image.RGBA {
	b := img.Bounds()
	w, h = max(w, 1), max(h, 1)
	if b.Empty() {
		return image.NewRGBA(image.Rect(0, 0, w, h))
	}
	if w > b.Dx() || h > b.Dy() {
		mid := Resize(img, min(w, b.Dx()), min(h, b.Dy()))
		dst := image.NewRGBA(image.Rect(0, 0, w, h))
		xdraw.BiLinear.Scale(dst, dst.Bounds(), mid, mid.Bounds(), draw.Src, nil)
		return dst
	}
	if w == b.Dx() && h == b.Dy() {
		return Crop(img, b)
	}
	return average(img, w, h)
}

// Fit scales so that the longer side is at most side pixels; a smaller
// picture is returned as it is.
func Fit(img *image.RGBA, side int) *image.RGBA {
	b := img.Bounds()
	longer := max(b.Dx(), b.Dy())
	if longer <= side {
		return img
	}
	f := float64(side) / float64(longer)
	return Resize(img, int(math.Round(float64(b.Dx())*f)), int(math.Round(float64(b.Dy())*f)))
}

// span is the run of source pixels under one target pixel.
type span struct {
	first   int
	weights []float32 // sum 1
}

func spans(from, to int) []span {
	out := make([]span, to)
	scale := float64(from) / float64(to)
	for i := range out {
		lo, hi := float64(i)*scale, math.Min(float64(i+1)*scale, float64(from))
		first, last := int(lo), min(int(math.Ceil(hi)), from)
		s := span{first: first}
		for p := first; p < last; p++ {
			cover := math.Min(hi, float64(p+1)) - math.Max(lo, float64(p))
			s.weights = append(s.weights, float32(cover/(hi-lo)))
		}
		out[i] = s
	}
	return out
}

// average shrinks by area: rows are shortened as they are met and added up
// with the weight of the target row, so only one target row is held as floats.
func average(img *image.RGBA, w, h int) *image.RGBA {
	b := img.Bounds()
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	columns, rows := spans(b.Dx(), w), spans(b.Dy(), h)
	sum := make([]float32, 4*w)
	for y, r := range rows {
		clear(sum)
		for j, wy := range r.weights {
			row := img.Pix[img.PixOffset(b.Min.X, b.Min.Y+r.first+j):]
			for x, c := range columns {
				var acc [4]float32
				at := 4 * c.first
				for _, wx := range c.weights {
					p := row[at : at+4 : at+4]
					acc[0] += wx * float32(p[0])
					acc[1] += wx * float32(p[1])
					acc[2] += wx * float32(p[2])
					acc[3] += wx * float32(p[3])
					at += 4
				}
				for k := range acc {
					sum[4*x+k] += wy * acc[k]
				}
			}
		}
		line := dst.Pix[dst.PixOffset(0, y):]
		for i, v := range sum {
			line[i] = uint8(v + 0.5)
		}
	}
	return dst
}
