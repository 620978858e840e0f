package liveness

import (
	"math"
	"slices"
	"time"

	"truepenny/internal/biometrics/mesh"
)

// motion is a capture as movement: for each frame with one face and each
// gesture, how far the person is in it, 1 at the gesture's threshold.
type motion struct {
	at     []time.Duration
	far    map[Prompt][]float64
	signal []mesh.Signals // against the neutral face; IO and MouthWidth as ratios
	open   []float64      // eye opening against its median around
}

// neutral is the face that gestures are measured against: the median of the
// first frames.
func (r Rules) neutral(frames []Observation) (base mesh.Signals, n int) {
	var first []mesh.Signals
	for _, f := range frames {
		if f.At < r.Base && f.Faces == 1 {
			first = append(first, f.Signals)
		}
	}
	of := func(get func(mesh.Signals) float64) float64 {
		var v []float64
		for _, s := range first {
			v = append(v, get(s))
		}
		return median(v)
	}
	return mesh.Signals{
		Yaw:        of(func(s mesh.Signals) float64 { return s.Yaw }),
		Pitch:      of(func(s mesh.Signals) float64 { return s.Pitch }),
		Roll:       of(func(s mesh.Signals) float64 { return s.Roll }),
		IO:         of(func(s mesh.Signals) float64 { return s.IO }),
		Opening:    of(func(s mesh.Signals) float64 { return s.Opening }),
		MouthWidth: of(func(s mesh.Signals) float64 { return s.MouthWidth }),
		CornerLift: of(func(s mesh.Signals) float64 { return s.CornerLift }),
	}, len(first)
}

// motion gives the movement against a neutral face. Single frames that fall out
// of line are smoothed away, except where the eyes shut.
func (r Rules) motion(frames []Observation, base mesh.Signals) motion {
	m := motion{far: map[Prompt][]float64{}}
	for _, f := range frames {
		if f.Faces != 1 {
			continue
		}
		s := f.Signals
		s.Yaw, s.Pitch, s.Roll = s.Yaw-base.Yaw, s.Pitch-base.Pitch, s.Roll-base.Roll
		s.IO, s.MouthWidth, s.CornerLift = s.IO/base.IO, s.MouthWidth/base.MouthWidth, s.CornerLift-base.CornerLift
		m.at = append(m.at, f.At)
		m.signal = append(m.signal, s)
		for p, far := range r.far(s) {
			m.far[p] = append(m.far[p], far)
		}
	}
	for p, far := range m.far {
		m.far[p] = smooth(far)
	}
	m.open = r.opening(m)
	return m
}

// far says how far a frame is in each gesture that lasts.
func (r Rules) far(s mesh.Signals) map[Prompt]float64 {
	smile := 0.0
	if math.Abs(s.Yaw) < r.Still && math.Abs(s.Pitch) < r.Still {
		smile = r.smile(s)
	}
	return map[Prompt]float64{
		TurnLeft: s.Yaw / r.Turn, TurnRight: -s.Yaw / r.Turn, LookUp: s.Pitch / r.Up,
		Tilt: math.Abs(s.Roll) / r.Tilt, Closer: (s.IO - 1) / r.Closer, Smile: smile,
	}
}

// smile adds up two signs of it: small smiles show a little of both.
func (r Rules) smile(s mesh.Signals) float64 {
	return (s.MouthWidth - 1 + r.LiftOver*s.CornerLift) / r.Smile
}

// opening compares each frame's eye opening with the median of the frames
// around it: what is open differs with the pose and in a smile.
func (r Rules) opening(m motion) []float64 {
	out := make([]float64, len(m.at))
	from := 0
	for i, at := range m.at {
		for m.at[from] < at-r.Median/2 {
			from++
		}
		var around []float64
		for j := from; j < len(m.at) && m.at[j] <= at+r.Median/2; j++ {
			around = append(around, m.signal[j].Opening)
		}
		if mid := median(around); mid > 0 {
			out[i] = m.signal[i].Opening / mid
		}
	}
	return out
}

// smooth gives the median of each value and its neighbours.
func smooth(v []float64) []float64 {
	out := slices.Clone(v)
	for i := 1; i+1 < len(v); i++ {
		out[i] = median(v[i-1 : i+2])
	}
	return out
}

func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	if n := len(sorted); n%2 == 0 {
		return (sorted[n/2-1] + sorted[n/2]) / 2
	}
	return sorted[len(sorted)/2]
}
