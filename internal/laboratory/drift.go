package laboratory

import (
	"context"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/biometrics/face"
	"truepenny/internal/db"
	"truepenny/internal/jobs"
)

const (
	weekJob = "lab.weeks"
	// scoresLast is how many weeks back live scores are still there to be
	// counted: they go with the face data, 30 days after the decision.
	scoresLast = 4
	// enoughLive is the least number of live checks of which a share is said.
	enoughLive = 30
	// binLive is the width of the bins that live distances are counted in.
	binLive = 0.05
)

// LiveCheck is one face check of a live application.
type LiveCheck struct {
	At       time.Time
	Outcome  string // "pass", "review", "not run"
	Apart    bool   // review because the faces are further apart than the upper limit
	Distance float64
	Measured bool   // Distance is there
	Decision string // "approve", "refuse", "" while nobody decided
}

// Week is what live face checks came to in one week, from Monday, UTC.
type Week struct {
	Monday time.Time `json:"-"`
	Pass   int       `json:"pass"`
	Unsure int       `json:"unsure"` // between the limits, or not judged
	Apart  int       `json:"apart"`  // beyond the upper limit
	NotRun int       `json:"not_run"`
	// Agreement of machine and people, where somebody decided.
	PassApproved  int   `json:"pass_approved"`
	PassRefused   int   `json:"pass_refused"`
	ApartApproved int   `json:"apart_approved"`
	ApartRefused  int   `json:"apart_refused"`
	Bins          []int `json:"bins"` // distances by binLive from 0
}

// Checked is how many checks were run.
func (w Week) Checked() int { return w.Pass + w.Unsure + w.Apart }

// TooFew reports whether the week has too few checks to say a share.
func (w Week) TooFew() bool { return w.Checked() < enoughLive }

// PassShare is the share that passed, with its exact 95 % interval.
func (w Week) PassShare() (share, low, high float64) {
	t := face.Tally{Errors: w.Pass, Pairs: w.Checked()}
	low, high = t.Interval()
	return t.Rate(), low, high
}

// Judged is in how many checks the machine said one thing and a person decided,
// and in how many of those they agree.
func (w Week) Judged() (agree, of int) {
	return w.PassApproved + w.ApartRefused, w.PassApproved + w.PassRefused + w.ApartApproved + w.ApartRefused
}

func (w *Week) add(c LiveCheck) {
	switch {
	case c.Outcome == "not run":
		w.NotRun++
		return
	case c.Outcome == "pass":
		w.Pass++
	case c.Apart:
		w.Apart++
	default:
		w.Unsure++
	}
	switch {
	case c.Outcome == "pass" && c.Decision == "approve":
		w.PassApproved++
	case c.Outcome == "pass" && c.Decision == "refuse":
		w.PassRefused++
	case c.Apart && c.Decision == "approve":
		w.ApartApproved++
	case c.Apart && c.Decision == "refuse":
		w.ApartRefused++
	}
	if c.Measured && c.Distance >= 0 {
		bin := min(int(c.Distance/binLive), 39)
		for len(w.Bins) <= bin {
			w.Bins = append(w.Bins, 0)
		}
		w.Bins[bin]++
	}
}

// mondayOf is the beginning of a week, UTC.
func mondayOf(t time.Time) time.Time {
	day := time.Date(t.UTC().Year(), t.UTC().Month(), t.UTC().Day(), 0, 0, 0, 0, time.UTC)
	return day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
}

// count puts live checks into weeks, oldest first; weeks without any are there.
func count(checks []LiveCheck, from, to time.Time) []Week {
	var out []Week
	for m := mondayOf(from); m.Before(to); m = m.AddDate(0, 0, 7) {
		out = append(out, Week{Monday: m})
	}
	for _, c := range checks {
		m := mondayOf(c.At)
		if i := slices.IndexFunc(out, func(w Week) bool { return w.Monday.Equal(m) }); i >= 0 {
			out[i].add(c)
		}
	}
	return out
}

