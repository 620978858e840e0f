package liveness

import (
	"image"
	"math"
)

// sudden notices cuts: a picture, or the face in it, that changes from one frame
// to the next by far more than it did just before. A moving head changes it
// little by little, and so does the light of a screen.
type sudden struct {
	before *image.RGBA
	usual  [2][]float64 // recent changes of the whole picture and of the face
}

const (
	cutLeast = 8  // grey levels, mean: less is no other picture
	cutTimes = 3  // times the median of recent changes
	recent   = 9  // changes that are remembered
	grid     = 48 // samples across a picture
)

// cut takes the next frame and the square in which the face is.
func (s *sudden) cut(img *image.RGBA, faceAt image.Rectangle) bool {
	before := s.before
	s.before = img
	if before == nil || before.Rect != img.Rect {
		return before != nil
	}
	cut := false
	for i, r := range []image.Rectangle{img.Rect, faceAt.Intersect(img.Rect)} {
		change := difference(before, img, r)
		usual := median(s.usual[i])
		cut = cut || change > cutLeast && change > cutTimes*usual
		if s.usual[i] = append(s.usual[i], change); len(s.usual[i]) > recent {
			s.usual[i] = s.usual[i][1:]
		}
	}
	return cut
}

// difference is the mean absolute difference of two pictures' green values on a
// grid over a part of them; exposure, the mean of all differences, is taken off.
func difference(a, b *image.RGBA, r image.Rectangle) float64 {
	if r.Dx() < grid || r.Dy() < grid {
		return 0
	}
	var all [grid * grid]float64
	mean := 0.0
	for i := range all {
		o := a.PixOffset(r.Min.X+i%grid*r.Dx()/grid, r.Min.Y+i/grid*r.Dy()/grid) + 1
		all[i] = float64(b.Pix[o]) - float64(a.Pix[o])
		mean += all[i] / float64(len(all))
	}
	sum := 0.0
	for _, d := range all {
		sum += math.Abs(d-mean) / float64(len(all))
	}
	return sum
}
