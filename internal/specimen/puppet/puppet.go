package puppet

import (
	"image"
	"math"

	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/specimen/warp"
)

// vertex is a point that moves: where it lies in the portrait, how deep, and how
// much of the head's movement it follows (0 background to 1 head).
type vertex struct {
	x, y, z float64 // pixels; z away from the camera
	weight  float64
}

// Puppet is a portrait that can be posed. It is safe for concurrent use.
type Puppet struct {
	portrait  *image.RGBA // its alpha says how much of a screen's light falls on a pixel
	vertices  []vertex
	triangles []warp.Triangle
	io        float64 // distance of the outer eye corners, pixels
	pivot     vertex  // the joint of the neck
	eyes      [2]eye
	straight  Pose   // what makes the head look straight
	mouth     [2]int // its corners, right and left
}

// outline goes round the face in the 468 points of the face mesh.
var outline = []int{10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149,
	150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109}

// Outline gives the points of a mesh that go round the face, in order.
func Outline(m mesh.Mesh) []warp.Point {
	var out []warp.Point
	for _, i := range outline {
		out = append(out, warp.Point{X: m.Points[i].X, Y: m.Points[i].Y})
	}
	return out
}

// rings lie round the outline: hair, ears, neck, then the room. Behind the
// outline they fall back in depth and follow the head less and less.
var rings = []struct{ size, depth, weight float64 }{
	{1.06, 0.1, 1}, {1.18, 0.3, 1}, {1.38, 0.6, 0.9}, {1.62, 0.8, 0.45}, {2, 1, 0.12}, {2.5, 1, 0},
}

const (
	rightEyeOuter, leftEyeOuter = 33, 263
	bridge, chin                = 168, 152
	mouthRight, mouthLeft       = 61, 291
	reach                       = 8.0 // distance of the camera, in io
)

// New makes a puppet of the face whose mesh was fitted to the picture. The face
// should look straight, with open eyes and a closed mouth, and have room around
// it; the larger its eyes the better blinks are seen.
func New(portrait *image.RGBA, m mesh.Mesh) *Puppet {
	a, b := m.Points[rightEyeOuter], m.Points[leftEyeOuter]
	p := &Puppet{portrait: picture.RGBA(portrait), io: math.Hypot(a.X-b.X, a.Y-b.Y), mouth: [2]int{mouthRight, mouthLeft}}
	for _, q := range m.Points {
		p.vertices = append(p.vertices, vertex{q.X, q.Y, q.Z, 1})
	}
	p.addFace()
	p.addRings()
	nose := m.Points[bridge]
	p.pivot = vertex{x: nose.X, y: nose.Y + 1.4*p.io, z: nose.Z + 0.9*p.io}
	p.eyes = [2]eye{p.lid(rightUpper, rightLower), p.lid(leftUpper, leftLower)}
	p.noteReach()
	return p
}

// Straighten makes the head look straight that was measured turned like this in
// the portrait; New alone takes the portrait's own pose for straight.
func (p *Puppet) Straighten(yaw, pitch, roll float64) {
	p.straight = Pose{Yaw: -yaw, Pitch: -pitch / 2, Roll: -roll} // nobody holds the head quite level
}

// Wearing is the puppet with another picture of the same size on it.
func (p *Puppet) Wearing(img *image.RGBA) *Puppet {
	q := *p
	q.portrait = picture.RGBA(img)
	q.eyes = [2]eye{q.lid(rightUpper, rightLower), q.lid(leftUpper, leftLower)}
	q.noteReach()
	return &q
}

// addFace lays triangles over the face, inside its outline.
func (p *Puppet) addFace() {
	places, edge := make([]warp.Point, len(p.vertices)), make([]warp.Point, len(outline))
	for i, v := range p.vertices {
		places[i] = warp.Point{X: v.x, Y: v.y}
	}
	for i, at := range outline {
		edge[i] = places[at]
	}
	for _, t := range warp.Triangulate(places) {
		a, b, c := places[t[0]], places[t[1]], places[t[2]]
		if warp.Inside(edge, warp.Point{X: (a.X + b.X + c.X) / 3, Y: (a.Y + b.Y + c.Y) / 3}) {
			p.triangles = append(p.triangles, t)
		}
	}
}

// addRings lays rings of triangles round the outline. The last one rests, so
// that the picture beyond it stays as it is.
func (p *Puppet) addRings() {
	var middle vertex
	for _, i := range outline {
		v := p.vertices[i]
		middle.x += v.x / float64(len(outline))
		middle.y += v.y / float64(len(outline))
	}
	low := p.vertices[chin].y
	inner := outline
	for _, r := range rings {
		var ring []int
		for _, i := range outline {
			v := p.vertices[i]
			q := vertex{x: middle.x + r.size*(v.x-middle.x), y: middle.y + r.size*(v.y-middle.y), z: v.z + r.depth*p.io, weight: r.weight}
			// Neck and shoulders stay: below the chin the movement ends.
			q.weight *= 1 - smooth((q.y-low-0.15*p.io)/(0.9*p.io))
			ring = append(ring, len(p.vertices))
			p.vertices = append(p.vertices, q)
		}
		for i := range ring {
			j := (i + 1) % len(ring)
			p.triangles = append(p.triangles, warp.Triangle{inner[i], inner[j], ring[i]}, warp.Triangle{ring[j], inner[j], ring[i]})
		}
		inner = ring
	}
}

// smooth goes from 0 to 1 without a corner as t does.
func smooth(t float64) float64 {
	t = math.Min(1, math.Max(0, t))
	return t * t * (3 - 2*t)
}
