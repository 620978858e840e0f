package pad_test

import (
	"fmt"
	"image"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/biometrics/pad"
)

// lamp models a screen that shines on a face: linear light of the face times
// (1 + ratio x colour), of the background an eighth of it, then the camera's
// white balance and exposure, which follow the picture's mean (70 % of it, in a
// second), 0.4 % flicker of each gain, and rounding to whole values.
type lamp struct {
	ratio float64 // screen's white on the face as a share of the room's light
	lag   time.Duration
	gain  [3]float64 // the camera's, logarithms
	base  [3]float64
	begun bool
	rand  *rand.Rand
}

var toLinear = func() (t [256]float64) {
	for v := range t {
		c := float64(v) / 255
		if t[v] = math.Pow((c+0.055)/1.055, 2.4); c <= 0.04045 {
			t[v] = c / 12.92
		}
	}
	return t
}()

var toByte = func() (t [4097]uint8) {
	for i := range t {
		l := float64(i) / 4096
		c := 1.055*math.Pow(l, 1/2.4) - 0.055
		if l <= 0.0031308 {
			c = 12.92 * l
		}
		t[i] = uint8(math.Round(255 * c))
	}
	return t
}()

// shine lights one frame at a time since the sequence began.
func (l *lamp) shine(img *image.RGBA, m mesh.Mesh, at, gap time.Duration, seq pad.Sequence, stepTime time.Duration) *image.RGBA {
	c := seq[min(max(int((at-l.lag)/stepTime), 0), len(seq)-1)]
	colour := [3]float64{toLinear[c.R], toLinear[c.G], toLinear[c.B]}
	cx, cy := (m.Points[234].X+m.Points[454].X)/2, (m.Points[10].Y+m.Points[152].Y)/2
	rx, ry := 0.56*math.Abs(m.Points[454].X-m.Points[234].X), 0.56*math.Abs(m.Points[152].Y-m.Points[10].Y)
	var mean [3]float64
	b := img.Bounds()
	for y := 0; y < b.Dy(); y += 8 {
		for x := 0; x < b.Dx(); x += 8 {
			w := 0.12
			if dx, dy := (float64(x)-cx)/rx, (float64(y)-cy)/ry; dx*dx+dy*dy < 1 {
				w = 1
			}
			for k := range 3 {
				mean[k] += toLinear[img.Pix[y*img.Stride+4*x+k]] * (1 + w*l.ratio*colour[k])
			}
		}
	}
	if !l.begun {
		l.base, l.begun = mean, true
	}
	follow := 1 - math.Exp(-gap.Seconds())
	var face, ground [3][256]uint8
	for k := range 3 {
		l.gain[k] += follow * (-0.7*math.Log(mean[k]/l.base[k]) - l.gain[k])
		g := math.Exp(l.gain[k] + 0.004*l.rand.NormFloat64())
		for v := range 256 {
			face[k][v] = toByte[int(4096*math.Min(1, toLinear[v]*g*(1+l.ratio*colour[k])))]
			ground[k][v] = toByte[int(4096*math.Min(1, toLinear[v]*g*(1+0.12*l.ratio*colour[k])))]
		}
	}
	out := image.NewRGBA(b)
	for y := range b.Dy() {
		dy := (float64(y) - cy) / ry
		half := -1.0
		if dy*dy < 1 {
			half = rx * math.Sqrt(1-dy*dy)
		}
		for x := range b.Dx() {
			t := &ground
			if math.Abs(float64(x)-cx) < half {
				t = &face
			}
			o := y*img.Stride + 4*x
			for k := range 3 {
				out.Pix[o+k] = t[k][img.Pix[o+k]]
			}
			out.Pix[o+3] = 255
		}
	}
	return out
}

const stepTime = 500 * time.Millisecond

// lit gives the tints of a clip under a lamp.
func lit(clip []seen, gap time.Duration, seq pad.Sequence, ratio float64, lag time.Duration, r *rand.Rand) []pad.TintAt {
	l := lamp{ratio: ratio, lag: lag, rand: r}
	var tints []pad.TintAt
	for _, s := range clip {
		img := l.shine(s.img, s.mesh, s.at, gap, seq, stepTime)
		tints = append(tints, pad.TintAt{At: s.at, Tint: pad.MeasureTint(img, s.mesh)})
	}
	return tints
}

// sitting is a portrait as a clip of a still head: camera noise and JPEG.
func sitting(t testing.TB, s seen, frames int, gap time.Duration, r *rand.Rand) []seen {
	var out []seen
	for i := range frames {
		f := s
		f.at, f.img = time.Duration(i)*gap, sent(t, noisy(s.img, 2, r), 85)
		out = append(out, f)
	}
	return out
}

// table prints correlation and amplitude by ratio, and gives the lowest
// correlation and the mean amplitude of each.
func table(t *testing.T, name string, clip []seen, gap time.Duration, ratios []float64, draws int) map[float64][2]float64 {
	r := rand.New(rand.NewPCG(7, 8))
	out := map[float64][2]float64{}
	for _, ratio := range ratios {
		var cors, amps, noises []float64
		wrong, tried, ok := 0, 0, 0
		for range draws {
			seq := pad.NewSequence(r.IntN, 8, nil)
			tints := lit(clip, gap, seq, ratio, 120*time.Millisecond, r)
			res := pad.JudgeLight(seq, stepTime, tints)
			if res.Reason == pad.LightOK {
				ok++
			}
			cors, amps, noises = append(cors, res.Correlation), append(amps, res.Amplitude), append(noises, res.Noise)
			for range 500 {
				other := pad.NewSequence(r.IntN, 8, nil)
				tried++
				if v := pad.JudgeLight(other, stepTime, tints); v.Reason == pad.LightOK {
					wrong++
				}
			}
		}
		slices.Sort(cors)
		mean := 0.0
		for _, a := range amps {
			mean += a / float64(len(amps))
		}
		out[ratio] = [2]float64{cors[0], mean}
		t.Logf("%s r %.2f: correlation median %.2f lowest %.2f, amplitude %.4f, noise %.4f, passed %d of %d; wrong sequences pass %d of %d",
			name, ratio, cors[len(cors)/2], cors[0], mean, slices.Max(noises), ok, draws, wrong, tried)
	}
	return out
}

func TestLightOnPhotographsIsFoundFromThreePercentOn(t *testing.T) {
	e := open(t)
	r := rand.New(rand.NewPCG(9, 10))
	people := sitters(t, e)
	for i, s := range people[:few(1, len(people))] {
		clip := sitting(t, s, 70, second/15, r)
		got := table(t, fmt.Sprint("photograph ", i), clip, second/15, []float64{0, 0.02, 0.03, 0.05}, few(2, 6))
		for ratio, v := range got {
			if ratio >= 0.03 && (v[0] < 0.8 || v[1] < 0.015) {
				t.Errorf("r %.2f: correlation %.2f, amplitude %.4f", ratio, v[0], v[1])
			}
			if ratio == 0 && v[1] > 0.008 {
				t.Errorf("without light: correlation %.2f, amplitude %.4f", v[0], v[1])
			}
		}
	}
}

func TestLightOnRealClips(t *testing.T) {
	e := open(t)
	for _, name := range []string{"video/a_live.mp4", "video/a_replay.mp4"} {
		clip := e.follow(t, film(t, name, 15), second/15)
		got := table(t, name, clip, second/15, []float64{0, 0.01, 0.02, 0.03, 0.05, 0.1}, few(2, 6))
		if name == "video/a_live.mp4" && (got[0.03][0] < 0.8 || got[0][1] > 0.015) {
			t.Errorf("%v", got)
		}
	}
}
