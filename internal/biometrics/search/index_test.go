package search

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// drawn makes a gallery and probes of chance, always the same.
func drawn(t testing.TB, n, probes, dimension int) (*Index, [][]float32) {
	t.Helper()
	draw := rand.New(rand.NewPCG(1, 2))
	vector := func() []float32 {
		v := make([]float32, dimension)
		for i := range v {
			v[i] = float32(draw.NormFloat64() * 0.05)
		}
		return v
	}
	x, err := New(dimension, n)
	if err != nil {
		t.Fatal(err)
	}
	for range n {
		if err := x.Add(vector()); err != nil {
			t.Fatal(err)
		}
	}
	var out [][]float32
	for range probes {
		out = append(out, vector())
	}
	return x, out
}

// plain compares with everybody, the simple way.
func plain(x *Index, probe []float32, distance float64) []Hit {
	var hits []Hit
	for i := range x.Len() {
		if d := x.exact(i, probe); d <= distance {
			hits = append(hits, Hit{i, d})
		}
	}
	slices.SortFunc(hits, func(a, b Hit) int { return int(math.Copysign(1, a.Distance-b.Distance)) })
	return hits
}

func TestASearchFindsWhatComparingWithEverybodyFinds(t *testing.T) {
	for _, size := range []struct{ n, dimension int }{{1, 128}, {500, 128}, {20000, 128}, {300, 7}, {300, 130}} {
		x, probes := drawn(t, size.n, 5, size.dimension)
		for _, p := range probes {
			all := plain(x, p, math.Inf(1))
			nearest, found, err := x.Nearest(p)
			if err != nil || !found || nearest.Distance != all[0].Distance {
				t.Fatalf("%+v: nearest %+v, %v, want %+v", size, nearest, err, all[0])
			}
			limit := all[min(len(all)-1, 10)].Distance // the limit itself belongs
			got, err := x.Within(p, limit)
			if err != nil || !slices.Equal(got, all[:min(len(all), 11)]) {
				t.Errorf("%+v: %d within %v, %v", size, len(got), limit, err)
			}
		}
	}
}

func TestAnEmptyGalleryFindsNobody(t *testing.T) {
	x, probes := drawn(t, 0, 1, 16)
	if _, found, err := x.Nearest(probes[0]); found || err != nil {
		t.Errorf("found somebody: %v", err)
	}
	if hits, err := x.Within(probes[0], 10); len(hits) > 0 || err != nil {
		t.Errorf("%v %v", hits, err)
	}
}

func TestADescriptorThatDoesNotFitIsRefused(t *testing.T) {
	x, _ := drawn(t, 3, 0, 16)
	bad := make([]float32, 16)
	bad[4] = float32(math.NaN())
	for _, v := range [][]float32{nil, make([]float32, 15), bad} {
		if err := x.Add(v); !errors.Is(err, ErrDimension) {
			t.Errorf("%d values were added: %v", len(v), err)
		}
		if _, err := x.Within(v, 1); !errors.Is(err, ErrDimension) {
			t.Errorf("%d values were searched: %v", len(v), err)
		}
		if _, _, err := x.Nearest(v); !errors.Is(err, ErrDimension) {
			t.Errorf("%d values were searched: %v", len(v), err)
		}
	}
	if _, err := New(0, 1); !errors.Is(err, ErrDimension) {
		t.Error("a gallery without values was made")
	}
}
