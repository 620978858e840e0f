package mesh_test

import (
	"image"
	"testing"

	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/biometrics/picture"
)

// frame is a camera frame of 640x480 with one face, 230 pixels wide.
func frame(b *testing.B) *image.RGBA {
	return picture.Resize(picture.Crop(mesh.Demo(b, 2), image.Rect(0, 0, 1200, 900)), 640, 480)
}

// BenchmarkFrame is what liveness asks of every frame, without decoding it, on
// one thread:
//
//	go test ./internal/biometrics/mesh -run '^$' -bench . -cpu 1,2
func BenchmarkFrame(b *testing.B) {
	e, img := mesh.OpenBoth(b), frame(b)
	m := largest(b, e, img)
	b.ResetTimer()
	for b.Loop() {
		next, err := e.Follow(img, m)
		if err != nil {
			b.Fatal(err)
		}
		signals(b, e, img, next)
	}
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

func BenchmarkFollow(b *testing.B) {
	e, img := mesh.OpenBoth(b), frame(b)
	m := largest(b, e, img)
	b.ResetTimer()
	for b.Loop() {
		if _, err := e.Follow(img, m); err != nil {
			b.Fatal(err)
		}
	}
}
