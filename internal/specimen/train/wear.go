package main

import (
	"math"

	"truepenny/internal/biometrics/document/glyph"
)

// boxBlur averages over a square of side 2r+1, in place.
func boxBlur(p []float32, w, h, r int) {
	line := make([]float32, max(w, h))
	run := func(at, step, n int) {
		for i := range n {
			line[i] = p[at+i*step]
		}
		for i := range n {
			var s float32
			for d := -r; d <= r; d++ {
				s += line[min(max(i+d, 0), n-1)]
			}
			p[at+i*step] = s / float32(2*r+1)
		}
	}
	for y := range h {
		run(y*w, 1, w)
	}
	for x := range w {
		run(x, w, h)
	}
}

// gauss blurs with a deviation in pixels, in place.
func gauss(p *glyph.Plane, deviation float64) {
	r := int(3*deviation + 1)
	kernel := make([]float32, 2*r+1)
	var sum float32
	for i := range kernel {
		d := float64(i-r) / max(deviation, 0.05)
		kernel[i] = float32(math.Exp(-d * d / 2))
		sum += kernel[i]
	}
	line := make([]float32, max(p.W, p.H))
	run := func(at, step, n int) {
		for i := range n {
			line[i] = p.Pix[at+i*step]
		}
		for i := range n {
			var s float32
			for k, g := range kernel {
				s += g * line[min(max(i+k-r, 0), n-1)]
			}
			p.Pix[at+i*step] = s / sum
		}
	}
	for y := range p.H {
		run(y*p.W, 1, p.W)
	}
	for x := range p.W {
		run(x, p.W, p.H)
	}
}

// sharpen adds back what a one-pixel blur takes away, as cameras and web
// pictures do.
func sharpen(p *glyph.Plane, amount float64) {
	soft := &glyph.Plane{W: p.W, H: p.H, Pix: append([]float32{}, p.Pix...)}
	gauss(soft, 1)
	for i, v := range p.Pix {
		p.Pix[i] = min(255, max(0, v+float32(amount)*(v-soft.Pix[i])))
	}
}

// waves is one period of the sine: patterns need no more precision.
var waves = func() (t [4096]float64) {
	for i := range t {
		t[i] = math.Sin(2 * math.Pi * float64(i) / float64(len(t)))
	}
	return t
}()

func sine(x float64) float64 { return waves[int(x*float64(len(waves))/(2*math.Pi))&(len(waves)-1)] }
