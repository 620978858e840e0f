package mesh

import (
	"image"
	"math"

	"truepenny/internal/inference"
)

// Signals is what one frame says. The values are absolute and differ from
// person to person and with the camera's place; a gesture is judged against
// the same session's neutral frames.
type Signals struct {
	Yaw        float64 // degrees, + = towards the person's own left
	Pitch      float64 // degrees, + = looks up
	Roll       float64 // degrees, + = head on the person's own left shoulder
	IO         float64 // distance of the outer eye corners, pixels, as if seen from the front
	Opening    float64 // distance of the lids by the eye's width, mean of both eyes
	MouthWidth float64 // between the corners of the mouth, in io, as if seen from the front
	CornerLift float64 // of the mouth's corners above its centre, in io
}

// Places on the mesh. Right and left are the person's own.
const (
	outerRight, innerRight = 33, 133
	outerLeft, innerLeft   = 263, 362
	mouthRight, mouthLeft  = 61, 291
	upperLip, lowerLip     = 13, 14 // inner edge, in the middle
)

// steady are points that neither lids nor brows, mouth or chin move: nose,
// forehead, eye corners, cheek bones and the face's sides at the ears.
var steady = [...]int{
	168, 6, 197, 195, 5, 4, 1, 122, 351, 196, 419, 3, 248, 51, 281, 45, 275,
	10, 151, 9, 8, 108, 337, 69, 299, 104, 333, 67, 297, 109, 338,
	outerRight, innerRight, innerLeft, outerLeft,
	116, 345, 117, 346, 118, 347, 111, 340,
	127, 356, 234, 454, 227, 447, 162, 389,
}

// Signals measures a mesh; the picture is the one that it was found in, for
// the eyes are looked at once more.
func (e *Engine) Signals(img *image.RGBA, m Mesh) (Signals, error) {
	if img == nil || img.Bounds().Empty() {
		return Signals{}, ErrPicture
	}
	var s Signals
	pose, ok := fit(steadyOf(&mean), steadyOf(&m))
	if !ok {
		return s, ErrFace
	}
	s.Yaw, s.Pitch, s.Roll = pose.turn.angles()
	s.IO = pose.scale
	right, left := pose.undo(m.Points[mouthRight]), pose.undo(m.Points[mouthLeft])
	upper, lower := pose.undo(m.Points[upperLip]), pose.undo(m.Points[lowerLip])
	s.MouthWidth = apart(right, left)
	s.CornerLift = (upper.Y+lower.Y)/2 - (right.Y+left.Y)/2
	var err error
	s.Opening, err = e.opening(img, m)
	return s, err
}

func steadyOf(m *Mesh) []Point {
	points := make([]Point, len(steady))
	for i, at := range steady {
		points[i] = m.Points[at]
	}
	return points
}

func apart(a, b Point) float64 {
	return math.Sqrt((a.X-b.X)*(a.X-b.X) + (a.Y-b.Y)*(a.Y-b.Y) + (a.Z-b.Z)*(a.Z-b.Z))
}

// eyeMargin is the side of the square that the iris network sees, as a multiple
// of the eye's width.
const eyeMargin = 2.3

// columns are pairs of the iris network's points on the upper and lower lid,
// over the middle of the eye; 0 and 8 are its outer and inner corner.
var columns = [3][2]int{{11, 3}, {12, 4}, {13, 5}}

// opening is the mean of both eyes' openings. The network knows right eyes
// only, so it is shown the mirror image of the left.
func (e *Engine) opening(img *image.RGBA, m Mesh) (float64, error) {
	right := squareOfEye(m.Points[outerRight], m.Points[innerRight])
	left := squareOfEye(m.Points[innerLeft], m.Points[outerLeft])
	if !right.usable() || !left.usable() {
		return 0, ErrFace
	}
	data := append(cut(img, right, irisSide), mirrored(cut(img, left, irisSide), irisSide)...)
	out, err := e.iris.Run(inference.Tensor{Shape: []int64{2, 3, irisSide, irisSide}, Data: data})
	if err != nil {
		return 0, err
	}
	half := len(out[0].Data) / 2
	return (openingOf(out[0].Data[:half]) + openingOf(out[0].Data[half:])) / 2, nil
}

// openingOf measures one eye, from x, y, z of each point.
func openingOf(points []float32) float64 {
	apart := func(a, b int) float64 {
		return math.Hypot(float64(points[3*a]-points[3*b]), float64(points[3*a+1]-points[3*b+1]))
	}
	var lids float64
	for _, c := range columns {
		lids += apart(c[0], c[1]) / float64(len(columns))
	}
	if width := apart(0, 8); width > 0 {
		return lids / width
	}
	return 0
}

// squareOfEye frames an eye; the corners come in the picture's order, left
// first.
func squareOfEye(a, b Point) square {
	width := math.Hypot(b.X-a.X, b.Y-a.Y)
	s := square{x: (a.X + b.X) / 2, y: (a.Y + b.Y) / 2, side: eyeMargin * width}
	if width > 0 {
		s.cos, s.sin = (b.X-a.X)/width, (b.Y-a.Y)/width
	}
	return s
}

// mirrored exchanges left and right of a sampled square.
func mirrored(data []float32, side int) []float32 {
	out := make([]float32, len(data))
	for at := 0; at < len(data); at += side {
		for x, v := range data[at : at+side] {
			out[at+side-1-x] = v
		}
	}
	return out
}
