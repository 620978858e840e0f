package pad

import (
	"image"
	"math"
	"time"

	"truepenny/internal/biometrics/mesh"
)

// Relief follows points of the face through a capture's frames. It keeps the
// last frames as small grey pictures and works only where the head has turned.
type Relief struct {
	Rules ReliefRules

	scale  int // the grey parts are shrunk by it
	recent []reliefFrame
	pairs  []ReliefPair
	few    int // pairs with too few points
	rests  []float64
	noises []float64
}

type reliefFrame struct {
	at         time.Duration
	grey       grey
	pyramid    []plane // made when it is needed
	mesh       mesh.Mesh
	yaw, pitch float64
	io         float64
}

// NewRelief starts with the DefaultReliefRules.
func NewRelief() *Relief { return &Relief{Rules: DefaultReliefRules} }

// workingIO is the distance of the eyes, in pixels, at which points are
// followed; larger faces are shrunk by whole numbers.
const workingIO = 80

// Add takes the next frame with one face.
func (r *Relief) Add(at time.Duration, img *image.RGBA, m mesh.Mesh, s mesh.Signals) {
	if r.Rules == (ReliefRules{}) {
		r.Rules = DefaultReliefRules
	}
	if !usable(&m) || !(s.IO >= 16) {
		r.recent = nil
		return
	}
	k := max(1, int(s.IO/workingIO))
	if last := len(r.recent) - 1; last >= 0 && (k > 2*r.scale || 2*k < r.scale || at-r.recent[last].at > 400*time.Millisecond) {
		r.recent = nil
	}
	if len(r.recent) == 0 {
		r.scale = k
	}
	margin := int(0.5 * s.IO)
	box := ringOf(&m, ovalRing).box().Inset(-margin).Intersect(zero(img))
	if box.Dx() < 48*r.scale || box.Dy() < 48*r.scale {
		r.recent = nil
		return
	}
	r.recent = append(r.recent, reliefFrame{at: at, grey: newGrey(img, box, r.scale), mesh: m, yaw: s.Yaw, pitch: s.Pitch, io: s.IO})
	if extra := len(r.recent) - r.Rules.Apart - 1; extra > 0 {
		r.recent = r.recent[extra:]
	}
	r.rest()
	r.turn()
}

// mostAside is how far the first picture of a pair may be turned itself:
// beyond, the far cheek hides.
const mostAside = 16

// turn looks for a pair that ends with the newest frame.
func (r *Relief) turn() {
	n := len(r.recent) - 1
	if n < 2 || len(r.pairs)+r.few >= r.Rules.MostPairs {
		return
	}
	now := r.recent[n]
	widest, from := 0.0, -1
	for i := n - 1; i >= 0; i-- {
		a := r.recent[i]
		d := math.Abs(now.yaw - a.yaw)
		if math.Abs(a.yaw) > mostAside || d > 2*r.Rules.Full {
			continue
		}
		if d > widest {
			widest, from = d, i
		}
		if d >= r.Rules.Full {
			break // the nearest in time: few steps, few points lost
		}
	}
	slows := math.Abs(now.yaw-r.recent[n-1].yaw) < 0.6
	if from < 0 || widest < r.Rules.Turn || widest < r.Rules.Full && !slows {
		return
	}
	p, ok := r.compare(from, n)
	if ok {
		r.pairs = append(r.pairs, p)
	} else {
		r.few++
	}
	r.recent = r.recent[n:] // the next pair begins here
}

// compare follows points from one recent frame to another and fits them.
func (r *Relief) compare(from, to int) (ReliefPair, bool) {
	start, spots := r.recent[from], r.seed(from)
	begun := spots
	step := from
	for i := from + 1; i <= to; i++ {
		if i < to && i-step < 4 && math.Abs(r.recent[i+1].yaw-r.recent[step].yaw) < 3.5 {
			continue
		}
		spots = r.carry(step, i, spots)
		step = i
	}
	end := r.recent[to]
	turn := end.yaw - start.yaw
	p := ReliefPair{From: start.at, To: end.at, Turn: turn}
	before, after := survivors(begun, spots)
	if len(before) < r.Rules.Points {
		p.Points = len(before)
		return p, false
	}
	ok := p.fit(newDepth(&start.mesh), before, after, start.io)
	return p, ok && p.Points >= r.Rules.Points
}

