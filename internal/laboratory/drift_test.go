package laboratory

import (
	"context"
	"slices"
	"testing"
	"time"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/db"
	"truepenny/internal/testkit"
)

// lived plays live checks; what is before its oldest was forgotten.
type lived struct{ checks []LiveCheck }

func (l *lived) FaceChecks(_ context.Context, from, to time.Time) ([]LiveCheck, error) {
	var out []LiveCheck
	for _, c := range l.checks {
		if !c.At.Before(from) && c.At.Before(to) {
			out = append(out, c)
		}
	}
	return out, nil
}

// add plays a week: so many that pass, are unsure and far apart.
func (l *lived) add(at time.Time, pass, unsure, apart int) {
	for range pass {
		l.checks = append(l.checks, LiveCheck{At: at, Outcome: "pass", Distance: 0.31, Measured: true, Decision: "approve"})
	}
	for range unsure {
		l.checks = append(l.checks, LiveCheck{At: at, Outcome: "review", Distance: 0.52, Measured: true})
	}
	for range apart {
		l.checks = append(l.checks, LiveCheck{At: at, Outcome: "review", Apart: true, Distance: 0.71, Measured: true, Decision: "refuse"})
	}
}

func watched(live *lived) func(*Parts) {
	return func(p *Parts) {
		p.Live = live
		p.Faces = toned{face.Thresholds{Accept: 0.48, Review: 0.6, Report: face.Report{
			Name: "built in", FalseMatches: face.Tally{Errors: 10, Pairs: 19000}, FalseNonMatches: face.Tally{Errors: 40, Pairs: 400}}}}
	}
}

func TestWeeksAreHeldAgainstTheReportAndTheWeeksBefore(t *testing.T) {
	live := &lived{}
	h := newHouse(t, testkit.Store(t), watched(live))
	now := h.Clock.Now() // a Saturday
	monday := mondayOf(now)
	if monday.Weekday() != time.Monday || now.Sub(monday) > 7*24*time.Hour {
		t.Fatal(monday)
	}
	live.add(monday.AddDate(0, 0, -21), 90, 5, 5)
	live.add(monday.AddDate(0, 0, -14), 88, 8, 4)
	live.add(monday.AddDate(0, 0, -7), 60, 30, 10)
	live.add(monday, 3, 1, 0)
	live.checks = append(live.checks, LiveCheck{At: monday, Outcome: "not run"})
	d, err := h.Drift(t.Context(), h.ada)
	if err != nil || len(d.Weeks) != 4 {
		t.Fatalf("%+v %v", d, err)
	}
	for i, want := range []Sign{SignNone, SignNone, SignLower, SignFew} {
		if got := d.Look(i); got != want {
			t.Errorf("week %d: %s, want %s", i, got, want)
		}
	}
	if d.Expected != 0.9 || !(d.Low < 0.9 && d.High > 0.9) {
		t.Errorf("expected %v (%v to %v)", d.Expected, d.Low, d.High)
	}
	last := d.Weeks[2]
	if agree, of := last.Judged(); agree != 70 || of != 70 {
		t.Errorf("%d of %d agree", agree, of)
	}
	if m, found := last.Median(); !found || m != 0.325 {
		t.Errorf("the middle is %v", m)
	}
	if now := d.Weeks[3]; now.NotRun != 1 || now.Checked() != 4 || !now.TooFew() {
		t.Errorf("%+v", now)
	}
}

func TestCountsStayWhenTheScoresAreGone(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		live := &lived{}
		h := newHouse(t, store, watched(live))
		live.add(h.Clock.Now(), 40, 3, 2)
		ok(t, h.Queue.Schedule(t.Context()))
		_, err := h.Queue.Drain(t.Context())
		ok(t, err)
		h.Clock.Advance(60 * 24 * time.Hour)
		live.checks = nil
		ok(t, h.Queue.Schedule(t.Context()))
		_, err = h.Queue.Drain(t.Context())
		ok(t, err)
		d, err := h.Drift(t.Context(), h.petra)
		ok(t, err)
		i := slices.IndexFunc(d.Weeks, func(w Week) bool { return w.Checked() > 0 })
		if i < 0 || d.Weeks[i].Pass != 40 || d.Weeks[i].Unsure != 3 || d.Weeks[i].Apart != 2 {
			t.Errorf("%+v", d.Weeks)
		}
	})
}

func TestASuddenChangeIsTold(t *testing.T) {
	d := Drift{Weeks: []Week{{Pass: 95, Unsure: 5}, {Pass: 60, Unsure: 40}, {Pass: 2}}}
	for i, want := range []Sign{SignAlone, SignMoved, SignFew} {
		if got := d.Look(i); got != want {
			t.Errorf("week %d: %s, want %s", i, got, want)
		}
	}
}