// countWeeks keeps the counts of the weeks whose scores are still there. They
// name nobody and stay when the scores go.
func (s *Service) countWeeks(ctx context.Context, _ jobs.Job) error {
	if s.live == nil {
		return nil
	}
	now := s.clock.Now()
	weeks, err := s.liveWeeks(ctx, now)
	if err != nil {
		return err
	}
	entry := audit.Entry{Actor: reader, Action: "lab.weeks-counted", Subject: "lab", Details: map[string]string{"weeks": strconv.Itoa(len(weeks))}}
	return s.log.Record(ctx, entry, func(tx *db.Tx) error {
		for _, w := range weeks {
			raw, err := json.Marshal(w)
			if err != nil {
				return err
			}
			if err := putWeek(tx, w.Monday, string(raw), now); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) liveWeeks(ctx context.Context, now time.Time) ([]Week, error) {
	from := mondayOf(now).AddDate(0, 0, -7*(scoresLast-1))
	checks, err := s.live.FaceChecks(ctx, from, now.Add(time.Second))
	if err != nil {
		return nil, err
	}
	return count(checks, from, now.Add(time.Second)), nil
}

// Drift is how live checks run against the report in force.
type Drift struct {
	Weeks []Week // oldest first
	Width float64
	// Expected is the share of honest people that the report lets pass, with its
	// interval; Known is false when the thresholds rest on no counts.
	Known               bool
	Expected, Low, High float64
}

// mostWeeks is how many weeks the monitor shows.
const mostWeeks = 26

// Drift reads the weeks that were counted, and counts the present ones.
func (s *Service) Drift(ctx context.Context, actor audit.Actor) (Drift, error) {
	if err := mayRead(actor); err != nil {
		return Drift{}, err
	}
	now := s.clock.Now()
	weeks, err := s.keptWeeks(ctx, mondayOf(now).AddDate(0, 0, -7*(mostWeeks-1)))
	if err != nil {
		return Drift{}, err
	}
	if s.live != nil {
		fresh, err := s.liveWeeks(ctx, now)
		if err != nil {
			return Drift{}, err
		}
		weeks = slices.DeleteFunc(weeks, func(w Week) bool { return len(fresh) > 0 && !w.Monday.Before(fresh[0].Monday) })
		weeks = append(weeks, fresh...)
	}
	d := Drift{Weeks: weeks, Width: binLive}
	if limits := s.Thresholds(ctx); limits.Report.Counted() {
		t := limits.Report.FalseNonMatches
		low, high := t.Interval()
		d.Known, d.Expected, d.Low, d.High = true, 1-t.Rate(), 1-high, 1-low
	}
	return d, nil
}

// Sign of drift in a week.
type Sign string

const (
	SignFew   Sign = "too-few"
	SignNone  Sign = "none"
	SignLower Sign = "lower"   // fewer pass than the report lets one expect
	SignMoved Sign = "moved"   // the share differs from that of the weeks before
	SignAlone Sign = "no-word" // nothing to compare with
)

// Look judges the week at i: against the report, then against up to eight weeks
// before it, each by whether the 95 % intervals lie apart.
func (d Drift) Look(i int) Sign {
	w := d.Weeks[i]
	if w.TooFew() {
		return SignFew
	}
	_, low, high := w.PassShare()
	if d.Known && high < d.Low {
		return SignLower
	}
	var before Week
	for _, b := range d.Weeks[max(0, i-8):i] {
		before.Pass, before.Unsure, before.Apart = before.Pass+b.Pass, before.Unsure+b.Unsure, before.Apart+b.Apart
	}
	if before.TooFew() {
		if d.Known {
			return SignNone
		}
		return SignAlone
	}
	_, lowBefore, highBefore := before.PassShare()
	if high < lowBefore || low > highBefore {
		return SignMoved
	}
	return SignNone
}

// Median is the middle distance of a week, to the width of a bin; false without
// any.
func (w Week) Median() (float64, bool) {
	total := 0
	for _, n := range w.Bins {
		total += n
	}
	seen := 0
	for i, n := range w.Bins {
		if seen += n; total > 0 && 2*seen >= total {
			return math.Round((float64(i)+0.5)*binLive*1000) / 1000, true
		}
	}
	return 0, false
}
