package liveness

import (
	"math"
	"sort"
	"time"
)

// Outcome is a verdict in the words of a check.
type Outcome string

const (
	Pass   Outcome = "pass"   // every prompt was followed, in order and in time
	Review Outcome = "review" // the capture does not allow a judgement
	Fail   Outcome = "fail"   // something other than what was asked for was shown
)

// The reasons of a verdict.
const (
	OK           = "liveness.ok"
	TooFewFrames = "liveness.too-few-frames"
	FaceLost     = "liveness.face-lost"
	SeveralFaces = "liveness.several-faces"
	NotStraight  = "liveness.not-straight"
	NoTurnLeft   = "liveness.no-turn-left"
	NoTurnRight  = "liveness.no-turn-right"
	WrongOrder   = "liveness.wrong-order"
	FaceChanged  = "liveness.face-changed"
	Frozen       = "liveness.frozen"
)

// Observation is what one frame shows.
type Observation struct {
	At    time.Duration `json:"at"` // since the first prompt appeared
	Faces int           `json:"faces"`
	Yaw   float64       `json:"yaw"`   // degrees, of the main face; see face.Pose
	Pitch float64       `json:"pitch"` // likewise
	// Change is the distance of the face's descriptor to that of the frame
	// before with a face; 0 for the first.
	Change float64 `json:"change"`
	// Fingerprint is equal for frames whose pixels are equal.
	Fingerprint string `json:"fingerprint"`
}

// Verdict is the judgement on one capture. Turned gives, for each step, how far
// the head went in the direction asked for, in degrees.
type Verdict struct {
	Outcome Outcome   `json:"outcome"`
	Reason  string    `json:"reason"`
	Turned  []float64 `json:"turned"`
}

// Rules are the figures that Judge goes by.
type Rules struct {
	Frames   int           // least number of frames in a step
	Gap      time.Duration // longest time without a frame
	Lost     float64       // largest share of frames without exactly one face
	Straight float64       // largest yaw that counts as straight, degrees
	Turn     float64       // least turn from the person's own straight, degrees
	Wrong    float64       // turn to the other side that counts as wrong, degrees
	Late     time.Duration // how long after its prompt a turn still counts
	Changed  float64       // descriptor distance from which two frames show two people
	Same     float64       // largest share of frames equal to the one before
}

// DefaultRules ask for a turn of 15 degrees, which flat pictures turned by hand
// hardly reach, and take frames further apart than the face network's threshold
// for one person as two people: frames of one head turned by 25 degrees to
// either side lay up to 0.36 from the straight ones in the tests.
var DefaultRules = Rules{
	Frames: 4, Gap: 700 * time.Millisecond, Lost: 0.2,
	Straight: 14, Turn: 15, Wrong: 12, Late: 400 * time.Millisecond,
	Changed: 0.5, Same: 0.5,
}

// Judge decides a capture by the DefaultRules.
func Judge(c Challenge, frames []Observation) Verdict { return DefaultRules.Judge(c, frames) }

// Judge decides a capture. Frames may come in any order of time; those outside
// the challenge are left out of account.
func (r Rules) Judge(c Challenge, frames []Observation) Verdict {
	frames = within(frames, c.Length()+r.Late)
	if reason := r.unusable(c, frames); reason != "" {
		return Verdict{Outcome: Review, Reason: reason}
	}
	if r.frozen(frames) {
		return Verdict{Outcome: Fail, Reason: Frozen}
	}
	for _, f := range frames {
		if f.Change > r.Changed {
			return Verdict{Outcome: Fail, Reason: FaceChanged}
		}
	}
	return r.follow(c, withOneFace(frames))
}

