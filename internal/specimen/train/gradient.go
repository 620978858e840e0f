package main

import (
	"math"

	"truepenny/internal/biometrics/document/glyph"
)

// gradient is the sum of the derivatives of the cross-entropy over a batch.
type gradient struct {
	sum  *glyph.Net
	loss float64
	work glyph.Work
	hid  [glyph.Hidden]float32
	out2 []float32
	pre2 []float32
	out1 []float32
	pre1 []float32
	in   []sample
}

func newGradient() *gradient {
	g := &gradient{sum: glyph.New()}
	g.out2, g.pre2 = make([]float32, len(g.work.Out2)), make([]float32, len(g.work.Pre2))
	g.out1, g.pre1 = make([]float32, len(g.work.Out1)), make([]float32, len(g.work.Pre1))
	return g
}

func (g *gradient) batch(n *glyph.Net, s *stream, size int) error {
	if len(g.in) != size {
		g.in = make([]sample, size)
	}
	if err := s.next(g.in); err != nil {
		return err
	}
	g.loss = 0
	for _, l := range g.sum.Layers() {
		clear(l)
	}
	for i := range g.in {
		g.work.In = g.in[i].cell
		n.Run(&g.work)
		g.loss -= math.Log(float64(max(g.work.Prob[g.in[i].class], 1e-9)))
		g.back(n, g.in[i].class)
	}
	return nil
}

// back adds one sample's derivatives, layer by layer from the end.
func (g *gradient) back(n *glyph.Net, class int) {
	w := &g.work
	clear(g.hid[:])
	for o := range glyph.Classes {
		d := w.Prob[o]
		if o == class {
			d--
		}
		g.sum.Bias4[o] += d
		axpy(d, w.Hid[:], g.sum.Full2[o*glyph.Hidden:][:glyph.Hidden])
		axpy(d, n.Full2[o*glyph.Hidden:][:glyph.Hidden], g.hid[:])
	}
	clear(g.out2)
	flat := len(g.out2)
	for o, d := range g.hid {
		if w.Hid[o] <= 0 {
			continue
		}
		g.sum.Bias3[o] += d
		axpy(d, w.Out2[:], g.sum.Full1[o*flat:][:flat])
		axpy(d, n.Full1[o*flat:][:flat], g.out2)
	}
	clear(g.pre2)
	for i, d := range g.out2 {
		if w.Out2[i] > 0 {
			g.pre2[w.Arg2[i]] += d
		}
	}
	g.convolution2(n)
	clear(g.pre1)
	for i, d := range g.out1 {
		if w.Out1[i] > 0 {
			g.pre1[w.Arg1[i]] += d
		}
	}
	g.convolution1()
}

func (g *gradient) convolution2(n *glyph.Net) {
	const maps, in, side = glyph.Maps2, glyph.Maps1, 9 * glyph.Maps1
	wd, ht := glyph.Width/2, glyph.Height/2
	clear(g.out1)
	var patch, back [side]float32
	for y := range ht {
		for x := range wd {
			ds := g.pre2[(y*wd+x)*maps:][:maps]
			first := true
			for o, d := range ds {
				if d == 0 {
					continue
				}
				if first {
					glyph.Patch(&g.work, x, y, &patch)
					clear(back[:])
					first = false
				}
				g.sum.Bias2[o] += d
				axpy(d, patch[:], g.sum.Conv2[o*side:][:side])
				axpy(d, n.Conv2[o*side:][:side], back[:])
			}
			if first {
				continue
			}
			for dy := -1; dy <= 1; dy++ {
				for dx := -1; dx <= 1; dx++ {
					if yy, xx := y+dy, x+dx; yy >= 0 && yy < ht && xx >= 0 && xx < wd {
						axpy(1, back[((dy+1)*3+dx+1)*in:][:in], g.out1[(yy*wd+xx)*in:][:in])
					}
				}
			}
		}
	}
}

func (g *gradient) convolution1() {
	for y := range glyph.Height {
		for x := range glyph.Width {
			for o, d := range g.pre1[(y*glyph.Width+x)*glyph.Maps1:][:glyph.Maps1] {
				if d == 0 {
					continue
				}
				g.sum.Bias1[o] += d
				for dy := -1; dy <= 1; dy++ {
					for dx := -1; dx <= 1; dx++ {
						if yy, xx := y+dy, x+dx; yy >= 0 && yy < glyph.Height && xx >= 0 && xx < glyph.Width {
							g.sum.Conv1[o*9+(dy+1)*3+dx+1] += d * g.work.In[yy*glyph.Width+xx]
						}
					}
				}
			}
		}
	}
}

// axpy adds a times x to y.
func axpy(a float32, x, y []float32) {
	y = y[:len(x)]
	for i, v := range x {
		y[i] += a * v
	}
}
