package pad

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestTheSpectrumIsTheDiscreteFourierTransform(t *testing.T) {
	const n = 8
	r := rand.New(rand.NewPCG(1, 2))
	v := make([]float64, n*n)
	for i := range v {
		v[i] = r.NormFloat64()
	}
	got := power(v, n)
	for ky := range n {
		for kx := range n/2 + 1 {
			var re, im float64
			for y := range n {
				for x := range n {
					s, c := math.Sincos(-2 * math.Pi * float64(kx*x+ky*y) / n)
					re += v[y*n+x] * c
					im += v[y*n+x] * s
				}
			}
			if want := re*re + im*im; math.Abs(got[ky*(n/2+1)+kx]-want) > 1e-9 {
				t.Fatalf("at %d,%d: %v, want %v", kx, ky, got[ky*(n/2+1)+kx], want)
			}
		}
	}
}

func TestSequencesAreSoftEvenAndUnlike(t *testing.T) {
	for i, c := range append([]Colour{Neutral}, Palette...) {
		sum := linear[c.R] + linear[c.G] + linear[c.B]
		t.Logf("%v luminance %.3f red share %.3f", c, c.Luminance(), linear[c.R]/sum)
		if math.Abs(c.Luminance()-Neutral.Luminance()) > 0.02 || linear[c.R]/sum >= 0.8 {
			t.Errorf("colour %d", i)
		}
	}
	r := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{6, 8, 9, 10, 12} {
		high, half, total := 0, 0, 20000
		for range total {
			a, b := draw(r.IntN, n), draw(r.IntN, n)
			if c := Alike(a, b); c >= 0.8 {
				high++
			} else if c > 0.5 {
				half++
			}
		}
		t.Logf("%d steps: alike >= 0.8 %.2f %%, > 0.5 %.1f %%", n, 100*float64(high)/float64(total), 100*float64(high+half)/float64(total))
	}
}
