package pad

import (
	"image"
	"math"
	"time"

	"truepenny/internal/biometrics/mesh"
)

// The reasons of a GroundResult.
const (
	GroundFree   = "ground.free"        // it has noise and stays where it is while the head moves
	GroundFrozen = "ground.frozen"      // it does not change by a single grey level while the face does
	GroundAlong  = "ground.moves-along" // it grows or tilts with the head, as a card in the hand does
	GroundStill  = "ground.not-judged"  // the head neither came closer nor tilted
	GroundNone   = "ground.none"        // too little background to judge
)

// GroundRules are the figures of Ground.
type GroundRules struct {
	Blocks int     // least number of background blocks
	Frames int     // least number of frames compared
	Equal  float64 // share of equal blocks from which a background does not change
	Frozen float64 // share of frames with such a background
	Moves  float64 // how much the head must grow or tilt, root of the sum of squares, radians
	Along  float64 // share of the head's movement that the background makes
}

// DefaultGroundRules: see docs/measurements.md, "Liveness: depth, light, screen,
// injection".
var DefaultGroundRules = GroundRules{Blocks: 40, Frames: 10, Equal: 0.98, Frozen: 0.7, Moves: 0.1, Along: 0.7}

// GroundResult says what the background did. Moving along is no proof: who tilts
// the camera instead of the head moves everything.
type GroundResult struct {
	Judged bool    `json:"judged"`
	Reason string  `json:"reason"`
	Frames int     `json:"frames"` // compared with the one before
	Equal  float64 `json:"equal"`  // mean share of background blocks equal to the frame before
	Frozen float64 `json:"frozen"` // share of frames with a frozen background
	Moves  float64 `json:"moves"`  // the head's growing and tilting, radians
	Along  float64 `json:"along"`  // the share of it that the background made, 1 for a card
	Pieces int     `json:"pieces"` // stretches of the capture that Along rests on
}

// Ground watches the background of a capture's frames.
type Ground struct {
	Rules GroundRules

	before []uint8
	size   image.Point
	face   uint32 // sum over the face: has it changed at all
	equal  []float64

	key    *groundKey
	added  int
	own    float64 // sum of squares of the head's changes
	shared float64 // sum of products with the background's
	pieces int
}

// groundKey is a frame whose background points are followed to the next.
type groundKey struct {
	grey    grey
	pyramid []plane
	spots   []spot
	io      float64
	roll    float64
}

// NewGround starts with the DefaultGroundRules.
func NewGround() *Ground { return &Ground{Rules: DefaultGroundRules} }

const (
	groundBlock = 8 // pixels: JPEG's
	groundPitch = 16
	keyEvery    = 5 // frames between two in which the background's movement is measured
)

// Add takes the next frame with one face.
func (g *Ground) Add(_ time.Duration, img *image.RGBA, m mesh.Mesh, s mesh.Signals) {
	if g.Rules == (GroundRules{}) {
		g.Rules = DefaultGroundRules
	}
	if !usable(&m) || !(s.IO >= 16) {
		return
	}
	g.still(img, &m)
	if g.added%keyEvery == 0 {
		g.move(img, &m, s)
	}
	g.added++
}

// still compares the background's blocks with the frame before. The places are
// chosen anew for each pair of frames' later one, so a moving head uncovers none.
func (g *Ground) still(img *image.RGBA, m *mesh.Mesh) {
	b := zero(img)
	wide := ringOf(m, ovalRing).scaled(1.9)
	low := int(clamp(m.Points[chin].Y, 0, float64(b.Max.Y)))
	head := newMask(wide.box().Intersect(b))
	head.fill(wide, true)
	var places []image.Point
	for y := 0; y+groundBlock <= low; y += groundPitch {
		for x := 0; x+groundBlock <= b.Max.X; x += groundPitch {
			if !head.at(x, y) && !head.at(x+groundBlock-1, y) && !head.at(x, y+groundBlock-1) && !head.at(x+groundBlock-1, y+groundBlock-1) {
				places = append(places, image.Pt(x, y))
			}
		}
	}
	all := greens(img)
	face := faceSum(img, m)
	if len(places) >= g.Rules.Blocks && g.size == b.Size() && face != g.face {
		same := 0
		for _, p := range places {
			if equalBlock(all, g.before, b.Dx(), p) {
				same++
			}
		}
		g.equal = append(g.equal, float64(same)/float64(len(places)))
	}
	g.before, g.size, g.face = all, b.Size(), face
}

// greens copies the rows' green values that blocks can need.
func greens(img *image.RGBA) []uint8 {
	b := zero(img)
	out := make([]uint8, b.Dx()*b.Dy())
	for y := range b.Dy() {
		if y%groundPitch >= groundBlock {
			continue
		}
		row, dst := img.Pix[y*img.Stride:], out[y*b.Dx():(y+1)*b.Dx()]
		for x := range dst {
			dst[x] = row[4*x+1]
		}
	}
	return out
}

