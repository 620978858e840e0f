package pad

import (
	"math"
	"time"
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
