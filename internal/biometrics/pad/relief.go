package pad

import (
	"image"
	"math"
	"time"

	"truepenny/internal/biometrics/mesh"
)

// The reasons of a ReliefResult.
const (
	ReliefHead    = "relief.head"           // points move with the depth of a face
	ReliefFlat    = "relief.flat"           // they move like those of a sheet, plane or bent
	ReliefUnclear = "relief.unclear"        // the pairs do not agree or say too little
	ReliefPoints  = "relief.too-few-points" // too few points could be followed
	ReliefNoTurn  = "relief.no-turn"        // the head did not turn far enough
)

// ReliefRules are the figures of Relief.
type ReliefRules struct {
	Points     int     // least number of points of a pair
	Turn       float64 // least yaw change of a pair, degrees
	Full       float64 // yaw change at which a pair is taken at once
	Apart      int     // frames between the two pictures of a pair, at most
	MostPairs  int     // pairs that are looked at: they cost time
	Pairs      int     // pairs that must be judged
	Agree      float64 // share of the judged pairs that must say the same
	F          float64 // least gain of the depth term for a head: 16 is four standard errors
	LeastB     float64 // least depth of a head, as a share of the mean face's
	MostB      float64 // largest
	MostSheet  float64 // depth below which a sheet must stay
	Errors     float64 // by so many standard errors
	Still      float64 // degrees within which a head rests
	StillShare float64 // survivors on a still face below which it may be a recapture
}

// DefaultReliefRules: F and b from 80 rendered heads (F 153 and more, b 0.67 to
// 1.13) and 98 sheets (F 20 and b 0.32 at most); 60 points and a turn of 8 to 20
// degrees from the noise of real clips. Survivors from one clip and its replay.
// See docs/measurements.md, "Liveness: depth, light, screen, injection".
var DefaultReliefRules = ReliefRules{
	Points: 60, Turn: 8, Full: 12, Apart: 15, MostPairs: 5, Pairs: 2, Agree: 0.66,
	F: 16, LeastB: 0.4, MostB: 1.5, MostSheet: 0.2, Errors: 3, Still: 2.5, StillShare: 0.65,
}

// ReliefPair is what one pair of frames, tracked into one another, says.
type ReliefPair struct {
	From   time.Duration `json:"from"`
	To     time.Duration `json:"to"`
	Turn   float64       `json:"turn"`   // yaw change, degrees
	Points int           `json:"points"` // that were followed, without outliers
	B      float64       `json:"b"`      // depth seen, as a share of the mean face's: a head about 0.9, a sheet 0
	Error  float64       `json:"error"`  // standard error of B
	F      float64       `json:"f"`      // gain of the depth term over the noise
	Noise  float64       `json:"noise"`  // of a point, io
	Warp   float64       `json:"warp"`   // what a homography leaves, root mean square, io
}

// ReliefResult sums up a capture. B and F are medians over the pairs.
type ReliefResult struct {
	Judged bool    `json:"judged"`
	Reason string  `json:"reason"`
	Pairs  int     `json:"pairs"` // with enough points
	Heads  int     `json:"heads"` // of these that move like a head
	Sheets int     `json:"sheets"`
	B      float64 `json:"b"`
	F      float64 `json:"f"`
	// Survivors is the share of points that can be followed over 15 frames while
	// the head rests, in Rests stretches. A low share is a sign of moire.
	Rests     int          `json:"rests"`
	Survivors float64      `json:"survivors"`
	Rest      float64      `json:"rest"` // noise of a point meanwhile, io
	Each      []ReliefPair `json:"each,omitempty"`
}

// Recaptured says whether points got lost on a resting face as moire makes them.
// It was seen on one pair of clips only.
func (r ReliefRules) Recaptured(res ReliefResult) bool {
	return res.Rests > 0 && res.Survivors < r.StillShare
}

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
const mostAside = 14

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

// Result judges what the frames so far have said.
func (r *Relief) Result() ReliefResult {
	res := ReliefResult{Pairs: len(r.pairs), Each: r.pairs, Rests: len(r.rests), Survivors: median(r.rests), Rest: median(r.noises)}
	var bs, fs []float64
	for _, p := range r.pairs {
		bs, fs = append(bs, p.B), append(fs, p.F)
		switch {
		case p.F >= r.Rules.F && p.B > r.Rules.LeastB && p.B < r.Rules.MostB:
			res.Heads++
		case math.Abs(p.B)+r.Rules.Errors*p.Error < r.Rules.MostSheet:
			res.Sheets++
		}
	}
	res.B, res.F = median(bs), median(fs)
	agree := func(n int) bool { return n >= r.Rules.Pairs && float64(n) >= r.Rules.Agree*float64(res.Pairs) }
	switch {
	case agree(res.Heads):
		res.Judged, res.Reason = true, ReliefHead
	case agree(res.Sheets):
		res.Judged, res.Reason = true, ReliefFlat
	case res.Pairs > 0:
		res.Reason = ReliefUnclear
	case r.few > 0:
		res.Reason = ReliefPoints
	default:
		res.Reason = ReliefNoTurn
	}
	return res
}
