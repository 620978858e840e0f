package face

import (
	"image"
	"math"

	"truepenny/internal/inference"
)

// landmarkSide is the side of the landmark network's input, in pixels.
const landmarkSide = 112

// faceMean is what face-api subtracts before its landmark and descriptor
// networks.
var faceMean = [3]float32{122.782, 117.001, 104.298}

// landmarks finds the 68 points of the face in a box, in pixels of the picture:
// 0-16 jaw, 17-26 brows, 27-35 nose, 36-47 eyes, 48-67 mouth (iBUG 300-W).
func (e *Engine) landmarks(img *image.RGBA, box Box) ([68]Point, error) {
	scale := landmarkSide / math.Max(box.Width, box.Height)
	w := min(landmarkSide, max(1, int(math.Round(box.Width*scale))))
	h := min(landmarkSide, max(1, int(math.Round(box.Height*scale))))
	dx, dy := (landmarkSide-w)/2, (landmarkSide-h)/2
	input := newPlanes(landmarkSide)
	paint(input, dx, dy, w, h, img, box)
	shares, err := e.runLandmarks(input)
	if err != nil {
		return [68]Point{}, err
	}
	var points [68]Point
	for i, s := range shares {
		points[i] = Point{
			X: box.X + (s.X*landmarkSide-float64(dx))*box.Width/float64(w),
			Y: box.Y + (s.Y*landmarkSide-float64(dy))*box.Height/float64(h),
		}
	}
	return points, nil
}

// runLandmarks gives the points as shares of the input square's side.
func (e *Engine) runLandmarks(input planes) ([68]Point, error) {
	x := input.normalised(faceMean, 1.0/255)
	var points [68]Point
	out, err := e.marks.Run(inference.Tensor{Shape: []int64{1, 3, landmarkSide, landmarkSide}, Data: x.data})
	if err != nil {
		return points, err
	}
	for i := range points {
		points[i] = Point{float64(out[0].Data[2*i]), float64(out[0].Data[2*i+1])}
	}
	return points, nil
}
