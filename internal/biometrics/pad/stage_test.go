package pad_test

import (
	"image"
	"math"
	"math/rand/v2"
	"testing"

	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/biometrics/picture"
)

// surface gives depth (away from the camera) over a picture, all in units of
// the picture's width, from its middle.
type surface func(u, v float64) (x, y, z float64)

func flat(u, v float64) (x, y, z float64) { return u, v, 0 }

// bentUpright is a sheet bent about the vertical axis, its middle towards the
// camera; angle is that of the whole width, radians.
func bentUpright(angle float64) surface {
	return func(u, v float64) (x, y, z float64) {
		r := 1 / angle
		return r * math.Sin(u/r), v, r * (1 - math.Cos(u/r))
	}
}

// bentFlat is bent about the horizontal axis.
func bentFlat(angle float64) surface {
	return func(u, v float64) (x, y, z float64) {
		r := 1 / angle
		return u, r * math.Sin(v/r), r * (1 - math.Cos(v/r))
	}
}

// pose is how a surface is held: degrees, yaw towards the picture's right; a
// shift in picture widths.
type pose struct{ yaw, pitch, roll, scale, right, down float64 }

// present shows a surface that carries a picture before a camera two and a half
// picture widths away and a still background.
func present(img, ground *image.RGBA, s surface, p pose) *image.RGBA {
	b := img.Bounds()
	w, h := float64(b.Dx()), float64(b.Dy())
	out := image.NewRGBA(b)
	const far, cell = 2.5, 4
	scale := p.scale
	sy, cy := math.Sincos(p.yaw * math.Pi / 180)
	sp, cp := math.Sincos(p.pitch * math.Pi / 180)
	sr, cr := math.Sincos(p.roll * math.Pi / 180)
	project := func(u, v float64) (float64, float64) {
		x, y, z := s(u, v)
		x, z = x*cy-z*sy, x*sy+z*cy
		y, z = y*cp-z*sp, y*sp+z*cp
		x, y = x*cr-y*sr, x*sr+y*cr
		f := scale * far / (far + z)
		return x * f, y * f
	}
	origin := func(px, py float64) picture.Point {
		tx, ty := (px-w/2)/w-p.right, (py-h/2)/w-p.down
		u, v := tx/scale, ty/scale
		for range 12 {
			x, y := project(u, v)
			u, v = u+0.9*(tx-x)/scale, v+0.9*(ty-y)/scale
		}
		return picture.Point{X: u*w + w/2, Y: v*w + h/2}
	}
	cols, rows := b.Dx()/cell+2, b.Dy()/cell+2
	grid := make([]picture.Point, cols*rows)
	for r := range rows {
		for c := range cols {
			grid[r*cols+c] = origin(float64(c*cell)+0.5, float64(r*cell)+0.5)
		}
	}
	for y := range b.Dy() {
		for x := range b.Dx() {
			o := y/cell*cols + x/cell
			fx, fy := float64(x%cell)/cell, float64(y%cell)/cell
			mix := func(a, b, c, d float64) float64 { return (a*(1-fx)+b*fx)*(1-fy) + (c*(1-fx)+d*fx)*fy }
			at := picture.Point{X: mix(grid[o].X, grid[o+1].X, grid[o+cols].X, grid[o+cols+1].X), Y: mix(grid[o].Y, grid[o+1].Y, grid[o+cols].Y, grid[o+cols+1].Y)}
			var c [4]uint8
			if at.X >= 0 && at.Y >= 0 && at.X < w && at.Y < h {
				c = picture.Sample(img, at)
			} else {
				c = picture.Sample(ground, picture.Point{X: float64(x) + 0.5, Y: float64(y) + 0.5})
			}
			copy(out.Pix[out.PixOffset(x, y):], c[:])
		}
	}
	return out
}

// room is a background with something to hold on to.
func room(b image.Rectangle, r *rand.Rand) *image.RGBA {
	small := image.NewRGBA(image.Rect(0, 0, 24, 18))
	for i := range small.Pix {
		small.Pix[i] = uint8(60 + r.IntN(140))
		if i%4 == 3 {
			small.Pix[i] = 255
		}
	}
	return picture.Resize(small, b.Dx(), b.Dy())
}

