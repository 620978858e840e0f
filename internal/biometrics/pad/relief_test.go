package pad_test

import (
	"fmt"
	"image"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"truepenny/internal/biometrics/pad"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/specimen"
)

// sitters are the portraits that look nearly at the camera and hold one face,
// 480 pixels wide.
func sitters(t testing.TB, e eyes) []seen {
	t.Helper()
	all := portraits(t, e)
	var out []seen
	for _, name := range slices.Sorted(maps.Keys(all)) {
		img := all[name]
		img = picture.Resize(img, 480, 480*img.Bounds().Dy()/img.Bounds().Dx())
		faces, err := e.face.Find(img)
		if err != nil {
			t.Fatal(err)
		}
		if s, ok := e.fit(t, img); ok && len(faces) == 1 && s.signals.Yaw > -16 && s.signals.Yaw < 16 {
			out = append(out, s)
		}
	}
	return out
}

// pairsOf sums up pairs of frames for a table.
func pairsOf(pairs []pad.ReliefPair) string {
	if len(pairs) == 0 {
		return "no pairs"
	}
	var b, f, noise []float64
	for _, p := range pairs {
		b, f, noise = append(b, p.B), append(f, p.F), append(noise, p.Noise)
	}
	slices.Sort(b)
	slices.Sort(f)
	slices.Sort(noise)
	m := len(b) / 2
	return fmt.Sprintf("%d pairs, b %.2f (%.2f to %.2f), F %.0f (%.0f to %.0f), noise %.4f", len(b), b[m], b[0], b[len(b)-1], f[m], f[0], f[len(f)-1], noise[m])
}

func TestHeadsHaveReliefAndSheetsHaveNone(t *testing.T) {
	e := open(t)
	r := rand.New(rand.NewPCG(5, 6))
	const n = 24
	people := sitters(t, e)
	people = people[:few(1, len(people))]
	shapes := map[*image.RGBA]surface{}
	for _, s := range people {
		shapes[s.img] = headOf(s.img, s.mesh)
	}
	card := func(how func(k float64) surface, turn float64) func(seen, *image.RGBA, float64) *image.RGBA {
		return func(s seen, g *image.RGBA, k float64) *image.RGBA {
			return present(s.img, g, how(k), pose{yaw: turn * k, pitch: 5 * k, roll: 3 * k, scale: 1})
		}
	}
	for _, kind := range []struct {
		name  string
		turn  float64
		sheet bool
		head  bool
		show  func(s seen, g *image.RGBA, k float64) *image.RGBA
	}{
		{"head with its own mesh's depth", 20, false, true, func(s seen, g *image.RGBA, k float64) *image.RGBA {
			return present(s.img, g, shapes[s.img], pose{yaw: 20 * k, scale: 1})
		}},
		{"ellipsoid with a nose", 25, false, false, func(s seen, _ *image.RGBA, k float64) *image.RGBA {
			faces, _ := e.face.Find(s.img)
			return specimen.Turn(s.img, faces[0], 25*k, 0)
		}},
		{"flat card", 35, true, false, card(func(float64) surface { return flat }, 35)},
		{"card bent upright", 30, true, false, card(func(float64) surface { return bentUpright(1.05) }, 30)},
		{"card bent the other way", 30, true, false, card(func(float64) surface { return bentFlat(1.05) }, 30)},
		{"card bending while it turns", 30, true, false, card(func(k float64) surface { return bentUpright(0.01 + 1.5*k) }, 30)},
	} {
		var measured, forced []pad.ReliefPair
		reasons, forcedReasons := map[string]int{}, map[string]int{}
		for _, s := range people {
			g := room(s.img.Bounds(), r)
			var frames []*image.RGBA
			for i := range n {
				frames = append(frames, kind.show(s, g, bump(i, n)))
			}
			// Once with the yaw that the mesh network sees, and, because it sees
			// hardly any on sheets, once with the true one: the harder test.
			a, b := pad.NewRelief(), pad.NewRelief()
			for i, f := range e.follow(t, arrive(t, frames, r), second/15) {
				a.Add(f.at, f.img, f.mesh, f.signals)
				f.signals.Yaw = kind.turn * bump(i, n)
				b.Add(f.at, f.img, f.mesh, f.signals)
			}
			reasons[a.Result().Reason]++
			forcedReasons[b.Result().Reason]++
			measured, forced = append(measured, a.Result().Each...), append(forced, b.Result().Each...)
		}
		t.Logf("%s, %d clips:", kind.name, len(people))
		t.Logf("  measured yaw %v: %s", reasons, pairsOf(measured))
		t.Logf("  true yaw     %v: %s", forcedReasons, pairsOf(forced))
		if kind.head && forcedReasons[pad.ReliefHead] != len(people) {
			t.Errorf("%s: %v", kind.name, forcedReasons)
		}
		if kind.sheet {
			for _, p := range append(measured, forced...) {
				if p.F >= pad.DefaultReliefRules.F && p.B > pad.DefaultReliefRules.LeastB {
					t.Errorf("%s: %+v", kind.name, p)
				}
			}
			if reasons[pad.ReliefHead]+forcedReasons[pad.ReliefHead] > 0 || len(forced) == 0 {
				t.Errorf("%s: %v %v", kind.name, reasons, forcedReasons)
			}
		}
	}
}

func TestAStillHeadIsNotJudged(t *testing.T) {
	e := open(t)
	r := rand.New(rand.NewPCG(15, 16))
	s := sitters(t, e)[0]
	w := pad.NewRelief()
	for _, f := range sitting(t, s, 18, second/15, r) {
		w.Add(f.at, f.img, f.mesh, f.signals)
	}
	res := w.Result()
	if res.Judged || res.Reason != pad.ReliefNoTurn || res.Survivors < 0.8 || pad.DefaultReliefRules.Recaptured(res) {
		t.Errorf("%+v", res)
	}
}
