package puppet_test

import (
	"bytes"
	"image"
	"image/draw"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"testing"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/inference/enginetest"
	"truepenny/internal/specimen/puppet"
	"truepenny/internal/specimen/sitter"
)

// cast opens the mesh engine and makes puppets of the demo's first people.
func cast(t testing.TB, n int) (*mesh.Engine, []*puppet.Puppet, []sitter.Portrait) {
	t.Helper()
	rt := enginetest.Open(t)
	faces, err := face.Open(rt, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { faces.Close() })
	meshes, err := mesh.Open(rt, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { meshes.Close() })
	people, err := sitter.Portraits(filepath.Join(enginetest.Packages(t), "@vladmandic", "face-api", "demo"), faces)
	if err != nil {
		t.Fatal(err)
	}
	var out []*puppet.Puppet
	for _, p := range people[:n] {
		made, err := p.Puppet(meshes)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, made)
	}
	return meshes, out, people
}

// keep writes a picture where TRUEPENNY_SPECIMENS says, to be looked at.
func keep(t *testing.T, name string, pictures []*image.RGBA) {
	dir := os.Getenv("TRUEPENNY_SPECIMENS")
	if dir == "" {
		return
	}
	size := pictures[0].Rect.Size()
	sheet := image.NewRGBA(image.Rect(0, 0, 4*size.X, (len(pictures)+3)/4*size.Y))
	for i, p := range pictures {
		at := image.Pt(i%4*size.X, i/4*size.Y)
		draw.Draw(sheet, image.Rectangle{at, at.Add(size)}, p, image.Point{}, draw.Src)
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, sheet); err != nil {
		t.Fatal(err)
	}
}

var poses = []puppet.Pose{{}, {Yaw: 24}, {Yaw: -24}, {Roll: 17}, {Pitch: 15}, {Lids: 1}, {Smile: 1}, {Closer: 0.28}}

func TestTheNetworksSeeEveryGestureOfAPuppet(t *testing.T) {
	const n = 7 // those who serve for captures
	meshes, puppets, people := cast(t, n)
	for i, p := range puppets {
		var signals []mesh.Signals
		var pictures []*image.RGBA
		for _, pose := range poses {
			img := p.Draw(pose)
			pictures = append(pictures, img)
			m, err := meshes.Fit(img, people[i].Webcam().Face)
			if err != nil {
				t.Fatal(err)
			}
			s, err := meshes.Signals(img, m)
			if err != nil {
				t.Fatal(err)
			}
			signals = append(signals, s)
		}
		keep(t, "puppet-"+string(rune('0'+i)), pictures)
		b := signals[0]
		if math.Abs(b.Yaw) > 12 || math.Abs(b.Roll) > 6 {
			t.Errorf("person %d sits turned: yaw %.1f, roll %.1f", i, b.Yaw, b.Roll)
		}
		for _, seen := range []struct {
			gesture   string
			got, want float64
		}{
			{"turn to the left", signals[1].Yaw - b.Yaw, 15}, {"turn to the right", b.Yaw - signals[2].Yaw, 15},
			{"tilt", signals[3].Roll - b.Roll, 9}, {"look up", signals[4].Pitch - b.Pitch, 8},
			{"blink", 1 - signals[5].Opening/b.Opening, 0.28}, {"smile", signals[6].MouthWidth / b.MouthWidth, 1.12},
			{"closer", signals[7].IO / b.IO, 1.15},
		} {
			t.Logf("person %d, %s: %.2f", i, seen.gesture, seen.got)
			if seen.got < seen.want {
				t.Errorf("person %d, %s: %.2f, at least %.2f must be seen", i, seen.gesture, seen.got, seen.want)
			}
		}
	}
}

func TestThePortraitItselfIsTheZeroPose(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 64, 48))
	for i := range img.Pix {
		img.Pix[i] = uint8(7*i) | 3
		if i%4 == 3 {
			img.Pix[i] = 255
		}
	}
	p := puppet.New(img, mesh.Mean())
	if got := p.Draw(puppet.Pose{}); !bytes.Equal(got.Pix, img.Pix) {
		t.Error("the zero pose changes the picture")
	}
	lit := p.Draw(puppet.Pose{Light: puppet.Glow(0.1, [3]uint8{255, 255, 255})})
	if bytes.Equal(lit.Pix, img.Pix) {
		t.Error("light changes nothing")
	}
}

func TestNoTwoExposuresAreAlikeAndASeedGivesThemAgain(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 64, 48))
	a, b := puppet.NewSensor(1, 2), puppet.NewSensor(1, 2)
	first := a.Expose(img)
	if !bytes.Equal(first.Pix, b.Expose(img).Pix) {
		t.Error("the same seed, another noise")
	}
	if bytes.Equal(first.Pix, a.Expose(img).Pix) {
		t.Error("two frames are alike")
	}
}

func BenchmarkDraw(b *testing.B) {
	_, puppets, _ := cast(b, 1)
	sensor := puppet.NewSensor(1, 2)
	for b.Loop() {
		if _, err := sensor.JPEG(puppets[0].Draw(puppet.Pose{Yaw: 20, Lids: 0.5, X: 1.5, Light: [3]float64{0.05, 0.02, 0.02}}), 85); err != nil {
			b.Fatal(err)
		}
	}
}
