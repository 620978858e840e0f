package glyph

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// Alphabet lists the characters in the order of the network's outputs; one
// more output, None, stands for "no whole upright character here".
const (
	Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
	None     = len(Alphabet)
	Classes  = None + 1
)

// Sizes of the network: two rounds of 3 x 3 convolution, ReLU and 2 x 2
// maximum, then two full layers.
const (
	Maps1  = 12
	Maps2  = 20
	Hidden = 112
	w1, h1 = Width / 2, Height / 2
	w2, h2 = w1 / 2, h1 / 2
	flat   = w2 * h2 * Maps2
)

// Net holds the weights; safe for many readers.
type Net struct {
	Conv1 []float32 // [Maps1][9]
	Bias1 []float32
	Conv2 []float32 // [Maps2][9][Maps1]
	Bias2 []float32
	Full1 []float32 // [Hidden][flat]
	Bias3 []float32
	Full2 []float32 // [Classes][Hidden]
	Bias4 []float32
}

// Work is the room one run needs; one per goroutine. Its layers stay readable
// after Run, for training.
type Work struct {
	In   [Width * Height]float32
	Pre1 [Width * Height * Maps1]float32 // before the maximum, after ReLU
	Out1 [w1 * h1 * Maps1]float32
	Arg1 [w1 * h1 * Maps1]int32 // where the maximum came from
	Pre2 [w1 * h1 * Maps2]float32
	Out2 [flat]float32
	Arg2 [flat]int32
	Hid  [Hidden]float32
	Prob [Classes]float32
}

//go:embed weights.bin
var weights []byte

// ErrWeights says that a weights file has the wrong length.
var ErrWeights = errors.New("glyph: weights of another shape")

// Load returns the network whose weights are compiled in.
func Load() (*Net, error) {
	n := New()
	return n, n.Decode(weights)
}

// New is a network with all weights zero.
func New() *Net {
	return &Net{
		Conv1: make([]float32, Maps1*9), Bias1: make([]float32, Maps1),
		Conv2: make([]float32, Maps2*9*Maps1), Bias2: make([]float32, Maps2),
		Full1: make([]float32, Hidden*flat), Bias3: make([]float32, Hidden),
		Full2: make([]float32, Classes*Hidden), Bias4: make([]float32, Classes),
	}
}

// Layers lists the weights in the order of the file.
func (n *Net) Layers() [][]float32 {
	return [][]float32{n.Conv1, n.Bias1, n.Conv2, n.Bias2, n.Full1, n.Bias3, n.Full2, n.Bias4}
}

// Encode writes the upper half of every weight (bfloat16, rounded): enough
// for recognition and half the size.
func (n *Net) Encode() []byte {
	var out []byte
	for _, l := range n.Layers() {
		for _, v := range l {
			out = binary.LittleEndian.AppendUint16(out, uint16((math.Float32bits(v)+0x8000)>>16))
		}
	}
	return out
}

// Decode reads what Encode wrote.
func (n *Net) Decode(b []byte) error {
	want := 0
	for _, l := range n.Layers() {
		want += 2 * len(l)
	}
	if len(b) != want {
		return fmt.Errorf("%w: %d bytes, not %d", ErrWeights, len(b), want)
	}
	for _, l := range n.Layers() {
		for i := range l {
			l[i] = math.Float32frombits(uint32(binary.LittleEndian.Uint16(b)) << 16)
			b = b[2:]
		}
	}
	return nil
}

// Run computes the probability of each class from w.In into w.Prob.
func (n *Net) Run(w *Work) {
	n.convolve1(w)
	pool(w.Pre1[:], w.Out1[:], w.Arg1[:], Width, Height, Maps1)
	n.convolve2(w)
	pool(w.Pre2[:], w.Out2[:], w.Arg2[:], w1, h1, Maps2)
	for o := range Hidden {
		w.Hid[o] = max(0, n.Bias3[o]+dot(n.Full1[o*flat:(o+1)*flat], w.Out2[:]))
	}
	top := float32(math.Inf(-1))
	for o := range Classes {
		w.Prob[o] = n.Bias4[o] + dot(n.Full2[o*Hidden:(o+1)*Hidden], w.Hid[:])
		top = max(top, w.Prob[o])
	}
	var sum float32
	for o := range w.Prob {
		w.Prob[o] = float32(math.Exp(float64(w.Prob[o] - top)))
		sum += w.Prob[o]
	}
	for o := range w.Prob {
		w.Prob[o] /= sum
	}
}

func dot(a, b []float32) float32 {
	b = b[:len(a)]
	var s0, s1, s2, s3 float32
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
		s2 += a[i+2] * b[i+2]
		s3 += a[i+3] * b[i+3]
	}
	for ; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return s0 + s1 + s2 + s3
}

// convolve1 has one input map; outside the cell counts as 0, its mean.
func (n *Net) convolve1(w *Work) {
	for y := range Height {
		for x := range Width {
			var patch [9]float32
			for dy := -1; dy <= 1; dy++ {
				for dx := -1; dx <= 1; dx++ {
					if yy, xx := y+dy, x+dx; yy >= 0 && yy < Height && xx >= 0 && xx < Width {
						patch[(dy+1)*3+dx+1] = w.In[yy*Width+xx]
					}
				}
			}
			out := w.Pre1[(y*Width+x)*Maps1:][:Maps1]
			for o := range out {
				k := n.Conv1[o*9:][:9]
				s := n.Bias1[o]
				for i := range patch {
					s += k[i] * patch[i]
				}
				out[o] = max(0, s)
			}
		}
	}
}

func (n *Net) convolve2(w *Work) {
	var patch [9 * Maps1]float32
	for y := range h1 {
		for x := range w1 {
			Patch(w, x, y, &patch)
			out := w.Pre2[(y*w1+x)*Maps2:][:Maps2]
			for o := range out {
				out[o] = max(0, n.Bias2[o]+dot(n.Conv2[o*9*Maps1:(o+1)*9*Maps1], patch[:]))
			}
		}
	}
}

// Patch copies the neighbourhood that the second convolution sees.
func Patch(w *Work, x, y int, patch *[9 * Maps1]float32) {
	clear(patch[:])
	for dy := -1; dy <= 1; dy++ {
		for dx := -1; dx <= 1; dx++ {
			if yy, xx := y+dy, x+dx; yy >= 0 && yy < h1 && xx >= 0 && xx < w1 {
				copy(patch[((dy+1)*3+dx+1)*Maps1:][:Maps1], w.Out1[(yy*w1+xx)*Maps1:][:Maps1])
			}
		}
	}
}

func pool(in, out []float32, arg []int32, w, h, maps int) {
	for y := range h / 2 {
		for x := range w / 2 {
			for m := range maps {
				at := ((2*y)*w+2*x)*maps + m
				best := at
				for _, c := range [3]int{at + maps, at + w*maps, at + (w+1)*maps} {
					if in[c] > in[best] {
						best = c
					}
				}
				o := (y*(w/2)+x)*maps + m
				out[o], arg[o] = in[best], int32(best)
			}
		}
	}
}
