package liveness

import (
	"math"
	"slices"
	"time"
)

// episode is one gesture as it was seen.
type episode struct {
	gesture Prompt
	start   time.Duration // when the movement began
	peak    float64       // how far it went; for a blink the share of the opening that was lost
	back    time.Duration // when it was undone; the end of the capture when never
}

const (
	rise     = 0.5 // thresholds a second: slower movement is drift and not the start of a gesture
	riseOver = 130 * time.Millisecond
	foot     = 0.15 // of a threshold: a gesture begins here at the latest when traced back
	halfway  = 0.5  // of a threshold, and of a gesture's peak: below either, the head is back
)

// episodes lists the gestures in the order of their start.
func (r Rules) episodes(m motion) []episode {
	var all []episode
	for p := range m.far {
		all = append(all, m.lasting(p)...)
	}
	all = append(all, r.blinks(m)...)
	slices.SortFunc(all, func(a, b episode) int { return int(a.start - b.start) })
	return all
}

// lasting finds the times in which a gesture went beyond its threshold.
func (m motion) lasting(p Prompt) []episode {
	far := m.far[p]
	var all []episode
	for i := 0; i < len(far); i++ {
		if far[i] < 1 {
			continue
		}
		e := episode{gesture: p, start: m.at[m.footOf(far, i)], back: math.MaxInt64}
		for ; i < len(far); i++ {
			e.peak = max(e.peak, far[i])
			if far[i] < max(halfway, e.peak/2) {
				e.back = m.at[i]
				break
			}
		}
		all = append(all, e)
	}
	return all
}

// footOf goes back from a frame to where its rise began.
func (m motion) footOf(far []float64, i int) int {
	for i > 0 && far[i] > foot {
		before := i - 1
		for before > 0 && m.at[i]-m.at[before] < riseOver {
			before--
		}
		if far[i]-far[before] < rise*(m.at[i]-m.at[before]).Seconds() {
			break
		}
		i--
	}
	return i
}

// blinks finds where the eyes shut and opened again while the head was still.
func (r Rules) blinks(m motion) []episode {
	var all []episode
	for i := 1; i < len(m.open); i++ {
		if m.open[i] >= r.Shut {
			continue
		}
		before := i - 1
		for before > 0 && m.open[before] < r.Reopened && m.at[i]-m.at[before] < r.BlinkTime {
			before--
		}
		shut, e := i, episode{gesture: Blink, start: m.at[before+1]}
		for i < len(m.open) && m.open[i] <= r.Reopened {
			e.peak = max(e.peak, 1-m.open[i])
			i++
		}
		if i == len(m.open) || m.open[before] < r.Reopened || m.at[i]-m.at[shut] > r.BlinkTime {
			continue
		}
		e.back = m.at[i]
		if m.moved(before, i) < r.Still {
			all = append(all, e)
		}
	}
	return all
}

// moved is how much yaw or pitch changed between two frames.
func (m motion) moved(from, to int) float64 {
	yaw, pitch := span{math.Inf(1), math.Inf(-1)}, span{math.Inf(1), math.Inf(-1)}
	for _, s := range m.signal[from : to+1] {
		yaw.take(s.Yaw)
		pitch.take(s.Pitch)
	}
	return max(yaw.high-yaw.low, pitch.high-pitch.low)
}

type span struct{ low, high float64 }

func (s *span) take(v float64) { s.low, s.high = min(s.low, v), max(s.high, v) }
