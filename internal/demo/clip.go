package demo

import (
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"truepenny/internal/biometrics/liveness"
	"truepenny/internal/sellers"
	"truepenny/internal/specimen"
	"truepenny/internal/specimen/puppet"
)

const (
	frameEvery   = 83 * time.Millisecond // between the frames of a clip: 12 a second
	frameQuality = 85
	sensorNoise  = 2    // grey levels
	screenLight  = 0.08 // on the face, of the light in the room: a laptop in a lit room
)

// Sitting is one person before the camera of one capture. It takes the pictures
// of a step when the step is known, as sellers.Studio asks for them.
type Sitting struct {
	// Obeys is whether the person does what is asked; else they sit still.
	Obeys bool
	who   *puppet.Puppet
	seed  uint64
	way   puppet.Manner
	steps []liveness.Step
}

// Sit puts somebody before a camera. The same seed gives the same pictures.
func Sit(who *puppet.Puppet, seed uint64) *Sitting {
	return &Sitting{Obeys: true, who: who, seed: seed, way: puppet.NewManner(specimen.NewChance(seed))}
}

// Shoot takes the pictures of one step, which is shown from a time on.
func (s *Sitting) Shoot(step sellers.Reveal, from time.Duration) ([]sellers.Frame, error) {
	until := from + time.Duration(step.Millis)*time.Millisecond
	if s.Obeys {
		s.steps = append(s.steps, liveness.Step{Prompt: liveness.Prompt(step.Prompt), From: from, To: until})
	}
	film := s.way.Perform(s.steps)
	first := int((from + frameEvery - 1) / frameEvery)
	out := make([]sellers.Frame, max(0, int((until-1)/frameEvery)-first+1))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range out {
		group.Go(func() (err error) {
			at := time.Duration(first+i) * frameEvery
			// No camera is as even as that.
			at = min(at+time.Duration(uint64(first+i)*(s.seed+3)*7919%7)*time.Millisecond, until-time.Millisecond)
			pose := film(at)
			pose.Light = lightOf(step, at-from)
			camera := puppet.NewSensor(s.seed<<16+uint64(first+i), sensorNoise)
			out[i] = sellers.Frame{OffsetMS: int(at.Milliseconds())}
			out[i].JPEG, err = camera.JPEG(s.who.Draw(pose), frameQuality)
			return err
		})
	}
	return out, group.Wait()
}

// lightOf is the screen's light on the face at a moment of a step.
func lightOf(step sellers.Reveal, since time.Duration) [3]float64 {
	if len(step.Light) == 0 || step.ShadeMS <= 0 {
		return [3]float64{}
	}
	c := step.Light[min(int(since.Milliseconds())/step.ShadeMS, len(step.Light)-1)]
	return puppet.Glow(screenLight, [3]uint8{c.R, c.G, c.B})
}
