package interval

import (
	"math"
	"slices"
	"sort"
)

// Median is a median with its 95 % interval. Known is false when it cannot be
// said: of nobody, or when fewer than half have come to an end. Low and High are
// infinite on a side where the cases say nothing.
type Median struct {
	Value, Low, High float64
	Known            bool
}

var unknown = Median{Low: math.Inf(-1), High: math.Inf(1)}

// MedianOf is the median of values that are all known. Its interval lies between
// two order statistics and needs no shape of the distribution (David and
// Nagaraja 2003, Order Statistics, section 7.1): P(Bin(n, 1/2) < k) is at most
// 2.5 %. Fewer than six values bound nothing.
func MedianOf(values []float64) Median {
	x := slices.Sorted(slices.Values(values))
	n := len(x)
	if n == 0 {
		return unknown
	}
	m := Median{Value: (x[(n-1)/2] + x[n/2]) / 2, Low: math.Inf(-1), High: math.Inf(1), Known: true}
	if k := below(n); k > 0 {
		m.Low, m.High = x[k-1], x[n-k]
	}
	return m
}

// below is the largest k with P(Bin(n, 1/2) < k) of at most 2.5 %, 0 when there is
// none.
func below(n int) int {
	lgN, _ := math.Lgamma(float64(n + 1))
	sum := 0.0
	for k := 0; k <= n; k++ {
		lgK, _ := math.Lgamma(float64(k + 1))
		lgR, _ := math.Lgamma(float64(n - k + 1))
		if sum += math.Exp(lgN - lgK - lgR - float64(n)*math.Ln2); sum > 0.025 {
			return k
		}
	}
	return n
}

// Waited is how long one case has waited; Over is false while it goes on, or when
// it ended without what it waited for.
type Waited struct {
	Time float64
	Over bool
}

// Step is the share still waiting from a time on.
type Step struct {
	Time    float64
	Waiting float64    // 1 down to 0
	spread  float64    // Greenwood's sum
	limits  [2]float64 // of Waiting
}

// Waiting is the share that still waits after each time at which somebody's wait
// was over: the estimate of Kaplan and Meier (1958, JASA 53:457). A case that
// still waits counts for as long as it has, so leaving it out or taking it for
// ended biases nothing; it supposes that who is still open would have gone on
// like the others.
func Waiting(cases []Waited) []Step {
	x := slices.Clone(cases)
	sort.Slice(x, func(i, j int) bool { return x[i].Time < x[j].Time })
	var out []Step
	share, spread := 1.0, 0.0
	for i := 0; i < len(x); {
		there, over, j := float64(len(x)-i), 0.0, i
		for ; j < len(x) && x[j].Time == x[i].Time; j++ {
			if x[j].Over {
				over++
			}
		}
		if over > 0 {
			share *= 1 - over/there
			if there > over {
				spread += over / (there * (there - over))
			} else {
				share, spread = 0, math.Inf(1)
			}
			out = append(out, Step{Time: x[i].Time, Waiting: share, spread: spread, limits: limits(share, spread)})
		}
		i = j
	}
	return out
}

// limits of a share that still waits, on the scale log(-log), where they stay
// within 0 and 1 and hold for few cases (Borgan and Liestøl 1990, Scandinavian
// Journal of Statistics 17:35).
func limits(share, spread float64) [2]float64 {
	if share <= 0 || share >= 1 {
		return [2]float64{share, share}
	}
	reach := Z * math.Sqrt(spread) / math.Log(share) // below 0
	return [2]float64{math.Pow(share, math.Exp(-reach)), math.Pow(share, math.Exp(reach))}
}

// MedianWait is the time after which half of the cases are over, counting those
// that still wait. Its interval is that of Brookmeyer and Crowley (1982,
// Biometrics 38:29) with the limits of Waiting: unbounded above when too many
// still wait. When nobody does, it is MedianOf, which is exact and copes with
// many equal waits.
func MedianWait(cases []Waited) Median {
	if !slices.ContainsFunc(cases, func(c Waited) bool { return !c.Over }) {
		values := make([]float64, len(cases))
		for i, c := range cases {
			values[i] = c.Time
		}
		return MedianOf(values)
	}
	m := unknown
	lowFound, highFound := false, false
	for _, s := range Waiting(cases) {
		if !lowFound && s.limits[0] <= 0.5 {
			m.Low, lowFound = s.Time, true
		}
		if !m.Known && s.Waiting <= 0.5 {
			m.Value, m.Known = s.Time, true
		}
		if !highFound && s.limits[1] <= 0.5 && s.Waiting > 0 {
			m.High, highFound = s.Time, true
		}
	}
	return m
}

// Medians is the median of a less that of b; false when either cannot be said.
// Its interval joins theirs like that of Shares.
func Medians(a, b Median) (Difference, bool) {
	if !a.Known || !b.Known {
		return Difference{Low: math.Inf(-1), High: math.Inf(1)}, false
	}
	return recovered(a.Value, a.Low, a.High, b.Value, b.Low, b.High), true
}

// Shift is by how much the values of a are larger than those of b: the median of
// all differences, with the interval that inverts Mann and Whitney's test
// (Hodges and Lehmann 1963; Hollander and Wolfe 1999, section 4.3, the normal
// approximation). False without values on either side.
func Shift(a, b []float64) (Difference, bool) {
	none := Difference{Low: math.Inf(-1), High: math.Inf(1)}
	if len(a) == 0 || len(b) == 0 {
		return none, false
	}
	x, y := slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	m, n := float64(len(x)), float64(len(y))
	all := len(x) * len(y)
	d := Difference{Value: (ranked(x, y, (all+1)/2) + ranked(x, y, all/2+1)) / 2, Low: none.Low, High: none.High}
	if c := int(math.Floor(m*n/2 - Z*math.Sqrt(m*n*(m+n+1)/12))); c > 0 {
		d.Low, d.High = ranked(x, y, c), ranked(x, y, all+1-c)
	}
	return d, true
}

// ranked is the k-th smallest difference of sorted x and y, counting from 1,
// found by halving: there may be too many differences to list.
func ranked(x, y []float64, k int) float64 {
	low, high := x[0]-y[len(y)-1]-1, x[len(x)-1]-y[0]
	for {
		middle := low + (high-low)/2
		if middle <= low || middle >= high {
			return high
		}
		if upTo(x, y, middle) >= k {
			high = middle
		} else {
			low = middle
		}
	}
}

// upTo counts the differences up to a value in one walk along both.
func upTo(x, y []float64, value float64) int {
	n, j := 0, len(y)
	for i := len(x) - 1; i >= 0; i-- {
		for j > 0 && x[i]-y[j-1] <= value {
			j--
		}
		n += len(y) - j
	}
	return n
}
