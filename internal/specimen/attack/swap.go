package attack

import (
	"image"
	"math"

	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/specimen/puppet"
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
	inside := within(head.Rect, puppet.Outline(on))
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

// within gives for every pixel how far it lies inside the face: 0 outside, 1 well
// inside, with a soft edge.
func within(size image.Rectangle, outline []warp.Point) []float64 {
	w, h := size.Dx(), size.Dy()
	mask := image.NewRGBA(image.Rect(0, 0, w, h))
	var middle warp.Point
	for _, p := range outline {
		middle.X += p.X / float64(len(outline))
		middle.Y += p.Y / float64(len(outline))
	}
	smaller := make([]warp.Point, len(outline))
	for i, p := range outline {
		smaller[i] = warp.Point{X: middle.X + 0.88*(p.X-middle.X), Y: middle.Y + 0.88*(p.Y-middle.Y)}
	}
	for y := range h {
		for x := range w {
			if warp.Inside(smaller, warp.Point{X: float64(x) + 0.5, Y: float64(y) + 0.5}) {
				mask.Pix[mask.PixOffset(x, y)] = 255
			}
		}
	}
	mask = blurred(mask, 4)
	out := make([]float64, w*h)
	for i := range out {
		out[i] = float64(mask.Pix[4*i]) / 255
	}
	return out
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
