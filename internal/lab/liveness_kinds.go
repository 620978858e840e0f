package lab

import (
	"context"
	"fmt"
	"image"
	"slices"
	"time"

	"truepenny/internal/biometrics/injection"
	"truepenny/internal/biometrics/liveness"
	"truepenny/internal/specimen"
	"truepenny/internal/specimen/attack"
)

// kind is a species of attack (ISO/IEC 30107-3): how its films are made and how
// they are presented.
type kind struct {
	name  string
	films int // of its own; without any those of living people serve
	scene func(s *stage, i int) scene
	// recorded says that its light was recorded for another challenge; else it
	// falls on what stands before the camera.
	recorded bool
	// act puts the i-th presentation together for a challenge.
	act func(s *show, c liveness.Challenge, i int) liveness.Recording
}

// puppetKind is what a living person's film is as well: a rendered one.
const puppetKind = "rendered-puppet"

// unlitKind is one whose maker does not render the screen's light as well.
const unlitKind = "rendered-puppet-without-the-light"

// kinds are all species that are generated, in no order.
var kinds = []kind{
	{"still-photograph", 2, func(s *stage, i int) scene { return s.cast[i%len(s.cast)].still }, false, obey},
	{"print-flat", 2, paper(attack.Flat, false), false, obey},
	{"print-bent-vertical-axis", 2, paper(attack.Upright, false), false, obey},
	{"print-bent-horizontal-axis", 2, paper(attack.Lying, false), false, obey},
	{"print-bending-while-turning", 2, paper(attack.BentByTurn, false), false, obey},
	{"print-eye-holes", 2, paper(attack.Upright, true), false, obey},
	{"replay-phone-sharp", 2, device(attack.PhoneSharp), true, replay},
	{"replay-phone-soft", 2, device(attack.PhoneSoft), true, replay},
	{"replay-tablet-sharp", 2, device(attack.TabletSharp), true, replay},
	{"replay-tablet-soft", 2, device(attack.TabletSoft), true, replay},
	{"wrong-gestures", 0, nil, false, wrong},
	{"late-gestures", 0, nil, false, late},
	{"unordered-gestures", 0, nil, false, unordered},
	{"replay-of-another-capture", 0, nil, true, again},
	{"splice-of-two-people", 3, nil, false, spliced},
	{"face-swap", 3, func(s *stage, i int) scene { return s.swapped(i) }, false, obey},
	{puppetKind, 0, nil, false, obey},
	{unlitKind, 0, nil, false, unlit},
}

func paper(bend attack.Bend, holes bool) func(*stage, int) scene {
	return func(s *stage, i int) scene { return s.sheet(i, bend, holes) }
}

func device(screen func(room *image.RGBA) attack.Screen) func(*stage, int) scene {
	return func(s *stage, i int) scene { return s.screen(i, screen) }
}

// show holds the films of one kind and of the living.
type show struct {
	own, living []take
	chance      *specimen.Chance
}

func (s *show) intn(n int) int { return int(s.chance.Unit() * float64(n)) }

func (s *show) take(i int) take {
	if len(s.own) == 0 {
		return s.living[i%len(s.living)]
	}
	return s.own[i%len(s.own)]
}

// obey does what is asked, with who or what the film shows.
func obey(s *show, c liveness.Challenge, i int) liveness.Recording {
	return s.take(i).perform(c, act{does: c.Prompts()}, s.chance)
}

// unlit does what is asked, and looks straight while the screen shows colours.
func unlit(s *show, c liveness.Challenge, i int) liveness.Recording {
	does := c.Prompts()
	for step, p := range does {
		if p == liveness.HoldStill {
			does[step] = closing
		}
	}
	return s.take(i).perform(c, act{does: does}, s.chance)
}

// replay plays what was recorded for another challenge.
func replay(s *show, c liveness.Challenge, i int) liveness.Recording {
	rec, _ := recorded(s, s.take(i), c)
	return rec
}

// again sends the frames of another capture in place of the camera's. The
// server knows the frames of earlier captures by their hashes.
func again(s *show, c liveness.Challenge, i int) liveness.Recording {
	rec, earlier := recorded(s, s.take(i), c)
	rec.Known = injection.FindKnown(hashes(rec.Frames), [][]injection.Frame{hashes(earlier)})
	return rec
}

