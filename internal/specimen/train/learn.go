package main

import (
	"fmt"
	"io"
	"math"
	"sync"

	"truepenny/internal/biometrics/document/glyph"
	"truepenny/internal/specimen"
)

const batch = 256

type learner struct {
	net     *glyph.Net
	rate    float64
	workers int
	seed    uint64
	log     io.Writer
}

// randomize sets the weights as He et al. (2015) advise for ReLU.
func randomize(n *glyph.Net, ch *specimen.Chance) {
	for _, l := range []struct {
		w  []float32
		in int
	}{{n.Conv1, 9}, {n.Conv2, 9 * glyph.Maps1}, {n.Full1, len(n.Full1) / glyph.Hidden}, {n.Full2, glyph.Hidden}} {
		for i := range l.w {
			l.w[i] = float32(ch.Normal() * math.Sqrt(2/float64(l.in)))
		}
	}
}

// stream makes samples for ever; every worker has its own, so the result
// depends on the number of workers and the seed, not on timing.
type stream struct {
	fonts *specimen.Fonts
	ch    *specimen.Chance
	pool  []sample
}

func newStream(seed uint64) (*stream, error) {
	f, err := specimen.OpenFonts()
	return &stream{fonts: f, ch: specimen.NewChance(seed)}, err
}

// next fills out from a shuffled pool of many lines.
func (s *stream) next(out []sample) error {
	for len(s.pool) < 80*chars {
		p, err := line(s.fonts, s.ch)
		if err != nil {
			return err
		}
		for range 3 { // drawing a line costs more than cutting it
			s.pool = p.cells(s.ch, s.pool)
		}
	}
	for i := range out {
		k := int(s.ch.Between(0, float64(len(s.pool))))
		out[i] = s.pool[k]
		last := len(s.pool) - 1
		s.pool[k] = s.pool[last]
		s.pool = s.pool[:last]
	}
	return nil
}

// learn runs Adam (Kingma and Ba, 2015) over steps batches with a rate that
// falls along half a cosine; save is called now and then and at the end.
func (l *learner) learn(steps int, save func() error) error {
	streams := make([]*stream, l.workers)
	grads := make([]*gradient, l.workers)
	for i := range streams {
		var err error
		if streams[i], err = newStream(l.seed + uint64(i)*7919); err != nil {
			return err
		}
		grads[i] = newGradient()
	}
	adam := newAdam(l.net)
	loss := 0.0
	for step := 1; step <= steps; step++ {
		var wg sync.WaitGroup
		errs := make([]error, l.workers)
		for i := range l.workers {
			wg.Go(func() { errs[i] = grads[i].batch(l.net, streams[i], batch/l.workers) })
		}
		wg.Wait()
		for i, err := range errs {
			if err != nil {
				return err
			}
			loss += grads[i].loss / batch
		}
		rate := l.rate * (0.01 + 0.99*0.5*(1+math.Cos(math.Pi*float64(step)/float64(steps))))
		adam.step(l.net, grads, rate)
		if step%100 == 0 {
			fmt.Fprintf(l.log, "step %d of %d: loss %.4f\n", step, steps, loss/100)
			loss = 0
		}
		if step%1000 == 0 || step == steps {
			if err := save(); err != nil {
				return err
			}
		}
	}
	return nil
}

// measure counts characters read right on lines of another seed.
func (l *learner) measure(seed uint64, lines int) (right, of int, err error) {
	s, err := newStream(seed)
	if err != nil {
		return 0, 0, err
	}
	out := make([]sample, lines*chars)
	var w glyph.Work
	if err := s.next(out[:chars]); err != nil {
		return 0, 0, err
	}
	for i := range out {
		if err := s.next(out[i : i+1]); err != nil {
			return 0, 0, err
		}
		w.In = out[i].cell
		l.net.Run(&w)
		best := 0
		for c, p := range w.Prob {
			if p > w.Prob[best] {
				best = c
			}
		}
		if best == out[i].class {
			right++
		}
	}
	return right, len(out), nil
}

type adam struct {
	m, v [][]float32
	t    float64
}

func newAdam(n *glyph.Net) *adam {
	a := &adam{}
	for _, l := range n.Layers() {
		a.m = append(a.m, make([]float32, len(l)))
		a.v = append(a.v, make([]float32, len(l)))
	}
	return a
}

func (a *adam) step(n *glyph.Net, grads []*gradient, rate float64) {
	a.t++
	correct := rate * math.Sqrt(1-math.Pow(0.999, a.t)) / (1 - math.Pow(0.9, a.t))
	for k, l := range n.Layers() {
		for i := range l {
			var g float32
			for _, w := range grads {
				g += w.sum.Layers()[k][i]
			}
			g /= batch
			a.m[k][i] = 0.9*a.m[k][i] + 0.1*g
			a.v[k][i] = 0.999*a.v[k][i] + 0.001*g*g
			l[i] -= float32(correct) * a.m[k][i] / (float32(math.Sqrt(float64(a.v[k][i]))) + 1e-8)
		}
	}
}
