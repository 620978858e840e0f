package coarse

import "testing"

func TestFewPeopleAreNotCountedInPublic(t *testing.T) {
	for n := range Few {
		if shown, fewer := Count(n); !fewer || shown != Few {
			t.Errorf("%d people: shown %d, fewer %v", n, shown, fewer)
		}
	}
	if shown, fewer := Count(Few); fewer || shown != Few {
		t.Errorf("%d people: shown %d, fewer %v", Few, shown, fewer)
	}
}

func TestCountsAreRoundedDownInStepsThatGrow(t *testing.T) {
	for n, want := range map[int]int{19: 10, 20: 20, 99: 90, 100: 100, 149: 100, 999: 950, 1000: 1000, 1099: 1000, 9999: 9900, 10000: 10000, 10999: 10000, 123456: 120000} {
		if shown, fewer := Count(n); fewer || shown != want {
			t.Errorf("%d people: shown %d (fewer %v), want %d", n, shown, fewer, want)
		}
	}
	last := 0
	for n := range 200_000 {
		shown, fewer := Count(n)
		if fewer {
			continue
		}
		if shown < last || shown > n || n-shown >= Step(n) || Step(n) < Few {
			t.Fatalf("%d people: shown %d after %d, step %d", n, shown, last, Step(n))
		}
		last = shown
	}
}

// TestTheDifferenceOfTwoDaysTellsOfNoSinglePerson holds every pair of counts
// that two days may show against all that could stand behind it: never fewer
// than ten possible changes, so that nobody's coming or going is told.
func TestTheDifferenceOfTwoDaysTellsOfNoSinglePerson(t *testing.T) {
	const most = 1500
	type shown struct {
		n     int
		fewer bool
	}
	least, greatest := map[[2]shown]int{}, map[[2]shown]int{}
	seen := make([]shown, most)
	for n := range most {
		c, f := Count(n)
		seen[n] = shown{c, f}
	}
	for before := range most {
		for after := range most {
			pair, change := [2]shown{seen[before], seen[after]}, after-before
			if _, known := least[pair]; !known {
				least[pair], greatest[pair] = change, change
			}
			least[pair], greatest[pair] = min(least[pair], change), max(greatest[pair], change)
		}
	}
	for pair := range least {
		if possible := greatest[pair] - least[pair] + 1; possible < Few {
			t.Errorf("shown %v: only %d changes are possible", pair, possible)
		}
		if pair[0] == pair[1] && (least[pair] > -(Few-1) || greatest[pair] < Few-1) {
			t.Errorf("shown %v twice: changes from %d to %d", pair, least[pair], greatest[pair])
		}
	}
}

func TestSharesAreToldInSteps(t *testing.T) {
	if _, told := Percent(19, 19); told {
		t.Error("a share of 19 people was told")
	}
	for _, c := range []struct{ of, all, want int }{{20, 20, 100}, {19, 20, 95}, {0, 20, 0}, {58, 60, 95}, {59, 60, 100}, {1, 3000, 0}} {
		if got, told := Percent(c.of, c.all); !told || got != c.want {
			t.Errorf("%d of %d: %d, told %v; want %d", c.of, c.all, got, told, c.want)
		}
	}
	for _, c := range []struct {
		low, high float64
		from, to  int
	}{{0.86, 0.97, 85, 100}, {0.85, 0.95, 85, 95}, {0, 1, 0, 100}, {0.501, 0.549, 50, 55}} {
		if from, to := Outwards(c.low, c.high); from != c.from || to != c.to {
			t.Errorf("%v to %v: %d to %d", c.low, c.high, from, to)
		}
	}
}
