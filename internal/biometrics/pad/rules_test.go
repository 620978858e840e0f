package pad

import (
	"encoding/json"
	"image"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"truepenny/internal/biometrics/mesh"
)

const half = 500 * time.Millisecond

// answered is the tints of a face that answers to a sequence as told.
func answered(seq Sequence, ratio float64, lag func(at time.Duration) time.Duration, change func(*Tint)) []TintAt {
	r := rand.New(rand.NewPCG(1, 9))
	shown := tones(seq)
	var out []TintAt
	for at := time.Duration(0); at < time.Duration(len(seq))*half+400*time.Millisecond; at += time.Second / 15 {
		i := min(max(int((at-lag(at))/half), 0), len(seq)-1)
		t := Tint{Pixels: 5000, Bright: 0.3, Face: [2]float64{0.4, -0.3}}
		for k := range 2 {
			t.Face[k] += ratio*shown[i][k] + 0.002*r.NormFloat64()
		}
		if change != nil {
			change(&t)
		}
		out = append(out, TintAt{at, t})
	}
	return out
}

func after(lag time.Duration) func(time.Duration) time.Duration {
	return func(time.Duration) time.Duration { return lag }
}

func TestLightIsJudgedByAnswerDelayAndFitness(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 9))
	seq := NewSequence(r.IntN, 9, nil)
	other := NewSequence(r.IntN, 9, []Sequence{seq})
	for _, c := range []struct {
		name   string
		tints  []TintAt
		want   string
		judged bool
	}{
		{"an answer", answered(seq, 0.05, after(100*time.Millisecond), nil), LightOK, true},
		{"an answer 300 ms late", answered(seq, 0.05, after(300*time.Millisecond), nil), LightOK, true},
		{"an answer 560 ms late", answered(seq, 0.05, after(560*time.Millisecond), nil), LightLate, true},
		{"a delay that jumps", answered(seq, 0.05, func(at time.Duration) time.Duration {
			if at > 2500*time.Millisecond {
				return 320 * time.Millisecond
			}
			return 0
		}, nil), LightJumps, true},
		{"no answer", answered(seq, 0, after(0), nil), LightNone, true},
		{"the answer to another sequence", answered(other, 0.05, after(100*time.Millisecond), nil), LightOther, true},
		{"an overexposed face", answered(seq, 0.05, after(0), func(t *Tint) { t.Clipped = 0.6 }), LightBright, false},
		{"darkness", answered(seq, 0.05, after(0), func(t *Tint) { t.Bright = 0.001 }), LightDark, false},
		{"colours that wander more than the screen could", answered(seq, 0, after(0), func(t *Tint) { t.Face[0] += 0.08 * r.NormFloat64() }), LightNoisy, false},
		{"nothing measured", answered(seq, 0.05, after(0), func(t *Tint) { t.Pixels = 0 }), LightTooShort, false},
		{"half the frames", answered(seq, 0.05, after(0), nil)[:36], LightTooShort, false},
		{"no frames", nil, LightTooShort, false},
	} {
		got := JudgeLight(seq, half, c.tints)
		if got.Reason != c.want || got.Judged != c.judged {
			t.Errorf("%s: %+v, want %s", c.name, got, c.want)
		}
	}
	if got := JudgeLight(nil, half, answered(seq, 0.05, after(0), nil)); got.Judged {
		t.Errorf("without a sequence: %+v", got)
	}
}

func TestTheBackgroundTakesACamerasDriftOff(t *testing.T) {
	seq := NewSequence(rand.New(rand.NewPCG(3, 9)).IntN, 8, nil)
	i := 0
	drift := func(t *Tint) {
		d := 0.08 * math.Sin(float64(i)/5)
		i++
		t.Face[0] += d
		t.Ground = [2]float64{0.1 + d, 0.2}
	}
	if got := JudgeLight(seq, half, answered(seq, 0.04, after(0), drift)); got.Reason != LightOK || !got.Ground {
		t.Errorf("%+v", got)
	}
	i = 0
	bare := func(t *Tint) { drift(t); t.Bare = true }
	if got := JudgeLight(seq, half, answered(seq, 0.04, after(0), bare)); got.Reason == LightOK || got.Ground {
		t.Errorf("without background: %+v", got)
	}
}

