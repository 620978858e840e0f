package liveness

import "time"

// timing compares the page's clock with the server's. The page asks for the
// next prompt when a step's time is over, so by its own clock all that a step
// takes longer than planned is the round trip of that question. Then a step
// takes on the server's clock its planned time, and at most the two round trips
// around it more: less means that the next prompt was asked for ahead of time,
// more that time was hidden, in which an answer can be made. A slow network
// makes the page's own round trips long and the comparison empty. So does a last
// step whose end is told late: nobody waits for its answer, so the page's clock
// says nothing of it, and light may have been painted on meanwhile.
func (r Rules) timing(c Challenge, frames []Observation, arrivals []Arrival) Finding {
	f := Finding{Check: CheckTiming, Outcome: NotRun, Reason: TimingAbsent}
	if len(arrivals) == 0 {
		return f
	}
	if len(arrivals) != len(c.Steps) {
		f.Outcome, f.Reason = Fail, TimingWrong
		return f
	}
	trips, longest := roundTrips(c, arrivals)
	ending := unclocked(c, arrivals, trips)
	f.Values = map[string]float64{"round_trip": longest.Seconds(), "hidden": r.hidden(c, arrivals, trips).Seconds(), "ending": ending.Seconds()}
	switch {
	case r.impossible(c, arrivals, trips) || r.misplaced(c, frames, arrivals):
		f.Outcome, f.Reason = Fail, TimingWrong
	case longest > r.Slow, ending > r.Slow:
		f.Reason = TimingSlow
	default:
		f.Outcome, f.Reason = Pass, OK
	}
	return f
}

// roundTrips gives, for each step, how long by the page's clock the question for
// the next prompt took.
func roundTrips(c Challenge, arrivals []Arrival) (trips []time.Duration, longest time.Duration) {
	trips = make([]time.Duration, len(arrivals))
	for i := range len(arrivals) - 1 {
		trips[i] = arrivals[i+1].Shown - arrivals[i].Shown - c.Steps[i].Length()
		longest = max(longest, trips[i])
	}
	return trips, longest
}

// impossible says whether the clocks contradict each other.
func (r Rules) impossible(c Challenge, arrivals []Arrival, trips []time.Duration) bool {
	for i, a := range arrivals {
		last := i == len(arrivals)-1
		switch {
		case a.Step != i, a.Committed-a.Revealed < c.Steps[i].Length()-r.Clock: // asked for ahead of time
			return true
		case !last && (trips[i] < -r.Clock || arrivals[i+1].Revealed < a.Committed):
			return true
		}
	}
	return r.hidden(c, arrivals, trips) > r.Clock
}

// unclocked is how much longer than planned the last step took on the server's
// clock, the answer that told it taken off.
func unclocked(c Challenge, arrivals []Arrival, trips []time.Duration) time.Duration {
	last := len(arrivals) - 1
	took := arrivals[last].Committed - arrivals[last].Revealed - c.Steps[last].Length()
	if last > 0 {
		took -= max(trips[last-1], 0)
	}
	return took
}

// hidden is the most time that passed on the server's clock in a step without
// passing on the page's. The first step is left out: it begins when the person
// is ready, and the last ends with an answer that nobody waits for.
func (r Rules) hidden(c Challenge, arrivals []Arrival, trips []time.Duration) time.Duration {
	var most time.Duration
	for i := 1; i < len(arrivals)-1; i++ {
		took := arrivals[i].Committed - arrivals[i].Revealed
		most = max(most, took-c.Steps[i].Length()-max(trips[i-1], 0)-max(trips[i], 0))
	}
	return most
}

// misplaced says whether a frame claims a time at which it could not have been
// committed to in its step: frames of a step come from after the question for
// its prompt and before the question for the next.
func (r Rules) misplaced(c Challenge, frames []Observation, arrivals []Arrival) bool {
	for _, f := range frames {
		if f.Step < 0 || f.Step >= len(arrivals) {
			return true
		}
		if f.At > arrivals[f.Step].Shown+c.Steps[f.Step].Length()+r.Clock {
			return true
		}
		if before := f.Step - 1; before >= 0 && f.At < arrivals[before].Shown+c.Steps[before].Length()-r.Clock {
			return true
		}
	}
	return false
}
