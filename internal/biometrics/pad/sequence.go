package pad

import "math"

// Colour is a colour of the screen, sRGB.
type Colour struct {
	R uint8 `json:"r"`
	G uint8 `json:"g"`
	B uint8 `json:"b"`
}

// Sequence is what the screen shows during the light part, each colour for one
// step. It begins with Neutral, the base that the first change is measured from.
type Sequence []Colour

// Neutral is the grey in front of every sequence.
var Neutral = Colour{158, 158, 158}

// Palette holds the colours that sequences are drawn from. All have the same
// luminance within 0.02 of white's (so a change is no flash in the sense of WCAG
// 2.3.1), and red keeps R/(R+G+B) at 0.76 in linear light, below the 0.8 from
// which WCAG counts it as saturated.
var Palette = []Colour{
	{255, 112, 112}, // red
	{72, 178, 88},   // green
	{147, 147, 255}, // blue
	{40, 173, 195},  // cyan
	{232, 112, 226}, // magenta
	{190, 158, 30},  // yellow
}

const (
	red  = 0 // in the palette
	blue = 2
)

// StepsLeast and StepsMost bound the number of colours of a sequence: with
// fewer, a stranger's sequence fits too often; more take longer than people hold still.
const (
	StepsLeast = 8
	StepsMost  = 10
	// AlikeMost is the correlation with a recent sequence from which one is drawn anew.
	AlikeMost = 0.5
)

// NewSequence draws a sequence of steps colours (8 to 10, others are moved
// there) behind Neutral. Neighbours differ, red and blue never alternate, and a
// sequence that is too like one of the recent ones is drawn anew. intn draws
// evenly from 0 to n-1, as ids.Intn does.
func NewSequence(intn func(n int) int, steps int, recent []Sequence) Sequence {
	steps = min(max(steps, StepsLeast), StepsMost)
	var best Sequence
	least := math.Inf(1)
	for range 200 {
		s := draw(intn, steps)
		worst := math.Inf(-1)
		for _, r := range recent {
			worst = math.Max(worst, Alike(s, r))
		}
		if worst <= AlikeMost {
			return s
		}
		if worst < least {
			best, least = s, worst
		}
	}
	return best // so many recent ones that none is unlike all: the least alike
}

func draw(intn func(n int) int, steps int) Sequence {
	s := Sequence{Neutral}
	var picks []int
	for len(picks) < steps {
		p := intn(len(Palette))
		n := len(picks)
		if n > 0 && picks[n-1] == p {
			continue
		}
		if n > 1 && picks[n-2] == p && (p == red && picks[n-1] == blue || p == blue && picks[n-1] == red) {
			continue
		}
		picks = append(picks, p)
		s = append(s, Palette[p])
	}
	return s
}

// Alike is the correlation of the changes that two sequences ask for, -1 to 1;
// the longer one is cut.
func Alike(a, b Sequence) float64 {
	n := min(len(a), len(b))
	c, _ := correlate(changes(tones(a[:n])), changes(tones(b[:n])))
	return c
}

// tone is log(R)-log(G) and log(B)-log(G) of light.
type tone [2]float64

// tones gives what each colour adds to a face's tone, for a screen whose white
// adds as much light as the room gives.
func tones(s Sequence) []tone {
	out := make([]tone, len(s))
	for i, c := range s {
		r, g, b := linear[c.R], linear[c.G], linear[c.B]
		out[i] = tone{r - g, b - g}
	}
	return out
}

func changes(t []tone) []tone {
	var out []tone
	for i := 1; i < len(t); i++ {
		out = append(out, tone{t[i][0] - t[i-1][0], t[i][1] - t[i-1][1]})
	}
	return out
}

// correlate gives Pearson's correlation of two rows of tones, each channel
// without its mean, and the slope of b over a.
func correlate(a, b []tone) (correlation, slope float64) {
	var ma, mb tone
	for i := range a {
		for k := range 2 {
			ma[k] += a[i][k] / float64(len(a))
			mb[k] += b[i][k] / float64(len(a))
		}
	}
	var aa, ab, bb float64
	for i := range a {
		for k := range 2 {
			x, y := a[i][k]-ma[k], b[i][k]-mb[k]
			aa, ab, bb = aa+x*x, ab+x*y, bb+y*y
		}
	}
	if !(aa > 0 && bb > 0) {
		return 0, 0
	}
	return ab / math.Sqrt(aa*bb), ab / aa
}

// linear is the light of an sRGB value, 0 to 1 (IEC 61966-2-1).
var linear = func() (t [256]float64) {
	for v := range t {
		c := float64(v) / 255
		if c <= 0.04045 {
			t[v] = c / 12.92
		} else {
			t[v] = math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	return t
}()

// Luminance is a colour's light as a share of white's (WCAG 2.2, relative luminance).
func (c Colour) Luminance() float64 {
	return 0.2126*linear[c.R] + 0.7152*linear[c.G] + 0.0722*linear[c.B]
}
