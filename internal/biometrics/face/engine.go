package face

import (
	"errors"
	"fmt"
	"image"
	"sort"

	"truepenny/internal/inference"
	"truepenny/internal/inference/convert"
)

// Engine finds and describes faces with the networks of one engine folder. It
// holds no state between calls and is safe for concurrent use.
type Engine struct {
	detector, marks, recogniser *inference.Network
	descriptor                  network
}

// Face is one face found in a picture.
type Face struct {
	Box       Box
	Score     float64 // the detector's, 0 to 1
	Landmarks [68]Point
}

// ErrPicture says that a picture has no pixels to look at.
var ErrPicture = errors.New("face: empty picture")

// ErrLandmarks says that a face's landmarks cannot be aligned.
var ErrLandmarks = errors.New("face: landmarks coincide or are not finite")

// Open loads the detector and landmark networks of the runtime's engine folder
// and the descriptor network: an operator's own when dir holds a
// descriptor.toml, else face-api's. An empty dir means the engine folder.
func Open(rt *inference.Runtime, dir string) (*Engine, error) {
	if dir == "" {
		dir = rt.Dir()
	}
	own, found, err := readOwn(dir)
	if err != nil {
		return nil, err
	}
	e := &Engine{descriptor: own}
	if !found {
		if e.descriptor, err = standardNetwork(rt.Manifest()); err != nil {
			return nil, err
		}
	}
	load := func(to **inference.Network, file, in, out string) {
		if err == nil {
			*to, err = rt.Load(file, []string{in}, []string{out})
		}
	}
	load(&e.detector, convert.Detector+".onnx", convert.Input, convert.Output)
	load(&e.marks, convert.Landmarks+".onnx", convert.Input, convert.Output)
	load(&e.recogniser, e.descriptor.file, e.descriptor.input, e.descriptor.output)
	if err != nil {
		e.Close()
		return nil, err
	}
	return e, e.try()
}

// try describes a grey chip once, so that a network that does not fit its
// description is refused at start and not at the first applicant.
func (e *Engine) try() error {
	if _, err := e.describeChip(newPlanes(e.descriptor.side)); err != nil {
		e.Close()
		return fmt.Errorf("face: descriptor network %s: %w", e.descriptor.name, err)
	}
	return nil
}

// Close frees the networks.
func (e *Engine) Close() error {
	var errs []error
	for _, n := range []*inference.Network{e.detector, e.marks, e.recogniser} {
		if n != nil {
			errs = append(errs, n.Close())
		}
	}
	return errors.Join(errs...)
}

// Network names the descriptor network and its version, as every descriptor
// carries them.
func (e *Engine) Network() (name, version string) {
	return e.descriptor.name, e.descriptor.version
}

// Thresholds are the ones to judge distances of this engine's descriptors by.
func (e *Engine) Thresholds() Thresholds { return e.descriptor.thresholds }

// Find returns the faces of a picture, largest first. No face is no error.
func (e *Engine) Find(img *image.RGBA) ([]Face, error) {
	if img == nil || img.Bounds().Empty() {
		return nil, ErrPicture
	}
	found, err := e.detect(img)
	if err != nil {
		return nil, err
	}
	faces := make([]Face, 0, len(found))
	for _, d := range found {
		marks, err := e.landmarks(img, d.box)
		if err != nil {
			return nil, err
		}
		faces = append(faces, Face{d.box, d.score, marks})
	}
	sort.SliceStable(faces, func(i, j int) bool { return faces[i].Box.area() > faces[j].Box.area() })
	return faces, nil
}

// Describe turns one face of a picture into a descriptor.
func (e *Engine) Describe(img *image.RGBA, f Face) (Descriptor, error) {
	if img == nil || img.Bounds().Empty() {
		return Descriptor{}, ErrPicture
	}
	m := e.descriptor.alignment.fit(f.Landmarks, e.descriptor.side)
	if s := m.scale(); !(s > 0 && s < 1e4) {
		return Descriptor{}, ErrLandmarks
	}
	return e.describeChip(cut(img, m, e.descriptor.side))
}

// describeChip describes a chip, and with mirroring also its mirror image: the
// mean of both is steadier than either.
func (e *Engine) describeChip(chip planes) (Descriptor, error) {
	d := e.descriptor
	chips := []planes{chip}
	if d.mirror {
		chips = append(chips, chip.mirrored())
	}
	results, err := e.runDescriptor(chips...)
	if err != nil {
		return Descriptor{}, err
	}
	values := results[0]
	if d.mirror {
		for i, v := range results[1] {
			values[i] = (values[i] + v) / 2
		}
	}
	if d.unit {
		values = unit(values)
	}
	return Descriptor{Network: d.name, Version: d.version, Values: values}, nil
}

// runDescriptor gives the network's raw values for each chip. Several at once
// cost less than one after another: the weights pass through the cache once.
func (e *Engine) runDescriptor(chips ...planes) ([][]float32, error) {
	d := e.descriptor
	var data []float32
	for _, c := range chips {
		if d.bgr {
			c = c.swapped()
		}
		data = append(data, c.normalised(d.mean, d.scale).data...)
	}
	n, side := int64(len(chips)), int64(d.side)
	out, err := e.recogniser.Run(inference.Tensor{Shape: []int64{n, 3, side, side}, Data: data})
	if err != nil {
		return nil, err
	}
	if len(out[0].Data) != len(chips)*d.dimension {
		return nil, fmt.Errorf("face: the network gives %d values, its description says %d", len(out[0].Data)/len(chips), d.dimension)
	}
	var results [][]float32
	for i := range chips {
		results = append(results, out[0].Data[i*d.dimension:(i+1)*d.dimension:(i+1)*d.dimension])
	}
	return results, nil
}

// mirrored exchanges left and right.
func (p planes) mirrored() planes {
	out := newPlanes(p.side)
	for at := 0; at < len(p.data); at += p.side {
		row := p.data[at : at+p.side]
		for x, v := range row {
			out.data[at+p.side-1-x] = v
		}
	}
	return out
}

// swapped exchanges red and blue.
func (p planes) swapped() planes {
	n := p.side * p.side
	out := newPlanes(p.side)
	copy(out.data[:n], p.data[2*n:])
	copy(out.data[n:2*n], p.data[n:2*n])
	copy(out.data[2*n:], p.data[:n])
	return out
}
