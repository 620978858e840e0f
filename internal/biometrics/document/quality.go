package document

import (
	"image"
	"math"
	"slices"

	"truepenny/internal/biometrics/document/glyph"
	"truepenny/internal/biometrics/picture"
)

// Finding is one thing that is wrong with a picture of a document; Reason is a
// code such as "document.blurred".
type Finding struct{ Reason string }

// Bounds of what is found fault with; see the tests for pictures on either side.
const (
	darkPage    = 95.0 // luminance that a tenth of the picture must exceed
	softEdge    = 0.17 // steepest edges against contrast, at 1000 pixels
	fewLetters  = 24
	smallPitch  = 7.5 // pixels a character of the zone
	smallSide   = 500 // pixels of the longer side where there is no zone
	cutShare    = 0.07
	askewDegree = 10.0
	glareLeast  = 0.006 // share of the picture
	glareMost   = 0.25
)

// Assess says what a person could do better about a picture of a document. got
// is what Read made of it, or nil where there is no zone or none was found.
// Nothing it finds is a reason to refuse anybody. The reasons are document.none
// (nothing that looks like print), .dark, .blurred, .glare, .too-small, .cut-off
// (only where the zone tells how large the document is) and .turned.
func Assess(img *image.RGBA, got *Reading) []Finding {
	var out []Finding
	add := func(reason string, wrong bool) {
		if wrong {
			out = append(out, Finding{"document." + reason})
		}
	}
	p := glyph.Grey(picture.Fit(img, 1000))
	light := brightness(p)
	add("dark", light[90] < darkPage)
	// A zone that was read clearly is the better proof of sharpness.
	add("blurred", (got == nil || !got.Sure) && edge(p)/math.Max(light[98]-light[2], 20) < softEdge)
	add("glare", glare(p))
	if got == nil {
		if !printed(p) && len(out) == 0 {
			return []Finding{{"document.none"}}
		}
		add("too-small", max(img.Bounds().Dx(), img.Bounds().Dy()) < smallSide)
		return out
	}
	add("too-small", got.Pitch < smallPitch)
	add("cut-off", outside(got.Page(), img.Bounds()))
	add("turned", got.Turns != 0 || got.askew() > askewDegree)
	return out
}

// brightness returns the percentiles of luminance.
func brightness(p *glyph.Plane) (percentile [101]float64) {
	sorted := slices.Clone(p.Pix)
	slices.Sort(sorted)
	for i := range percentile {
		percentile[i] = float64(sorted[i*(len(sorted)-1)/100])
	}
	return percentile
}

// edge is how steep the steepest one in two hundred places are, in levels a pixel.
func edge(p *glyph.Plane) float64 {
	var steep []float32
	for y := 1; y < p.H-1; y++ {
		for x := 1; x < p.W-1; x++ {
			i := y*p.W + x
			dx, dy := p.Pix[i+1]-p.Pix[i-1], p.Pix[i+p.W]-p.Pix[i-p.W]
			steep = append(steep, dx*dx+dy*dy)
		}
	}
	if len(steep) == 0 {
		return 0
	}
	slices.Sort(steep)
	return math.Sqrt(float64(steep[len(steep)*199/200])) / 2
}

// glare looks for a burnt-out, roundish spot: a lamp mirrored in the page.
// White paper as such is larger, or long and thin, or reaches the border.
func glare(p *glyph.Plane) bool {
	burnt := make([]bool, len(p.Pix))
	for i, v := range p.Pix {
		burnt[i] = v > 251
	}
	var stack []int
	for start, on := range burnt {
		if !on {
			continue
		}
		burnt[start], stack = false, append(stack[:0], start)
		area, box := 0, image.Rectangle{}
		for len(stack) > 0 {
			i := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			x, y := i%p.W, i/p.W
			area++
			box = box.Union(image.Rect(x, y, x+1, y+1))
			for _, d := range [4]image.Point{{-1, 0}, {1, 0}, {0, -1}, {0, 1}} {
				if xx, yy := x+d.X, y+d.Y; xx >= 0 && yy >= 0 && xx < p.W && yy < p.H && burnt[yy*p.W+xx] {
					burnt[yy*p.W+xx] = false
					stack = append(stack, yy*p.W+xx)
				}
			}
		}
		if spot(area, box, p) {
			return true
		}
	}
	return false
}

func spot(area int, box image.Rectangle, p *glyph.Plane) bool {
	share := float64(area) / float64(len(p.Pix))
	aspect := float64(box.Dx()) / float64(box.Dy())
	return share > glareLeast && share < glareMost && aspect > 0.4 && aspect < 2.5 &&
		2*area > box.Dx()*box.Dy() && box.Inset(-1).In(image.Rect(0, 0, p.W, p.H))
}

// printed tells whether there is print: enough marks in runs like words.
func printed(p *glyph.Plane) bool {
	ms := frame{}.marks(blobs(darkPrint(p, 31, 0.5), p.W, p.H))
	turned := frame{true}.marks(blobs(darkPrint(p, 31, 0.5), p.W, p.H))
	return inWords(ms) >= fewLetters || inWords(turned) >= fewLetters
}

// inWords counts marks in runs of four or more of like height side by side.
func inWords(ms []mark) int {
	next := neighbours(ms)
	used := make([]bool, len(ms))
	n := 0
	for i := range ms {
		run := 0
		for j := i; j >= 0 && !used[j]; j = next[j] {
			used[j] = true
			run++
		}
		if run >= 4 {
			n += run
		}
	}
	return n
}

// outside tells whether a corner of the page lies off the picture by more than
// the estimate can be wrong.
func outside(page picture.Quad, b image.Rectangle) bool {
	slack := cutShare * math.Hypot(page[1].X-page[0].X, page[1].Y-page[0].Y)
	for _, c := range page {
		if c.X < -slack || c.Y < -slack || c.X > float64(b.Dx())+slack || c.Y > float64(b.Dy())+slack {
			return true
		}
	}
	return false
}
