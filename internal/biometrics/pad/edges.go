package pad

import (
	"image"
	"math"

	"truepenny/internal/biometrics/mesh"
)

// Edges are the straight edges that stand around a face like a frame: parallel
// or at right angles to one another, outside the outline, each along the face.
type Edges struct {
	Sides int     `json:"sides"` // 0 to 4
	Angle float64 `json:"angle"` // degrees, -45 to 45, of the frame in the picture
	// At is each side's distance from the face's centre, io: left, top, right,
	// bottom as the frame stands; 0 where there is none.
	At [4]float64 `json:"at"`
	// Long is the length of each side's longest unbroken edge, io.
	Long [4]float64 `json:"long"`
}

// Border finds the edges around the face in one picture. They alone are weak
// evidence: use a BorderWatch for whether they move with the face.
func Border(img *image.RGBA, m mesh.Mesh) Edges {
	if !usable(&m) {
		return Edges{}
	}
	e, _, _ := edgesAround(img, &m)
	return e
}

const (
	workingWidth = 320 // pixels: fine texture is no edge of a sheet
	leastSlope   = 14  // grey levels a pixel, Sobel's eighth
	angles       = 180 // one for each degree
	leastLong    = 1.4 // io: length of an edge
	nearest      = 0.9 // io: distance of an edge from the face's centre
	farthest     = 3.6
)

// edgesAround also gives the face's centre and the distance of the eyes, pixels.
func edgesAround(img *image.RGBA, m *mesh.Mesh) (Edges, spot, float64) {
	k := max(1, img.Bounds().Dx()/workingWidth)
	g := newGrey(img, zero(img), k)
	centre, io := ringOf(m, ovalRing).centre(), eyes(m)
	cx, cy := g.fromPicture(centre.x, centre.y)
	unit := io / float64(k)
	if g.w < 32 || g.h < 32 {
		return Edges{}, centre, io
	}
	face := ringOf(m, ovalRing).scaled(1.1)
	lines := linesOf(g, spot{cx, cy}, unit, func(x, y int) bool {
		px, py := g.toPicture(float64(x), float64(y))
		return face.holds(px, py)
	})
	return frameOf(lines), centre, io
}

// line is a straight edge relative to a face's centre, in io.
type line struct {
	angle float64 // degrees, 0 to 180, of its normal
	at    float64 // signed distance along the normal
	long  float64 // longest unbroken part
}

// field is a grey picture's edge pixels, as votes for straight lines around a
// face (Hough's transform); a pixel votes only for the direction of its own slope.
type field struct {
	centre spot    // of the face, in the grey picture
	unit   float64 // io, in its pixels
	reach  int     // the largest distance of a line, pixels
	marks  []mark
	votes  []uint16 // by angle and distance
}

type mark struct{ x, y, angle int16 }

func (f *field) width() int { return 2*f.reach + 1 }

// along and across are a pixel's places on and beside a line of an angle.
func (f *field) across(m mark, a int) int {
	return int(math.Round(cosines[a]*(float64(m.x)-f.centre.x)+sines[a]*(float64(m.y)-f.centre.y))) + f.reach
}

func (f *field) along(m mark, a int) int {
	return int(math.Round(-sines[a]*(float64(m.x)-f.centre.x)+cosines[a]*(float64(m.y)-f.centre.y))) + f.reach
}

// linesOf finds long straight edges near a face; inside tells the face itself.
func linesOf(g grey, c spot, unit float64, inside func(x, y int) bool) []line {
	f := &field{centre: c, unit: unit, reach: int(math.Hypot(float64(g.w), float64(g.h))) + 2}
	f.collect(g, inside)
	f.votes = make([]uint16, angles*f.width())
	for _, m := range f.marks {
		for d := -3; d <= 3; d++ {
			a := (int(m.angle) + d + angles) % angles
			if at := f.across(m, a); at >= 0 && at < f.width() {
				f.votes[a*f.width()+at]++
			}
		}
	}
	var out []line
	for range 24 {
		a, at, ok := f.highest(uint16(0.7 * leastLong * unit))
		if !ok {
			break
		}
		f.clear(a, at)
		if l, ok := f.line(a, at); ok {
			out = append(out, l)
		}
	}
	return out
}

