package document

import "math"

// poly is the value of a parabola at i, slope its steepness there.
func poly(c [3]float64, i float64) float64  { return c[0] + i*(c[1]+i*c[2]) }
func slope(c [3]float64, i float64) float64 { return c[1] + 2*i*c[2] }

// leastSquares fits a straight line or a parabola.
func leastSquares(x, y []float64, degree int) [3]float64 {
	n := degree + 1
	var a [3][4]float64
	for k := range x {
		p := [5]float64{1, x[k], x[k] * x[k], x[k] * x[k] * x[k], x[k] * x[k] * x[k] * x[k]}
		for r := range n {
			for c := range n {
				a[r][c] += p[r+c]
			}
			a[r][3] += p[r] * y[k]
		}
	}
	for c := range n {
		pivot := c
		for r := c; r < n; r++ {
			if math.Abs(a[r][c]) > math.Abs(a[pivot][c]) {
				pivot = r
			}
		}
		a[c], a[pivot] = a[pivot], a[c]
		if a[c][c] == 0 {
			return [3]float64{}
		}
		for r := range n {
			if r != c {
				f := a[r][c] / a[c][c]
				for k := range a[r] {
					a[r][k] -= f * a[c][k]
				}
			}
		}
	}
	var out [3]float64
	for r := range n {
		out[r] = a[r][3] / a[r][r]
	}
	return out
}
