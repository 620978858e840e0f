package lab

import (
	"fmt"
	"image"
	"math"
	"time"

	"truepenny/internal/biometrics/injection"
	"truepenny/internal/biometrics/liveness"
	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/biometrics/pad"
	"truepenny/internal/specimen"
	"truepenny/internal/specimen/attack"
	"truepenny/internal/specimen/puppet"
	"truepenny/internal/specimen/sitter"
)

// plainCamera is what a page says of an honest camera; an attacker's says the same.
var plainCamera = injection.Camera{Label: "Integrated Camera", Width: 640, Height: 480, FrameRate: 30,
	Script: injection.Script{Trusted: true, Native: true}}

// stage is where films are shot.
type stage struct {
	engines liveness.Engines
	chance  *specimen.Chance
	seed    uint64 // of the last film's noise
	cast    []actor
	filmed  func(frames int)
	light   pad.Sequence // of all films
	unfit   int          // people who could not play
}

// actor is one person who plays.
type actor struct {
	seat sitter.Portrait // before the webcam
	mesh mesh.Mesh       // in the seat's picture
	who  *puppet.Puppet
	way  puppet.Manner
}

func newStage(p LivenessParts, people []sitter.Portrait, most int, seed uint64, filmed func(int)) (*stage, error) {
	s := &stage{engines: liveness.Engines{Face: p.Faces, Mesh: p.Meshes}, chance: specimen.NewChance(seed), seed: seed << 20, filmed: filmed}
	s.light = pad.NewSequence(s.intn, pad.StepsLeast, nil)
	for _, person := range people {
		a := actor{seat: person.Webcam(), way: manner(s.chance)}
		var err error
		if a.mesh, err = p.Meshes.Fit(a.seat.Image, a.seat.Face); err != nil {
			return nil, err
		}
		if a.who, err = person.Puppet(p.Meshes); err != nil {
			return nil, err
		}
		if fit, err := a.audition(p.Meshes); err != nil {
			return nil, err
		} else if !fit {
			s.unfit++
		} else if len(s.cast) < most {
			s.cast = append(s.cast, a)
		}
	}
	if len(s.cast) < 2 {
		return nil, fmt.Errorf("lab: two people are needed for attacks, there are %d", len(s.cast))
	}
	return s, nil
}

// audition says whether the networks see every gesture when the person's portrait
// is posed: half closed eyes or a smile in the portrait leave nothing to show.
func (a actor) audition(meshes *mesh.Engine) (bool, error) {
	look := func(pose puppet.Pose) (mesh.Signals, error) {
		img := a.who.Draw(pose)
		m, err := meshes.Follow(img, a.mesh)
		if err == nil {
			m, err = meshes.Follow(img, m)
		}
		if err != nil {
			return mesh.Signals{}, err
		}
		return meshes.Signals(img, m)
	}
	rest, err := look(puppet.Pose{})
	if err != nil {
		return false, err
	}
	r := liveness.DefaultRules
	for _, g := range allGestures {
		s, err := look(a.way.Gesture(g, a.way.Reaction+a.way.Length(g)/2-a.way.Reaction/2))
		if err != nil {
			return false, err
		}
		far := map[liveness.Prompt]float64{
			liveness.TurnLeft: (s.Yaw - rest.Yaw) / r.Turn, liveness.TurnRight: (rest.Yaw - s.Yaw) / r.Turn,
			liveness.Tilt: math.Abs(s.Roll-rest.Roll) / r.Tilt, liveness.LookUp: (s.Pitch - rest.Pitch) / r.Up,
			liveness.Closer: (s.IO/rest.IO - 1) / r.Closer, liveness.Blink: (1 - s.Opening/rest.Opening) / (1 - r.Shut),
			liveness.Smile: (s.MouthWidth/rest.MouthWidth - 1 + r.LiftOver*(s.CornerLift-rest.CornerLift)) / r.Smile,
		}[g]
		if far < 1.1 {
			return false, nil
		}
	}
	return true, nil
}

// manner draws a person's own way. Gestures end within the shortest window of a
// challenge, so that films can be cut between them.
func manner(c *specimen.Chance) puppet.Manner {
	m := puppet.NewManner(c)
	m.Reaction = time.Duration(c.Between(250, 400)) * time.Millisecond
	m.Tempo = c.Between(1.15, 1.35)
	return m
}

func (s *stage) intn(n int) int { return int(s.chance.Unit() * float64(n)) }

// live is the person themselves.
func (a actor) live(_ int, pose puppet.Pose) *image.RGBA { return a.who.Draw(pose) }

// still is a photograph of the person, sent in place of the camera's picture.
func (a actor) still(_ int, pose puppet.Pose) *image.RGBA {
	return a.who.Draw(puppet.Pose{X: pose.X, Y: pose.Y})
}

// sheet is a print of the person; every second one fills the picture, so that
// no border is seen.
func (s *stage) sheet(i int, bend attack.Bend, holes bool) scene {
	a, room := s.cast[i%len(s.cast)], s.cast[(i+1)%len(s.cast)]
	size := a.who.Size()
	part := image.Rect(size.X/5, 0, size.X-size.X/5, size.Y)
	if i%2 == 1 {
		part = image.Rect(-size.X/4, -size.Y/4, size.X+size.X/4, size.Y+size.Y/4)
	}
	paper := &attack.Sheet{Print: a.who, Room: room.seat.Image, Part: part, IO: a.who.IO(), Bend: bend, Holes: holes}
	return func(_ int, pose puppet.Pose) *image.RGBA { return paper.Draw(pose) }
}

// screen plays a film of the person, with its own noise, in a hand that sways.
func (s *stage) screen(i int, device func(room *image.RGBA) attack.Screen) scene {
	a, room := s.cast[i%len(s.cast)], s.cast[(i+1)%len(s.cast)]
	display, first := device(room.seat.Image), puppet.NewSensor(uint64(i)+77, filmNoise)
	return func(frame int, pose puppet.Pose) *image.RGBA {
		hand := puppet.Rest(time.Duration(frame)*filmEvery + 3*time.Second)
		return display.Show(first.At(frame).Expose(a.who.Draw(pose)), hand)
	}
}

// swapped is a person whose face is covered by another's.
func (s *stage) swapped(i int) scene {
	a, donor := s.cast[i%len(s.cast)], s.cast[(i+2)%len(s.cast)]
	mask := a.who.Wearing(attack.Swap(a.seat.Image, a.mesh, donor.seat.Image, donor.mesh))
	return func(_ int, pose puppet.Pose) *image.RGBA { return mask.Draw(pose) }
}

// splice shows one person looking straight, and from the first gesture on another.
func (s *stage) splice(first, then actor, sc script) scene {
	lead := sc.parts[0].frames
	return func(frame int, pose puppet.Pose) *image.RGBA {
		if frame < lead {
			return first.who.Draw(pose)
		}
		return then.who.Draw(pose)
	}
}
