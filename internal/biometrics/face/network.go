package face

import (
	"fmt"
	"path/filepath"

	"truepenny/internal/inference"
	"truepenny/internal/inference/convert"
)

// network says how a descriptor network is fed and what its numbers mean.
type network struct {
	name, version string
	file          string // .onnx; relative to the engine folder
	input, output string // names in the graph
	side          int    // of the square input, pixels
	mean          [3]float32
	scale         float32
	bgr           bool // blue first
	dimension     int
	mirror        bool // the mirror image is described too
	unit          bool // descriptors are scaled to length 1
	alignment     Alignment
	thresholds    Thresholds
}

// chipVersion stands for the way a face is cut out. It is part of the version
// that descriptors carry: raise it when the cutting changes.
const chipVersion = "chip1"

// standardNetwork is face-api's copy of dlib's recognition network. Its
// distances are Euclidean and its descriptors are not of length 1.
func standardNetwork(m inference.Manifest) (network, error) {
	n, ok := m.Network(convert.Descriptor)
	if !ok {
		return network{}, fmt.Errorf("%w: the engine folder has no network %s; run `task engine`", inference.ErrMissing, convert.Descriptor)
	}
	return network{
		name: n.Name, version: n.Version + "-" + chipVersion, file: filepath.Base(n.File),
		input: convert.Input, output: convert.Output,
		side: 150, mean: faceMean, scale: 1.0 / 255, dimension: 128, mirror: true,
		alignment: AlignDlib, thresholds: StandardThresholds,
	}, nil
}