func TestSequencesAreUnlikeTheRecentOnes(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 9))
	var recent []Sequence
	for range 12 {
		s := NewSequence(r.IntN, 8, recent)
		if len(s) != 9 || s[0] != Neutral {
			t.Fatalf("%v", s)
		}
		for i := 1; i < len(s); i++ {
			if s[i] == s[i-1] {
				t.Errorf("step %d of %v repeats", i, s)
			}
			if i > 2 && s[i] == s[i-2] && (s[i] == Palette[red] && s[i-1] == Palette[blue] || s[i] == Palette[blue] && s[i-1] == Palette[red]) {
				t.Errorf("red and blue alternate in %v", s)
			}
		}
		for _, old := range recent {
			if c := Alike(s, old); c > AlikeMost {
				t.Errorf("correlation %.2f with a recent one", c)
			}
		}
		recent = append(recent, s)
	}
	if n := len(NewSequence(r.IntN, 99, nil)); n != StepsMost+1 {
		t.Errorf("%d colours", n)
	}
}

func TestAMeshGoneWildIsPassedOver(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 64, 64))
	nan := mesh.Mean()
	nan.Points[7].X = math.NaN()
	far := mesh.Mean()
	for i := range far.Points {
		far.Points[i].X = far.Points[i].X*1e7 + 1e12
	}
	var tiny mesh.Mesh
	for name, m := range map[string]mesh.Mesh{"not a number": nan, "far away": far, "no size": tiny} {
		s := mesh.Signals{IO: 40}
		if v := Peak(img, m); v != 0 {
			t.Errorf("%s: peak %v", name, v)
		}
		if v := MeasureTint(img, m); v.Pixels != 0 {
			t.Errorf("%s: tint %+v", name, v)
		}
		r, g, b := NewRelief(), NewGround(), NewBorder()
		for i := range 20 {
			at := time.Duration(i) * 66 * time.Millisecond
			r.Add(at, img, m, s)
			g.Add(at, img, m, s)
			b.Add(at, img, m, s)
		}
		for _, v := range []any{r.Result(), g.Result(), b.Result(), Border(img, m)} {
			if _, err := json.Marshal(v); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if r.Result().Judged || g.Result().Judged || b.Result().Judged {
			t.Errorf("%s: judged", name)
		}
	}
}

func TestScreenIsOneSided(t *testing.T) {
	for _, c := range []struct {
		peaks []float64
		still float64
		want  string
		found bool
	}{
		{[]float64{3, 3.5, 4, 3}, 0, ScreenNone, false},
		{[]float64{8, 7, 0, 4, 3}, 0, ScreenPeak, true},
		{[]float64{8, 3, 3, 3, 3}, 0, ScreenNone, false},
		{[]float64{3, 3, 3, 3}, 7, ScreenStill, true},
		{[]float64{0, 0, 9}, 0, ScreenFew, false},
		{nil, 0, ScreenFew, false},
	} {
		if got := JudgeScreen(c.peaks, c.still); got.Reason != c.want || got.Judged != c.found {
			t.Errorf("%v %v: %+v", c.peaks, c.still, got)
		}
	}
}

func TestPointsAreFollowedBetweenPixels(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 9))
	small := make([]float64, 40*40)
	for i := range small {
		small[i] = 255 * r.Float64()
	}
	at := func(x, y float64) uint8 { // smooth texture
		x, y = x/6, y/6
		i, j := int(x), int(y)
		fx, fy := x-float64(i), y-float64(j)
		v := func(a, b int) float64 { return small[(b%40)*40+a%40] }
		return uint8((v(i, j)*(1-fx)+v(i+1, j)*fx)*(1-fy) + (v(i, j+1)*(1-fx)+v(i+1, j+1)*fx)*fy)
	}
	draw := func(dx, dy float64) grey {
		g := grey{k: 1, w: 160, h: 120, pix: make([]uint8, 160*120)}
		for y := range 120 {
			for x := range 160 {
				g.pix[y*160+x] = at(float64(x)+20-dx, float64(y)+20-dy)
			}
		}
		return g
	}
	a, b := draw(0, 0).pyramid(), draw(3.4, -2.3).pyramid()
	same := affine{a: 1, e: 1}
	spots := corners(a[0], func(x, y float64) bool { return x > 20 && x < 140 && y > 20 && y < 100 }, 0, 0, 160, 120, 10)
	before, moved := survivors(spots, checked(a, b, spots, same, same))
	if len(before) < 60 {
		t.Fatalf("%d of %d points", len(before), len(spots))
	}
	for i, s := range moved {
		if d := math.Hypot(s.x-before[i].x-3.4, s.y-before[i].y+2.3); d > 0.3 {
			t.Errorf("point %v went to %v, off by %.2f", before[i], s, d)
		}
	}
}
