package attack

import (
	"image"
	"math"

	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/specimen/warp"
)

// Swap puts the face of one picture onto the head of another by warping it over
// the mesh, with the other's mean colour and a soft edge: what a live face swap
// shows to a camera.
func Swap(head *image.RGBA, on mesh.Mesh, donor *image.RGBA, face mesh.Mesh) *image.RGBA {
	to := places(on)
	warped := picture.RGBA(head)
	from := places(face)
	for _, t := range warp.Triangulate(to) {
		warp.Paint(warped, donor, [3]warp.Point{to[t[0]], to[t[1]], to[t[2]]}, [3]warp.Point{from[t[0]], from[t[1]], from[t[2]]})
	}
	inside := within(head.Rect, to)
	old, is := means(head, inside), means(warped, inside)
	out := picture.RGBA(head)
	for i, share := range inside {
		if share == 0 {
			continue
		}
		for k := range 3 {
			v := float64(warped.Pix[4*i+k]) + old[k] - is[k]
			out.Pix[4*i+k] = uint8(math.Min(255, math.Max(0, (1-share)*float64(head.Pix[4*i+k])+share*v+0.5)))
		}
	}
	return out
}

func places(m mesh.Mesh) []warp.Point {
	out := make([]warp.Point, len(m.Points))
	for i, p := range m.Points {
		out[i] = warp.Point{X: p.X, Y: p.Y}
	}
	return out
}

// within gives for every pixel how far it lies inside the face: 0 outside, 1
// from a tenth of the face's width inwards.
func within(size image.Rectangle, points []warp.Point) []float64 {
	var middle warp.Point
	for _, p := range points {
		middle.X += p.X / float64(len(points))
		middle.Y += p.Y / float64(len(points))
	}
	// The face is star-shaped: its extent by direction tells inside from outside.
	const directions = 72
	var extent [directions]float64
	for _, p := range points {
		d := direction(p.X-middle.X, p.Y-middle.Y, directions)
		extent[d] = math.Max(extent[d], math.Hypot(p.X-middle.X, p.Y-middle.Y))
	}
	out := make([]float64, size.Dx()*size.Dy())
	for y := range size.Dy() {
		for x := range size.Dx() {
			dx, dy := float64(x)+0.5-middle.X, float64(y)+0.5-middle.Y
			reach := extent[direction(dx, dy, directions)]
			out[y*size.Dx()+x] = math.Min(1, math.Max(0, (0.97*reach-math.Hypot(dx, dy))/(0.15*reach+1)))
		}
	}
	return out
}

func direction(dx, dy float64, of int) int {
	return int((math.Atan2(dy, dx)+math.Pi)/(2*math.Pi)*float64(of)) % of
}

func means(img *image.RGBA, inside []float64) (mean [3]float64) {
	whole := 0.0
	for i, share := range inside {
		whole += share
		for k := range 3 {
			mean[k] += share * float64(img.Pix[4*i+k])
		}
	}
	for k := range 3 {
		mean[k] /= math.Max(whole, 1)
	}
	return mean
}