func equalBlock(a, b []uint8, stride int, p image.Point) bool {
	for dy := range groundBlock {
		o := (p.Y+dy)*stride + p.X
		if string(a[o:o+groundBlock]) != string(b[o:o+groundBlock]) {
			return false
		}
	}
	return true
}

// faceSum tells frames with the same face from others.
func faceSum(img *image.RGBA, m *mesh.Mesh) uint32 {
	box := ringOf(m, ovalRing).box().Intersect(zero(img))
	sum := uint32(2166136261)
	for y := box.Min.Y; y < box.Max.Y; y += 4 {
		for x := box.Min.X; x < box.Max.X; x += 4 {
			sum = (sum ^ uint32(img.Pix[y*img.Stride+4*x+1])) * 16777619
		}
	}
	return sum
}

// move follows background points from the key frame to this one and compares how
// both grew and tilted.
func (g *Ground) move(img *image.RGBA, m *mesh.Mesh, s mesh.Signals) {
	k := max(1, img.Bounds().Dx()/320)
	now := &groundKey{grey: newGrey(img, zero(img), k), io: s.IO, roll: s.Roll * math.Pi / 180}
	now.pyramid = now.grey.pyramid()
	if g.key != nil && g.key.grey.w == now.grey.w && g.key.grey.h == now.grey.h {
		g.compare(g.key, now)
	}
	wide := ringOf(m, ovalRing).scaled(1.5)
	low := m.Points[chin].Y
	cell := max(8, now.grey.w/14)
	now.spots = corners(now.pyramid[0], func(x, y float64) bool {
		px, py := now.grey.toPicture(x, y)
		return py < low && !wide.holds(px, py)
	}, 0, 0, now.grey.w, now.grey.h, cell)
	g.key = now
}

func (g *Ground) compare(a, b *groundKey) {
	grow, tilt := math.Log(b.io/a.io), b.roll-a.roll
	if math.Hypot(grow, tilt) < 0.015 { // below the mesh's own noise nothing can be compared
		return
	}
	same := affine{a: 1, e: 1}
	moved := checked(a.pyramid, b.pyramid, a.spots, same, same)
	before, after := survivors(a.spots, moved)
	if len(before) < 8 {
		return
	}
	before, after = agreeing(before, after)
	if len(before) < 8 {
		return
	}
	t, ok := fitAffine(before, after)
	if !ok {
		return
	}
	// The similarity in the affine map: how much it grows and turns. In a picture
	// y points down, so a turn from x to y is clockwise, to the picture's right,
	// which is the person's own left: the same sign as roll.
	re, im := (t.a+t.e)/2, (t.d-t.b)/2
	size := math.Hypot(re, im)
	if !(size > 0.2 && size < 5) {
		return
	}
	g.own += grow*grow + tilt*tilt
	g.shared += grow*math.Log(size) + tilt*math.Atan2(im, re)
	g.pieces++
}

// agreeing keeps the points that an affine map explains, twice trimmed.
func agreeing(before, after []spot) ([]spot, []spot) {
	for range 2 {
		t, ok := fitAffine(before, after)
		if !ok {
			return nil, nil
		}
		off := make([]float64, len(before))
		for i, s := range before {
			p := t.apply(s)
			off[i] = math.Hypot(p.x-after[i].x, p.y-after[i].y)
		}
		limit := math.Max(3*median(off), 0.3)
		var b, a []spot
		for i := range before {
			if off[i] <= limit {
				b, a = append(b, before[i]), append(a, after[i])
			}
		}
		before, after = b, a
	}
	return before, after
}

// Result judges what the frames so far have shown.
func (g *Ground) Result() GroundResult {
	res := GroundResult{Reason: GroundStill, Frames: len(g.equal), Moves: math.Sqrt(g.own), Pieces: g.pieces}
	frozen := 0
	for _, e := range g.equal {
		res.Equal += e / float64(len(g.equal))
		if e >= g.Rules.Equal {
			frozen++
		}
	}
	if len(g.equal) > 0 {
		res.Frozen = float64(frozen) / float64(len(g.equal))
	}
	if g.own > 0 {
		res.Along = g.shared / g.own
	}
	switch {
	case len(g.equal) >= g.Rules.Frames && res.Frozen >= g.Rules.Frozen:
		res.Judged, res.Reason = true, GroundFrozen
	case g.pieces >= 2 && res.Moves >= g.Rules.Moves && res.Along >= g.Rules.Along:
		res.Judged, res.Reason = true, GroundAlong
	case g.pieces >= 2 && res.Moves >= g.Rules.Moves:
		res.Judged, res.Reason = true, GroundFree
	case len(g.equal) < g.Rules.Frames:
		res.Reason = GroundNone
	}
	return res
}
