package pad

import (
	"math"
	"math/bits"
	"sync"
)

// wheel holds what a Fourier transform of one length needs.
type wheel struct {
	n     int
	order []int
	cos   []float64
	sin   []float64
}

var wheels sync.Map // int -> *wheel

func wheelOf(n int) *wheel {
	if w, ok := wheels.Load(n); ok {
		return w.(*wheel)
	}
	w := &wheel{n: n, order: make([]int, n), cos: make([]float64, n/2), sin: make([]float64, n/2)}
	shift := 64 - bits.Len(uint(n-1))
	for i := range w.order {
		w.order[i] = int(bits.Reverse64(uint64(i)) >> shift)
	}
	for i := range w.cos {
		w.sin[i], w.cos[i] = math.Sincos(-2 * math.Pi * float64(i) / float64(n))
	}
	wheels.Store(n, w)
	return w
}

// transform is the discrete Fourier transform of a row in place (Cooley and
// Tukey, a power of two).
func (w *wheel) transform(re, im []float64) {
	for i, j := range w.order {
		if i < j {
			re[i], re[j] = re[j], re[i]
			im[i], im[j] = im[j], im[i]
		}
	}
	for size := 2; size <= w.n; size *= 2 {
		half, stride := size/2, w.n/size
		for start := 0; start < w.n; start += size {
			ra, ia := re[start:start+half], im[start:start+half]
			rb, ib := re[start+half:start+size], im[start+half:start+size]
			for k := range ra {
				c, s := w.cos[k*stride], w.sin[k*stride]
				tr := rb[k]*c - ib[k]*s
				ti := rb[k]*s + ib[k]*c
				rb[k], ib[k] = ra[k]-tr, ia[k]-ti
				ra[k], ia[k] = ra[k]+tr, ia[k]+ti
			}
		}
	}
}

// power gives the squared spectrum of a square of side n for the columns 0 to
// n/2 (the others mirror them), row by row.
func power(square []float64, n int) []float64 {
	w := wheelOf(n)
	cols := n/2 + 1
	re, im := make([]float64, n*n), make([]float64, n*n)
	copy(re, square)
	// Two real rows pass as one complex row.
	for y := 0; y < n; y += 2 {
		a, b := make([]float64, n), make([]float64, n)
		copy(a, square[y*n:(y+1)*n])
		copy(b, square[(y+1)*n:(y+2)*n])
		w.transform(a, b)
		for x := range cols {
			k := (n - x) % n
			re[y*n+x], im[y*n+x] = (a[x]+a[k])/2, (b[x]-b[k])/2
			re[(y+1)*n+x], im[(y+1)*n+x] = (b[x]+b[k])/2, (a[k]-a[x])/2
		}
	}
	out := make([]float64, n*cols)
	cr, ci := make([]float64, n), make([]float64, n)
	for x := range cols {
		for y := range n {
			cr[y], ci[y] = re[y*n+x], im[y*n+x]
		}
		w.transform(cr, ci)
		for y := range n {
			out[y*cols+x] = cr[y]*cr[y] + ci[y]*ci[y]
		}
	}
	return out
}

func hann(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = 0.5 - 0.5*math.Cos(2*math.Pi*(float64(i)+0.5)/float64(n))
	}
	return out
}
