package pad_test

import (
	"image"
	"math/rand/v2"
	"testing"

	"truepenny/internal/biometrics/pad"
)

func TestBackgroundsThatFreezeOrGoAlongAreTold(t *testing.T) {
	e := open(t)
	r := rand.New(rand.NewPCG(11, 12))
	const n = 36
	people := sitters(t, e)
	for _, kind := range []struct {
		name   string
		want   string
		border string
		show   func(s seen, g *image.RGBA, k float64) *image.RGBA
	}{
		{"head comes closer", pad.GroundFree, "", func(s seen, _ *image.RGBA, k float64) *image.RGBA {
			return lean(s.img, s.mesh, 1+0.25*k, 0, 20*k)
		}},
		{"head tilts", pad.GroundFree, "", func(s seen, _ *image.RGBA, k float64) *image.RGBA {
			return lean(s.img, s.mesh, 1, 18*k, 20*k)
		}},
		{"card comes closer", pad.GroundAlong, "", func(s seen, g *image.RGBA, k float64) *image.RGBA {
			return present(s.img, g, flat, pose{scale: 1 + 0.25*k})
		}},
		{"card tilts", pad.GroundAlong, "", func(s seen, g *image.RGBA, k float64) *image.RGBA {
			return present(s.img, g, flat, pose{scale: 1, roll: 18 * k})
		}},
		{"small card sways", "", pad.BorderAlong, func(s seen, g *image.RGBA, k float64) *image.RGBA {
			return present(s.img, g, flat, pose{scale: 0.7, right: 0.12*k - 0.06, down: 0.1*k - 0.05, roll: 3})
		}},
		{"phone sways", "", pad.BorderAlong, func(s seen, g *image.RGBA, k float64) *image.RGBA {
			return present(framed(s.img, 0.04), g, flat, pose{scale: 0.75, right: 0.12*k - 0.06, down: 0.1*k - 0.05, roll: -4})
		}},
	} {
		reasons, borders := map[string]int{}, map[string]int{}
		for _, s := range people[:few(1, len(people))] {
			g := room(s.img.Bounds(), r)
			var frames []*image.RGBA
			for i := range n {
				frames = append(frames, kind.show(s, g, bump(i, n)))
			}
			w, b := pad.NewGround(), pad.NewBorder()
			for _, f := range e.follow(t, arrive(t, frames, r), second/15) {
				w.Add(f.at, f.img, f.mesh, f.signals)
				b.Add(f.at, f.img, f.mesh, f.signals)
			}
			t.Logf("%s: %+v %+v", kind.name, w.Result(), b.Result())
			if got := w.Result(); kind.want != "" && got.Reason != kind.want {
				t.Errorf("%s: %+v", kind.name, got)
			}
			if got := b.Result(); kind.border != "" && got.Reason != kind.border || kind.border == "" && got.Reason == pad.BorderAlong && kind.want == pad.GroundFree {
				t.Errorf("%s: %+v", kind.name, got)
			}
			reasons[w.Result().Reason]++
			borders[b.Result().Reason]++
		}
		t.Logf("%s: ground %v border %v", kind.name, reasons, borders)
	}
}

func TestABackgroundWithoutNoiseIsFrozen(t *testing.T) {
	e := open(t)
	r := rand.New(rand.NewPCG(13, 14))
	s := sitters(t, e)[0]
	for _, noise := range []float64{0, 1} {
		g := pad.NewGround()
		for i := range 20 {
			img := lean(s.img, s.mesh, 1, 6*bump(i, 20), 0)
			if noise > 0 {
				img = noisy(img, noise, r)
			}
			f, _ := e.fit(t, sent(t, img, 85))
			g.Add(f.at, f.img, f.mesh, f.signals)
		}
		res := g.Result()
		t.Logf("noise %.0f: %+v", noise, res)
		if frozen := res.Reason == pad.GroundFrozen; frozen != (noise == 0) {
			t.Errorf("noise of %.0f grey levels: %+v", noise, res)
		}
	}
}
