package face

import (
	"bytes"
	"encoding/json"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"truepenny/internal/biometrics/picture"
	"truepenny/internal/inference/enginetest"
)

// peerFace is a face as face-api under Node gives it.
type peerFace struct {
	Box        Box
	Score      float64
	Landmarks  [68][2]float64
	Descriptor []float32
}

type peerAnswer struct {
	Backend  string
	Pictures []struct {
		Milliseconds float64
		Faces        []peerFace
	}
}

// runPeer lets face-api itself describe the pictures' pixels.
func runPeer(t testing.TB, pictures []*image.RGBA, repeat int) peerAnswer {
	t.Helper()
	enginetest.Packages(t)
	node, err := exec.LookPath("node")
	if err != nil {
		enginetest.Absent(t, "node is not there; it runs the packages that the engine is compared with")
	}
	request := struct {
		Pictures []map[string]any `json:"pictures"`
		Side     int              `json:"side"`
		Score    float64          `json:"score"`
		Repeat   int              `json:"repeat"`
	}{Side: detectSide, Score: sureScore, Repeat: repeat}
	dir := t.TempDir()
	for i, img := range pictures {
		name := filepath.Join(dir, string(rune('a'+i))+".rgb")
		if err := os.WriteFile(name, rgb(img), 0o600); err != nil {
			t.Fatal(err)
		}
		request.Pictures = append(request.Pictures, map[string]any{
			"file": name, "width": img.Bounds().Dx(), "height": img.Bounds().Dy(),
		})
	}
	raw, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, filepath.Join(enginetest.Root(t), "scripts", "golden", "face.mjs"))
	var stderr bytes.Buffer
	cmd.Stdin, cmd.Stderr = bytes.NewReader(raw), &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("face-api under Node: %v\n%s", err, stderr.String())
	}
	var answer peerAnswer
	if err := json.Unmarshal(out, &answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

// rgb gives the pixels without the fourth byte.
func rgb(img *image.RGBA) []byte {
	b := img.Bounds()
	out := make([]byte, 0, 3*b.Dx()*b.Dy())
	for y := b.Min.Y; y < b.Max.Y; y++ {
		row := img.Pix[img.PixOffset(b.Min.X, y):]
		for x := range b.Dx() {
			out = append(out, row[4*x], row[4*x+1], row[4*x+2])
		}
	}
	return out
}

// demo gives a demo photograph of the package, "sample1.jpg" to "sample6.jpg".
func demo(t testing.TB, name string) *image.RGBA {
	t.Helper()
	return load(t, filepath.Join(enginetest.Packages(t), "@vladmandic", "face-api", "demo", name))
}

func load(t testing.TB, path string) *image.RGBA {
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

func openEngine(t testing.TB) *Engine {
	t.Helper()
	e, err := Open(enginetest.Open(t), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}