// seed gives the points of a frame's face that can be followed, in pixels of
// the picture.
func (r *Relief) seed(i int) []spot {
	f := &r.recent[i]
	f.build()
	marks := skin(&f.mesh, image.Rect(f.grey.x0, f.grey.y0, f.grey.x0+f.grey.w*f.grey.k, f.grey.y0+f.grey.h*f.grey.k), 0.93)
	if marks.area.Empty() {
		return nil
	}
	x0, y0 := f.grey.fromPicture(float64(marks.area.Min.X), float64(marks.area.Min.Y))
	x1, y1 := f.grey.fromPicture(float64(marks.area.Max.X), float64(marks.area.Max.Y))
	area := 0
	for _, in := range marks.in {
		if in {
			area++
		}
	}
	const wanted = 190
	cell := max(4, int(math.Sqrt(float64(area)/float64(f.grey.k*f.grey.k)/wanted)))
	found := corners(f.pyramid[0], func(x, y float64) bool {
		px, py := f.grey.toPicture(x, y)
		return marks.at(int(px), int(py))
	}, int(x0), int(y0), int(x1)+1, int(y1)+1, cell)
	for i, s := range found {
		found[i].x, found[i].y = f.grey.toPicture(s.x, s.y)
	}
	return found
}

func (f *reliefFrame) build() {
	if f.pyramid == nil {
		f.pyramid = f.grey.pyramid()
	}
}

// carry follows points from one frame to another, in pixels of the picture. The
// meshes' plain affine map says where to begin; it holds no depth.
func (r *Relief) carry(from, to int, spots []spot) []spot {
	a, b := &r.recent[from], &r.recent[to]
	a.build()
	b.build()
	pa, pb := make([]spot, mesh.Points), make([]spot, mesh.Points)
	for i := range pa {
		pa[i] = spot{a.mesh.Points[i].X, a.mesh.Points[i].Y}
		pb[i] = spot{b.mesh.Points[i].X, b.mesh.Points[i].Y}
	}
	there, ok := fitAffine(pa, pb)
	back, ok2 := fitAffine(pb, pa)
	if !ok || !ok2 {
		return make([]spot, 0)
	}
	own := make([]spot, len(spots))
	for i, s := range spots {
		own[i].x, own[i].y = a.grey.fromPicture(s.x, s.y)
	}
	moved := checked(a.pyramid, b.pyramid, own, there.between(a.grey, b.grey), back.between(b.grey, a.grey))
	for i, s := range moved {
		moved[i].x, moved[i].y = b.grey.toPicture(s.x, s.y)
	}
	return moved
}

// survivors gives the points that were not lost, before and after.
func survivors(begun, ended []spot) (before, after []spot) {
	if len(begun) != len(ended) {
		return nil, nil
	}
	for i, s := range ended {
		if !s.lost() {
			before, after = append(before, begun[i]), append(after, s)
		}
	}
	return before, after
}

// mostRests is how often a resting head is looked at.
const mostRests = 2

// rest follows points over the last frames when the head rested in all of them.
func (r *Relief) rest() {
	n := len(r.recent) - 1
	if n < r.Rules.Apart || len(r.rests) >= mostRests {
		return
	}
	first := r.recent[0]
	for _, f := range r.recent {
		if math.Abs(f.yaw-first.yaw) > r.Rules.Still || math.Abs(f.pitch-first.pitch) > r.Rules.Still ||
			math.Abs(f.io/first.io-1) > 0.05 {
			return
		}
	}
	begun := r.seed(0)
	if len(begun) < r.Rules.Points {
		return
	}
	spots := begun
	for i := 1; i <= n; i++ {
		spots = r.carry(i-1, i, spots)
	}
	before, after := survivors(begun, spots)
	r.rests = append(r.rests, float64(len(before))/float64(len(begun)))
	var p ReliefPair
	if len(before) > 20 && p.fit(newDepth(&first.mesh), before, after, first.io) {
		r.noises = append(r.noises, p.Noise)
	}
	r.recent = r.recent[n:]
}
