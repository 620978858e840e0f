package pad

import (
	"image"
	"math"
	"slices"

	"truepenny/internal/biometrics/mesh"
)

// The reasons of a ScreenResult.
const (
	ScreenPeak  = "screen.peak"       // a fine regular pattern in the frames, as a filmed screen has
	ScreenStill = "screen.still-peak" // only in the full-resolution still
	ScreenNone  = "screen.none"       // no such pattern; that says nothing
	ScreenFew   = "screen.too-few-frames"
)

// ScreenRules are the figures of JudgeScreen.
type ScreenRules struct {
	Peak   float64 // from which a frame's spectrum has a pattern
	Still  float64 // likewise for the one still
	Share  float64 // of the frames with one
	Frames int     // least number measured
}

// DefaultScreenRules: live frames and portraits reached 4.8 at most, crops that
// had been scaled 5.9. See
// docs/measurements.md, "Liveness: depth, light, screen, injection".
var DefaultScreenRules = ScreenRules{Peak: 5, Still: 6.5, Share: 0.5, Frames: 4}

// ScreenResult says whether a pixel grid shows. Its absence is no evidence: a
// dense screen, a little defocus or scaling hide it.
type ScreenResult struct {
	Judged bool    `json:"judged"` // true only when a pattern was found
	Reason string  `json:"reason"`
	Frames int     `json:"frames"` // that were measured
	Share  float64 `json:"share"`  // of these with a pattern
	Median float64 `json:"median"`
	Most   float64 `json:"most"`
	Still  float64 `json:"still"` // the peak of the full-resolution still, 0 without
}

// JudgeScreen judges the peaks of a capture's frames and of a still by the
// DefaultScreenRules. Peaks of 0 were not measured.
func JudgeScreen(peaks []float64, still float64) ScreenResult {
	return DefaultScreenRules.Judge(peaks, still)
}

// Judge is JudgeScreen by these rules.
func (r ScreenRules) Judge(peaks []float64, still float64) ScreenResult {
	res := ScreenResult{Reason: ScreenNone, Still: still}
	var measured []float64
	over := 0
	for _, p := range peaks {
		if p > 0 {
			measured = append(measured, p)
		}
		if p > r.Peak {
			over++
		}
	}
	res.Frames, res.Median = len(measured), median(measured)
	if len(measured) > 0 {
		res.Share, res.Most = float64(over)/float64(len(measured)), slices.Max(measured)
	}
	switch {
	case len(measured) >= r.Frames && res.Share >= r.Share:
		res.Judged, res.Reason = true, ScreenPeak
	case still > r.Still:
		res.Judged, res.Reason = true, ScreenStill
	case len(measured) < r.Frames:
		res.Reason = ScreenFew
	}
	return res
}

// Peak measures how far the highest peaks of a face's spectrum stand out, at the
// picture's own resolution: 2.6 to 3.5 for live frames. It is 0 where the
// face is smaller than 128 pixels or cut off: then nothing was measured. Never
// give it a picture that was scaled.
func Peak(img *image.RGBA, m mesh.Mesh) float64 {
	if !usable(&m) {
		return 0
	}
	oval := ringOf(&m, ovalRing)
	box, c := oval.box(), oval.centre()
	return peakAt(img, c, min(box.Dx(), box.Dy()))
}

// peakAt measures the square of 256 or 128 pixels around a face's centre.
func peakAt(img *image.RGBA, c spot, wide int) float64 {
	n := 256
	if wide < n {
		n = 128
	}
	x0, y0 := int(math.Round(c.x))-n/2, int(math.Round(c.y))-n/2
	if wide < 128 || !image.Rect(x0, y0, x0+n, y0+n).In(zero(img)) {
		return 0
	}
	square := make([]float64, n*n)
	for y := range n {
		row := img.Pix[(y0+y)*img.Stride+4*x0:]
		for x := range n {
			p := row[4*x : 4*x+3]
			square[y*n+x] = 0.299*float64(p[0]) + 0.587*float64(p[1]) + 0.114*float64(p[2])
		}
	}
	highPass(square, n)
	win := hann(n)
	for y := range n {
		for x := range n {
			square[y*n+x] *= win[y] * win[x]
		}
	}
	return peakOf(power(square, n), n)
}

// highPass takes off the mean of the 9 x 9 pixels around each.
func highPass(v []float64, n int) {
	const r = 4
	sums := make([]float64, (n+1)*(n+1))
	for y := range n {
		row := 0.0
		for x := range n {
			row += v[y*n+x]
			sums[(y+1)*(n+1)+x+1] = sums[y*(n+1)+x+1] + row
		}
	}
	for y := range n {
		y0, y1 := max(0, y-r), min(n, y+r+1)
		for x := range n {
			x0, x1 := max(0, x-r), min(n, x+r+1)
			s := sums[y1*(n+1)+x1] - sums[y0*(n+1)+x1] - sums[y1*(n+1)+x0] + sums[y0*(n+1)+x0]
			v[y*n+x] -= s / float64((y1-y0)*(x1-x0))
		}
	}
}

const (
	leastRadius = 0.08 // cycles a pixel
	mostRadius  = 0.48
	axisWidth   = 0.02 // next to the axes lie block edges and straight hair
	highest     = 4    // in half of the plane: eight in all
)

// peakOf brings each ring of the logarithmic spectrum to median 0 and median
// deviation 1 and gives the mean of the highest values off the axes.
func peakOf(p []float64, n int) float64 {
	cols := n/2 + 1
	rings := make([][]float64, n)
	each := func(do func(ring int, v float64)) {
		for y := range n {
			fy := float64(y) / float64(n)
			if y > n/2 {
				fy -= 1
			}
			if math.Abs(fy) < axisWidth {
				continue
			}
			for x := range cols - 1 {
				fx := float64(x) / float64(n)
				if fx < axisWidth {
					continue
				}
				if r := math.Hypot(fx, fy); r >= leastRadius && r <= mostRadius {
					do(int(math.Round(r*float64(n))), math.Log(p[y*cols+x]+1e-6))
				}
			}
		}
	}
	each(func(ring int, v float64) { rings[ring] = append(rings[ring], v) })
	middle, scale := make([]float64, n), make([]float64, n)
	for i, values := range rings {
		if len(values) > 0 {
			slices.Sort(values)
			middle[i] = values[len(values)/2]
			for k, v := range values {
				values[k] = math.Abs(v - middle[i])
			}
			slices.Sort(values)
			scale[i] = math.Max(values[len(values)/2], 1e-3)
		}
	}
	var top [highest]float64
	each(func(ring int, v float64) {
		z := (v - middle[ring]) / scale[ring]
		for k := range top {
			if z > top[k] {
				z, top[k] = top[k], z
			}
		}
	})
	sum := 0.0
	for _, v := range top {
		sum += v / highest
	}
	return sum
}
