package face

import (
	"image"
	"image/draw"
	"testing"
	"time"

	xdraw "golang.org/x/image/draw"
)

// frame makes a camera frame of 1280x720 pixels with one face from a demo
// photograph.
func frame(t testing.TB) *image.RGBA {
	src := demo(t, "sample2.jpg")
	h := src.Bounds().Dy() * 1280 / src.Bounds().Dx()
	small := image.NewRGBA(image.Rect(0, 0, 1280, h))
	xdraw.CatmullRom.Scale(small, small.Bounds(), src, src.Bounds(), draw.Src, nil)
	out := image.NewRGBA(image.Rect(0, 0, 1280, 720))
	draw.Draw(out, out.Bounds(), small, image.Point{}, draw.Src)
	return out
}

// describeFrame is the work that is compared: pixels in, descriptor out.
func describeFrame(t testing.TB, e *Engine, img *image.RGBA) Descriptor {
	faces, err := e.Find(img)
	if err != nil || len(faces) != 1 {
		t.Fatalf("%d faces, %v", len(faces), err)
	}
	d, err := e.Describe(img, faces[0])
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// BenchmarkPeer compares the least time of one frame with face-api's under Node
// (wasm) on the same pixels, in the same run, each on one thread.
//
//	go test ./internal/biometrics/face -run '^$' -bench Peer -benchtime 1x
func BenchmarkPeer(b *testing.B) {
	const runs = 15
	e, img := openEngine(b), frame(b)
	own := time.Hour
	for b.Loop() {
		for range runs {
			start := time.Now()
			describeFrame(b, e, img)
			own = min(own, time.Since(start))
		}
	}
	peer := runPeer(b, []*image.RGBA{img}, runs)
	if n := len(peer.Pictures[0].Faces); n != 1 {
		b.Fatalf("face-api finds %d faces", n)
	}
	ms := float64(own.Microseconds()) / 1000
	b.ReportMetric(ms, "ms/frame")
	b.ReportMetric(peer.Pictures[0].Milliseconds, "peer-ms/frame")
	b.ReportMetric(ms/peer.Pictures[0].Milliseconds, "ratio")
}

func BenchmarkFind(b *testing.B) {
	e, img := openEngine(b), frame(b)
	for b.Loop() {
		if _, err := e.Find(img); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDescribe(b *testing.B) {
	e, img := openEngine(b), frame(b)
	faces, err := e.Find(img)
	if err != nil || len(faces) == 0 {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := e.Describe(img, faces[0]); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAssess(b *testing.B) {
	e, img := openEngine(b), frame(b)
	for b.Loop() {
		if _, err := e.Assess(img); err != nil {
			b.Fatal(err)
		}
	}
}
