package document

import (
	"errors"
	"fmt"
	"image"
	"math"

	"truepenny/internal/biometrics/document/glyph"
	"truepenny/internal/biometrics/picture"
)

// ErrNoZone says that no machine-readable zone was found in a picture.
var ErrNoZone = errors.New("document: no machine-readable zone found")

// Reader finds and reads machine-readable zones. It is safe for concurrent use.
type Reader struct{ net *glyph.Net }

// NewReader loads the network that is compiled in.
func NewReader() (*Reader, error) {
	net, err := glyph.Load()
	if err != nil {
		return nil, fmt.Errorf("document: %w", err)
	}
	return &Reader{net}, nil
}

// Reading is what the reader made of a picture.
type Reading struct {
	MRZ   MRZ
	Lines []string
	// Sure: every required check digit holds, nothing was corrected, and every
	// character, also those that no digit covers, was seen clearly from several
	// spots. Only a sure reading may be taken over without a person's look.
	Sure bool
	// Confidence of each character, 0 to 1, among those the format allows there.
	Confidence [][]float64
	// Corrected lists characters where the network's second choice was taken
	// because only then the check digits hold. They are never sure.
	Corrected []Pos
	// Band frames the zone in the picture; its first corner is the zone's own
	// top left, so it also tells how the page lies.
	Band picture.Quad
	// Turns is by how many clockwise quarter turns the picture must be turned to be upright.
	Turns int
	// Pitch is the distance of two characters in pixels of the picture.
	Pitch float64
}

// What it takes to be sure: a share that a check digit backs, and one that
// nothing backs (names, states, sex, a visa's optional data). On worn print the
// network's surest mistakes reach 0.995, but never in all characters of a line.
const (
	backedShare = 0.9
	aloneShare  = 0.99
)

// leastMean is what it takes to be a zone at all: the mean logarithm of the
// probability per character.
const leastMean = -1.1

// Read finds the zone whichever way the page lies, reads it and judges its own
// reading. It returns ErrNoZone when nothing in the picture reads as a zone.
func (r *Reader) Read(img *image.RGBA) (Reading, error) {
	// More pixels than this tell nothing new: a page that takes a fifth of the
	// width still has 11 pixels a character.
	small := picture.Fit(img, 2500)
	got, err := r.readFit(small)
	if err == nil {
		got.enlarge(float64(img.Bounds().Dx()) / float64(small.Bounds().Dx()))
	}
	return got, err
}

func (r *Reading) enlarge(by float64) {
	for i := range r.Band {
		r.Band[i].X *= by
		r.Band[i].Y *= by
	}
	r.Pitch *= by
}

// readFit tries a coarse and, for large pictures, a fine search, each with two
// ideas of how dark print is.
func (r *Reader) readFit(img *image.RGBA) (Reading, error) {
	sides := []float64{1280}
	if longer := max(img.Bounds().Dx(), img.Bounds().Dy()); longer > 1900 {
		sides = append(sides, float64(longer))
	}
	best, found := candidate{}, false
	for _, side := range sides {
		for _, k := range [2]float64{0.35, 0.75} {
			c, ok := r.search(img, side, k)
			if ok && (!found || c.better(best)) {
				best, found = c, true
			}
			if found && best.verified() {
				return best.reading(), nil
			}
		}
	}
	if !found {
		return Reading{}, ErrNoZone
	}
	return best.reading(), nil
}

// candidate is a guess with where it was seen.
type candidate struct {
	guess     guess
	zone      zone
	scale     float64 // pixels of the reading picture per pixel of the original
	corrected []Pos
}

func (c candidate) verified() bool { return c.guess.layout.parse(c.guess.lines()).Verified() }

// better prefers a reading whose check digits hold, then the clearer one.
func (c candidate) better(than candidate) bool {
	if a, b := c.verified(), than.verified(); a != b {
		return a
	}
	if a, b := len(c.corrected), len(than.corrected); a != b && c.verified() {
		return a < b
	}
	return c.guess.score > than.guess.score
}

