package specimen

import (
	"image"
	"image/draw"
	"math"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/picture"
)

// Turn gives the picture with its face turned by yaw and pitch degrees, signs
// as in face.Pose. The head is taken for an ellipsoid with a nose; up to 25
// degrees it looks natural to the networks, beyond that the far side smears.
// It makes capture clips for the demo and the tests. It is also an attack that
// no prompt can tell from a person: a check that trusts prompts alone is no
// defence against it.
func Turn(img *image.RGBA, f face.Face, yaw, pitch float64) *image.RGBA {
	h := newSkull(f)
	t := rotation(yaw, pitch)
	b := img.Bounds()
	out := image.NewRGBA(b)
	draw.Draw(out, b, img, b.Min, draw.Src)
	// The displacement is smooth: it is worked out on a grid and interpolated.
	const cell = 4
	for y := 0; y < b.Dy(); y += cell {
		for x := 0; x < b.Dx(); x += cell {
			if !h.near(float64(x), float64(y), cell) {
				continue
			}
			var corner [4]picture.Point
			for i := range corner {
				corner[i] = h.origin(picture.Point{X: float64(x+cell*(i%2)) + 0.5, Y: float64(y+cell*(i/2)) + 0.5}, t)
			}
			for dy := 0; dy < cell && y+dy < b.Dy(); dy++ {
				for dx := 0; dx < cell && x+dx < b.Dx(); dx++ {
					from := blend(corner, float64(dx)/cell, float64(dy)/cell)
					c := picture.Sample(img, from)
					o := out.PixOffset(b.Min.X+x+dx, b.Min.Y+y+dy)
					out.Pix[o], out.Pix[o+1], out.Pix[o+2] = c[0], c[1], c[2]
				}
			}
		}
	}
	return out
}

// skull is an ellipsoid in picture coordinates.
type skull struct {
	centre, nose picture.Point
	rx, ry, rz   float64
	eyes         float64 // distance of the outer eye corners
}

// fade is how far beyond the head, in its radii, the background still moves.
const fade = 0.9

func newSkull(f face.Face) skull {
	l := f.Landmarks
	eyes := math.Hypot(l[45].X-l[36].X, l[45].Y-l[36].Y)
	middle := picture.Point{X: (l[36].X + l[45].X + l[8].X) / 3, Y: (l[36].Y + l[45].Y + l[8].Y) / 3}
	return skull{
		centre: picture.Point{X: (middle.X + l[27].X) / 2, Y: (middle.Y + l[27].Y) / 2},
		nose:   picture.Point{X: l[30].X, Y: l[30].Y}, eyes: eyes, rx: 0.95 * eyes, ry: 1.35 * eyes, rz: 0.85 * eyes,
	}
}

type turn struct{ sinYaw, cosYaw, sinPitch, cosPitch float64 }

func rotation(yaw, pitch float64) turn {
	var t turn
	t.sinYaw, t.cosYaw = math.Sincos(yaw * math.Pi / 180)
	t.sinPitch, t.cosPitch = math.Sincos(pitch * math.Pi / 180)
	return t
}

// near reports whether a cell can take part in the movement.
func (h skull) near(x, y, cell float64) bool {
	reach := 1 + fade + cell/h.rx
	return math.Hypot((x-h.centre.X)/h.rx, (y-h.centre.Y)/h.ry) < reach+0.7
}

// origin finds the point of the portrait that comes to a place: the turned
// place of a point is known, so a few steps back along the movement find it.
func (h skull) origin(to picture.Point, t turn) picture.Point {
	from := to
	for range 12 {
		moved := h.moved(from, t)
		from.X += 0.8 * (to.X - moved.X)
		from.Y += 0.8 * (to.Y - moved.Y)
	}
	return from
}

// moved gives the place of a point of the portrait after the turn. Outside the
// head the movement fades, so that the background stays.
func (h skull) moved(p picture.Point, t turn) picture.Point {
	x, y := p.X-h.centre.X, p.Y-h.centre.Y
	r := math.Hypot(x/h.rx, y/h.ry)
	z := h.rz * math.Sqrt(math.Max(0, 1-r*r))
	nx, ny := p.X-h.nose.X, p.Y-h.nose.Y+0.12*h.eyes
	z += 0.24 * h.eyes * math.Exp(-(nx*nx/0.03+ny*ny/0.07)/(h.eyes*h.eyes))
	tx := x*t.cosYaw + z*t.sinYaw
	tz := -x*t.sinYaw + z*t.cosYaw
	ty := y*t.cosPitch - tz*t.sinPitch
	weight := 1.0
	if r > 1 {
		weight = math.Max(0, 1-(r-1)/fade)
	}
	return picture.Point{X: p.X + weight*(tx-x), Y: p.Y + weight*(ty-y)}
}

func blend(c [4]picture.Point, u, v float64) picture.Point {
	mix := func(a, b, d, e float64) float64 {
		return (a*(1-u)+b*u)*(1-v) + (d*(1-u)+e*u)*v
	}
	return picture.Point{X: mix(c[0].X, c[1].X, c[2].X, c[3].X), Y: mix(c[0].Y, c[1].Y, c[2].Y, c[3].Y)}
}
