package pad

import (
	"math"
	"slices"
)

// solve gives the least-squares solution of rows * a = values through the
// normal equations; false when they hold too little. Rows should be near 1 in size.
func solve(rows [][]float64, values []float64) ([]float64, bool) {
	if len(rows) == 0 {
		return nil, false
	}
	n := len(rows[0])
	m := make([][]float64, n)
	for i := range m {
		m[i] = make([]float64, n+1)
	}
	for k, row := range rows {
		for i, a := range row {
			for j := i; j < n; j++ {
				m[i][j] += a * row[j]
			}
			m[i][n] += a * values[k]
		}
	}
	for i := range n {
		for j := range i {
			m[i][j] = m[j][i]
		}
	}
	for c := range n {
		pivot := c
		for r := c + 1; r < n; r++ {
			if math.Abs(m[r][c]) > math.Abs(m[pivot][c]) {
				pivot = r
			}
		}
		if !(math.Abs(m[pivot][c]) > 1e-10) {
			return nil, false
		}
		m[c], m[pivot] = m[pivot], m[c]
		for r := range n {
			if r == c {
				continue
			}
			f := m[r][c] / m[c][c]
			for k := c; k <= n; k++ {
				m[r][k] -= f * m[c][k]
			}
		}
	}
	out := make([]float64, n)
	for i := range out {
		out[i] = m[i][n] / m[i][i]
	}
	return out, true
}

// residuals gives what a solution leaves.
func residuals(rows [][]float64, values, a []float64) []float64 {
	out := make([]float64, len(values))
	for i, row := range rows {
		out[i] = values[i]
		for k, v := range row {
			out[i] -= v * a[k]
		}
	}
	return out
}

func sumSquares(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x * x
	}
	return sum
}

// median of values; 0 for none.
func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(values))
	if n := len(s); n%2 == 0 {
		return (s[n/2-1] + s[n/2]) / 2
	}
	return s[len(s)/2]
}

// spread is the standard deviation as the median absolute deviation tells it.
func spread(values []float64) float64 {
	m := median(values)
	d := make([]float64, len(values))
	for i, v := range values {
		d[i] = math.Abs(v - m)
	}
	return 1.4826 * median(d)
}

// affine maps spots: x' = a*x + b*y + c, y' = d*x + e*y + f.
type affine struct{ a, b, c, d, e, f float64 }

func (m affine) apply(s spot) spot {
	return spot{m.a*s.x + m.b*s.y + m.c, m.d*s.x + m.e*s.y + m.f}
}

// fitAffine is the affine map with the least squared error.
func fitAffine(from, to []spot) (affine, bool) {
	if len(from) < 3 {
		return affine{}, false
	}
	var f, t spot // centres
	n := float64(len(from))
	for i, s := range from {
		f.x, f.y = f.x+s.x/n, f.y+s.y/n
		t.x, t.y = t.x+to[i].x/n, t.y+to[i].y/n
	}
	var xx, xy, yy, ux, uy, vx, vy float64
	for i, s := range from {
		x, y, u, v := s.x-f.x, s.y-f.y, to[i].x-t.x, to[i].y-t.y
		xx, xy, yy = xx+x*x, xy+x*y, yy+y*y
		ux, uy, vx, vy = ux+u*x, uy+u*y, vx+v*x, vy+v*y
	}
	det := xx*yy - xy*xy
	if !(det > 1e-9*xx*yy) {
		return affine{}, false
	}
	m := affine{a: (ux*yy - uy*xy) / det, b: (uy*xx - ux*xy) / det, d: (vx*yy - vy*xy) / det, e: (vy*xx - vx*xy) / det}
	m.c = t.x - m.a*f.x - m.b*f.y
	m.f = t.y - m.d*f.x - m.e*f.y
	return m, true
}

// between gives the map in the coordinates of two grey parts.
func (m affine) between(from, to grey) affine {
	x0, y0 := from.toPicture(0, 0)
	o := m.apply(spot{x0, y0})
	k := float64(from.k) / float64(to.k)
	cx, cy := to.fromPicture(o.x, o.y)
	return affine{m.a * k, m.b * k, cx, m.d * k, m.e * k, cy}
}
