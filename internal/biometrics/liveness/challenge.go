package liveness

import "time"

// Prompt is one thing that the person is asked to do. Left and right are the
// person's own; frames are judged as the camera sees them, not mirrored.
type Prompt string

const (
	Straight  Prompt = "look-straight"
	TurnLeft  Prompt = "turn-left"
	TurnRight Prompt = "turn-right"
)

// Step is a prompt with the time in which it stands on the screen, measured
// from the start of the capture.
type Step struct {
	Prompt Prompt        `json:"prompt"`
	From   time.Duration `json:"from"`
	To     time.Duration `json:"to"`
}

// Challenge is the order of prompts that one capture must follow. The caller
// keeps it, hands it out once, and takes an answer once and before it expires.
type Challenge struct {
	Steps   []Step    `json:"steps"`
	Expires time.Time `json:"expires"`
}

const (
	stepCount = 4
	// StepTime is how long a prompt stands: time to read it and to turn.
	StepTime = 1300 * time.Millisecond
)

// NewChallenge draws a challenge of four steps, 5.2 seconds in all. Each of the
// three prompts comes at least once and none twice in a row: 18 orders. Turns
// to both sides are asked for because a flat picture hardly shows any.
// intn draws evenly from 0 to n-1, as ids.Intn does.
func NewChallenge(intn func(n int) int, expires time.Time) Challenge {
	orders := orders()
	c := Challenge{Expires: expires}
	for i, p := range orders[intn(len(orders))] {
		from := time.Duration(i) * StepTime
		c.Steps = append(c.Steps, Step{p, from, from + StepTime})
	}
	return c
}

// Prompts lists the prompts in their order.
func (c Challenge) Prompts() []Prompt {
	var p []Prompt
	for _, s := range c.Steps {
		p = append(p, s.Prompt)
	}
	return p
}

// Length is the time from the start of the capture to its end.
func (c Challenge) Length() time.Duration {
	if len(c.Steps) == 0 {
		return 0
	}
	return c.Steps[len(c.Steps)-1].To
}

// Expired says whether it is too late to answer.
func (c Challenge) Expired(now time.Time) bool { return !now.Before(c.Expires) }

// orders lists every allowed order.
func orders() [][]Prompt {
	all := []Prompt{Straight, TurnLeft, TurnRight}
	var result [][]Prompt
	var extend func(order []Prompt)
	extend = func(order []Prompt) {
		if len(order) == stepCount {
			if holdsAll(order, all) {
				result = append(result, append([]Prompt(nil), order...))
			}
			return
		}
		for _, p := range all {
			if len(order) == 0 || order[len(order)-1] != p {
				extend(append(order[:len(order):len(order)], p))
			}
		}
	}
	extend(nil)
	return result
}

func holdsAll(order, wanted []Prompt) bool {
	seen := map[Prompt]bool{}
	for _, p := range order {
		seen[p] = true
	}
	return len(seen) == len(wanted)
}
