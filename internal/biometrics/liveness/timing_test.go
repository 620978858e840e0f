package liveness

import (
	"testing"
	"time"
)

// networked is a capture over a network: each question for the next prompt
// takes up and down, and the server's clock started some time before the page's.
func (a actor) networked(c Challenge, up, down time.Duration) Recording {
	const ahead = 700 * time.Millisecond
	var arrivals []Arrival
	server, page := time.Duration(0), time.Duration(0)
	for i, s := range c.Steps {
		revealed := server
		if i == 0 {
			server = ahead // the person presses start
		} else {
			server += down
			page += up + down
		}
		shown := page
		page += s.Length()
		server += s.Length() + up
		arrivals = append(arrivals, Arrival{Step: i, Revealed: revealed, Committed: server, Shown: shown})
	}
	rec := a.played(c)
	rec.Arrivals = arrivals
	rec.Frames = a.perform(schedule(c, arrivals))
	return rec
}

func timingOf(c Challenge, rec Recording) Finding {
	for _, f := range Judge(c, rec).Findings {
		if f.Check == CheckTiming {
			return f
		}
	}
	return Finding{}
}

func TestTheNetworksDelayIsNoMistakeAndALongOneIsNotJudged(t *testing.T) {
	c := plan(TurnLeft, Smile, Blink, Tilt)
	for _, k := range []struct {
		up, down time.Duration
		outcome  Outcome
		reason   string
	}{
		{0, 0, Pass, OK},
		{30 * time.Millisecond, 20 * time.Millisecond, Pass, OK},
		{400 * time.Millisecond, 100 * time.Millisecond, Pass, OK},
		{100 * time.Millisecond, 800 * time.Millisecond, Pass, OK},
		{600 * time.Millisecond, 700 * time.Millisecond, NotRun, TimingSlow},
		{4 * time.Second, time.Second, NotRun, TimingSlow},
	} {
		rec := person.networked(c, k.up, k.down)
		if f := timingOf(c, rec); f.Outcome != k.outcome || f.Reason != k.reason {
			t.Errorf("%v up, %v down: %+v", k.up, k.down, f)
		}
	}
	rec := person.networked(c, 0, 0)
	rec.Arrivals = nil
	if f := timingOf(c, rec); f.Outcome != NotRun || f.Reason != TimingAbsent {
		t.Errorf("no server clock: %+v", f)
	}
}

func TestClocksThatContradictEachOtherFail(t *testing.T) {
	c := plan(TurnLeft, Smile, Blink, Tilt)
	for name, change := range map[string]func(*Recording){
		"a prompt asked for ahead of its time": func(r *Recording) { r.Arrivals[2].Committed -= 400 * time.Millisecond },
		"time hidden to make an answer": func(r *Recording) {
			for i := 2; i < len(r.Arrivals); i++ {
				r.Arrivals[i].Committed += 2 * time.Second
				if i > 2 {
					r.Arrivals[i].Revealed += 2 * time.Second
				}
			}
		},
		"a prompt revealed before the frames of the step before": func(r *Recording) { r.Arrivals[3].Revealed -= 50 * time.Millisecond },
		"a prompt shown before the one before was over":          func(r *Recording) { r.Arrivals[3].Shown -= 500 * time.Millisecond },
		"a step that is missing":                                 func(r *Recording) { r.Arrivals = r.Arrivals[:3] },
		"steps that were exchanged":                              func(r *Recording) { r.Arrivals[1].Step, r.Arrivals[2].Step = 2, 1 },
		"frames committed to a step later": func(r *Recording) {
			for i := range r.Frames {
				r.Frames[i].Step = min(r.Frames[i].Step+1, 5)
			}
		},
		"frames committed to before they were made": func(r *Recording) {
			for i := range r.Frames {
				r.Frames[i].Step = max(r.Frames[i].Step-1, 0)
			}
		},
		"a frame of no step": func(r *Recording) { r.Frames[50].Step = 99 },
	} {
		rec := person.networked(c, 30*time.Millisecond, 20*time.Millisecond)
		change(&rec)
		if f := timingOf(c, rec); f.Outcome != Fail || f.Reason != TimingWrong {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

func TestAnEndThatIsToldLateOrASlowNetworkLeavesItToAPerson(t *testing.T) {
	c := plan(TurnLeft, Smile, Blink, Tilt)
	rec := person.networked(c, 30*time.Millisecond, 20*time.Millisecond)
	if v := Judge(c, rec); v.Outcome == Fail || v.Reason == NotJudged {
		t.Fatalf("on time: %s %s", v.Outcome, v.Reason)
	}
	rec.Arrivals[len(rec.Arrivals)-1].Committed += 20 * time.Second // in which light can be painted on
	if f := timingOf(c, rec); f.Outcome != NotRun || f.Reason != TimingSlow {
		t.Errorf("told late: %+v", f)
	}
	for name, rec := range map[string]Recording{"told late": rec, "slow": person.networked(c, 4*time.Second, time.Second)} {
		v := DefaultRules.conclude([]Finding{{Check: CheckLight, Outcome: Pass}, {Check: CheckDepth, Outcome: Pass}, timingOf(c, rec)})
		if v.Outcome != Review || v.Reason != NotJudged {
			t.Errorf("%s: %s %s", name, v.Outcome, v.Reason)
		}
	}
}
