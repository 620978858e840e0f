package injection

import (
	"math"
	"math/bits"
	"time"
)

// Known says how much of a capture runs like earlier ones, by their hashes.
type Known struct {
	Judged   bool    `json:"judged"`   // false: too little moves to tell
	Windows  int     `json:"windows"`  // seconds in which something moves, overlapping by half
	Share    float64 `json:"share"`    // of these that run like a piece of one earlier capture
	Clip     int     `json:"clip"`     // index of that capture, -1 for none
	Mirrored bool    `json:"mirrored"` // it runs so with left and right exchanged
	Distance float64 `json:"distance"` // differing bits of 64 in the windows found, mean
}

// KnownRules are the figures by which FindKnown takes a second for known.
type KnownRules struct {
	Window time.Duration // length of a piece
	Slip   time.Duration // how far two frames may be apart in time to be compared
	Moves  float64       // differing bits within a piece, mean, from which it moves
	Near   float64       // differing bits to the earlier piece, mean
	Ratio  float64       // the same as a share of the piece's own movement
	Pieces int           // least number of moving pieces to judge by
}

// DefaultKnownRules are chosen so that pieces of one live clip are not taken for
// other pieces of the same clip, the hardest honest case there is
// (docs/measurements.md, "Liveness: depth, light, screen, injection").
var DefaultKnownRules = KnownRules{Window: time.Second, Slip: 60 * time.Millisecond, Moves: 2.5, Near: 3, Ratio: 0.5, Pieces: 2}

// FindKnown looks for a capture's pieces in earlier captures, by the
// DefaultKnownRules. Only pieces in which the picture moves count: a person who
// sits still looks like himself on any day. A recording that was cut and put
// together anew is found by its pieces; one that is played at another speed, or
// filmed from a screen, is not.
func FindKnown(frames []Frame, earlier [][]Frame) Known {
	return DefaultKnownRules.Find(frames, earlier)
}

// Find is FindKnown by these rules. The earlier capture with most pieces is told.
func (r KnownRules) Find(frames []Frame, earlier [][]Frame) Known {
	pieces := r.pieces(frames)
	best := Known{Judged: len(pieces) >= r.Pieces, Windows: len(pieces), Clip: -1}
	if !best.Judged {
		return best
	}
	for i, clip := range earlier {
		for _, mirrored := range []bool{false, true} {
			found, sum := 0, 0.0
			for _, p := range pieces {
				if d := r.nearest(p, clip, mirrored); d <= math.Min(r.Near, r.Ratio*p.moves) {
					found++
					sum += d
				}
			}
			if share := float64(found) / float64(len(pieces)); share > best.Share {
				best.Share, best.Clip, best.Mirrored, best.Distance = share, i, mirrored, sum/float64(found)
			}
		}
	}
	return best
}

// Finding is the finding on a known video, if it is one: a quarter of the
// moving pieces is reviewed, a half is taken for a replay.
func (k Known) Finding() (Finding, bool) {
	if !k.Judged || k.Share < 0.25 {
		return Finding{}, false
	}
	f := Finding{VideoKnown, Review, map[string]float64{"share": k.Share, "pieces": float64(k.Windows), "distance": k.Distance}}
	if k.Share >= 0.5 {
		f.Level = Attack
	}
	return f, true
}

// piece is a run of frames with its own movement.
type piece struct {
	frames []Frame
	moves  float64 // bits, mean distance to the piece's middle frame
}

func (r KnownRules) pieces(frames []Frame) []piece {
	var out []piece
	next := time.Duration(math.MinInt64)
	for i, f := range frames {
		if f.At < next {
			continue
		}
		next = f.At + r.Window/2
		j := i
		for j < len(frames) && frames[j].At < f.At+r.Window {
			j++
		}
		if j == len(frames) && frames[j-1].At < f.At+r.Window*8/10 {
			break
		}
		p := piece{frames: frames[i:j]}
		middle := frames[(i+j)/2].Hash
		for _, g := range p.frames {
			p.moves += float64(Distance(g.Hash, middle)) / float64(j-i)
		}
		if len(p.frames) >= 5 && p.moves >= r.Moves {
			out = append(out, p)
		}
	}
	return out
}

// nearest is the least mean distance of a piece to any equally long run of a clip.
func (r KnownRules) nearest(p piece, clip []Frame, mirrored bool) float64 {
	best := 64.0
	for start := range clip {
		sum, n, k := 0, 0, start
		for _, f := range p.frames {
			at := clip[start].At + f.At - p.frames[0].At
			for k+1 < len(clip) && apart(clip[k+1].At, at) <= apart(clip[k].At, at) {
				k++
			}
			if apart(clip[k].At, at) > r.Slip {
				continue
			}
			h := f.Hash
			if mirrored {
				h = mirror(h)
			}
			sum += Distance(h, clip[k].Hash)
			n++
		}
		if n*4 >= len(p.frames)*3 && n > 0 {
			best = math.Min(best, float64(sum)/float64(n))
		}
	}
	return best
}

func apart(a, b time.Duration) time.Duration { return max(a-b, b-a) }

// mirror is the hash of the mirrored picture: every row backwards, and what got
// darker gets lighter.
func mirror(h uint64) uint64 {
	return ^bits.ReverseBytes64(bits.Reverse64(h))
}
