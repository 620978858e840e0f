// Package camera is the camera of a test's browser: it shows a person, or an
// attack, that answers prompts while the page runs.
package camera

import (
	"image"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"truepenny/internal/biometrics/liveness"
	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/clock"
	"truepenny/internal/inference/enginetest"
	"truepenny/internal/specimen/puppet"
	"truepenny/internal/specimen/sitter"
)

const (
	rate      = 15               // pictures that Chromium takes a second, as the file's header says
	refreshed = time.Second / 30 // a picture is new each time it is taken
	grain     = 2.0              // noise of the sensor, grey levels
)

// Camera is a film of one picture that is overwritten in place while Chromium
// plays it: what it shows is now. So nothing needs to be known before a prompt
// is revealed.
type Camera struct {
	// File is what the browser is started with, see testkit.BrowserOptions.
	File string

	t      testing.TB
	file   *os.File
	sensor *puppet.Sensor

	mu     sync.Mutex
	scene  Scene
	manner puppet.Manner
	moves  []move
	light  [3]float64
}

// move is a gesture that was begun.
type move struct {
	prompt liveness.Prompt
	at     time.Time
}

// Scene draws what stands before the camera: the person, or what is held up in
// their place.
type Scene func(pose puppet.Pose) *image.RGBA

// New opens a camera before which somebody sits still.
func New(t testing.TB, who sitter.Portrait) *Camera {
	t.Helper()
	return Before(t, Person(t, who).Draw)
}

// Person makes the puppet of somebody.
func Person(t testing.TB, who sitter.Portrait) *puppet.Puppet {
	t.Helper()
	rt := enginetest.Open(t)
	meshes, err := mesh.Open(rt, rt.Dir())
	if err != nil {
		t.Fatal(err)
	}
	defer meshes.Close()
	p, err := who.Puppet(meshes)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Before opens a camera before a scene.
func Before(t testing.TB, scene Scene) *Camera {
	t.Helper()
	c := &Camera{t: t, File: filepath.Join(t.TempDir(), "camera.y4m"), scene: scene, manner: puppet.Usual, sensor: puppet.NewSensor(1, grain)}
	file, err := os.Create(c.File)
	if err != nil {
		t.Fatal(err)
	}
	c.file = file
	began := clock.System.Now()
	if err := c.write(began, 0); err != nil {
		t.Fatal(err)
	}
	ended, stop := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(refreshed)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				return
			case now := <-tick.C:
				if err := c.write(began, now.Sub(began)); err != nil {
					t.Errorf("camera: %v", err)
					return
				}
			}
		}
	}()
	t.Cleanup(func() {
		close(stop)
		<-ended
		file.Close()
	})
	return c
}

// Perform begins the gesture that a prompt asks for, now, after the time that
// somebody takes to react. A gesture that has begun goes on beside it.
func (c *Camera) Perform(p liveness.Prompt) {
	c.begin(p, 0)
}

func (c *Camera) begin(p liveness.Prompt, later time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.moves = append(c.moves, move{p, clock.System.Now().Add(later)})
}

// Shine lets the page's light fall on the scene from now on: strength is what
// white adds, as a share of the light in the room; 0 is the room alone.
func (c *Camera) Shine(strength float64, colour [3]uint8) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.light = puppet.Glow(strength, colour)
}

// Show puts another scene before the camera.
func (c *Camera) Show(scene Scene) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.scene = scene
}

// pose is how the scene is held now.
func (c *Camera) pose(began time.Time, since time.Duration) (puppet.Pose, Scene) {
	c.mu.Lock()
	defer c.mu.Unlock()
	pose := puppet.Rest(since)
	now := began.Add(since)
	for _, m := range c.moves {
		if now.Sub(m.at) < c.manner.Length(m.prompt) {
			pose = pose.With(c.manner.Gesture(m.prompt, now.Sub(m.at)))
		}
	}
	pose.Light = c.light
	return pose, c.scene
}

// write overwrites the picture.
func (c *Camera) write(began time.Time, since time.Duration) error {
	pose, scene := c.pose(began, since)
	_, err := c.file.WriteAt(y4m(c.sensor.Expose(scene(pose))), 0)
	return err
}
