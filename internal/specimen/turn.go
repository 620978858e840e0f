package specimen

import (
	"image"
	"image/color"
	"math"
)

// Head is where a head is in a picture: the centre of the face, and the
// distances from there to its sides and to forehead and chin, in pixels.
type Head struct {
	X, Y, HalfWidth, HalfHeight float64
}

// Turn draws a picture as if the head in it had turned by yaw degrees, positive
// to the person's own left (towards the right edge of an unmirrored picture),
// and looked up by pitch degrees. The head is taken for an ellipsoid with a
// nose; what was hidden before cannot appear, so that about 25 degrees is the
// most that looks like a head. It makes capture clips for the demo and the
// tests. It is also an attack that no gesture prompt can tell from a person:
// a liveness check that trusts prompts alone is no defence against it.
func Turn(src *image.RGBA, h Head, yaw, pitch float64) *image.RGBA {
	sinYaw, cosYaw := math.Sincos(yaw * math.Pi / 180)
	sinPitch, cosPitch := math.Sincos(pitch * math.Pi / 180)
	out := image.NewRGBA(src.Bounds())
	for y := src.Rect.Min.Y; y < src.Rect.Max.Y; y++ {
		for x := src.Rect.Min.X; x < src.Rect.Max.X; x++ {
			u, v := (float64(x)-h.X)/h.HalfWidth, (float64(y)-h.Y)/h.HalfHeight
			depth, weight := relief(u, v)
			su, sv := u, v
			if weight > 0 {
				su += weight * (u*cosYaw - depth*sinYaw - u)
				sv += weight * (v*cosPitch + depth*sinPitch*0.8 - v)
			}
			out.SetRGBA(x, y, between(src, h.X+su*h.HalfWidth, h.Y+sv*h.HalfHeight))
		}
	}
	return out
}

// relief gives how far the head stands out towards the camera at a point (in
// half widths) and how much of the turn that point takes part in: all of it
// inside the face, none in the background.
func relief(u, v float64) (depth, weight float64) {
	r2 := u*u + v*v
	const inside, outside = 1.0, 2.2 // squared radii between which the turn fades out
	switch {
	case r2 >= outside:
		return 0, 0
	case r2 > inside:
		t := (outside - r2) / (outside - inside)
		weight = t * t * (3 - 2*t)
	default:
		weight = 1
	}
	// The axis of the turn lies behind the face, at the height 0.55 of the dome.
	depth = math.Sqrt(math.Max(0, 1.1-r2))*1.3 - 0.55
	nose := math.Exp(-(u*u/0.05 + (v-0.15)*(v-0.15)/0.08))
	return depth + 0.35*nose, weight
}

// between samples a picture at a point between pixels; beyond the border the
// nearest pixel holds.
func between(src *image.RGBA, x, y float64) color.RGBA {
	x = math.Min(math.Max(x, float64(src.Rect.Min.X)), float64(src.Rect.Max.X-1))
	y = math.Min(math.Max(y, float64(src.Rect.Min.Y)), float64(src.Rect.Max.Y-1))
	x0, y0 := int(x), int(y)
	x1, y1 := min(x0+1, src.Rect.Max.X-1), min(y0+1, src.Rect.Max.Y-1)
	fx, fy := x-float64(x0), y-float64(y0)
	a, b := src.RGBAAt(x0, y0), src.RGBAAt(x1, y0)
	c, d := src.RGBAAt(x0, y1), src.RGBAAt(x1, y1)
	mix := func(p, q, r, s uint8) uint8 {
		top := float64(p)*(1-fx) + float64(q)*fx
		bottom := float64(r)*(1-fx) + float64(s)*fx
		return uint8(math.Round(top*(1-fy) + bottom*fy))
	}
	return color.RGBA{mix(a.R, b.R, c.R, d.R), mix(a.G, b.G, c.G, d.G), mix(a.B, b.B, c.B, d.B), 255}
}
