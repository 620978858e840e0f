package pad_test

import (
	"image"
	"slices"
	"testing"
	"time"

	"truepenny/internal/biometrics/injection"
)

// The injection package's measurements on clips stand here, where clips are read.

func streamed(frames []*image.RGBA, gap time.Duration) []injection.Frame {
	var s injection.Stream
	var out []injection.Frame
	for i, img := range frames {
		out = append(out, s.Add(time.Duration(i)*gap, img, ""))
	}
	return out
}

func TestNoiseOfRealClips(t *testing.T) {
	for _, name := range []string{"video/a_live.mp4", "video/a_replay.mp4"} {
		frames := film(t, name, 15)
		var again []*image.RGBA
		for _, f := range frames {
			again = append(again, sent(t, f, 85))
		}
		for kind, clip := range map[string][]*image.RGBA{"as decoded": frames, "as JPEG 85": again} {
			var noise, same, echo, twin []float64
			for i, f := range streamed(clip, second/15) {
				if i > 0 {
					noise, same, echo = append(noise, f.Noise), append(same, f.Same), append(echo, f.Echo)
				}
				if f.Twin >= 0 {
					twin = append(twin, f.Twin)
				}
			}
			for _, v := range [][]float64{noise, same, echo, twin} {
				slices.Sort(v)
			}
			line := func(v []float64) []float64 { return []float64{v[0], v[len(v)/2], v[len(v)-1]} }
			t.Logf("%s %s (least, median, most): noise %.2f, equal blocks %.2f, echo %.2f, twin %.2f", name, kind, line(noise), line(same), line(echo), line(twin))
			for _, f := range injection.Judge(injection.Camera{Label: "Camera", Script: injection.Script{Trusted: true, Native: true}}, streamed(clip, second/15)) {
				t.Logf("   %+v", f)
				if f.Level == injection.Attack {
					t.Errorf("%s: %+v", name, f)
				}
			}
		}
	}
}

func TestOtherPartsOfAClipAreNotKnown(t *testing.T) {
	live, replay := film(t, "video/a_live.mp4", 15), film(t, "video/a_replay.mp4", 15)
	whole := streamed(live, second/15)
	half := len(live) / 2
	for name, k := range map[string]injection.Known{
		"second half against the first": injection.FindKnown(whole[half:], [][]injection.Frame{whole[:half]}),
		"first half against the second": injection.FindKnown(whole[:half], [][]injection.Frame{whole[half:]}),
		"filmed from a screen":          injection.FindKnown(streamed(replay, second/15), [][]injection.Frame{whole}),
	} {
		t.Logf("%s: %+v", name, k)
		if _, found := k.Finding(); found {
			t.Errorf("%s: %+v", name, k)
		}
	}
}
