package injection

import (
	"math"
	"math/bits"
	"time"
)

// Known says how much of a capture runs like one earlier capture, by their hashes.
type Known struct {
	Judged   bool          `json:"judged"`   // false: too little moves to tell
	Windows  int           `json:"windows"`  // seconds in which something moves, overlapping by half
	Found    int           `json:"found"`    // of these that run like the earlier capture, all with one delay
	Span     time.Duration `json:"span"`     // from the first of them to the last
	Share    float64       `json:"share"`    // Found of Windows; 0 while they are too few or span too little
	Clip     int           `json:"clip"`     // index of that capture, -1 for none
	Mirrored bool          `json:"mirrored"` // it runs so with left and right exchanged
	Distance float64       `json:"distance"` // differing bits of 64 in the windows found, mean
}

// KnownRules are the figures by which FindKnown takes a capture for known.
type KnownRules struct {
	Window time.Duration // length of a piece
	Slip   time.Duration // how far two frames may be apart in time to be compared
	Moves  float64       // differing bits within a piece, mean, from which it moves
	Near   float64       // differing bits to the earlier piece, mean
	Ratio  float64       // the same as a share of the piece's own movement
	Pieces int           // least number of moving pieces to judge by, and to be found
	Span   time.Duration // from the first piece found to the last: longer than one gesture
	Share  float64       // of the moving pieces
}

// DefaultKnownRules: one gesture of a person before the same wall looks to a hash
// like the same gesture on another day; two in the same order and at the same
// distance do not (docs/measurements.md, "Liveness: depth, light, screen, injection").
var DefaultKnownRules = KnownRules{
	Window: time.Second, Slip: 60 * time.Millisecond, Moves: 2, Near: 3, Ratio: 0.7, Pieces: 5, Span: 2500 * time.Millisecond, Share: 0.35,
}

// FindKnown looks for a capture in earlier captures, by the DefaultKnownRules.
// Only pieces in which the picture moves count, and all must be found with one
// delay. So a recording is found that is injected again, also cut, scaled,
// compressed or mirrored; one that is put together anew from single gestures,
// played at another speed or filmed from a screen is not.
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
	for i, frames := range earlier {
		clip := r.track(frames)
		for _, mirrored := range []bool{false, true} {
			if k := r.align(pieces, clip, mirrored); k.Found > best.Found {
				k.Judged, k.Windows, k.Clip, k.Mirrored = true, len(pieces), i, mirrored
				if k.Found >= r.Pieces && k.Span >= r.Span {
					k.Share = float64(k.Found) / float64(len(pieces))
				}
				best = k
			}
		}
	}
	return best
}

// Finding is the finding on a known video, if it is one.
func (k Known) Finding() (Finding, bool) { return DefaultKnownRules.Finding(k) }

// Finding is the finding by these rules.
func (r KnownRules) Finding(k Known) (Finding, bool) {
	if !k.Judged || k.Share < r.Share {
		return Finding{}, false
	}
	return Finding{VideoKnown, Attack, map[string]float64{
		"share": k.Share, "pieces": float64(k.Windows), "span_s": k.Span.Seconds(), "distance": k.Distance}}, true
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

// align tries every delay at which a frame of the clip meets the first frame of a
// piece, and gives the one at which most pieces fit.
func (r KnownRules) align(pieces []piece, clip track, mirrored bool) Known {
	var best Known
	tried := map[time.Duration]bool{}
	for _, p := range pieces {
		for _, c := range clip.frames {
			delay := (c.At - p.frames[0].At).Round(r.Slip / 3)
			if tried[delay] {
				continue
			}
			tried[delay] = true
			k := r.with(delay, pieces, clip, mirrored)
			if k.Found > best.Found || k.Found == best.Found && k.Distance < best.Distance {
				best = k
			}
		}
	}
	return best
}

// with counts the pieces that fit with one delay.
func (r KnownRules) with(delay time.Duration, pieces []piece, clip track, mirrored bool) Known {
	var k Known
	var first time.Duration
	for _, p := range pieces {
		near := math.Min(r.Near, r.Ratio*p.moves)
		d := r.distance(p, delay, clip, mirrored, near)
		if d > near {
			continue
		}
		if at := p.frames[0].At; k.Found == 0 {
			first = at
		} else {
			k.Span = at - first
		}
		k.Found++
		k.Distance += d
	}
	k.Distance /= math.Max(1, float64(k.Found))
	return k
}

// distance is the mean number of differing bits of a piece to a clip at a delay;
// 64 where the clip has too few frames, or where it is more than near: most
// pieces are seen to be others by their first frames, and there are thousands of
// clips to be held against.
func (r KnownRules) distance(p piece, delay time.Duration, clip track, mirrored bool, near float64) float64 {
	sum, n, most := 0, 0, int(near*float64(len(p.frames)))
	frames, k := clip.frames, clip.before(p.frames[0].At+delay)
	for _, f := range p.frames {
		at := f.At + delay
		for k+1 < len(frames) && apart(frames[k+1].At, at) <= apart(frames[k].At, at) {
			k++
		}
		if len(frames) == 0 || apart(frames[k].At, at) > r.Slip {
			continue
		}
		h := f.Hash
		if mirrored {
			h = mirror(h)
		}
		if sum += Distance(h, frames[k].Hash); sum > most {
			return 64
		}
		n++
	}
	if n*4 < len(p.frames)*3 {
		return 64
	}
	return float64(sum) / float64(n)
}

// track is a clip whose frames are found by their time without a search.
type track struct {
	frames []Frame
	step   time.Duration
	first  []int // of each step since the first frame: the frame that begins it or comes after
}

func (r KnownRules) track(frames []Frame) track {
	t := track{frames: frames, step: r.Slip / 3}
	for i, f := range frames {
		if f.At-frames[0].At > longestClip {
			break
		}
		for len(t.first) <= int((f.At-frames[0].At)/t.step) {
			t.first = append(t.first, i)
		}
	}
	return t
}

// longestClip bounds what is kept of a clip's times; no capture is as long.
const longestClip = 10 * time.Minute

// before is a frame at a time or shortly before it.
func (t track) before(at time.Duration) int {
	if len(t.frames) == 0 || at < t.frames[0].At {
		return 0
	}
	i := min(int((at-t.frames[0].At)/t.step), len(t.first)-1)
	return max(0, t.first[i]-1)
}

func apart(a, b time.Duration) time.Duration { return max(a-b, b-a) }

// mirror is the hash of the mirrored picture: every row backwards, and what got
// darker gets lighter.
func mirror(h uint64) uint64 {
	return ^bits.ReverseBytes64(bits.Reverse64(h))
}
