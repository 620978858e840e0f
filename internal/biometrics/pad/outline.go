package pad

import (
	"image"
	"math"

	"truepenny/internal/biometrics/mesh"
)

// Rings of the face mesh (MediaPipe's numbering): the outline from the forehead
// clockwise, the lids, the outer edge of the lips.
var (
	ovalRing = []int{10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152,
		148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109}
	rightEyeRing = []int{33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246}
	leftEyeRing  = []int{263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466}
	lipsRing     = []int{61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185}
)

const (
	outerRight, outerLeft = 33, 263 // outer eye corners
	chin, forehead        = 152, 10
)

// ring is a closed line.
type ring []spot

func ringOf(m *mesh.Mesh, places []int) ring {
	r := make(ring, len(places))
	for i, p := range places {
		r[i] = spot{m.Points[p].X, m.Points[p].Y}
	}
	return r
}

func (r ring) centre() spot {
	var c spot
	for _, s := range r {
		c.x += s.x / float64(len(r))
		c.y += s.y / float64(len(r))
	}
	return c
}

// scaled is the ring larger or smaller about its centre.
func (r ring) scaled(f float64) ring {
	c := r.centre()
	out := make(ring, len(r))
	for i, s := range r {
		out[i] = spot{c.x + f*(s.x-c.x), c.y + f*(s.y-c.y)}
	}
	return out
}

// box is the smallest upright rectangle around the ring.
func (r ring) box() image.Rectangle {
	lo, hi := spot{math.Inf(1), math.Inf(1)}, spot{math.Inf(-1), math.Inf(-1)}
	for _, s := range r {
		lo.x, lo.y = math.Min(lo.x, s.x), math.Min(lo.y, s.y)
		hi.x, hi.y = math.Max(hi.x, s.x), math.Max(hi.y, s.y)
	}
	const far = 1 << 20 // a mesh gone wild must not overflow
	return image.Rect(int(clamp(math.Floor(lo.x), -far, far)), int(clamp(math.Floor(lo.y), -far, far)),
		int(clamp(math.Ceil(hi.x), -far, far)), int(clamp(math.Ceil(hi.y), -far, far)))
}

// holds says whether a place lies inside (even-odd rule).
func (r ring) holds(x, y float64) bool {
	in := false
	j := len(r) - 1
	for i := range r {
		a, b := r[i], r[j]
		if (a.y > y) != (b.y > y) && x < (b.x-a.x)*(y-a.y)/(b.y-a.y)+a.x {
			in = !in
		}
		j = i
	}
	return in
}

// mask is a set of pixels of a part of a picture.
type mask struct {
	area image.Rectangle
	in   []bool
}

func newMask(area image.Rectangle) mask { return mask{area, make([]bool, area.Dx()*area.Dy())} }

// fill sets the pixels inside a ring (by their centres) to v, row by row.
func (m mask) fill(r ring, v bool) {
	box := r.box().Intersect(m.area)
	var cuts []float64
	for y := box.Min.Y; y < box.Max.Y; y++ {
		cuts = cuts[:0]
		fy := float64(y) + 0.5
		j := len(r) - 1
		for i := range r {
			a, b := r[i], r[j]
			if (a.y > fy) != (b.y > fy) {
				cuts = append(cuts, (b.x-a.x)*(fy-a.y)/(b.y-a.y)+a.x)
			}
			j = i
		}
		sortFew(cuts)
		row := m.in[(y-m.area.Min.Y)*m.area.Dx():]
		for i := 0; i+1 < len(cuts); i += 2 {
			from := max(int(math.Ceil(cuts[i]-0.5)), m.area.Min.X)
			to := min(int(math.Ceil(cuts[i+1]-0.5)), m.area.Max.X)
			for x := from; x < to; x++ {
				row[x-m.area.Min.X] = v
			}
		}
	}
}

func (m mask) at(x, y int) bool {
	return image.Pt(x, y).In(m.area) && m.in[(y-m.area.Min.Y)*m.area.Dx()+x-m.area.Min.X]
}

func sortFew(v []float64) {
	for i := 1; i < len(v); i++ {
		for j := i; j > 0 && v[j] < v[j-1]; j-- {
			v[j], v[j-1] = v[j-1], v[j]
		}
	}
}

// skin marks the face without eyes and mouth; the outline is scaled by f.
func skin(m *mesh.Mesh, bounds image.Rectangle, f float64) mask {
	oval := ringOf(m, ovalRing).scaled(f)
	s := newMask(oval.box().Intersect(bounds))
	s.fill(oval, true)
	for _, eye := range [][]int{rightEyeRing, leftEyeRing} {
		s.fill(ringOf(m, eye).scaled(1.6), false)
	}
	s.fill(ringOf(m, lipsRing).scaled(1.2), false)
	return s
}

// usable says whether a mesh has finite points and an extent.
func usable(m *mesh.Mesh) bool {
	for _, p := range m.Points {
		if math.IsNaN(p.X+p.Y+p.Z) || math.IsInf(p.X+p.Y+p.Z, 0) {
			return false
		}
	}
	return eyes(m) >= 8
}

// eyes is the distance of the outer eye corners as it stands in the picture.
func eyes(m *mesh.Mesh) float64 {
	a, b := m.Points[outerRight], m.Points[outerLeft]
	return math.Hypot(a.X-b.X, a.Y-b.Y)
}

// zero is the upright rectangle of a picture moved to the origin.
func zero(img *image.RGBA) image.Rectangle {
	return image.Rect(0, 0, img.Bounds().Dx(), img.Bounds().Dy())
}
