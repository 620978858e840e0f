package lab

import (
	"context"
	"fmt"
	"image"
	"slices"
	"time"

	"truepenny/internal/biometrics/liveness"
	"truepenny/internal/biometrics/pad"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/specimen"
	"truepenny/internal/specimen/puppet"
)

const (
	filmEvery   = 80 * time.Millisecond // between the frames of a film: 12.5 a second
	filmNoise   = 2                     // grey levels of the sensor
	filmQuality = 85                    // of the JPEG that a page sends
	filmLight   = 0.08                  // of the screen on the face, of the light in the room
)

// closing is the second time that a film looks straight.
const closing liveness.Prompt = "closing"

// script is what is done in a film: look straight, every gesture once, look
// straight, and hold still before coloured light. Any challenge can be put
// together from its parts, so one film answers all of them.
type script struct {
	parts  []part
	frames int
	light  pad.Sequence
}

// part is a run of frames in which one thing is done.
type part struct {
	does          liveness.Prompt
	begin, frames int
}

// newScript begins with a lead of looking straight.
func newScript(lead time.Duration, light pad.Sequence) script {
	s := script{light: light}
	add := func(does liveness.Prompt, length time.Duration) {
		p := part{does, s.frames, int(length/filmEvery) + 1}
		s.parts, s.frames = append(s.parts, p), s.frames+p.frames
	}
	add(liveness.Straight, lead)
	for _, g := range allGestures {
		add(g, longestGesture)
	}
	add(closing, 1500*time.Millisecond)
	add(liveness.HoldStill, liveness.LightStep*time.Duration(len(light)))
	return s
}

// longestGesture is the time in which everybody on a stage is done with one;
// what a step lasts longer is looking straight.
const longestGesture = 1440 * time.Millisecond

var allGestures = []liveness.Prompt{liveness.TurnLeft, liveness.Blink, liveness.Smile, liveness.TurnRight, liveness.Tilt, liveness.Closer, liveness.LookUp}

// at is the part that a frame belongs to, and how long the part has run.
func (s script) at(frame int) (part, time.Duration) {
	for _, p := range s.parts {
		if frame < p.begin+p.frames {
			return p, time.Duration(frame-p.begin) * filmEvery
		}
	}
	last := s.parts[len(s.parts)-1]
	return last, time.Duration(last.frames) * filmEvery
}

// frame is the number of the frame in which something has been done for so long.
func (s script) frame(does liveness.Prompt, since time.Duration) int {
	i := slices.IndexFunc(s.parts, func(p part) bool { return p.does == does })
	p, n := s.parts[max(i, 0)], max(int((since+filmEvery/2)/filmEvery), 0)
	if n >= p.frames && does != closing {
		return s.frame(closing, since-time.Duration(p.frames)*filmEvery)
	}
	return p.begin + n%p.frames
}

// pose is how somebody with this manner is held in a frame.
func (s script) pose(frame int, m puppet.Manner) puppet.Pose {
	p, since := s.at(frame)
	pose := puppet.Rest(time.Duration(frame) * filmEvery).With(m.Gesture(p.does, since))
	if p.does == liveness.HoldStill && len(s.light) > 0 {
		c := s.light[min(int(since/liveness.LightStep), len(s.light)-1)]
		pose.Light = puppet.Glow(filmLight, [3]uint8{c.R, c.G, c.B})
	}
	return pose
}

// scene draws what stands before the camera in a frame of a film.
type scene func(frame int, pose puppet.Pose) *image.RGBA

// take is a film that was watched, once for all presentations made of it.
type take struct {
	script script
	rec    liveness.Recording
}

// film shoots a scene and watches it. Every frame gets the noise of a sensor and
// goes through a JPEG, as those of a page do.
func (s *stage) film(ctx context.Context, sc script, m puppet.Manner, draw scene) (take, error) {
	s.seed++
	sensor, chance := puppet.NewSensor(s.seed, filmNoise), specimen.NewChance(s.seed)
	shots := make([]liveness.Shot, sc.frames)
	for i := range shots {
		shots[i] = liveness.Shot{At: time.Duration(i)*filmEvery + jitter(chance), Open: func() (*image.RGBA, error) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			return sent(sensor.At(i).Expose(draw(i, sc.pose(i, m))))
		}}
	}
	rec, err := liveness.Film(s.engines, shots, nil)
	rec.Camera = plainCamera
	s.filmed(len(shots))
	return take{sc, rec}, err
}

// jitter is how far a browser's frames are off their time: no clock is even.
func jitter(c *specimen.Chance) time.Duration {
	return time.Duration(c.Between(-5, 5) * float64(time.Millisecond))
}

// sent is the picture after the JPEG that a page sends.
func sent(img *image.RGBA) (*image.RGBA, error) {
	raw, err := picture.EncodeJPEG(img, filmQuality)
	if err != nil {
		return nil, err
	}
	p, err := picture.Decode(raw, picture.DefaultLimits)
	if err != nil {
		return nil, err
	}
	return p.RGBA, nil
}

// act is how a film is put together for a presentation.
type act struct {
	does  []liveness.Prompt // in each step of the challenge
	late  time.Duration     // how much later than a person
	other *take             // plays from a step on, nil for nobody
	from  int
}

// perform puts a presentation of a challenge together from the frames of the
// take. What was measured over the whole film (relief, border, background)
// stands for every presentation made of it.
func (t take) perform(c liveness.Challenge, a act, chance *specimen.Chance) liveness.Recording {
	rec := t.rec
	if a.other != nil {
		rec = a.other.rec
	}
	rec.Frames, rec.Arrivals = nil, c.OnTime()
	used := map[string]int{}
	for at := time.Duration(0); at < c.Length(); at += filmEvery {
		source, step := t, stepAt(c, at-a.late)
		since := at - a.late - c.Steps[step].From
		if step == 0 {
			since = at // somebody who is late looks straight for longer
		}
		if a.other != nil && step >= a.from {
			source = *a.other
		}
		does := a.does[step]
		if does == liveness.Straight && step > 0 {
			does = closing
		}
		o := source.rec.Frames[source.script.frame(does, since)]
		o.At = max(0, at+jitter(chance))
		o.Step = stepAt(c, o.At)
		if used[o.Fingerprint]++; used[o.Fingerprint] > 1 { // a camera exposes anew
			o.Fingerprint = fmt.Sprintf("%s-%d", o.Fingerprint, used[o.Fingerprint])
		}
		rec.Frames = append(rec.Frames, o)
	}
	return rec
}

// stepAt is the step that stands at a moment; the first before, the last after.
func stepAt(c liveness.Challenge, at time.Duration) int {
	for i, s := range c.Steps {
		if at < s.To {
			return i
		}
	}
	return len(c.Steps) - 1
}
