package liveness

import (
	"crypto/sha256"
	"encoding/hex"
	"image"
	"time"

	"truepenny/internal/biometrics/face"
)

// Finder is what watching needs of a face engine; face.Engine is one.
type Finder interface {
	Find(img *image.RGBA) ([]face.Face, error)
	Describe(img *image.RGBA, f face.Face) (face.Descriptor, error)
}

// Watch turns the frames of one capture into observations. Frames must come in
// the order of their time; a Watch is used by one goroutine.
type Watch struct {
	finder Finder
	last   *face.Descriptor
}

// NewWatch starts watching a capture.
func NewWatch(f Finder) *Watch { return &Watch{finder: f} }

// beside is the share of the main face's side from which another face counts.
const beside = 0.5

// See observes one frame, and returns its main face and descriptor where there
// is one, so that the caller need not look for them again.
func (w *Watch) See(img *image.RGBA, at time.Duration) (Observation, *face.Face, *face.Descriptor, error) {
	o := Observation{At: at, Fingerprint: fingerprint(img)}
	faces, err := w.finder.Find(img)
	if err != nil || len(faces) == 0 {
		return o, nil, nil, err
	}
	main := faces[0]
	for _, f := range faces {
		if f.Box.Side() >= beside*main.Box.Side() {
			o.Faces++
		}
	}
	p := main.Pose()
	o.Yaw, o.Pitch = p.Yaw, p.Pitch
	d, err := w.finder.Describe(img, main)
	if err != nil {
		return o, nil, nil, err
	}
	if w.last != nil {
		if o.Change, err = face.Distance(*w.last, d); err != nil {
			return o, nil, nil, err
		}
	}
	w.last = &d
	return o, &main, &d, nil
}

// fingerprint stands for a frame's pixels.
func fingerprint(img *image.RGBA) string {
	sum := sha256.Sum256(img.Pix)
	return hex.EncodeToString(sum[:16])
}