// follow compares each step's frames with its prompt.
func (r Rules) follow(c Challenge, frames []Observation) Verdict {
	base := straight(c, frames)
	v := Verdict{Outcome: Pass, Reason: OK}
	fail := func(o Outcome, reason string) {
		if v.Outcome == Pass || (v.Outcome == Review && o == Fail) {
			v.Outcome, v.Reason = o, reason
		}
	}
	if math.Abs(base) > r.Straight {
		fail(Review, NotStraight)
	}
	for _, s := range c.Steps {
		rest := turned(median(yaws(settled(s, frames))), base, s.Prompt)
		if s.Prompt == Straight {
			v.Turned = append(v.Turned, rest)
			if math.Abs(rest) > r.Straight {
				fail(Fail, WrongOrder)
			}
			continue
		}
		far := reach(between(frames, s.From, s.To+r.Late), base, s.Prompt)
		v.Turned = append(v.Turned, far)
		switch {
		case rest <= -r.Wrong: // also who swings to and fro all the time
			fail(Fail, WrongOrder)
		case far >= r.Turn:
		case s.Prompt == TurnLeft:
			fail(Fail, NoTurnLeft)
		default:
			fail(Fail, NoTurnRight)
		}
	}
	return v
}

// unusable names what makes a capture impossible to judge.
func (r Rules) unusable(c Challenge, frames []Observation) string {
	last, lost, several := time.Duration(0), 0, 0
	for _, f := range frames {
		if f.At-last > r.Gap {
			return TooFewFrames
		}
		last = f.At
		if f.Faces == 0 {
			lost++
		}
		if f.Faces > 1 {
			several++
		}
	}
	if len(c.Steps) == 0 || c.Length()-last > r.Gap {
		return TooFewFrames
	}
	for _, s := range c.Steps {
		if len(between(frames, s.From, s.To)) < r.Frames {
			return TooFewFrames
		}
	}
	allowed := r.Lost * float64(len(frames))
	switch {
	case float64(lost) > allowed:
		return FaceLost
	case float64(several) > allowed:
		return SeveralFaces
	}
	for _, s := range c.Steps {
		if len(withOneFace(between(frames, s.From, s.To))) == 0 {
			return FaceLost
		}
	}
	return ""
}

// frozen says whether too many frames repeat the one before: a camera's noise
// makes every frame differ, a looped file does not.
func (r Rules) frozen(frames []Observation) bool {
	same := 0
	for i := 1; i < len(frames); i++ {
		if frames[i].Fingerprint != "" && frames[i].Fingerprint == frames[i-1].Fingerprint {
			same++
		}
	}
	return float64(same) > r.Same*float64(len(frames)-1)
}

// straight is the person's own straight: the median yaw where the head has come
// to rest in the steps that ask for it.
func straight(c Challenge, frames []Observation) float64 {
	var all []float64
	for _, s := range c.Steps {
		if s.Prompt == Straight {
			all = append(all, yaws(settled(s, frames))...)
		}
	}
	return median(all)
}

// settled gives the frames of a step's last third, when the head has had time
// to follow; all of the step's frames when there are none.
func settled(s Step, frames []Observation) []Observation {
	if rest := between(frames, s.To-(s.To-s.From)/3, s.To); len(rest) > 0 {
		return rest
	}
	return between(frames, s.From, s.To)
}

// reach gives the second largest turn to the side asked for: a single frame may
// be a slip of the landmarks.
func reach(frames []Observation, base float64, p Prompt) float64 {
	first, second := 0.0, 0.0
	for _, f := range frames {
		switch t := turned(f.Yaw, base, p); {
		case t > first:
			first, second = t, first
		case t > second:
			second = t
		}
	}
	return second
}

// turned is the yaw from straight, positive to the side asked for.
func turned(yaw, base float64, p Prompt) float64 {
	if p == TurnRight {
		return base - yaw
	}
	return yaw - base
}

func yaws(frames []Observation) []float64 {
	var values []float64
	for _, f := range frames {
		values = append(values, f.Yaw)
	}
	return values
}

func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := append([]float64(nil), values...)
	sort.Float64s(sorted)
	return sorted[len(sorted)/2]
}

func within(frames []Observation, end time.Duration) []Observation {
	kept := between(frames, 0, end)
	sort.SliceStable(kept, func(i, j int) bool { return kept[i].At < kept[j].At })
	return kept
}

func between(frames []Observation, from, to time.Duration) []Observation {
	var kept []Observation
	for _, f := range frames {
		if f.At >= from && f.At < to {
			kept = append(kept, f)
		}
	}
	return kept
}

func withOneFace(frames []Observation) []Observation {
	var kept []Observation
	for _, f := range frames {
		if f.Faces == 1 {
			kept = append(kept, f)
		}
	}
	return kept
}