// recorded is what a film shows that was made for a challenge drawn by itself,
// as it is judged against another, and as it was recorded.
func recorded(s *show, t take, c liveness.Challenge) (asked liveness.Recording, as []liveness.Observation) {
	other := liveness.NewChallenge(s.intn, liveness.Options{Light: len(c.Light) > 0}, time.Time{})
	as = t.perform(other, act{does: other.Prompts()}, s.chance).Frames
	asked = t.perform(c, act{does: c.Prompts()}, s.chance)
	asked.Frames = nil
	for _, o := range as {
		if o.At < c.Length() {
			o.Step = stepAt(c, o.At)
			asked.Frames = append(asked.Frames, o)
		}
	}
	// A recording that is too short goes on with its last second.
	for at := other.Length(); at < c.Length(); at += filmEvery {
		o := as[len(as)-1-int((at-other.Length())/filmEvery)%12]
		o.At, o.Step = at, stepAt(c, at)
		asked.Frames = append(asked.Frames, o)
	}
	return asked, as
}

func hashes(frames []liveness.Observation) []injection.Frame {
	var out []injection.Frame
	for _, f := range frames {
		out = append(out, f.Frame)
	}
	return out
}

// wrong does something else in one to four of the steps.
func wrong(s *show, c liveness.Challenge, i int) liveness.Recording {
	does := c.Prompts()
	changed := 1 + s.intn(4)
	for _, step := range shuffled(s, gestureSteps(c))[:changed] {
		for asked := c.Steps[step].Prompt; does[step] == asked; {
			does[step] = allGestures[s.intn(len(allGestures))]
		}
	}
	return s.take(i).perform(c, act{does: does}, s.chance)
}

// late does everything 1.3 to 2.2 seconds later than a person.
func late(s *show, c liveness.Challenge, i int) liveness.Recording {
	by := time.Duration(s.chance.Between(1.3, 2.2) * float64(time.Second))
	return s.take(i).perform(c, act{does: c.Prompts(), late: by}, s.chance)
}

// unordered does the same gestures in another order.
func unordered(s *show, c liveness.Challenge, i int) liveness.Recording {
	does, steps := c.Prompts(), gestureSteps(c)
	for slices.Equal(does, c.Prompts()) {
		for k, from := range shuffled(s, steps) {
			does[steps[k]] = c.Steps[from].Prompt
		}
	}
	return s.take(i).perform(c, act{does: does}, s.chance)
}

// spliced does what is asked, but from some gesture on another person does.
func spliced(s *show, c liveness.Challenge, i int) liveness.Recording {
	k := i % len(s.own)
	steps := gestureSteps(c)
	a := act{does: c.Prompts(), other: &s.own[k], from: steps[s.intn(len(steps))]}
	return s.living[k%len(s.living)].perform(c, a, s.chance)
}

// gestureSteps are the steps of a challenge that ask for a gesture.
func gestureSteps(c liveness.Challenge) []int {
	var out []int
	for i, s := range c.Steps {
		if s.Prompt != liveness.Straight && s.Prompt != liveness.HoldStill {
			out = append(out, i)
		}
	}
	return out
}

func shuffled(s *show, of []int) []int {
	out := slices.Clone(of)
	for i := len(out) - 1; i > 0; i-- {
		j := s.intn(i + 1)
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// shoot makes the films of a kind.
func (k kind) shoot(ctx context.Context, s *stage, films int) ([]take, error) {
	var out []take
	for i := range films {
		sc := newScript(shortLead, s.light)
		a := s.cast[i%len(s.cast)]
		var draw scene
		if k.scene != nil {
			draw = k.scene(s, i)
		} else {
			draw = s.splice(a, s.cast[(i+1)%len(s.cast)], sc)
		}
		t, err := s.film(ctx, sc, a.way, draw)
		if err != nil {
			return nil, fmt.Errorf("lab: %s: %w", k.name, err)
		}
		out = append(out, t)
	}
	return out, nil
}

// How long films look straight at first: those of the living for as long as
// somebody who is late.
const (
	shortLead = 1400 * time.Millisecond
	longLead  = 3600 * time.Millisecond
)
