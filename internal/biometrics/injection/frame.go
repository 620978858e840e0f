package injection

import (
	"image"
	"math"
	"time"
)

// Frame is what injection needs to keep of one frame of a capture.
type Frame struct {
	At          time.Duration `json:"at"` // since the capture's start, by the page's clock
	Width       int           `json:"width"`
	Height      int           `json:"height"`
	Fingerprint string        `json:"fingerprint"` // equal for frames whose pixels are equal
	Hash        uint64        `json:"hash"`        // see Hash
	// Noise is the standard deviation of the sensor's noise, in grey levels of
	// 255, from what changed since the frame before in the calmer half of the
	// picture; 0 for a capture's first frame.
	Noise float64 `json:"noise"`
	// Same is the share of 8x8 blocks that equal the frame before in every pixel.
	Same float64 `json:"same"`
	// Twin is how far the most alike of the earlier frames is that are not among
	// the last eight, in grey levels of a thumbnail; -1 while there are none.
	Twin float64 `json:"twin"`
	// Echo is the largest correlation of what changed since the frame before
	// with what changed at one of 2 to 16 frames earlier; 0 for no echo or for
	// too little change to tell.
	Echo float64 `json:"echo"`
}

const (
	block = 8  // pixels: the block of JPEG, so that a block is equal as a whole
	pitch = 16 // pixels from block to block

	echoes    = 16 // frames that are looked back for an echo
	neighbour = 8  // frames that may be alike because the head rests
)

// change is what differs from the frame before in every fourth block, each
// without its mean.
type change struct {
	values []int8
	energy float64 // sum of squares
}

// Stream reads the frames of one capture in their order.
type Stream struct {
	before  []uint8 // sampled blocks of the frame before, green
	size    image.Point
	thumbs  []thumb
	changes []change // newest last
}

// Add takes the next frame of the capture.
func (s *Stream) Add(at time.Duration, img *image.RGBA, fingerprint string) Frame {
	b := img.Bounds()
	t := newThumb(img)
	f := Frame{At: at, Width: b.Dx(), Height: b.Dy(), Fingerprint: fingerprint, Hash: t.hash(), Twin: s.twin(t)}
	s.thumbs = append(s.thumbs, t)
	now := blocks(img)
	if s.size == b.Size() && len(s.before) == len(now) && len(now) > 0 {
		var c change
		f.Same, f.Noise, c = compare(s.before, now)
		f.Echo = s.echo(c)
		s.changes = append(s.changes, c)
		if len(s.changes) > echoes {
			s.changes = s.changes[1:]
		}
	} else {
		s.changes = nil
	}
	s.before, s.size = now, b.Size()
	return f
}

// twin finds the nearest earlier frame that is no neighbour.
func (s *Stream) twin(t thumb) float64 {
	best := -1.0
	for i := 0; i+neighbour < len(s.thumbs); i++ {
		if d := t.distance(s.thumbs[i]); best < 0 || d < best {
			best = d
		}
	}
	return best
}

// blocks copies the green of every sampled block: most of the brightness, no
// colour conversion, and no chroma subsampling.
func blocks(img *image.RGBA) []uint8 {
	b := img.Bounds()
	out := make([]uint8, 0, (b.Dx()/pitch+1)*(b.Dy()/pitch+1)*block*block)
	for y := 0; y+block <= b.Dy(); y += pitch {
		for x := 0; x+block <= b.Dx(); x += pitch {
			for dy := range block {
				o := (y+dy)*img.Stride + 4*x + 1
				row := img.Pix[o : o+4*block-1]
				for dx := range block {
					out = append(out, row[4*dx])
				}
			}
		}
	}
	return out
}

// compare gives the share of equal blocks, the noise, and the change of every
// fourth block without its mean (so that flicker of the lamps leaves no echo).
// The noise is the median block's: half of a picture of a person is background.
// Blocks that change by much more move, and say nothing of noise.
func compare(before, now []uint8) (same, noise float64, c change) {
	const n = block * block
	count := len(now) / n
	variances := make([]float64, count)
	var steps [256]int // blocks by variance, in steps of a quarter
	for i := range count {
		a, b := before[i*n:(i+1)*n], now[i*n:(i+1)*n]
		sum, squares := 0, 0
		for k, v := range b {
			d := int(v) - int(a[k])
			sum += d
			squares += d * d
		}
		if squares == 0 {
			same++
		}
		variances[i] = float64(squares)/n - float64(sum*sum)/n/n
		steps[min(255, int(4*variances[i]))]++
	}
	half, middle := 0, 0.0
	for v, blocks := range steps {
		if half += blocks; half > count/2 {
			middle = (float64(v) + 0.5) / 4
			break
		}
	}
	if same <= float64(count)/2 {
		noise = math.Sqrt(middle / 2) // the change holds the noise of both frames
	}
	c.values = make([]int8, 0, (count/4+1)*n)
	for i := 0; i < count; i += 4 {
		c.add(before[i*n:(i+1)*n], now[i*n:(i+1)*n], variances[i] <= 3*middle)
	}
	return same / float64(count), noise, c
}

// add appends a block's change, or nothing but zeros where it moves.
func (c *change) add(before, now []uint8, calm bool) {
	mean := 0
	for k, v := range now {
		mean += int(v) - int(before[k])
	}
	mean = int(math.Round(float64(mean) / float64(len(now))))
	for k, v := range now {
		d := 0
		if calm {
			d = max(-127, min(127, int(v)-int(before[k])-mean))
		}
		c.values = append(c.values, int8(d))
		c.energy += float64(d * d)
	}
}

// leastEnergy is the mean square of change below which an echo is not looked for.
const leastEnergy = 0.15

// echo correlates a change with those of 2 to 16 frames ago. One frame ago is
// left out: there the noise of the frame between makes it -0.5 by itself.
func (s *Stream) echo(now change) float64 {
	if now.energy < leastEnergy*float64(len(now.values)) {
		return 0
	}
	best := 0.0
	for back := 2; back <= len(s.changes); back++ {
		old := s.changes[len(s.changes)-back]
		if old.energy < leastEnergy*float64(len(old.values)) {
			continue
		}
		product := 0
		values := old.values[:len(now.values)]
		for i, d := range now.values {
			product += int(d) * int(values[i])
		}
		best = math.Max(best, float64(product)/math.Sqrt(now.energy*old.energy))
	}
	return best
}
