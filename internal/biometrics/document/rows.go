package document

import (
	"cmp"
	"math"
	"slices"
)

// frame turns picture coordinates so that print runs along u with v downwards:
// as it is, or with the head of the page at the right-hand side.
type frame struct{ turned bool }

func (f frame) uv(x, y float64) (u, v float64) {
	if f.turned {
		return y, -x
	}
	return x, y
}

func (f frame) xy(u, v float64) (x, y float64) {
	if f.turned {
		return -v, u
	}
	return u, v
}

// mark is a blob in a frame.
type mark struct {
	u, v float64 // middle
	w, h float64
}

func (f frame) marks(bs []blob) []mark {
	out := make([]mark, 0, len(bs))
	for _, b := range bs {
		u, v := f.uv(float64(b.x0+b.x1)/2, float64(b.y0+b.y1)/2)
		w, h := float64(b.x1-b.x0), float64(b.y1-b.y0)
		if f.turned {
			w, h = h, w
		}
		if h >= 5 && w >= 2 && w <= 2.6*h {
			out = append(out, mark{u, v, w, h})
		}
	}
	slices.SortFunc(out, func(a, b mark) int { return cmp.Or(cmp.Compare(a.u, b.u), cmp.Compare(a.v, b.v)) })
	return out
}

// row is a run of evenly spaced marks: character i stands at u(i), v(u).
type row struct {
	pitch  float64    // in the middle of the row
	u      [3]float64 // u = u[0] + u[1] i + u[2] i²
	v      [3]float64 // v = v[0] + v[1] i + v[2] i²; middle of the marks
	height float64    // of the taller marks: capitals and digits
	first  int        // indices of the outermost marks that fit
	last   int
	taken  map[int]mark
}

// rows finds all evenly spaced runs of at least ten marks.
func rows(ms []mark) []row {
	next := neighbours(ms)
	used := make([]bool, len(ms))
	var out []row
	for i := range ms {
		if used[i] {
			continue
		}
		var chain []int
		for j := i; j >= 0 && !used[j]; j = next[j] {
			used[j] = true
			chain = append(chain, j)
		}
		if len(chain) < 7 {
			continue
		}
		if r, ok := seed(ms, chain); ok {
			r.grow(ms)
			if len(r.taken) >= 10 && !slices.ContainsFunc(out, r.covers) {
				out = append(out, r)
			}
		}
	}
	return out
}

// neighbours links each mark with the nearest to its right that agrees on it.
func neighbours(ms []mark) []int {
	right, left := make([]int, len(ms)), make([]int, len(ms))
	cost := func(a, b mark) (float64, bool) {
		du, dv, h := b.u-a.u, math.Abs(b.v-a.v), math.Max(a.h, b.h)
		if du < 0.25*h || du > 2.2*h || dv > 0.42*h || a.h > 2.1*b.h || b.h > 2.1*a.h {
			return 0, false
		}
		return du + 1.5*dv, true
	}
	best := make([]float64, len(ms))
	for i := range ms {
		right[i], left[i], best[i] = -1, -1, math.Inf(1)
	}
	for i, a := range ms {
		nearest := math.Inf(1)
		for j := i + 1; j < len(ms) && ms[j].u-a.u <= 2.2*2.1*a.h; j++ {
			c, ok := cost(a, ms[j])
			if !ok {
				continue
			}
			if c < nearest {
				nearest, right[i] = c, j
			}
			if c < best[j] {
				best[j], left[j] = c, i
			}
		}
	}
	for i, j := range right {
		if j >= 0 && left[j] != i {
			right[i] = -1
		}
	}
	return right
}

