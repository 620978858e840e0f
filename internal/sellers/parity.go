package sellers

import (
	"context"
	"math"
	"slices"
	"time"

	"truepenny/internal/interval"
)

// day is the unit of waiting: one working day of 24 hours.
const day = 24 * time.Hour

// Course is how one application went from its start to its first decision,
// without whose it was. Times that have not come are zero.
type Course struct {
	Application string
	Road        Road // on which it was decided, or stands now: who took the consent back has left the face road
	StartedAt   time.Time
	SentAt      time.Time // the first time
	DecidedAt   time.Time // of the first yes or no; a question in between decides nothing
	Decision    DecisionKind
	EndedAt     time.Time // cancelled, or emptied because nobody answered
}

// Open reports whether a sent application still waits for its first decision.
func (c Course) Open() bool {
	return !c.SentAt.IsZero() && c.DecidedAt.IsZero() && c.EndedAt.IsZero()
}

// wait is the working time from sending to the first decision, or for as long
// as the case has been open at now.
func (c Course) wait(now time.Time) interval.Waited {
	until, over := now, false
	switch {
	case !c.DecidedAt.IsZero():
		until, over = c.DecidedAt, true
	case !c.EndedAt.IsZero():
		until = c.EndedAt
	}
	return interval.Waited{Time: float64(WorkingTime(c.SentAt, until)) / float64(day), Over: over}
}

// Waited is for how many working days a sent application waited for its first
// decision, or has waited at now.
func (c Course) Waited(now time.Time) float64 { return c.wait(now).Time }

// WorkingTime is the time between two moments without Saturdays and Sundays
// (UTC), like the promise of WorkingDays.
func WorkingTime(from, to time.Time) time.Duration {
	from, to = from.UTC(), to.UTC()
	var sum time.Duration
	for from.Before(to) {
		next := time.Date(from.Year(), from.Month(), from.Day()+1, 0, 0, 0, 0, time.UTC)
		if next.After(to) {
			next = to
		}
		if d := from.Weekday(); d != time.Saturday && d != time.Sunday {
			sum += next.Sub(from)
		}
		from = next
	}
	return sum
}

// RoadParity is how the applications of one group went.
type RoadParity struct {
	Sent      int
	Decided   int
	Approved  int
	Open      int     // still wait: counted in Wait for as long as they have
	OldestDay float64 // the longest that one of them has waited, in working days
	Cancelled int     // ended by the person, or because nobody answered; in Wait up to then
	Unsent    int     // begun on this road in the period and not sent

	Approval      interval.Share
	ApprovalRange [2]float64      // Wilson
	Wait          interval.Median // working days to the first decision (Kaplan and Meier)
	Before        interval.Median // hours from starting to sending
	Curve         []interval.Step // who still waits, for drawing
}

// Verdict is what a comparison shows.
type Verdict string

const (
	VerdictFew   Verdict = "few"   // it cannot be said yet
	VerdictAlike Verdict = "alike" // the interval shows that declining costs no more than the margin
	VerdictCosts Verdict = "costs" // the interval shows that declining costs more than the margin
)

// Gap is by how much those who declined are worse off: a positive Value is a
// cost. The alarm follows the interval, never the point alone.
type Gap struct {
	interval.Difference
	Known   bool
	Margin  float64
	Verdict Verdict
	Needed  int // cases on each road with which it could be said, while Verdict is few
}

// Parity compares those who declined the face comparison with those who
// accepted it.
type Parity struct {
	From, To, At       time.Time
	Accepted, Declined RoadParity
	Approval           Gap // share approved, accepted less declined; 0.1 is ten points
	Wait               Gap // median working days to the first decision, declined less accepted
	Before             Gap // hours before sending, declined less accepted (Hodges and Lehmann); no margin, for information
}

// Parity compares the applications that were first sent from a moment up to
// another, as they stand now. Every application is offered both roads on one
// page, so whoever is on the road on documents declined; who agreed and took it
// back counts as declined. Applications that follow a refused one are left out,
// so that a person counts once. Erased ones are gone and not counted.
func (s *Service) Parity(ctx context.Context, from, to time.Time) (Parity, error) {
	courses, err := s.courses(ctx, from, to)
	if err != nil {
		return Parity{}, err
	}
	return compare(courses, s.Policy, from, to, s.clock.Now()), nil
}

