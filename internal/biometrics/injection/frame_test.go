package injection

import (
	"image"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"
)

// scene is a smooth room with a bright disc, a head as far as hashes care.
func scene(x, y, size float64) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, 320, 240))
	for py := range 240 {
		for px := range 320 {
			v := 90 + 40*math.Sin(float64(px)/37) + 30*math.Cos(float64(py)/29)
			if d := math.Hypot(float64(px)-x, (float64(py)-y)/1.3); d < size {
				v = 190 - 60*d/size + 20*math.Sin(float64(px)/5)
			}
			o := img.PixOffset(px, py)
			img.Pix[o], img.Pix[o+1], img.Pix[o+2], img.Pix[o+3] = uint8(v), uint8(v), uint8(v), 255
		}
	}
	return img
}

// grain adds noise to every value.
func grain(img *image.RGBA, noise []float64) *image.RGBA {
	for i := range img.Pix {
		if i%4 != 3 {
			img.Pix[i] = uint8(math.Max(0, math.Min(255, math.Round(float64(img.Pix[i])+noise[i%len(noise)]))))
		}
	}
	return img
}

func drawn(r *rand.Rand, sigma float64) []float64 {
	out := make([]float64, 320*240*4)
	for i := range out {
		out[i] = sigma * r.NormFloat64()
	}
	return out
}

// filmed runs frames through a Stream, fifteen a second with a camera's jitter.
func filmed(r *rand.Rand, frames []*image.RGBA) []Frame {
	var s Stream
	var out []Frame
	for i, img := range frames {
		at := time.Duration(i)*time.Second/15 + time.Duration(r.NormFloat64()*float64(2*time.Millisecond))
		sum := uint64(14695981039346656037)
		for _, v := range img.Pix {
			sum = (sum ^ uint64(v)) * 1099511628211
		}
		out = append(out, s.Add(at, img, strconv.FormatUint(sum, 16)))
	}
	return out
}

// honest is a camera that films a moving head.
func honest(r *rand.Rand, n int, phase float64) []*image.RGBA {
	var out []*image.RGBA
	for i := range n {
		a := float64(i)/9 + phase
		out = append(out, grain(scene(160+40*math.Sin(a), 120+15*math.Sin(1.7*a), 60+8*math.Sin(0.6*a)), drawn(r, 1.5)))
	}
	return out
}

var camera = Camera{Label: "Camera", Width: 320, Height: 240, FrameRate: 30, Script: Script{Trusted: true, Native: true}}

func TestFramesOfACameraGiveNoFinding(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	frames := filmed(r, honest(r, 60, 0))
	if f := Judge(camera, frames); len(f) != 0 {
		t.Errorf("%+v", f)
	}
	if n := frames[30].Noise; n < 1.2 || n > 1.9 {
		t.Errorf("noise %.2f, drawn with 1.5", n)
	}
}

func TestFramesThatNoCameraMakesAreFound(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	loop := honest(r, 20, 0)
	sheets := [][]float64{drawn(r, 1.5), drawn(r, 1.5), drawn(r, 1.5), drawn(r, 1.5)}
	var still, looped, silent, sheeted []*image.RGBA
	for i := range 60 {
		a := float64(i) / 9
		x, y := 160+40*math.Sin(a), 120+15*math.Sin(1.7*a)
		still = append(still, loop[0])
		looped = append(looped, loop[i%20])
		silent = append(silent, scene(160+2*math.Sin(a), 120, 10))
		sheeted = append(sheeted, grain(scene(x, y, 60), sheets[i%4]))
	}
	for _, c := range []struct {
		name   string
		frames []*image.RGBA
		want   string
		level  Level
	}{
		{"one still picture", still, FramesRepeated, Attack},
		{"a loop of 20 frames", looped, FramesLooped, Attack},
		{"a drawn head before a clean picture", silent, FramesNoiseless, Review},
		{"four sheets of noise in turn", sheeted, NoiseRepeated, Attack},
	} {
		found := Judge(camera, filmed(r, c.frames))
		i := slices.IndexFunc(found, func(f Finding) bool { return f.Reason == c.want })
		if i < 0 || found[i].Level != c.level {
			t.Errorf("%s: %+v", c.name, found)
		}
	}
}

