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
