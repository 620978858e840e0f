package liveness

import (
	"slices"
	"strings"
	"time"
)

// shown is a step with the time in which its prompt really stood, by the page's
// clock.
type shown struct {
	Step
	until time.Duration // when the next prompt was shown
}

// schedule gives the steps as they were shown; without arrivals as planned.
func schedule(c Challenge, arrivals []Arrival) []shown {
	steps := make([]shown, len(c.Steps))
	for i, s := range c.Steps {
		if len(arrivals) == len(c.Steps) {
			length := s.Length()
			s.From = arrivals[i].Shown
			s.To = s.From + length
		}
		steps[i] = shown{s, s.To}
	}
	for i := 1; i < len(steps); i++ {
		steps[i-1].until = max(steps[i].From, steps[i-1].From)
	}
	return steps
}

// gestures says whether the prompts were answered in order and in time, with
// nothing else between.
func (r Rules) gestures(steps []shown, m motion) Finding {
	seen := r.episodes(m)
	f := Finding{Check: CheckGestures, Outcome: Pass, Reason: OK, Values: map[string]float64{}}
	for _, s := range steps {
		if s.Prompt == HoldStill {
			continue // judged by the light itself
		}
		answer, reason := r.answer(s, seen)
		if answer.gesture != "" {
			name := strings.ReplaceAll(string(s.Prompt), "-", "_")
			f.Values[name+"_far"], f.Values[name+"_start"] = answer.peak, (answer.start - s.From).Seconds()
		}
		if r.strays(s, seen, answer.peak) {
			reason = WrongOrder
		}
		if reason != "" && f.Outcome == Pass {
			f.Outcome, f.Reason = Fail, reason
		}
	}
	return f
}

// answer finds a step's answer and says what is wrong with it, "" for nothing.
// Of several the first that is in time counts.
func (r Rules) answer(s shown, seen []episode) (episode, string) {
	if !s.asks() {
		return episode{}, ""
	}
	reason := missing[s.Prompt]
	var near episode
	for _, e := range seen {
		if e.gesture != s.Prompt || e.start < s.From-s.Length()/2 || e.start > s.until+r.Latest {
			continue
		}
		switch wait := e.start - s.From; {
		case wait < r.Earliest:
			if s.Prompt != Blink { // people blink at any time
				near, reason = e, Early
			}
		case wait > r.Latest:
			if near.gesture == "" && s.Prompt != Blink {
				near, reason = e, Late
			}
		case e.back > s.until+r.Back && s.Prompt != Smile: // a smile lingers
			return e, NotBack
		default:
			return e, ""
		}
	}
	return near, reason
}

// strays says whether another gesture than the one asked for began while the
// prompt stood. Blinks and smiles do not count: people cannot always help them.
func (r Rules) strays(s shown, seen []episode, asked float64) bool {
	return slices.ContainsFunc(seen, func(e episode) bool {
		return e.gesture != s.Prompt && e.gesture != Blink && e.gesture != Smile &&
			e.start >= s.From && e.start < s.until &&
			e.peak >= max(r.Other, r.Beside*asked)
	})
}
