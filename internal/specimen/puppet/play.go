package puppet

import (
	"math"
	"time"

	"truepenny/internal/biometrics/liveness"
	"truepenny/internal/specimen"
)

// Manner is how somebody follows prompts.
type Manner struct {
	Reaction time.Duration // from the prompt to the start of the movement
	Tempo    float64       // 1 is usual, 2 is twice as fast
	Turn     float64       // degrees of a turn
	Up       float64       // degrees of a look upwards
	Tilt     float64       // degrees of a tilt; negative to the person's own right
	Closer   float64       // how much larger the face becomes
}

// Usual is a person who does what the pictures beside the prompts show.
var Usual = Manner{Reaction: 350 * time.Millisecond, Tempo: 1, Turn: 24, Up: 15, Tilt: 17, Closer: 0.28}

// NewManner draws a person's own way: reactions of 0.25 to 0.6 s, movements
// between three quarters and five quarters of the usual pace.
func NewManner(c *specimen.Chance) Manner {
	m := Manner{Reaction: time.Duration(c.Between(250, 600)) * time.Millisecond, Tempo: c.Between(0.85, 1.25),
		Turn: c.Between(20, 27), Up: c.Between(12, 18), Tilt: c.Between(14, 20), Closer: c.Between(0.22, 0.34)}
	if c.Unit() < 0.5 {
		m.Tilt = -m.Tilt
	}
	return m
}

// shape is a movement there, a stay and the way back, in seconds.
type shape struct{ there, stay, back float64 }

var shapes = map[liveness.Prompt]shape{
	"turn-left": {0.5, 0.25, 0.45}, "turn-right": {0.5, 0.25, 0.45},
	"tilt": {0.4, 0.25, 0.4}, "look-up": {0.4, 0.25, 0.4},
	"blink": {0.08, 0.1, 0.12}, "smile": {0.3, 0.5, 0.3}, "closer": {0.5, 0.3, 0.5},
}

// Gesture is the pose of somebody who was shown the prompt some time ago:
// straight before and after, and a smooth movement in between.
func (m Manner) Gesture(p liveness.Prompt, since time.Duration) Pose {
	s := shapes[p]
	g := s.at(m.Tempo * (since - m.Reaction).Seconds())
	switch p {
	case "turn-left":
		return Pose{Yaw: m.Turn * g}
	case "turn-right":
		return Pose{Yaw: -m.Turn * g}
	case "tilt":
		return Pose{Roll: m.Tilt * g}
	case "look-up":
		return Pose{Pitch: m.Up * g}
	case "blink":
		return Pose{Lids: g}
	case "smile":
		return Pose{Smile: g}
	case "closer":
		return Pose{Closer: m.Closer * g}
	}
	return Pose{}
}

// Length is how long the gesture takes from its prompt on.
func (m Manner) Length(p liveness.Prompt) time.Duration {
	s := shapes[p]
	return m.Reaction + time.Duration((s.there+s.stay+s.back)/m.Tempo*float64(time.Second))
}

func (s shape) at(t float64) float64 {
	switch {
	case t <= 0 || s.there == 0:
		return 0
	case t < s.there:
		return smooth(t / s.there)
	case t < s.there+s.stay:
		return 1
	}
	return 1 - smooth((t-s.there-s.stay)/s.back)
}

// Rest is the small movement of somebody who holds still, and of the camera.
func Rest(at time.Duration) Pose {
	t := at.Seconds()
	return Pose{
		Yaw: 0.8 * math.Sin(2.1*t), Pitch: 0.5 * math.Sin(1.7*t+1), Roll: 0.4 * math.Sin(1.3*t+2),
		X: 1.6*math.Sin(1.9*t) + 0.5*math.Sin(5.3*t), Y: 1.1*math.Sin(1.5*t+0.5) + 0.4*math.Sin(4.7*t),
	}
}

// Film is a pose for every moment since the start of a capture.
type Film func(at time.Duration) Pose

// Perform follows the steps of a challenge.
func (m Manner) Perform(steps []liveness.Step) Film {
	return func(at time.Duration) Pose {
		pose := Rest(at)
		for _, s := range steps {
			// A movement goes on when the next prompt has come.
			if at >= s.From && at < s.From+m.Length(s.Prompt) {
				pose = pose.With(m.Gesture(s.Prompt, at-s.From))
			}
		}
		return pose
	}
}
