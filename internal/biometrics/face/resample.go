package face

import (
	"image"
	"math"
)

// planes is a square picture as networks take it: all red values, then green,
// then blue; 0 to 255 before normalising.
type planes struct {
	side int
	data []float32
}

func newPlanes(side int) planes { return planes{side, make([]float32, 3*side*side)} }

// normalised subtracts the mean of each colour and multiplies by scale.
func (p planes) normalised(mean [3]float32, scale float32) planes {
	out := planes{p.side, make([]float32, len(p.data))}
	n := p.side * p.side
	for c := range 3 {
		m := mean[c]
		from, to := p.data[c*n:(c+1)*n], out.data[c*n:(c+1)*n]
		for i, v := range from {
			to[i] = (v - m) * scale
		}
	}
	return out
}

// span says which source pixels make one target pixel along one axis.
type span struct {
	first   int
	weights []float32
}

// spans maps a source interval [from, from+length) to n target pixels. When
// shrinking, a target pixel averages the exact area it covers; when growing, it
// interpolates between the two nearest centres. Without averaging, descriptors
// of the same photograph jitter by up to 0.3.
func spans(from, length float64, n int) []span {
	result := make([]span, n)
	step := length / float64(n)
	for i := range result {
		if step <= 1 {
			centre := from + (float64(i)+0.5)*step - 0.5
			low := math.Floor(centre)
			share := float32(centre - low)
			result[i] = span{int(low), []float32{1 - share, share}}
			continue
		}
		a, b := from+float64(i)*step, from+float64(i+1)*step
		first, last := int(math.Floor(a)), int(math.Ceil(b))
		w := make([]float32, last-first)
		for k := range w {
			low, high := math.Max(a, float64(first+k)), math.Min(b, float64(first+k+1))
			w[k] = float32((high - low) / step)
		}
		result[i] = span{first, w}
	}
	return result
}

// paint resamples the region of img into the part of dst at (dx, dy) of size
// w x h. The region may reach beyond the picture: the border pixels go on there.
func paint(dst planes, dx, dy, w, h int, img *image.RGBA, region Box) {
	b := img.Bounds()
	xs := spans(region.X+float64(b.Min.X), region.Width, w)
	ys := spans(region.Y+float64(b.Min.Y), region.Height, h)
	n := dst.side * dst.side
	row := make([]float32, 3*w)
	sum := make([]float32, 3*w)
	have := math.MinInt
	for y, sy := range ys {
		clear(sum)
		for k, wy := range sy.weights {
			at := min(max(sy.first+k, b.Min.Y), b.Max.Y-1)
			if at != have {
				resampleRow(row, img, at, xs)
				have = at
			}
			for i, v := range row[:len(sum)] {
				sum[i] += wy * v
			}
		}
		for c := range 3 {
			copy(dst.data[c*n+(dy+y)*dst.side+dx:], sum[c*w:(c+1)*w])
		}
	}
}

// resampleRow writes one source row at the target's width, colour by colour.
func resampleRow(row []float32, img *image.RGBA, y int, xs []span) {
	b := img.Bounds()
	pix := img.Pix[img.PixOffset(b.Min.X, y):]
	w := len(xs)
	for i, s := range xs {
		var r, g, bl float32
		if s.first >= b.Min.X && s.first+len(s.weights) <= b.Max.X {
			at := 4 * (s.first - b.Min.X)
			for _, k := range s.weights {
				p := pix[at : at+3 : at+3]
				r += k * float32(p[0])
				g += k * float32(p[1])
				bl += k * float32(p[2])
				at += 4
			}
		} else {
			for k, v := range s.weights {
				p := pix[4*(min(max(s.first+k, b.Min.X), b.Max.X-1)-b.Min.X):]
				r += v * float32(p[0])
				g += v * float32(p[1])
				bl += v * float32(p[2])
			}
		}
		row[i], row[w+i], row[2*w+i] = r, g, bl
	}
}
