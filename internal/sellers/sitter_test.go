package sellers

import (
	"fmt"
	"image"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"truepenny/internal/biometrics/liveness"
	"truepenny/internal/inference/enginetest"
	"truepenny/internal/specimen/puppet"
	"truepenny/internal/specimen/sitter"
)

// person is somebody who can be photographed.
type person struct {
	name     string
	portrait *image.RGBA // head and shoulders, for a document
	who      *puppet.Puppet
}

// people of the packages' demo photographs, made once for all tests.
var drawn = struct {
	sync.Mutex
	all    map[int]person
	pieces map[string][]byte // drawn pictures, by what they show
}{all: map[int]person{}, pieces: map[string][]byte{}}

func (h *house) sit(t *testing.T, i int) person {
	t.Helper()
	drawn.Lock()
	defer drawn.Unlock()
	if p, made := drawn.all[i]; made {
		return p
	}
	portraits, err := sitter.Portraits(filepath.Join(enginetest.Packages(t), "@vladmandic", "face-api", "demo"), h.faces)
	ok(t, err)
	who := must(portraits[i].Puppet(h.meshes))(t)
	drawn.all[i] = person{fmt.Sprint(i), portraits[i].Image, who}
	return drawn.all[i]
}

// first and second are two people.
func (h *house) first(t *testing.T) person  { t.Helper(); return h.sit(t, 0) }
func (h *house) second(t *testing.T) person { t.Helper(); return h.sit(t, 3) }

const (
	pace   = 80 * time.Millisecond // between two pictures
	sensor = 2                     // noise, grey levels
)

// brisk is a person whose gestures fit into the shortest time they get.
var brisk = puppet.Manner{Reaction: 300 * time.Millisecond, Tempo: 1.25, Turn: 24, Up: 15, Tilt: 17, Closer: 0.28}

// shoot takes the pictures of somebody who does `prompt` while a step stands.
// What is drawn once serves all tests: drawing is most of their time.
func (p person) shoot(t *testing.T, step Reveal, from time.Duration, prompt liveness.Prompt, late time.Duration) []Frame {
	t.Helper()
	n := int((time.Duration(step.Millis)*time.Millisecond - 1) / pace)
	out := make([]Frame, n+1)
	var wait sync.WaitGroup
	for i := range out {
		since := time.Duration(i) * pace
		at := from + since
		light := [3]float64{}
		if len(step.Light) > 0 {
			c := step.Light[min(int(since.Milliseconds())/step.ShadeMS, len(step.Light)-1)]
			light = puppet.Glow(0.1, [3]uint8{c.R, c.G, c.B})
		}
		out[i].OffsetMS = millis(at)
		wait.Go(func() {
			pose := puppet.Rest(since).With(brisk.Gesture(prompt, since-late))
			pose.Light = light
			out[i].JPEG = p.draw(t, fmt.Sprint(p.name, prompt, step.Step, late, i, light), uint64(step.Step<<10+i), pose)
		})
	}
	wait.Wait()
	return out
}

func (p person) draw(t *testing.T, key string, seed uint64, pose puppet.Pose) []byte {
	drawn.Lock()
	body := drawn.pieces[key]
	drawn.Unlock()
	if body == nil {
		var err error
		if body, err = puppet.NewSensor(seed, sensor).JPEG(p.who.Draw(pose), 85); err != nil {
			t.Error(err)
		}
		drawn.Lock()
		drawn.pieces[key] = body
		drawn.Unlock()
	}
	return body
}

// studio is a page and its camera before which something happens. Facts are
// those of an honest browser.
func (h *house) studio(shoot func(step Reveal, from time.Duration) []Frame) Studio {
	return Studio{
		Facts: []byte(`{"label": "Front camera", "width": 640, "height": 480, "script": {"trusted": true, "native": true}}`),
		Pass:  h.people.Clock.Advance,
		Shoot: func(step Reveal, from time.Duration) ([]Frame, error) { return shoot(step, from), nil },
	}
}

// follows is somebody who does as they are asked.
func (h *house) follows(t *testing.T, p person) Studio {
	return h.studio(func(step Reveal, from time.Duration) []Frame {
		return p.shoot(t, step, from, liveness.Prompt(step.Prompt), 0)
	})
}

// still is a photograph that does nothing.
func (h *house) still(t *testing.T, p person) Studio {
	return h.studio(func(step Reveal, from time.Duration) []Frame {
		return p.shoot(t, step, from, liveness.Straight, 0)
	})
}
