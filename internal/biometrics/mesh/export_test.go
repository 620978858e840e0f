package mesh

import (
	"fmt"
	"image"
	"os"
	"path/filepath"
	"testing"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/inference/enginetest"
)

// Both is the mesh engine with the face engine that finds faces for it.
type Both struct {
	*Engine
	Faces *face.Engine
}

// OpenBoth opens the repository's engine.
func OpenBoth(t testing.TB) Both {
	t.Helper()
	rt := enginetest.Open(t)
	e, err := Open(rt, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	faces, err := face.Open(rt, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { faces.Close() })
	return Both{e, faces}
}

// Find gives every face of a picture with its mesh, largest first.
func (e Both) Find(t testing.TB, img *image.RGBA) []Mesh {
	t.Helper()
	faces, err := e.Faces.Find(img)
	if err != nil {
		t.Fatal(err)
	}
	var found []Mesh
	for _, f := range faces {
		m, err := e.Fit(img, f)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, m)
	}
	return found
}

// Load reads a picture.
func Load(t testing.TB, path string) *image.RGBA {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	p, err := picture.Decode(raw, picture.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	return p.RGBA
}

// Demo gives a demo photograph of face-api, 1 to 6.
func Demo(t testing.TB, n int) *image.RGBA {
	t.Helper()
	return Load(t, filepath.Join(enginetest.Packages(t), "@vladmandic", "face-api", "demo", fmt.Sprintf("sample%d.jpg", n)))
}

// Mirror exchanges left and right.
func Mirror(img *image.RGBA) *image.RGBA {
	b := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	for y := range b.Dy() {
		for x := range b.Dx() {
			out.SetRGBA(b.Dx()-1-x, y, img.RGBAAt(b.Min.X+x, b.Min.Y+y))
		}
	}
	return out
}
