package answers_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"truepenny/internal/answers"
	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/jobs"
	"truepenny/internal/testkit"
)

var start = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// desk answers two questions from a state that a test sets.
type desk struct {
	*answers.Service
	clk     *clock.Fixed
	log     *audit.Log
	agreed  int
	country map[string]int
	parties []answers.Party
}

func open(t *testing.T, store *db.Store) *desk {
	t.Helper()
	d := &desk{clk: clock.NewFixed(start), country: map[string]int{}}
	var err error
	if d.log, err = audit.New(store, d.clk, make([]byte, 32)); err != nil {
		t.Fatal(err)
	}
	d.Service = answers.New(answers.Parts{Store: store, Audit: d.log, Clock: d.clk, Jobs: jobs.New(store, d.clk),
		Look: func(context.Context) (answers.State, error) {
			s := answers.State{Processors: d.parties}
			s.Count(answers.CountAgreed, d.agreed)
			for code, n := range d.country {
				s.Count(answers.CountCountry+code, n)
			}
			return s, nil
		},
		Say: func(s answers.State) []answers.Said {
			f := s.Figure(answers.CountAgreed)
			return []answers.Said{
				{Question: "enrolled", Text: []string{fmt.Sprintf("%d %v %v", f.Shown, f.Fewer, s.Countries())}, Facts: map[string]any{"agreed": f}},
				{Question: "third-parties", Text: []string{fmt.Sprintf("%d parties", len(s.Processors))}, Facts: map[string]any{}},
			}
		}})
	return d
}

// compare lets a day pass and compares.
func (d *desk) compare(t *testing.T) {
	t.Helper()
	d.clk.Advance(24 * time.Hour)
	if err := d.Compare(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (d *desk) all(t *testing.T) []answers.Answer {
	t.Helper()
	all, err := d.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestEveryChangeOfAnAnswerIsKeptWithItsDay(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		d := open(t, store)
		d.compare(t)
		first := d.clk.Now()
		d.compare(t)
		if a := d.all(t)[1]; !a.Since.Equal(first) || len(a.Before) != 0 {
			t.Fatalf("an answer that stayed: %+v", a)
		}
		d.parties = []answers.Party{{Name: "Relay"}}
		d.clk.Advance(time.Hour)
		if a := d.all(t)[1]; a.Text[0] != "1 parties" || !a.Since.Equal(d.clk.Now()) || len(a.Before) != 1 {
			t.Fatalf("the answer is not made from the live state: %+v", a)
		}
		d.compare(t)
		second := d.clk.Now()
		d.parties = nil
		d.compare(t)
		a := d.all(t)[1]
		if len(a.Before) != 2 || a.Before[0].Text[0] != "1 parties" || !a.Before[0].Since.Equal(second) || !a.Before[0].Until.Equal(a.Since) ||
			a.Before[1].Text[0] != "0 parties" || !a.Before[1].Until.Equal(second) || !a.Before[1].Since.Equal(first) {
			t.Fatalf("got %+v", a)
		}
		rows, err := d.log.List(t.Context(), audit.Filter{Action: "answers.compared"})
		if err != nil || len(rows) != 3 || rows[0].Details["questions"] != "third-parties" {
			t.Fatalf("got %+v %v", rows, err)
		}
	})
}

// TestAFigureMovesOnlyWithEnoughPeople holds every figure that a year of single
// comings and goings shows against the count behind it.
func TestAFigureMovesOnlyWithEnoughPeople(t *testing.T) {
	d := open(t, testkit.Store(t))
	d.compare(t)
	last, at := d.all(t)[0].Text[0], 0
	step := []int{1, 1, 1, -1, 1, 1, -1, -1, 1}
	for i := range 120 {
		d.agreed = max(0, d.agreed+step[i%len(step)])
		d.compare(t)
		now := d.all(t)[0].Text[0]
		if now == last {
			continue
		}
		if moved := d.agreed - at; moved < 10 && moved > -10 {
			t.Fatalf("day %d: from %q to %q with %d people", i, last, now, moved)
		}
		last, at = now, d.agreed
	}
	if at == 0 {
		t.Fatal("the figure never moved")
	}
	before := d.all(t)[0].Text[0]
	d.agreed = 1000
	if d.all(t)[0].Text[0] != before {
		t.Fatal("a figure moved between two comparisons")
	}
}

// TestAFigureNeverSaysWhatIsNotSo holds what is told against the count behind it
// while people come and go one by one.
func TestAFigureNeverSaysWhatIsNotSo(t *testing.T) {
	d := open(t, testkit.Store(t))
	path := []int{}
	for n := range 45 {
		path = append(path, n)
	}
	for n := 44; n >= 0; n-- {
		path = append(path, n)
	}
	for _, n := range path {
		d.agreed = n
		d.compare(t)
		text, err := json.Marshal(d.all(t)[0].Facts["agreed"])
		if err != nil {
			t.Fatal(err)
		}
		var told map[string]int
		if err := json.Unmarshal(text, &told); err != nil || len(told) != 1 {
			t.Fatalf("%s: %v", text, err)
		}
		if most, fewer := told["fewer_than"]; fewer && n >= most {
			t.Fatalf("%d people are told as %s", n, text)
		}
		if about, is := told["about"]; is && (n <= about-10 || n >= about+20) {
			t.Fatalf("%d people are told as %s", n, text)
		}
	}
}

func TestACountryIsNamedOnlyWithEnoughPeople(t *testing.T) {
	d := open(t, testkit.Store(t))
	d.country = map[string]int{"PT": 1, "SE": 25}
	d.compare(t)
	if text := d.all(t)[0].Text[0]; !strings.Contains(text, "SE") || strings.Contains(text, "PT") {
		t.Fatal(text)
	}
	d.country["PT"] = 10 // nine more: not yet a step
	d.compare(t)
	if text := d.all(t)[0].Text[0]; strings.Contains(text, "PT") {
		t.Fatal(text)
	}
	d.country["PT"] = 11
	delete(d.country, "SE")
	d.compare(t)
	if text := d.all(t)[0].Text[0]; !strings.Contains(text, "PT") || strings.Contains(text, "SE") {
		t.Fatal(text)
	}
	if rows, _ := d.log.List(t.Context(), audit.Filter{Action: "answers.compared"}); len(rows) != 2 {
		t.Fatalf("%d entries", len(rows))
	}
}