// mostBlobs is how many pieces of print a page can have: specimens have up to
// 2,600. More is a pattern, and would take minutes to look for rows in.
const mostBlobs = 10_000

// search looks for zones at one size and darkness threshold, in both frames.
func (r *Reader) search(img *image.RGBA, side, k float64) (candidate, bool) {
	b := img.Bounds()
	scale := side / float64(max(b.Dx(), b.Dy()))
	scale = math.Min(scale, 6)
	work := glyph.Grey(picture.Resize(img, int(float64(b.Dx())*scale+0.5), int(float64(b.Dy())*scale+0.5)))
	found := blobs(darkPrint(work, int(side/32)|1, k), work.W, work.H)
	if len(found) > mostBlobs {
		return candidate{}, false
	}
	var all []zone
	for _, f := range [2]frame{{false}, {true}} {
		all = append(all, zones(f, rows(f.marks(found)))...)
	}
	best, ok := candidate{}, false
	for n, z := range all {
		if n == 6 {
			break
		}
		plane, ratio := readingPlane(img, work, scale, z.pitch())
		z.scale = ratio / scale
		c, fits := r.read(z, plane, ratio)
		if fits && (!ok || c.better(best)) {
			best, ok = c, true
		}
		if ok && best.verified() && len(best.corrected) == 0 {
			break
		}
	}
	return best, ok
}

// readingPlane is the picture at a size where a character is about as wide as
// the network's cell: never enlarged, shrunk by area. ratio is its size against
// the original.
func readingPlane(img *image.RGBA, work *glyph.Plane, scale, pitch float64) (*glyph.Plane, float64) {
	if scale <= 1 && pitch >= 11 && pitch <= 18 {
		return work, scale
	}
	ratio := math.Min(1, glyph.CanonicalPitch/(pitch/scale))
	if pitch/scale < 18 {
		return glyph.Grey(img), 1
	}
	b := img.Bounds()
	return glyph.Grey(picture.Resize(img, int(float64(b.Dx())*ratio+0.5), int(float64(b.Dy())*ratio+0.5))), ratio
}

func (r *Reader) read(z zone, plane *glyph.Plane, ratio float64) (candidate, bool) {
	s := &seer{net: r.net, plane: plane}
	z, clear := s.focus(z)
	if clear < 2*leastMean {
		return candidate{}, false
	}
	bs := s.look(z)
	best, ok := candidate{}, false
	for _, g := range guesses(bs) {
		if g.score < leastMean || !z.flush(g.starts) {
			continue
		}
		c := candidate{guess: g, zone: z, scale: ratio}
		c.corrected = c.guess.repair(bs)
		if !ok || (c.verified() && !best.verified() && c.guess.score > best.guess.score-0.3) {
			best, ok = c, true
		}
	}
	return best, ok
}

func (c candidate) reading() Reading {
	lines := c.guess.lines()
	out := Reading{MRZ: c.guess.layout.parse(lines), Lines: lines, Confidence: c.guess.share, Corrected: c.corrected}
	out.Band = c.zone.quad(c.guess.starts, c.guess.layout.width)
	for i := range out.Band {
		out.Band[i].X /= c.scale
		out.Band[i].Y /= c.scale
	}
	out.Turns = turns(out.Band)
	out.Pitch = c.zone.pitch() * c.zone.scale / c.scale
	out.Sure = out.MRZ.Verified() && len(c.corrected) == 0
	backed := c.guess.layout.backed()
	for n, line := range c.guess.share {
		for i, share := range line {
			out.Sure = out.Sure && (share >= aloneShare || share >= backedShare && backed[Pos{n, i}])
		}
	}
	return out
}

// turns tells from the direction of the print how to turn the page upright.
func turns(q picture.Quad) int {
	dx, dy := q[1].X-q[0].X, q[1].Y-q[0].Y
	switch {
	case math.Abs(dx) >= math.Abs(dy) && dx >= 0:
		return 0
	case math.Abs(dx) >= math.Abs(dy):
		return 2
	case dy > 0: // print runs down: the head is at the right
		return 3
	}
	return 1
}