// collect takes the pixels with a slope that are near the face and not on it.
func (f *field) collect(g grey, inside func(x, y int) bool) {
	far := farthest * 1.6 * f.unit
	p := g.pix
	for y := 1; y < g.h-1; y++ {
		for x := 1; x < g.w-1; x++ {
			o := y*g.w + x
			gx := int(p[o-g.w+1]) + 2*int(p[o+1]) + int(p[o+g.w+1]) - int(p[o-g.w-1]) - 2*int(p[o-1]) - int(p[o+g.w-1])
			gy := int(p[o+g.w-1]) + 2*int(p[o+g.w]) + int(p[o+g.w+1]) - int(p[o-g.w-1]) - 2*int(p[o-g.w]) - int(p[o-g.w+1])
			if gx*gx+gy*gy < 64*leastSlope*leastSlope {
				continue
			}
			if math.Hypot(float64(x)-f.centre.x, float64(y)-f.centre.y) > far || inside(x, y) {
				continue
			}
			a := int(math.Round(math.Atan2(float64(gy), float64(gx))*180/math.Pi)+360) % angles
			f.marks = append(f.marks, mark{int16(x), int16(y), int16(a)})
		}
	}
}

// highest is the line with most votes.
func (f *field) highest(least uint16) (angle, at int, ok bool) {
	for a := range angles {
		for i, v := range f.votes[a*f.width() : (a+1)*f.width()] {
			if v > least {
				least, angle, at, ok = v, a, i, true
			}
		}
	}
	return angle, at, ok
}

// clear takes a line's neighbourhood out of the votes: an edge is a few pixels wide.
func (f *field) clear(angle, at int) {
	for d := -5; d <= 5; d++ {
		a, flip := angle+d, false
		if a < 0 || a >= angles {
			a, flip = (a+angles)%angles, true
		}
		for e := at - 4; e <= at+4; e++ {
			i := e
			if flip {
				i = 2*f.reach - e
			}
			if i >= 0 && i < f.width() {
				f.votes[a*f.width()+i] = 0
			}
		}
	}
}

// line measures the longest unbroken part of a line and says whether it stands
// beside the face.
func (f *field) line(angle, at int) (line, bool) {
	on := make([]bool, f.width())
	for _, m := range f.marks {
		d := (int(m.angle) - angle + angles) % angles
		if min(d, angles-d) > 6 {
			continue
		}
		if off := f.across(m, angle) - at; off >= -1 && off <= 1 {
			if i := f.along(m, angle); i >= 0 && i < len(on) {
				on[i] = true
			}
		}
	}
	run, from := longestRun(on, 3)
	l := line{angle: float64(angle), at: float64(at-f.reach) / f.unit, long: float64(run) / f.unit}
	lo, hi := float64(from-f.reach)/f.unit, float64(from+run-f.reach)/f.unit
	return l, l.long >= leastLong && math.Abs(l.at) >= nearest && math.Abs(l.at) <= farthest && hi > -1.0 && lo < 1.2
}

var cosines, sines = func() (c, s [angles]float64) {
	for a := range angles {
		s[a], c[a] = math.Sincos(float64(a) * math.Pi / 180)
	}
	return c, s
}()

// longestRun finds the longest run of marks with gaps up to gap; its length and start.
func longestRun(on []bool, gap int) (length, start int) {
	from, last := -1, -1
	for i, v := range on {
		if !v {
			continue
		}
		if from < 0 || i-last > gap+1 {
			from = i
		}
		last = i
		if n := last - from + 1; n > length {
			length, start = n, from
		}
	}
	return length, start
}

// frameOf chooses the direction in which most edge stands around the face, and
// on each side of it the longest edge.
func frameOf(lines []line) Edges {
	var best Edges
	most := 0.0
	for _, lead := range lines {
		base := math.Mod(lead.angle+45, 90) - 45 // -45 to 45
		e := Edges{Angle: base}
		sum := 0.0
		for _, l := range lines {
			turn := math.Mod(l.angle-base+360, 180) // 0, 90 or 180 for a side
			side := -1
			switch {
			case turn <= 5 || turn >= 175:
				at := l.at
				if turn >= 175 {
					at = -at
				}
				side = 0
				if at > 0 {
					side = 2
				}
			case math.Abs(turn-90) <= 5:
				side = 1
				if l.at > 0 {
					side = 3
				}
			}
			if side >= 0 && l.long > e.Long[side] {
				sum += l.long - e.Long[side]
				e.Long[side], e.At[side] = l.long, math.Abs(l.at)
			}
		}
		for _, l := range e.Long {
			if l > 0 {
				e.Sides++
			}
		}
		if score := sum * float64(e.Sides); score > most {
			best, most = e, score
		}
	}
	return best
}
