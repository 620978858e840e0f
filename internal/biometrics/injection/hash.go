package injection

import (
	"image"
	"math"
	"math/bits"
)

// Hash is a 64-bit difference hash of a whole frame: the picture as 9 x 8 mean
// grey values, a bit for each step to the right that gets darker. Scaling,
// compression and brightness hardly change it (N. Krawetz, "Kind of Like That", 2013).
func Hash(img *image.RGBA) uint64 { return newThumb(img).hash() }

// Distance is the number of differing bits, 0 to 64.
func Distance(a, b uint64) int { return bits.OnesCount64(a ^ b) }

const (
	thumbWidth  = 36 // four columns for each of the hash's nine
	thumbHeight = 24 // three rows for each of its eight
)

// thumb is a frame as mean grey values, 0 to 255.
type thumb [thumbWidth * thumbHeight]float32

// newThumb averages every second row and column: that is a quarter of a million
// pixels less, and noise still falls by a factor of ten or more.
func newThumb(img *image.RGBA) thumb {
	var t thumb
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	if w == 0 || h == 0 {
		return t
	}
	step := 1
	if w >= 4*thumbWidth && h >= 4*thumbHeight {
		step = 2
	}
	for ty := range thumbHeight {
		y0 := ty * h / thumbHeight
		y1 := max(y0+1, (ty+1)*h/thumbHeight)
		for tx := range thumbWidth {
			x0 := tx * w / thumbWidth
			x1 := max(x0+1, (tx+1)*w/thumbWidth)
			sum, n := 0, 0
			for y := y0; y < y1; y += step {
				row := img.Pix[y*img.Stride+4*x0 : y*img.Stride+4*x1]
				for x := 0; x+2 < len(row); x += 4 * step {
					sum += 299*int(row[x]) + 587*int(row[x+1]) + 114*int(row[x+2])
					n++
				}
			}
			t[ty*thumbWidth+tx] = float32(sum) / float32(1000*n)
		}
	}
	return t
}

func (t thumb) hash() uint64 {
	const cw, ch = thumbWidth / 9, thumbHeight / 8
	var h uint64
	for row := range 8 {
		var cells [9]float32
		for c := range cells {
			for y := range ch {
				for x := range cw {
					cells[c] += t[(row*ch+y)*thumbWidth+c*cw+x]
				}
			}
		}
		for c := range 8 {
			h <<= 1
			if cells[c] > cells[c+1] {
				h |= 1
			}
		}
	}
	return h
}

// distance is the mean absolute difference in grey levels.
func (t thumb) distance(o thumb) float64 {
	sum := 0.0
	for i, v := range t {
		sum += math.Abs(float64(v - o[i]))
	}
	return sum / float64(len(t))
}
