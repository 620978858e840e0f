package search

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

// Index is a gallery of descriptors of one network in one block of memory: 4
// bytes a number. Adding is not safe beside searching; searches are safe beside
// each other.
type Index struct {
	dimension int
	values    []float32
	norms     []float32 // squared lengths
}

// Hit is a member of the gallery: its number in the order of adding, and its
// Euclidean distance from the probe.
type Hit struct {
	Number   int
	Distance float64
}

// ErrDimension says that a descriptor has another number of values than the
// gallery's, or values that are no numbers.
var ErrDimension = errors.New("search: descriptor does not fit the gallery")

// chunk is how many descriptors are compared at a time: what stays in a
// processor's cache.
const chunk = 4096

// New makes an empty gallery for descriptors of a dimension, with room for n.
func New(dimension, n int) (*Index, error) {
	if dimension < 1 || n < 0 {
		return nil, fmt.Errorf("%w: dimension %d", ErrDimension, dimension)
	}
	return &Index{dimension: dimension, values: make([]float32, 0, dimension*n), norms: make([]float32, 0, n)}, nil
}

// Len is the number of descriptors in the gallery.
func (x *Index) Len() int { return len(x.values) / x.dimension }

// Add appends a descriptor; its number is the former Len.
func (x *Index) Add(values []float32) error {
	if err := x.fits(values); err != nil {
		return err
	}
	v := blas32.Vector{N: x.dimension, Inc: 1, Data: values}
	x.values, x.norms = append(x.values, values...), append(x.norms, blas32.Dot(v, v))
	return nil
}

func (x *Index) fits(values []float32) error {
	if len(values) != x.dimension {
		return fmt.Errorf("%w: %d values, not %d", ErrDimension, len(values), x.dimension)
	}
	for _, v := range values {
		if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
			return fmt.Errorf("%w: a value is no number", ErrDimension)
		}
	}
	return nil
}

// Within returns every member up to a distance from the probe, nearest first.
func (x *Index) Within(probe []float32, distance float64) ([]Hit, error) {
	if err := x.fits(probe); err != nil {
		return nil, err
	}
	limit := float32(distance * distance)
	parts := x.spread(probe, func(first int, squared []float32, doubt float32) []Hit {
		var hits []Hit
		for i, s := range squared {
			if s > limit+doubt {
				continue
			}
			if d := x.exact(first+i, probe); d <= distance {
				hits = append(hits, Hit{first + i, d})
			}
		}
		return hits
	})
	slices.SortStableFunc(parts, func(a, b Hit) int { return cmp.Compare(a.Distance, b.Distance) })
	return parts, nil
}

// Nearest returns the member nearest to the probe; false in an empty gallery.
func (x *Index) Nearest(probe []float32) (Hit, bool, error) {
	if err := x.fits(probe); err != nil {
		return Hit{}, false, err
	}
	parts := x.spread(probe, func(first int, squared []float32, doubt float32) []Hit {
		limit := slices.Min(squared) + doubt
		best := Hit{-1, math.Inf(1)}
		for i, s := range squared {
			if s > limit {
				continue
			}
			if d := x.exact(first+i, probe); d < best.Distance {
				best = Hit{first + i, d}
			}
		}
		return []Hit{best}
	})
	if len(parts) == 0 {
		return Hit{}, false, nil
	}
	return slices.MinFunc(parts, func(a, b Hit) int { return cmp.Compare(a.Distance, b.Distance) }), true, nil
}

// spread goes through the gallery in chunks, shared among the processors, and
// hands on their squared distances with the error that rounding may have made.
func (x *Index) spread(probe []float32, look func(first int, squared []float32, doubt float32) []Hit) []Hit {
	n := x.Len()
	chunks := (n + chunk - 1) / chunk
	found := make([][]Hit, chunks)
	v := blas32.Vector{N: x.dimension, Inc: 1, Data: probe}
	own := blas32.Dot(v, v)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), chunks) {
		wg.Go(func() {
			squared := make([]float32, chunk)
			for c := int(next.Add(1)) - 1; c < chunks; c = int(next.Add(1)) - 1 {
				first := c * chunk
				s := squared[:min(chunk, n-first)]
				doubt := x.squared(first, v, own, s)
				found[c] = look(first, s, doubt)
			}
		})
	}
	wg.Wait()
	return slices.Concat(found...)
}

// squared fills in |a|²+|b|²-2ab for the members from first on. The difference
// of large numbers loses digits: doubt bounds what may be lost, and whatever is
// that near to a limit is compared again in float64.
func (x *Index) squared(first int, probe blas32.Vector, own float32, out []float32) (doubt float32) {
	rows := blas32.General{Rows: len(out), Cols: x.dimension, Stride: x.dimension, Data: x.values[first*x.dimension:]}
	blas32.Gemv(blas.NoTrans, -2, rows, probe, 0, blas32.Vector{N: len(out), Inc: 1, Data: out})
	var largest float32
	for i := range out {
		norm := x.norms[first+i]
		largest = max(largest, norm)
		out[i] += norm + own
	}
	return float32(x.dimension) * (largest + own) * (1.0 / (1 << 22))
}

func (x *Index) exact(i int, probe []float32) float64 {
	var sum float64
	for k, v := range x.values[i*x.dimension : (i+1)*x.dimension] {
		d := float64(v) - float64(probe[k])
		sum += d * d
	}
	return math.Sqrt(sum)
}