func compare(courses []Course, p Policy, from, to, now time.Time) Parity {
	out := Parity{From: from, To: to, At: now}
	accepted, beforeAccepted := summarize(courses, RoadFace, now)
	declined, beforeDeclined := summarize(courses, RoadDocuments, now)
	out.Accepted, out.Declined = accepted, declined
	out.Approval = Gap{Difference: interval.Shares(accepted.Approval, declined.Approval), Known: true, Margin: p.ParityPoints}
	out.Wait = Gap{Margin: float64(p.ParityDelay) / float64(day)}
	out.Wait.Difference, out.Wait.Known = interval.Medians(declined.Wait, accepted.Wait)
	out.Before.Difference, out.Before.Known = interval.Shift(beforeDeclined, beforeAccepted)
	fewest := min(accepted.Decided, declined.Decided)
	out.Approval.judge(fewest, p.ParityLeast)
	out.Wait.judge(fewest, p.ParityLeast)
	if out.Approval.Verdict == VerdictFew {
		out.Approval.Needed = neededForShares(accepted.Approval, declined.Approval, out.Approval.Margin, p.ParityLeast)
	}
	if out.Wait.Verdict == VerdictFew {
		out.Wait.Needed = out.Wait.needed(fewest, p.ParityLeast)
	}
	return out
}

// summarize gathers one group of courses.
func summarize(courses []Course, road Road, now time.Time) (RoadParity, []float64) {
	var r RoadParity
	var waits []interval.Waited
	var before []float64
	for _, c := range courses {
		if c.Road != road {
			continue
		}
		if c.SentAt.IsZero() {
			r.Unsent++
			continue
		}
		r.Sent++
		w := c.wait(now)
		waits, before = append(waits, w), append(before, c.SentAt.Sub(c.StartedAt).Hours())
		switch {
		case c.Open():
			r.Open, r.OldestDay = r.Open+1, math.Max(r.OldestDay, w.Time)
		case c.DecidedAt.IsZero():
			r.Cancelled++
		default:
			r.Decided++
			if c.Decision == Approve {
				r.Approved++
			}
		}
	}
	r.Approval = interval.Share{Of: r.Approved, All: r.Decided}
	r.ApprovalRange[0], r.ApprovalRange[1] = r.Approval.Wilson()
	r.Wait, r.Before, r.Curve = interval.MedianWait(waits), interval.MedianOf(before), interval.Waiting(waits)
	return r, before
}

// judge follows the near end of the interval for an alarm and its far end for
// an all-clear. Below the least number of cases nothing is said.
func (g *Gap) judge(fewest, least int) {
	g.Verdict = VerdictFew
	switch {
	case !g.Known || fewest < least:
	case g.Low > g.Margin:
		g.Verdict = VerdictCosts
	case g.High <= g.Margin:
		g.Verdict = VerdictAlike
	}
}

// neededForShares is how many decided cases each road needs before the interval
// can leave the margin on one side, if the shares stay what they are: reach =
// z sqrt(p(1-p) + q(1-q))/sqrt(n). Shares of few cases are drawn to one half by
// Agresti and Caffo (2000), adding a success and a failure.
func neededForShares(a, b interval.Share, margin float64, least int) int {
	p, q := float64(a.Of+1)/float64(a.All+2), float64(b.Of+1)/float64(b.All+2)
	away := math.Abs(margin - (a.Rate() - b.Rate()))
	return enough(interval.Z*interval.Z*(p*(1-p)+q*(1-q))/(away*away), least)
}

// needed scales the number of cases by how much narrower the interval would
// have to be; 0 when nothing can be said of it.
func (g Gap) needed(fewest, least int) int {
	if !g.Known {
		return least
	}
	reach, away := g.High-g.Value, g.Margin-g.Value
	if away < 0 {
		reach, away = g.Value-g.Low, -away
	}
	if math.IsInf(reach, 1) {
		return max(least, 2*fewest)
	}
	return enough(float64(fewest)*(reach/away)*(reach/away), least)
}

// MostNeeded is the largest number that is named: beyond it the two are as good
// as alike at the margin, and "more than" is said.
const MostNeeded = 100_000

func enough(n float64, least int) int {
	if math.IsNaN(n) || n > MostNeeded {
		return MostNeeded
	}
	return max(least, int(math.Ceil(n)))
}

// Alarms lists what declining was shown to cost more of than the margin.
func (p Parity) Alarms() []string {
	var out []string
	if p.Approval.Verdict == VerdictCosts {
		out = append(out, alarmApproval)
	}
	if p.Wait.Verdict == VerdictCosts {
		out = append(out, alarmWait)
	}
	return slices.Clip(out)
}
