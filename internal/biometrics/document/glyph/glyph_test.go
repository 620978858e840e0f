package glyph_test

import (
	"errors"
	"image"
	"image/color"
	"image/draw"
	"math"
	"testing"

	"truepenny/internal/biometrics/document/glyph"
	"truepenny/internal/specimen"
)

func load(t testing.TB) *glyph.Net {
	t.Helper()
	n, err := glyph.Load()
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// print sets the alphabet at 15 pixels a character and returns where the first stands.
func print(t testing.TB) (*glyph.Plane, glyph.Place) {
	t.Helper()
	f, err := specimen.OpenFonts("../../../../build/engine/fonts")
	if err != nil {
		t.Skip("OCR-B is not installed on this machine; set-up brings it (Debian package fonts-ocr-b)")
	}
	img := image.NewRGBA(image.Rect(0, 0, 640, 60))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	f.OCR(img, 40, 40, 15, false, color.Black, glyph.Alphabet)
	return glyph.Grey(img), glyph.Place{X: 47.5, Y: 40 - 7.3, UX: 15, VY: 15}
}

func best(w *glyph.Work) (class int, p float32) {
	for c, v := range w.Prob {
		if v > p {
			class, p = c, v
		}
	}
	return class, p
}

func TestTheNetworkReadsTheWholeAlphabet(t *testing.T) {
	n, w := load(t), &glyph.Work{}
	plane, at := print(t)
	for want := range glyph.Alphabet {
		glyph.Cut(plane, at, &w.In)
		n.Run(w)
		if got, p := best(w); got != want || p < 0.9 {
			t.Errorf("%c: class %d with %.3f", glyph.Alphabet[want], got, p)
		}
		at.X += 15
	}
}

func TestNoWholeUprightCharacterIsNone(t *testing.T) {
	n, w := load(t), &glyph.Work{}
	plane, first := print(t)
	between, above, over := first, first, first
	between.X += 10.5 * 15
	above.Y -= 15
	over.X += 36 * 15 // the filler, upside down
	over.UX, over.VY = -15, -15
	for name, at := range map[string]glyph.Place{"between two": between, "a line too high": above, "upside down": over} {
		glyph.Cut(plane, at, &w.In)
		n.Run(w)
		if got, p := best(w); got != glyph.None {
			t.Errorf("%s: class %d with %.3f", name, got, p)
		}
	}
}

func TestCutIsBlindToBrightnessAndContrast(t *testing.T) {
	plane, at := print(t)
	pale := &glyph.Plane{W: plane.W, H: plane.H, Pix: make([]float32, len(plane.Pix))}
	for i, v := range plane.Pix {
		pale.Pix[i] = 90 + v/3
	}
	var a, b [glyph.Width * glyph.Height]float32
	glyph.Cut(plane, at, &a)
	glyph.Cut(pale, at, &b)
	for i := range a {
		if math.Abs(float64(a[i]-b[i])) > 1e-3 {
			t.Fatalf("value %d: %.4f and %.4f", i, a[i], b[i])
		}
	}
}

func TestWeightsOfAnotherShapeAreRefused(t *testing.T) {
	n := load(t)
	b := n.Encode()
	if err := glyph.New().Decode(b); err != nil {
		t.Error(err)
	}
	for _, wrong := range [][]byte{nil, b[:len(b)-1], append(b, 0)} {
		if err := glyph.New().Decode(wrong); !errors.Is(err, glyph.ErrWeights) {
			t.Errorf("%d bytes: %v", len(wrong), err)
		}
	}
}
