package pad_test

import (
	"image"
	"math/rand/v2"
	"testing"
	"time"

	"truepenny/internal/biometrics/injection"
	"truepenny/internal/biometrics/pad"
	"truepenny/internal/biometrics/picture"
)

// capture is what a capture of 75 frames of 640 x 480 looks like: still, a turn
// to either side, still.
func capture(b *testing.B, e eyes) []seen {
	b.Helper()
	r := rand.New(rand.NewPCG(17, 18))
	s := sitters(b, e)[0]
	img := picture.Resize(s.img, 640, 640*s.img.Bounds().Dy()/s.img.Bounds().Dx())
	s, ok := e.fit(b, img)
	if !ok {
		b.Fatal("no face")
	}
	head, g := headOf(s.img, s.mesh), room(s.img.Bounds(), r)
	yaws := make([]float64, 75)
	for i := range 20 {
		yaws[18+i], yaws[38+i] = 25*bump(i, 20), -25*bump(i, 20)
	}
	var frames []*image.RGBA
	for _, yaw := range yaws {
		frames = append(frames, present(s.img, g, head, pose{yaw: yaw, scale: 1}))
	}
	return e.follow(b, arrive(b, frames, r), second/15)
}

// BenchmarkCapture measures what depth, light and screen add to a capture, on
// one core, and what the rest adds.
//
//	go test ./internal/biometrics/pad -run '^$' -bench Capture -benchtime 5x -cpu 1
func BenchmarkCapture(b *testing.B) {
	e := open(b)
	clip := capture(b, e)
	seq := pad.NewSequence(rand.New(rand.NewPCG(1, 1)).IntN, 8, nil)
	timed := func(do func()) float64 {
		start := time.Now()
		do()
		return float64(time.Since(start).Microseconds()) / 1000
	}
	least := map[string]float64{}
	var pairs int
	for b.Loop() {
		for name, do := range map[string]func(){
			"relief-ms": func() {
				w := pad.NewRelief()
				for _, f := range clip {
					w.Add(f.at, f.img, f.mesh, f.signals)
				}
				pairs = w.Result().Pairs
			},
			"light-ms": func() {
				var tints []pad.TintAt
				for _, f := range clip {
					tints = append(tints, pad.TintAt{At: f.at, Tint: pad.MeasureTint(f.img, f.mesh)})
				}
				pad.JudgeLight(seq, stepTime, tints)
			},
			"peak-ms": func() {
				for i := 0; i < len(clip); i += 7 {
					pad.Peak(clip[i].img, clip[i].mesh)
				}
			},
			"ground-ms": func() {
				w := pad.NewGround()
				for _, f := range clip {
					w.Add(f.at, f.img, f.mesh, f.signals)
				}
			},
			"border-ms": func() {
				w := pad.NewBorder()
				for _, f := range clip {
					w.Add(f.at, f.img, f.mesh, f.signals)
				}
			},
			"stream-ms": func() {
				var s injection.Stream
				for _, f := range clip {
					s.Add(f.at, f.img, "")
				}
			},
		} {
			if ms := timed(do); least[name] == 0 || ms < least[name] {
				least[name] = ms
			}
		}
	}
	b.ReportMetric(least["relief-ms"]+least["light-ms"]+least["peak-ms"], "sum-ms")
	b.ReportMetric(float64(pairs), "pairs")
	for name, ms := range least {
		b.ReportMetric(ms, name)
	}
}