// headOf is the surface of the mean face laid on a portrait, the rest behind
// it: another depth than an ellipsoid's, and the test's own.
func headOf(img *image.RGBA, m mesh.Mesh) surface {
	w, h := float64(img.Bounds().Dx()), float64(img.Bounds().Dy())
	io := math.Hypot(m.Points[33].X-m.Points[263].X, m.Points[33].Y-m.Points[263].Y)
	// Worked out on a grid, outside of which the head has no relief.
	const cell = 4
	cols, rows := int(w)/cell+2, int(h)/cell+2
	table := make([]float64, cols*rows)
	for r := range rows {
		for c := range cols {
			sum, weights := 0.6*io*1e-3, 1e-3
			for _, p := range m.Points {
				dx, dy := p.X-float64(c*cell), p.Y-float64(r*cell)
				k := math.Exp(-(dx*dx + dy*dy) / (io * io) / (2 * 0.05 * 0.05))
				sum, weights = sum+k*p.Z, weights+k
			}
			table[r*cols+c] = sum / weights / w
		}
	}
	return func(u, v float64) (x, y, z float64) {
		px := math.Max(0, math.Min(w-1, u*w+w/2)) / cell
		py := math.Max(0, math.Min(h-1, v*w+h/2)) / cell
		c, r := int(px), int(py)
		fx, fy := px-float64(c), py-float64(r)
		o := r*cols + c
		z = (table[o]*(1-fx)+table[o+1]*fx)*(1-fy) + (table[o+cols]*(1-fx)+table[o+cols+1]*fx)*fy
		return u, v, z
	}
}

// bump is a smooth way from 0 to 1 and back over n frames.
func bump(i, n int) float64 { return math.Pow(math.Sin(math.Pi*float64(i)/float64(n)), 2) }

// arrive makes frames into what the server gets: noise of a camera, JPEG.
func arrive(t testing.TB, frames []*image.RGBA, r *rand.Rand) []*image.RGBA {
	for i := range frames {
		frames[i] = sent(t, noisy(frames[i], 2, r), 85)
	}
	return frames
}

// lean grows, tilts (degrees, clockwise) and shifts the head of a portrait while
// its background stays: whole up to 1.2 outlines from the middle, nothing from 2.2 on.
func lean(img *image.RGBA, m mesh.Mesh, grow, tilt, right float64) *image.RGBA {
	b := img.Bounds()
	cx, cy := (m.Points[234].X+m.Points[454].X)/2, (m.Points[10].Y+m.Points[152].Y)/2
	rx, ry := math.Abs(m.Points[454].X-m.Points[234].X)/2, math.Abs(m.Points[152].Y-m.Points[10].Y)/2
	out := image.NewRGBA(b)
	for y := range b.Dy() {
		for x := range b.Dx() {
			dx, dy := float64(x)+0.5-cx, float64(y)+0.5-cy
			d := math.Hypot(dx/rx, dy/ry)
			k := math.Max(0, math.Min(1, (2.2-d)))
			k = k * k * (3 - 2*k)
			s, c := math.Sincos(-k * tilt * math.Pi / 180)
			f := 1 / (1 + k*(grow-1))
			ux, uy := dx-k*right, dy
			at := picture.Point{X: cx + f*(c*ux-s*uy), Y: cy + f*(s*ux+c*uy)}
			px := picture.Sample(img, at)
			copy(out.Pix[out.PixOffset(x, y):], px[:])
		}
	}
	return out
}

// framed puts a dark edge around a picture, as a phone has, and a thin light one
// around that.
func framed(img *image.RGBA, share float64) *image.RGBA {
	b := img.Bounds()
	out := picture.Resize(img, b.Dx(), b.Dy())
	edge := int(share * float64(b.Dx()))
	for y := range b.Dy() {
		for x := range b.Dx() {
			if d := min(x, y, b.Dx()-1-x, b.Dy()-1-y); d < edge {
				v := uint8(22)
				if d < 2 {
					v = 70
				}
				o := out.PixOffset(x, y)
				out.Pix[o], out.Pix[o+1], out.Pix[o+2] = v, v, v
			}
		}
	}
	return out
}
