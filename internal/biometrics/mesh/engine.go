package mesh

import (
	"errors"
	"image"
	"math"
	"path/filepath"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/inference"
	"truepenny/internal/inference/convert"
)

// Points is the number of points of a mesh.
const Points = 468

// Point is a place on a face's surface: X and Y in pixels of the picture from
// its upper left corner, Z in the same scale, negative towards the camera.
type Point struct{ X, Y, Z float64 }

// Mesh is a face's surface in a picture, in MediaPipe's order of points. Score
// is the network's own from 0 to 1, whether a face is there; below 0.5 the face
// is lost and has to be found anew.
type Mesh struct {
	Points [Points]Point
	Score  float64
}

// ErrPicture says that a picture has no pixels to look at.
var ErrPicture = errors.New("mesh: empty picture")

// ErrFace says that a face or mesh has no extent to look at.
var ErrFace = errors.New("mesh: the face's points coincide or are not finite")

// The sides of the networks' inputs, in pixels.
const (
	meshSide = 192
	irisSide = 64
)

// margin is the side of the square that the mesh network sees, as a share of
// the mesh's extent.
const margin = 1.5

// Engine runs Human's face mesh and iris networks. It holds no state between
// calls and is safe for concurrent use; every call runs on one thread.
type Engine struct{ mesh, iris *inference.Network }

// Open loads the networks from a folder made by `task engine`; an empty dir
// means the runtime's engine folder.
func Open(rt *inference.Runtime, dir string) (*Engine, error) {
	e := &Engine{}
	var err error
	load := func(to **inference.Network, name string, outputs ...string) {
		file := name + ".onnx"
		if dir != "" && err == nil {
			file, err = filepath.Abs(filepath.Join(dir, file))
		}
		if err == nil {
			*to, err = rt.Load(file, []string{convert.Input}, outputs)
		}
	}
	load(&e.mesh, convert.Mesh, convert.MeshPoints, convert.MeshScore)
	load(&e.iris, convert.Iris, convert.IrisPoints)
	if err != nil {
		e.Close()
		return nil, err
	}
	return e, nil
}

// Close frees the networks.
func (e *Engine) Close() error {
	var errs []error
	for _, n := range []*inference.Network{e.mesh, e.iris} {
		if n != nil {
			errs = append(errs, n.Close())
		}
	}
	return errors.Join(errs...)
}

// Fit finds the mesh of a face that the detector found, in two passes: the
// second sees the face upright and framed by the first.
func (e *Engine) Fit(img *image.RGBA, f face.Face) (Mesh, error) {
	first, err := e.run(img, squareOfFace(f))
	if err != nil {
		return Mesh{}, err
	}
	return e.Follow(img, first)
}

// Follow finds the mesh in a picture near to where it was in the one before,
// in one pass. A face that moves by more than about a quarter of its width
// between two pictures may be lost; the score tells.
func (e *Engine) Follow(img *image.RGBA, before Mesh) (Mesh, error) {
	return e.run(img, squareOfMesh(before))
}

// run looks at a square of the picture.
func (e *Engine) run(img *image.RGBA, s square) (Mesh, error) {
	if img == nil || img.Bounds().Empty() {
		return Mesh{}, ErrPicture
	}
	if !s.usable() {
		return Mesh{}, ErrFace
	}
	out, err := e.mesh.Run(inference.Tensor{Shape: []int64{1, 3, meshSide, meshSide}, Data: cut(img, s, meshSide)})
	if err != nil {
		return Mesh{}, err
	}
	var m Mesh
	for i := range m.Points {
		v := out[0].Data[3*i:]
		m.Points[i] = s.place(float64(v[0])/meshSide, float64(v[1])/meshSide)
		m.Points[i].Z = float64(v[2]) / meshSide * s.side
	}
	m.Score = float64(out[1].Data[0])
	return m, nil
}

// squareOfFace frames the detector's landmarks, whose outline ends at the
// brows: a forehead is added above. The second pass frames better.
func squareOfFace(f face.Face) square {
	left, right := f.Landmarks[36], f.Landmarks[45]
	frame := newFrame(math.Atan2(right.Y-left.Y, right.X-left.X))
	for _, p := range f.Landmarks {
		frame.add(p.X, p.Y)
	}
	frame.y0 -= 0.3 * (frame.y1 - frame.y0)
	return frame.square(margin)
}

func squareOfMesh(m Mesh) square {
	left, right := m.Points[outerRight], m.Points[outerLeft]
	frame := newFrame(math.Atan2(right.Y-left.Y, right.X-left.X))
	for _, p := range m.Points {
		frame.add(p.X, p.Y)
	}
	return frame.square(margin)
}