func TestSizesAndTimesAreJudged(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	frames := filmed(r, honest(r, 40, 0))
	with := func(do func(i int, f *Frame)) []Frame {
		out := slices.Clone(frames)
		for i := range out {
			do(i, &out[i])
		}
		return out
	}
	for _, c := range []struct {
		name   string
		frames []Frame
		want   []string
		level  Level
	}{
		{"exact intervals", with(func(i int, f *Frame) { f.At = time.Duration(i) * 66 * time.Millisecond }), []string{FramesTooEven}, Review},
		{"hardly any jitter", with(func(i int, f *Frame) {
			f.At = time.Duration(i)*66*time.Millisecond + time.Duration(i%3)*100*time.Microsecond
		}), []string{FramesTooEven}, Note},
		{"a rate that halves", with(func(i int, f *Frame) {
			if i > 20 {
				f.At += (f.At - frames[20].At)
			}
		}), []string{RateChanged}, Note},
		{"twice as fast as the camera", with(func(i int, f *Frame) { f.At /= 4 }), []string{RateUnlike}, Review},
		{"another size midway", with(func(i int, f *Frame) {
			if i > 20 {
				f.Width = 640
			}
		}), []string{SizeChanged}, Review},
		{"a phone that is turned", with(func(i int, f *Frame) {
			if i > 20 {
				f.Width, f.Height = f.Height, f.Width
			}
		}), []string{SizeChanged}, Note},
		{"another shape than the track's", with(func(i int, f *Frame) { f.Width, f.Height = 320, 180 }), []string{SizeUnlike}, Note},
	} {
		found := Judge(camera, c.frames)
		if !slices.Equal(reasons(found), c.want) || found[0].Level != c.level {
			t.Errorf("%s: %+v", c.name, found)
		}
	}
	if found := Judge(camera, frames[:5]); len(found) != 0 {
		t.Errorf("too few frames to judge: %+v", found)
	}
}

func TestAHashSurvivesScalingAndLightAndTellsMirrors(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	a := scene(140, 120, 60)
	h := Hash(a)
	brighter, flipped := scene(140, 120, 60), image.NewRGBA(a.Bounds())
	for i := range brighter.Pix {
		if i%4 != 3 {
			brighter.Pix[i] = uint8(min(255, int(brighter.Pix[i])*9/8))
		}
	}
	for y := range 240 {
		for x := range 320 {
			copy(flipped.Pix[flipped.PixOffset(319-x, y):], a.Pix[a.PixOffset(x, y):][:4])
		}
	}
	for name, other := range map[string]uint64{
		"noise": Hash(grain(scene(140, 120, 60), drawn(r, 3))), "brightness": Hash(brighter), "mirror": mirror(Hash(flipped)),
	} {
		if d := Distance(h, other); d > 2 {
			t.Errorf("%s changes %d bits", name, d)
		}
	}
	if d := Distance(h, Hash(scene(220, 90, 40))); d < 8 {
		t.Errorf("another scene differs by only %d bits", d)
	}
	if Hash(image.NewRGBA(image.Rect(0, 0, 1, 1))) != 0 {
		t.Error("one pixel")
	}
}

func TestAReplayOfAnEarlierCaptureIsFound(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	early := filmed(r, honest(r, 90, 0))
	other := filmed(r, honest(r, 90, 20.3)) // the same head in the same room, other movements
	again := filmed(r, honest(r, 60, 2))    // a piece of the first, from its 18th frame on, noise anew
	mirrored := slices.Clone(again)
	for i := range mirrored {
		mirrored[i].Hash = mirror(mirrored[i].Hash)
	}
	k := FindKnown(again, [][]Frame{other, early})
	if f, yes := k.Finding(); !yes || f.Level != Attack || k.Clip != 1 || k.Mirrored {
		t.Errorf("a replay: %+v", k)
	}
	if f, yes := FindKnown(mirrored, [][]Frame{other, early}).Finding(); !yes || f.Level != Attack {
		t.Errorf("a mirrored replay: %+v", f)
	}
	if f, yes := FindKnown(other, [][]Frame{early}).Finding(); yes {
		t.Errorf("the same person on another day: %+v", f)
	}
	var rest []*image.RGBA
	for range 45 {
		rest = append(rest, grain(scene(160, 120, 60), drawn(r, 1.5)))
	}
	if k := FindKnown(filmed(r, rest), [][]Frame{filmed(r, rest)}); k.Judged {
		t.Errorf("who sits still is like himself: %+v", k)
	}
}