// seed tests a chain for an even pitch and makes a row of it.
func seed(ms []mark, chain []int) (row, bool) {
	steps := make([]float64, 0, len(chain)-1)
	heights := make([]float64, 0, len(chain))
	for k, j := range chain {
		heights = append(heights, ms[j].h)
		if k > 0 {
			steps = append(steps, ms[j].u-ms[chain[k-1]].u)
		}
	}
	slices.Sort(steps)
	slices.Sort(heights)
	pitch := steps[len(steps)/2]
	even := 0
	for _, s := range steps {
		if n := math.Round(s / pitch); n >= 1 && math.Abs(s-n*pitch) < 0.22*pitch {
			even++
		}
	}
	h := heights[len(heights)*3/4]
	if even < 7*len(steps)/10 || pitch < 0.5*h || pitch > 1.7*h {
		return row{}, false
	}
	r := row{pitch: pitch, height: h, taken: map[int]mark{}}
	index, before := 0, -1
	for _, j := range chain {
		if ms[j].w > 1.25*pitch { // two characters in one: its middle would shift the count
			continue
		}
		if before >= 0 {
			step := int(math.Round((ms[j].u - ms[before].u) / pitch))
			if step == 0 { // a piece of the same character
				continue
			}
			index += step
		}
		r.taken[index], before = ms[j], j
	}
	r.fit()
	return r, r.pitch > 3
}

// fit puts the curves through the marks that are taken, twice, the second time
// without those that lie far off, and forgets these.
func (r *row) fit() {
	for range 2 {
		var is, us, vs []float64
		keys := r.indices()
		for _, i := range keys {
			m := r.taken[i]
			if m.w < 1.25*r.pitch { // wider ones are two characters in one
				is, us, vs = append(is, float64(i)), append(us, m.u), append(vs, m.v)
			}
		}
		if len(is) < 4 {
			return
		}
		degree := 1
		if len(is) >= 14 && is[len(is)-1]-is[0] > 20 {
			degree = 2
		}
		r.u, r.v = leastSquares(is, us, degree), leastSquares(is, vs, degree)
		r.pitch = slope(r.u, (is[0]+is[len(is)-1])/2)
		for _, i := range keys {
			m := r.taken[i]
			if math.Abs(m.u-poly(r.u, float64(i))) > 0.4*r.pitch || math.Abs(m.v-poly(r.v, float64(i))) > 0.4*r.height {
				delete(r.taken, i)
			}
		}
	}
	if keys := r.indices(); len(keys) > 0 {
		r.first, r.last = keys[0], keys[len(keys)-1]
	}
}

func (r *row) indices() []int {
	keys := make([]int, 0, len(r.taken))
	for i := range r.taken {
		keys = append(keys, i)
	}
	slices.Sort(keys)
	return keys
}

// grow follows the row to both sides as long as marks stand where it says.
func (r *row) grow(ms []mark) {
	for _, step := range [2]int{1, -1} {
		missed := 0
		for i := r.first; missed < 5; i += step {
			if _, ok := r.taken[i]; ok {
				missed = 0
				continue
			}
			if step > 0 && i < r.last || step < 0 && i > r.first {
				r.take(ms, i) // a hole inside: no reason to stop
				continue
			}
			if !r.take(ms, i) {
				missed++
				continue
			}
			missed = 0
			r.fit()
		}
	}
	r.fit()
}

// take adds the mark that stands at place i, if there is one of the right size.
func (r *row) take(ms []mark, i int) bool {
	u, v := poly(r.u, float64(i)), poly(r.v, float64(i))
	from, _ := slices.BinarySearchFunc(ms, u-0.35*r.pitch, func(m mark, t float64) int {
		if m.u < t {
			return -1
		}
		return 1
	})
	for ; from < len(ms) && ms[from].u < u+0.35*r.pitch; from++ {
		m := ms[from]
		if math.Abs(m.v-v) < 0.4*r.height && m.h < 1.6*r.height && m.h > 0.4*r.height && m.w < 1.25*r.pitch {
			r.taken[i] = m
			r.first, r.last = min(r.first, i), max(r.last, i)
			return true
		}
	}
	return false
}

// covers tells whether other is the same print as r.
func (r *row) covers(other row) bool {
	mid := poly(other.u, float64(other.first+other.last)/2)
	i := r.indexAt(mid)
	return i > float64(r.first)-2 && i < float64(r.last)+2 && math.Abs(poly(r.v, i)-poly(other.v, other.indexAt(mid))) < 0.6*r.height
}

// indexAt inverts u(i) by two steps of Newton's method.
func (r *row) indexAt(u float64) float64 {
	i := float64(r.first+r.last) / 2
	for range 4 {
		i -= (poly(r.u, i) - u) / math.Max(slope(r.u, i), 0.2*r.pitch)
	}
	return i
}
