package liveness

import (
	"slices"
	"time"

	"truepenny/internal/biometrics/pad"
)

// Prompt is one thing that the person is asked to do. Left and right are the
// person's own; frames are judged as the camera sees them, not mirrored.
type Prompt string

const (
	Straight  Prompt = "look-straight" // the neutral face that all gestures are measured against
	TurnLeft  Prompt = "turn-left"
	TurnRight Prompt = "turn-right"
	Tilt      Prompt = "tilt" // to either shoulder
	LookUp    Prompt = "look-up"
	Blink     Prompt = "blink"
	Smile     Prompt = "smile"
	Closer    Prompt = "closer"
	HoldStill Prompt = "hold-still" // while the screen shows coloured light
)

// Step is a prompt with the time in which it stands on the screen, measured
// from the start of the capture when nothing delays it.
type Step struct {
	Prompt Prompt        `json:"prompt"`
	From   time.Duration `json:"from"`
	To     time.Duration `json:"to"`
}

// Length is how long the prompt stands.
func (s Step) Length() time.Duration { return s.To - s.From }

// asks says whether the step wants a gesture.
func (s Step) asks() bool { return s.Prompt != Straight && s.Prompt != HoldStill }

// Challenge is the order and timing of prompts that one capture must follow:
// look straight, four gestures, look straight, and hold still while the screen
// shows the colours of Light. The caller binds it to one application and
// session, reveals one prompt at a time, and takes one answer before it expires.
type Challenge struct {
	Steps     []Step        `json:"steps"`
	Light     pad.Sequence  `json:"light,omitempty"`
	LightFrom time.Duration `json:"lightFrom,omitempty"` // when Light's first colour is shown, a neutral grey
	Expires   time.Time     `json:"expires"`
}

// Options say what a challenge may ask for.
type Options struct {
	Light  bool           // show coloured light at the end
	Avoid  []Prompt       // gestures that are left out; a blink and a turn are always asked for
	Recent []pad.Sequence // light sequences handed out lately, to be unlike them
}

const (
	// Valid is how long a challenge may be answered after it was drawn.
	Valid = 3 * time.Minute
	// LightStep is how long one colour stands: one change each half second is
	// at most one flash a second, WCAG 2.3.1 allows three.
	LightStep = 500 * time.Millisecond

	gestures   = 4                       // asked for in one challenge
	grain      = 50 * time.Millisecond   // lengths are drawn in these
	leadIn     = 1 * time.Second         // shortest first look straight; the base is taken from it
	leadMore   = 6                       // grains that the first look straight may be longer
	window     = 1400 * time.Millisecond // shortest window of a gesture
	windowMore = 12                      // grains that it may be longer: up to 2 s
	leadOut    = 700 * time.Millisecond  // to come back to the neutral face
)

// NewChallenge draws a challenge. Without light it takes 7.3 to 10.0 seconds,
// 8.65 on average, and the light takes 4.5 to 5.5 more. intn draws evenly from 0
// to n-1, as ids.Intn does.
func NewChallenge(intn func(n int) int, o Options, expires time.Time) Challenge {
	c := Challenge{Expires: expires}
	c.add(Straight, leadIn+grain*time.Duration(intn(leadMore+1)))
	for _, p := range draw(intn, o.Avoid) {
		c.add(p, window+grain*time.Duration(intn(windowMore+1)))
	}
	c.add(Straight, leadOut)
	if o.Light {
		c.LightFrom = c.Length()
		steps := pad.StepsLeast + intn(pad.StepsMost-pad.StepsLeast+1)
		c.Light = pad.NewSequence(intn, steps, o.Recent)
		c.add(HoldStill, LightStep*time.Duration(len(c.Light)))
	}
	return c
}

func (c *Challenge) add(p Prompt, length time.Duration) {
	c.Steps = append(c.Steps, Step{p, c.Length(), c.Length() + length})
}

// Prompts lists the prompts in their order.
func (c Challenge) Prompts() []Prompt {
	var p []Prompt
	for _, s := range c.Steps {
		p = append(p, s.Prompt)
	}
	return p
}

// Length is the time from the start of the capture to its end when nothing
// delays it.
func (c Challenge) Length() time.Duration {
	if len(c.Steps) == 0 {
		return 0
	}
	return c.Steps[len(c.Steps)-1].To
}

// Expired says whether it is too late to answer.
func (c Challenge) Expired(now time.Time) bool { return !now.Before(c.Expires) }

// OnTime is the record of a capture that followed the plan without any delay,
// for clips that were not taken over a network.
func (c Challenge) OnTime() []Arrival {
	var all []Arrival
	for i, s := range c.Steps {
		all = append(all, Arrival{Step: i, Revealed: s.From, Committed: s.To, Shown: s.From})
	}
	return all
}

// draw draws the gestures in their order: a blink, a turn to one side and two
// others. A flat picture cannot blink, nor show a turn of 15 degrees, and a
// picture behind which eyes blink cannot turn: these two are asked for always,
// the rest is chance. Where too few gestures are left, the turn to the other
// side steps in.
func draw(intn func(n int) int, avoid []Prompt) []Prompt {
	sides := []Prompt{TurnLeft, TurnRight}
	turn := intn(len(sides))
	var free []Prompt
	for _, p := range []Prompt{Tilt, LookUp, Smile, Closer} {
		if !slices.Contains(avoid, p) {
			free = append(free, p)
		}
	}
	if len(free) < gestures-2 {
		free = append(free, sides[1-turn])
	}
	drawn := []Prompt{Blink, sides[turn]}
	if pairs := pairs(free); len(pairs) > 0 {
		drawn = append(drawn, pairs[intn(len(pairs))]...)
	} else {
		drawn = append(drawn, free...)
	}
	for i := len(drawn) - 1; i > 0; i-- {
		j := intn(i + 1)
		drawn[i], drawn[j] = drawn[j], drawn[i]
	}
	return drawn
}

// pairs lists the ways to choose two.
func pairs(of []Prompt) [][]Prompt {
	var all [][]Prompt
	for i, a := range of {
		for _, b := range of[i+1:] {
			all = append(all, []Prompt{a, b})
		}
	}
	return all
}
