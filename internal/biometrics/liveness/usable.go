package liveness

import (
	"math"
	"slices"
	"time"

	"truepenny/internal/biometrics/mesh"
)

// unusable names what makes a capture impossible to judge; "" when nothing does.
func (r Rules) unusable(frames []Observation, end time.Duration) string {
	if len(frames) == 0 || end <= 0 || float64(len(frames)) < r.Rate*end.Seconds() {
		return TooFewFrames
	}
	last, lost, several := time.Duration(0), 0, 0
	var io []float64
	for _, f := range frames {
		if f.At-last > r.Gap {
			return TooFewFrames
		}
		last = f.At
		switch {
		case f.Faces == 0:
			lost++
		case f.Faces > 1:
			several++
		default:
			io = append(io, f.Signals.IO)
		}
	}
	allowed := r.Lost * float64(len(frames))
	switch {
	case end-last > r.Gap:
		return TooFewFrames
	case float64(lost) > allowed:
		return FaceLost
	case float64(several) > allowed:
		return SeveralFaces
	case median(io) < r.IO:
		return FaceSmall
	}
	return ""
}

// baseless names what makes a neutral face unfit to measure against.
func (r Rules) baseless(base mesh.Signals, n int) string {
	const least = 5
	switch {
	case n < least, base.IO <= 0, base.MouthWidth <= 0:
		return FaceLost
	case math.Abs(base.Yaw) > r.Turned:
		return NotStraight
	case base.Opening < r.Open:
		return EyesClosed
	}
	return ""
}

// within gives the frames up to an end in the order of their time.
func within(frames []Observation, end time.Duration) []Observation {
	kept := slices.DeleteFunc(slices.Clone(frames), func(f Observation) bool { return f.At < 0 || f.At >= end })
	slices.SortStableFunc(kept, func(a, b Observation) int { return int(a.At - b.At) })
	return kept
}
