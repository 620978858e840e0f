package liveness

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"image"
	"sync"
	"time"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/injection"
	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/biometrics/pad"
)

// Finder is what watching needs of a face engine; face.Engine is one.
type Finder interface {
	Find(img *image.RGBA) ([]face.Face, error)
	Describe(img *image.RGBA, f face.Face) (face.Descriptor, error)
	Thresholds() face.Thresholds
}

// Engines are the networks that a capture is watched with.
type Engines struct {
	Face Finder
	Mesh *mesh.Engine
}

// Watch turns the frames of one capture into a recording. A frame goes through
// three hands: following the face needs the frame before and is done by See;
// measuring is done for several frames side by side; and what compares a frame
// with earlier ones is done in their order again. What comes out does not depend
// on which was quicker. A Watch is used by one goroutine and costs nothing after
// Recording.
type Watch struct {
	tracker tracker
	seen    int
	queue   chan *sight
	done    sync.WaitGroup

	// Below is touched by collect alone until done.
	rec    Recording
	stream injection.Stream
	relief *pad.Relief
	border *pad.BorderWatch
	ground *pad.Ground
	first  *face.Descriptor
	err    error

	still *image.RGBA
}

// ahead is how many frames may be under way at once: enough for two cores, and
// little memory.
const ahead = 4

// peakEvery is the number of frames of which one is looked at for a screen's
// pattern: what is filmed shows it all the time.
const peakEvery = 5

// NewWatch starts watching a capture.
func NewWatch(e Engines) *Watch {
	w := &Watch{tracker: tracker{engines: e}, queue: make(chan *sight, ahead), relief: pad.NewRelief(), border: pad.NewBorder(), ground: pad.NewGround()}
	if limits := e.Face.Thresholds(); limits.Report.Given() {
		w.rec.Network.Accept, w.rec.Network.Review = limits.Accept, limits.Review
	}
	queue := w.queue
	w.done.Go(func() { w.collect(queue) })
	return w
}

// sight is one frame on its way.
type sight struct {
	img   *image.RGBA
	obs   Observation
	mesh  *mesh.Mesh // nil without a face
	face  *face.Face // where the detector looked
	looks *face.Descriptor
	peak  bool // the spectrum is to be measured
	err   error
	ready chan struct{}
}

// See takes the next frame: its time since the first prompt appeared, and the
// step in which it was committed to. The image must not be changed afterwards.
// An error concerns this frame alone; Recording tells the first of any.
func (w *Watch) See(img *image.RGBA, at time.Duration, step int) error {
	s := &sight{img: img, ready: make(chan struct{})}
	s.obs.At, s.obs.Step = at, step
	s.peak = w.seen%peakEvery == 0
	w.seen++
	err := w.tracker.follow(s)
	s.err = err
	w.queue <- s
	go func() {
		defer close(s.ready)
		if err == nil {
			s.err = measure(w.tracker.engines, s)
		}
	}()
	return err
}

// measure does what one frame needs by itself.
func measure(e Engines, s *sight) error {
	sum := sha256.Sum256(s.img.Pix)
	s.obs.Fingerprint = hex.EncodeToString(sum[:16])
	if s.mesh == nil {
		return nil
	}
	var err error
	if s.obs.Signals, err = e.Mesh.Signals(s.img, *s.mesh); err != nil {
		s.mesh, s.obs.Faces = nil, 0
		return unless(err, mesh.ErrFace)
	}
	tint := pad.MeasureTint(s.img, *s.mesh)
	s.obs.Tint = &tint
	if s.peak {
		s.obs.Peak = pad.Peak(s.img, *s.mesh)
	}
	if s.face == nil {
		return nil
	}
	looks, err := e.Face.Describe(s.img, *s.face)
	if err == nil {
		s.looks = &looks
	}
	return unless(err, face.ErrLandmarks)
}

// unless lets an error pass that says that a picture shows no usable face: that
// is no failure of the machine, but something to be judged.
func unless(err, usual error) error {
	if errors.Is(err, usual) {
		return nil
	}
	return err
}

// collect takes the measured frames in their order.
func (w *Watch) collect(queue <-chan *sight) {
	for s := range queue {
		<-s.ready
		if w.err == nil {
			w.err = s.err
		}
		if w.err == nil {
			w.err = w.relate(s)
		}
	}
	w.rec.Relief, w.rec.Border, w.rec.Ground = w.relief.Result(), w.border.Result(), w.ground.Result()
}

// relate compares a frame with those before it.
func (w *Watch) relate(s *sight) error {
	step := s.obs.Step
	s.obs.Frame = w.stream.Add(s.obs.At, s.img, s.obs.Fingerprint)
	s.obs.Step = step
	if s.mesh != nil && s.obs.Faces == 1 {
		w.relief.Add(s.obs.At, s.img, *s.mesh, s.obs.Signals)
		w.border.Add(s.obs.At, s.img, *s.mesh, s.obs.Signals)
		w.ground.Add(s.obs.At, s.img, *s.mesh, s.obs.Signals)
	}
	if s.looks != nil {
		if w.first == nil {
			w.first = s.looks
			w.rec.Network.Name, w.rec.Network.Version = s.looks.Network, s.looks.Version
		}
		d, err := face.Distance(*w.first, *s.looks)
		if err != nil {
			return err
		}
		s.obs.Described, s.obs.Identity = true, d
	}
	w.rec.Frames = append(w.rec.Frames, s.obs)
	return nil
}

// Still takes the full-resolution picture that was taken beside the frames.
func (w *Watch) Still(img *image.RGBA) { w.still = img }

// Recording waits until all frames are worked through and gives what they
// showed. The caller adds what it alone knows: camera, arrivals, earlier captures.
// It has to be called, once or more often, also by who no longer wants to know:
// it ends what runs in the background.
func (w *Watch) Recording() (Recording, error) {
	if w.queue != nil {
		close(w.queue)
		w.done.Wait()
		w.queue = nil
		if w.err == nil && w.still != nil {
			w.rec.Still, w.err = w.looked(w.still)
		}
	}
	return w.rec, w.err
}

// looked measures a still.
func (w *Watch) looked(img *image.RGBA) (*Still, error) {
	e := w.tracker.engines
	faces, err := e.Face.Find(img)
	if err != nil || len(faces) == 0 {
		return &Still{}, err
	}
	s := &Still{Faces: count(faces)}
	m, err := e.Mesh.Fit(img, faces[0])
	if err != nil || m.Score < faceScore {
		return s, unless(err, mesh.ErrFace) // a face that carries no mesh has no middle to measure
	}
	s.Peak = pad.Peak(img, m)
	looks, err := e.Face.Describe(img, faces[0])
	if err != nil || w.first == nil {
		return s, unless(err, face.ErrLandmarks)
	}
	s.Identity, err = face.Distance(*w.first, looks)
	return s, err
}
