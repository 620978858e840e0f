package pad

import (
	"image"
	"math"
	"time"

	"truepenny/internal/biometrics/mesh"
)

// The reasons of a BorderResult.
const (
	BorderAlong = "border.moves-along" // straight edges around the face go along with it
	BorderSeen  = "border.seen"        // a frame of edges stands around the face; doors and pictures do so too
	BorderFixed = "border.fixed"       // edges that stay where they are: the room
	BorderNone  = "border.none"
	BorderFew   = "border.too-few-frames"
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
	angleStep    = 1   // degrees
	angles       = 180
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
	slope float64 // degrees
}

// linesOf finds long straight edges by Hough's transform; a pixel votes only for
// the direction of its own slope.
func linesOf(g grey, c spot, unit float64, inside func(x, y int) bool) []line {
	reach := int(math.Hypot(float64(g.w), float64(g.h))) + 2
	votes := make([]uint16, angles*(2*reach+1))
	type mark struct {
		x, y  int16
		angle int16
	}
	var marks []mark
	far := farthest * 1.6 * unit
	for y := 1; y < g.h-1; y++ {
		for x := 1; x < g.w-1; x++ {
			o := y*g.w + x
			p := g.pix
			gx := int(p[o-g.w+1]) + 2*int(p[o+1]) + int(p[o+g.w+1]) - int(p[o-g.w-1]) - 2*int(p[o-1]) - int(p[o+g.w-1])
			gy := int(p[o+g.w-1]) + 2*int(p[o+g.w]) + int(p[o+g.w+1]) - int(p[o-g.w-1]) - 2*int(p[o-g.w]) - int(p[o-g.w+1])
			if gx*gx+gy*gy < 64*leastSlope*leastSlope {
				continue
			}
			if math.Hypot(float64(x)-c.x, float64(y)-c.y) > far || inside(x, y) {
				continue
			}
			a := int(math.Round(math.Atan2(float64(gy), float64(gx))*180/math.Pi)+360) % angles
			marks = append(marks, mark{int16(x), int16(y), int16(a)})
		}
	}
	distance := func(m mark, a int) int {
		return int(math.Round(cosines[a]*(float64(m.x)-c.x) + sines[a]*(float64(m.y)-c.y)))
	}
	for _, m := range marks {
		for d := -3; d <= 3; d++ {
			a := (int(m.angle) + d + angles) % angles
			if at := distance(m, a) + reach; at >= 0 && at < 2*reach+1 {
				votes[a*(2*reach+1)+at]++
			}
		}
	}
	least := uint16(0.7 * leastLong * unit)
	var out []line
	for range 24 {
		best, bestA, bestAt := least, -1, 0
		for a := range angles {
			row := votes[a*(2*reach+1) : (a+1)*(2*reach+1)]
			for at, v := range row {
				if v > best {
					best, bestA, bestAt = v, a, at
				}
			}
		}
		if bestA < 0 {
			break
		}
		// Clear the peak's neighbourhood: an edge is a few pixels wide.
		for d := -5; d <= 5; d++ {
			a, flip := bestA+d, false
			if a < 0 || a >= angles {
				a, flip = (a+angles)%angles, true
			}
			for e := -4; e <= 4; e++ {
				at := bestAt + e
				if flip {
					at = 2*reach - at
				}
				if at >= 0 && at < 2*reach+1 {
					votes[a*(2*reach+1)+at] = 0
				}
			}
		}
		// The pixels on the line, along it, and the longest run among them.
		on := make([]bool, 2*reach+1)
		for _, m := range marks {
			d := (int(m.angle) - bestA + angles) % angles
			if d = min(d, angles-d); d <= 6 {
				if off := distance(m, bestA) + reach - bestAt; off >= -1 && off <= 1 {
					along := int(math.Round(-sines[bestA]*(float64(m.x)-c.x)+cosines[bestA]*(float64(m.y)-c.y))) + reach
					if along >= 0 && along < len(on) {
						on[along] = true
					}
				}
			}
		}
		run, from := longestRun(on, 3)
		l := line{angle: float64(bestA), at: float64(bestAt-reach) / unit, long: float64(run) / unit}
		// The part must stand beside the face, not beyond its corners.
		lo, hi := float64(from-reach)/unit, float64(from+run-reach)/unit
		if l.long >= leastLong && math.Abs(l.at) >= nearest && math.Abs(l.at) <= farthest && hi > -1.0 && lo < 1.2 {
			out = append(out, l)
		}
	}
	return out
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

// BorderRules are the figures of BorderWatch.
type BorderRules struct {
	Frames int     // least number of frames looked at
	Seen   float64 // share of them in which a side must stand
	Sides  int     // sides that make a frame
	Long   float64 // io: two opposite sides as long as this make one too
	Moves  float64 // how far the face must move across a side, io, standard deviation
	Along  float64 // share of the face's way that a side goes along
}

// DefaultBorderRules: see docs/measurements.md, "Liveness: depth, light, screen,
// injection".
var DefaultBorderRules = BorderRules{Frames: 5, Seen: 0.6, Sides: 3, Long: 2.5, Moves: 0.06, Along: 0.7}

// BorderResult says whether the face stands in a frame, and what the frame does.
// Going along is no proof: before a shaking camera a door does so too.
type BorderResult struct {
	Judged bool    `json:"judged"`
	Reason string  `json:"reason"`
	Frames int     `json:"frames"`
	Sides  int     `json:"sides"` // seen in most frames
	Along  int     `json:"along"` // of these, going along with a face that moves
	Fixed  int     `json:"fixed"` // of these, staying where they are
	Moves  float64 `json:"moves"` // how far the face moved, io, standard deviation, the larger axis
}

// BorderWatch looks at every few frames of a capture.
type BorderWatch struct {
	Rules BorderRules

	added int
	seen  []borderFrame
}

type borderFrame struct {
	edges  Edges
	centre spot
	io     float64
}

// NewBorder starts with the DefaultBorderRules.
func NewBorder() *BorderWatch { return &BorderWatch{Rules: DefaultBorderRules} }

// borderEvery is the number of frames of which one is looked at.
const borderEvery = 6

// Add takes the next frame with one face.
func (b *BorderWatch) Add(_ time.Duration, img *image.RGBA, m mesh.Mesh, _ mesh.Signals) {
	b.added++
	if (b.added-1)%borderEvery != 0 || !usable(&m) {
		return
	}
	e, c, io := edgesAround(img, &m)
	b.seen = append(b.seen, borderFrame{e, c, io})
}

// Result judges what the frames so far have shown.
func (b *BorderWatch) Result() BorderResult {
	if b.Rules == (BorderRules{}) {
		b.Rules = DefaultBorderRules
	}
	res := BorderResult{Reason: BorderFew, Frames: len(b.seen)}
	if len(b.seen) < b.Rules.Frames {
		return res
	}
	res.Reason = BorderNone
	var seen, along [4]bool // long sides
	for side := range 4 {
		var face, edge, long []float64 // places across the side, io of the first frame
		unit := b.seen[0].io
		for _, f := range b.seen {
			if f.edges.Long[side] == 0 {
				continue
			}
			a := f.edges.Angle * math.Pi / 180
			if side%2 == 1 {
				a += math.Pi / 2
			}
			at := f.edges.At[side] * f.io
			if side < 2 {
				at = -at
			}
			c := (f.centre.x*math.Cos(a) + f.centre.y*math.Sin(a)) / unit
			face, edge, long = append(face, c), append(edge, c+at/unit), append(long, f.edges.Long[side])
		}
		if float64(len(face)) < b.Rules.Seen*float64(len(b.seen)) || len(face) < 3 {
			continue
		}
		res.Sides++
		seen[side] = median(long) >= b.Rules.Long
		moved, slope := regress(face, edge)
		res.Moves = math.Max(res.Moves, moved)
		switch {
		case moved < b.Rules.Moves:
		case slope >= b.Rules.Along && slope < 1.5:
			res.Along++
			along[side] = seen[side]
		case math.Abs(slope) < 1-b.Rules.Along:
			res.Fixed++
		}
	}
	switch {
	case res.Along >= b.Rules.Sides || opposite(along):
		res.Judged, res.Reason = true, BorderAlong
	case res.Fixed > 0:
		res.Judged, res.Reason = true, BorderFixed
	case res.Sides >= b.Rules.Sides || opposite(seen):
		res.Reason = BorderSeen
	}
	return res
}

func opposite(sides [4]bool) bool { return sides[0] && sides[2] || sides[1] && sides[3] }

// regress gives the standard deviation of x and the slope of y over x; points
// far from the line (another edge was taken for the side) are left out once.
func regress(x, y []float64) (deviation, slope float64) {
	for range 2 {
		n := float64(len(x))
		var mx, my, xx, xy float64
		for i := range x {
			mx, my = mx+x[i]/n, my+y[i]/n
		}
		for i := range x {
			xx += (x[i] - mx) * (x[i] - mx)
			xy += (x[i] - mx) * (y[i] - my)
		}
		if xx == 0 {
			return 0, 0
		}
		deviation, slope = math.Sqrt(xx/n), xy/xx
		rest := make([]float64, len(x))
		for i := range x {
			rest[i] = math.Abs(y[i] - my - slope*(x[i]-mx))
		}
		limit := math.Max(0.05, 3*median(rest))
		var kx, ky []float64
		for i := range x {
			if rest[i] <= limit {
				kx, ky = append(kx, x[i]), append(ky, y[i])
			}
		}
		if len(kx) < 3 || len(kx) == len(x) {
			break
		}
		x, y = kx, ky
	}
	return deviation, slope
}
