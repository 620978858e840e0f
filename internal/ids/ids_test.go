package ids

import (
	"regexp"
	"testing"
)

func TestIdentifiersHaveTheirShapeAndNeverRepeat(t *testing.T) {
	shape := regexp.MustCompile(`^app_[a-z2-7]{26}$`)
	seen := map[string]bool{}
	for range 10_000 {
		id := New("app")
		if !shape.MatchString(id) || seen[id] {
			t.Fatalf("bad or repeated id %q", id)
		}
		seen[id] = true
	}
}

func TestHashOfTokenIsStableAndHidesIt(t *testing.T) {
	token := Token()
	first, again := Hash(token), Hash(token)
	if len(token) != 43 || first != again || first == token || len(first) != 64 {
		t.Fatalf("token %q hash %q", token, first)
	}
}

func TestIntnReachesEveryValueAndNoOther(t *testing.T) {
	counts := make([]int, 5)
	for range 5_000 {
		counts[Intn(5)]++
	}
	for v, n := range counts {
		if n < 800 { // expectation 1,000; 800 is more than 7 standard deviations below
			t.Fatalf("value %d drawn %d times of 5000", v, n)
		}
	}
}

func TestShuffleKeepsEveryElement(t *testing.T) {
	s := []int{1, 2, 3, 4, 5, 6}
	Shuffle(s)
	sum := 0
	for _, v := range s {
		sum += v
	}
	if sum != 21 {
		t.Fatalf("lost an element: %v", s)
	}
}
