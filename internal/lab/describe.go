package lab

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/clock"
)

// Describer is the face engine that a report measures.
type Describer interface {
	Find(img *image.RGBA) ([]face.Face, error)
	Describe(img *image.RGBA, f face.Face) (face.Descriptor, error)
	Network() (name, version string)
	Thresholds() face.Thresholds
}

// Options say how a run is made. The zero Options, but for the Clock, are fine.
type Options struct {
	Clock clock.Clock
	Seed  uint64 // of bootstrap and synthetic vectors
	// Accept and Review are the limits to measure at, see face.Thresholds; 0 is
	// the engine's active one. To activate others, they are measured first.
	Accept, Review float64
	// Progress is told after every picture, from the goroutine of the run.
	Progress func(done, total int)
	// Cache lets a run that was stopped go on where it was; nil keeps nothing.
	Cache Cache
}

// limits are the thresholds of a run, and the report that they come from.
func (o Options) limits(active face.Thresholds) (accept, review float64, source string) {
	accept, review, source = active.Accept, active.Review, active.Report.Name
	if o.Accept > 0 {
		accept, source = o.Accept, ""
	}
	if o.Review > 0 {
		review = o.Review
	}
	return accept, max(accept, review), source
}

func (o Options) progress(done, total int) {
	if o.Progress != nil {
		o.Progress(done, total)
	}
}

// Cache keeps what was made of a picture. The key is PictureKey's. Descriptors
// are biometric: who keeps them seals them and lets them go with the pictures.
type Cache interface {
	Get(ctx context.Context, key string) (Described, bool, error)
	Put(ctx context.Context, key string, d Described) error
}

// Described is what an engine made of one picture.
type Described struct {
	Missed     string           `json:"missed,omitempty"` // why there is no descriptor: MissedFace, MissedPicture
	Side       float64          `json:"side,omitempty"`   // shorter side of the face's box, pixels
	Descriptor *face.Descriptor `json:"descriptor,omitempty"`
}

// Why a picture has no descriptor.
const (
	MissedFace    = "no-face"
	MissedPicture = "unreadable"
)

// Missed is a picture that could not be acquired.
type Missed struct {
	File   string `json:"file"`
	Reason string `json:"reason"` // MissedFace, MissedPicture
}

// PictureKey names a picture's bytes under one network in one version.
func PictureKey(raw []byte, network, version string) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]) + "/" + network + "/" + version
}

// described is a set with what was made of each of its pictures.
type described struct {
	set    Set
	all    []Described
	fresh  int     // how many were not in the cache
	spent  float64 // seconds for those
	missed []Missed
}

// describeAll describes every picture of a set.
func describeAll(ctx context.Context, e Describer, s Set, o Options) (described, error) {
	d := described{set: s, all: make([]Described, len(s.Samples))}
	for i, sample := range s.Samples {
		if err := ctx.Err(); err != nil {
			return d, err
		}
		if err := d.add(ctx, e, i, sample.File, o); err != nil {
			return d, err
		}
		if reason := d.all[i].Missed; reason != "" {
			d.missed = append(d.missed, Missed{sample.File, reason})
		}
		o.progress(i+1, len(s.Samples))
	}
	return d, nil
}

func (d *described) add(ctx context.Context, e Describer, i int, file string, o Options) error {
	raw, err := d.set.read(file)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	network, version := e.Network()
	key := PictureKey(raw, network, version)
	if o.Cache != nil {
		have, found, err := o.Cache.Get(ctx, key)
		if err != nil {
			return fmt.Errorf("%s: cache: %w", file, err)
		}
		if found {
			d.all[i] = have
			return nil
		}
	}
	start := o.Clock.Now()
	made, err := describe(e, raw)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	d.spent += o.Clock.Now().Sub(start).Seconds()
	d.fresh++
	d.all[i] = made
	if o.Cache == nil {
		return nil
	}
	if err := o.Cache.Put(ctx, key, made); err != nil {
		return fmt.Errorf("%s: cache: %w", file, err)
	}
	return nil
}

// describe takes the largest face of a picture.
func describe(e Describer, raw []byte) (Described, error) {
	img, err := decode(raw)
	if errors.Is(err, picture.ErrFormat) || errors.Is(err, picture.ErrCorrupt) || errors.Is(err, picture.ErrTooLarge) {
		return Described{Missed: MissedPicture}, nil
	}
	if err != nil {
		return Described{}, err
	}
	faces, err := e.Find(img)
	if err != nil {
		return Described{}, err
	}
	if len(faces) == 0 {
		return Described{Missed: MissedFace}, nil
	}
	d, err := e.Describe(img, faces[0])
	if errors.Is(err, face.ErrLandmarks) {
		return Described{Missed: MissedFace}, nil
	}
	if err != nil {
		return Described{}, err
	}
	return Described{Side: faces[0].Box.Side(), Descriptor: &d}, nil
}

// subjects counts the people of a set.
func (s Set) subjects() int {
	seen := map[string]bool{}
	for _, sample := range s.Samples {
		seen[sample.Subject] = true
	}
	return len(seen)
}
