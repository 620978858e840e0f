package mesh_test

import (
	"image"
	"testing"
	"time"

	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/biometrics/picture"
)

// frame is a camera frame of 640x480 with one face, 230 pixels wide.
func frame(b *testing.B) *image.RGBA {
	return picture.Resize(picture.Crop(mesh.Demo(b, 2), image.Rect(0, 0, 1200, 900)), 640, 480)
}

// BenchmarkFrame is what liveness asks of every frame, without decoding it, on
// one thread. Other work on the machine makes the mean useless, so the least
// time of a frame is told beside it:
//
//	go test ./internal/biometrics/mesh -run '^$' -bench .
func BenchmarkFrame(b *testing.B) {
	e, img := mesh.OpenBoth(b), frame(b)
	m := largest(b, e, img)
	follow, all := time.Hour, time.Hour
	b.ResetTimer()
	for b.Loop() {
		start := time.Now()
		next, err := e.Follow(img, m)
		if err != nil {
			b.Fatal(err)
		}
		follow = min(follow, time.Since(start))
		signals(b, e, img, next)
		all = min(all, time.Since(start))
	}
	b.ReportMetric(float64(follow.Microseconds())/1000, "least-ms/mesh")
	b.ReportMetric(float64(all.Microseconds())/1000, "least-ms/frame")
}

// BenchmarkFrames runs frames side by side, as many as there are processors.
func BenchmarkFrames(b *testing.B) {
	e, img := mesh.OpenBoth(b), frame(b)
	m := largest(b, e, img)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			next, err := e.Follow(img, m)
			if err != nil {
				b.Error(err)
				return
			}
			signals(b, e, img, next)
		}
	})
}
