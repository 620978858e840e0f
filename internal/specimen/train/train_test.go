package main

import (
	"io"
	"math"
	"testing"

	"truepenny/internal/biometrics/document/glyph"
	"truepenny/internal/specimen"
)

func fontsOrSkip(t *testing.T) {
	t.Helper()
	if _, err := specimen.OpenFonts(); err != nil {
		t.Skip("OCR-B is not installed on this machine; set-up brings it (Debian package fonts-ocr-b)")
	}
}

// loss is the cross-entropy of one sample.
func loss(n *glyph.Net, s sample) float64 {
	w := glyph.Work{In: s.cell}
	n.Run(&w)
	return -math.Log(float64(w.Prob[s.class]))
}

func TestDerivativesMatchFiniteDifferences(t *testing.T) {
	ch := specimen.NewChance(5)
	n := glyph.New()
	randomize(n, ch)
	s := sample{class: 7}
	for i := range s.cell {
		s.cell[i] = float32(ch.Normal())
	}
	g := newGradient()
	g.work.In = s.cell
	n.Run(&g.work)
	g.back(n, s.class)
	const h = 2e-4
	tried, off := 0, 0
	for k, l := range n.Layers() {
		for range 12 {
			i := int(ch.Between(0, float64(len(l))))
			old := l[i]
			l[i] = old + h
			up := loss(n, s)
			l[i] = old - h
			down := loss(n, s)
			l[i] = old
			want, got := (up-down)/(2*h), float64(g.sum.Layers()[k][i])
			tried++
			if math.Abs(want-got) > 0.02+0.05*math.Abs(want) {
				t.Logf("layer %d, weight %d: derivative %.4f, by differences %.4f", k, i, got, want)
				off++
			}
		}
	}
	if off > tried/20 { // a step across a kink of ReLU or maximum spoils a few
		t.Errorf("%d of %d derivatives are wrong", off, tried)
	}
}

func TestAFewStepsOfLearningHelp(t *testing.T) {
	fontsOrSkip(t)
	if testing.Short() {
		t.Skip("learning takes some seconds")
	}
	n := glyph.New()
	randomize(n, specimen.NewChance(1))
	l := &learner{net: n, rate: 0.002, workers: 1, seed: 3, log: io.Discard}
	saved := 0
	if err := l.learn(30, func() error { saved++; return nil }); err != nil {
		t.Fatal(err)
	}
	right, of, err := l.measure(99, 4)
	if err != nil {
		t.Fatal(err)
	}
	if saved != 1 || 6*right < of {
		t.Errorf("%d of %d right after 30 steps, saved %d times", right, of, saved)
	}
}

func TestTheSameSeedPrintsTheSameSamples(t *testing.T) {
	fontsOrSkip(t)
	a, err := newStream(11)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := newStream(11)
	x, y := make([]sample, 50), make([]sample, 50)
	if err := a.next(x); err != nil {
		t.Fatal(err)
	}
	if err := b.next(y); err != nil {
		t.Fatal(err)
	}
	for i := range x {
		if x[i] != y[i] {
			t.Fatalf("sample %d differs", i)
		}
	}
}
