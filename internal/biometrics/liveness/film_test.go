package liveness_test

import (
	"fmt"
	"image"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/injection"
	"truepenny/internal/biometrics/liveness"
	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/inference/enginetest"
	"truepenny/internal/specimen/puppet"
	"truepenny/internal/specimen/sitter"
)

// studio is the real networks and puppets that sit before a camera.
type studio struct {
	engines liveness.Engines
	people  []*puppet.Puppet
}

func newStudio(t testing.TB, people int) studio {
	t.Helper()
	rt := enginetest.Open(t)
	faces, err := face.Open(rt, "")
	if err != nil {
		t.Fatal(err)
	}
	meshes, err := mesh.Open(rt, "")
	if err != nil {
		t.Fatal(err)
	}
	all, err := sitter.Portraits(filepath.Join(enginetest.Packages(t), "@vladmandic", "face-api", "demo"), faces)
	if err != nil {
		t.Fatal(err)
	}
	s := studio{engines: liveness.Engines{Face: faces, Mesh: meshes}}
	for _, p := range all[:people] {
		made, err := p.Puppet(meshes)
		if err != nil {
			t.Fatal(err)
		}
		s.people = append(s.people, made)
	}
	return s
}

// frame is a picture as a page sends it.
type frame struct {
	at   time.Duration
	step int
	jpeg []byte
}

// film shows a puppet that follows a challenge, fifteen frames a second, as
// JPEG; all of it, or the pictures of some steps only.
func film(t testing.TB, p *puppet.Puppet, c liveness.Challenge, m puppet.Manner, glow float64, seed uint64, steps ...int) []frame {
	t.Helper()
	rnd := rand.New(rand.NewPCG(seed, 1))
	pose := m.Perform(c.Steps)
	var frames []frame
	step := 0
	for at := 30 * time.Millisecond; at < c.Length(); at += 66*time.Millisecond + time.Duration(rnd.IntN(3000))*time.Microsecond {
		for c.Steps[step].To <= at {
			step++
		}
		frames = append(frames, frame{at: at, step: step})
	}
	group := errgroup.Group{}
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range frames {
		f := &frames[i]
		if len(steps) > 0 && !slices.Contains(steps, f.step) {
			continue
		}
		group.Go(func() (err error) {
			held := pose(f.at)
			if k := int((f.at - 80*time.Millisecond - c.LightFrom) / liveness.LightStep); len(c.Light) > 0 && f.at >= c.LightFrom+80*time.Millisecond {
				shade := c.Light[min(k, len(c.Light)-1)]
				held.Light = puppet.Glow(glow, [3]uint8{shade.R, shade.G, shade.B})
			}
			f.jpeg, err = puppet.NewSensor(seed<<16+uint64(i), 2).JPEG(p.Draw(held), 85)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	return frames
}

// camera is a record that an honest browser would send.
var camera = injection.Camera{Label: "Integrated Camera", Width: 640, Height: 480, FrameRate: 15,
	Script: injection.Script{Trusted: true, Native: true}}

func (s studio) watch(t testing.TB, frames []frame, c liveness.Challenge) liveness.Recording {
	t.Helper()
	var shots []liveness.Shot
	for _, f := range frames {
		shots = append(shots, liveness.Shot{At: f.at, Step: f.step, Open: func() (*image.RGBA, error) {
			p, err := picture.Decode(f.jpeg, picture.DefaultLimits)
			if err != nil {
				return nil, err
			}
			return p.RGBA, nil
		}})
	}
	rec, err := liveness.Film(s.engines, shots, nil)
	if err != nil {
		t.Fatal(err)
	}
	rec.Camera, rec.Arrivals = camera, c.OnTime()
	return rec
}

func says(v liveness.Verdict) string {
	out := fmt.Sprintf("%s %s unusable=%v", v.Outcome, v.Reason, v.Unusable)
	for _, f := range v.Findings {
		out += fmt.Sprintf("\n    %s: %s %s %.3v", f.Check, f.Outcome, f.Reason, f.Values)
	}
	return out
}
