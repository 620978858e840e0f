package pad_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"image"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/inference/enginetest"
)

// eyes are the engines that find a face and its mesh.
type eyes struct {
	face *face.Engine
	mesh *mesh.Engine
}

func open(t testing.TB) eyes {
	t.Helper()
	rt := enginetest.Open(t)
	f, err := face.Open(rt, "")
	if err != nil {
		t.Fatal(err)
	}
	m, err := mesh.Open(rt, "")
	if err != nil {
		t.Fatal(err)
	}
	return eyes{f, m}
}

// seen is a frame with what the mesh says.
type seen struct {
	at      time.Duration
	img     *image.RGBA
	mesh    mesh.Mesh
	signals mesh.Signals
}

// fit finds the largest face of one picture.
func (e eyes) fit(t testing.TB, img *image.RGBA) (seen, bool) {
	t.Helper()
	faces, err := e.face.Find(img)
	if err != nil {
		t.Fatal(err)
	}
	if len(faces) == 0 {
		return seen{}, false
	}
	m, err := e.mesh.Fit(img, faces[0])
	if err != nil {
		t.Fatal(err)
	}
	s, err := e.mesh.Signals(img, m)
	if err != nil {
		t.Fatal(err)
	}
	return seen{0, img, m, s}, true
}

// follow runs the mesh through frames, gap apart.
func (e eyes) follow(t testing.TB, frames []*image.RGBA, gap time.Duration) []seen {
	t.Helper()
	var out []seen
	var before mesh.Mesh
	for i, img := range frames {
		at := time.Duration(i) * gap
		if before.Score < 0.5 {
			s, ok := e.fit(t, img)
			if !ok {
				continue
			}
			before = s.mesh
		}
		m, err := e.mesh.Follow(img, before)
		if err != nil {
			t.Fatal(err)
		}
		s, err := e.mesh.Signals(img, m)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, seen{at, img, m, s})
		before = m
	}
	return out
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

func demo(t testing.TB, name string) *image.RGBA {
	t.Helper()
	return load(t, filepath.Join(enginetest.Packages(t), "@vladmandic", "face-api", "demo", name))
}

// portraits are one-person parts of face-api's demo photographs.
func portraits(t testing.TB, e eyes) map[string]*image.RGBA {
	t.Helper()
	out := map[string]*image.RGBA{}
	for _, name := range []string{"sample1.jpg", "sample2.jpg", "sample3.jpg", "sample4.jpg", "sample5.jpg", "sample6.jpg"} {
		img := demo(t, name)
		faces, err := e.face.Find(img)
		if err != nil {
			t.Fatal(err)
		}
		for i, f := range faces {
			b := f.Box
			if b.Side() < 120 {
				continue
			}
			// A webcam's picture: the face a third of the height.
			h := 2.4 * b.Height
			w := h * 4 / 3
			cx, cy := b.X+b.Width/2, b.Y+b.Height/2
			r := image.Rect(int(cx-w/2), int(cy-h/2), int(cx+w/2), int(cy+h/2)).Intersect(img.Bounds())
			if r.Dx() < int(1.6*b.Width) || r.Dy() < int(1.6*b.Height) {
				continue
			}
			crop := picture.Crop(img, r)
			scale := 260 / b.Height
			if scale < 1 {
				crop = picture.Resize(crop, int(float64(crop.Bounds().Dx())*scale), int(float64(crop.Bounds().Dy())*scale))
			}
			out[name+"#"+strconv.Itoa(i)] = crop
		}
	}
	return out
}

// film reads a clip's frames with ffmpeg; the test is skipped without either.
func film(t testing.TB, name string, fps int) []*image.RGBA {
	t.Helper()
	path := filepath.Join(enginetest.Shared(t, "face-liveness"), name)
	tool, err := exec.LookPath("ffmpeg")
	if err != nil {
		t.Skip("ffmpeg is not installed: clips cannot be read for measuring")
	}
	cmd := exec.Command(tool, "-v", "error", "-i", path, "-vf", "fps="+strconv.Itoa(fps), "-f", "image2pipe", "-c:v", "ppm", "-")
	raw, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var frames []*image.RGBA
	in := bufio.NewReader(bytes.NewReader(raw))
	for {
		img, err := ppm(in)
		if errors.Is(err, io.EOF) {
			return frames
		}
		if err != nil {
			t.Fatal(err)
		}
		frames = append(frames, img)
	}
}

// ppm reads one binary portable pixmap.
func ppm(in *bufio.Reader) (*image.RGBA, error) {
	var head string
	for range 3 { // P6, size, largest value: a line each
		line, err := in.ReadString('\n')
		if err != nil {
			return nil, err
		}
		head += line
	}
	var w, h, most int
	if _, err := fmt.Sscanf(head, "P6\n%d %d\n%d\n", &w, &h, &most); err != nil {
		return nil, err
	}
	raw := make([]byte, 3*w*h)
	if _, err := io.ReadFull(in, raw); err != nil {
		return nil, err
	}
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		img.Pix[4*i], img.Pix[4*i+1], img.Pix[4*i+2], img.Pix[4*i+3] = raw[3*i], raw[3*i+1], raw[3*i+2], 255
	}
	return img, nil
}

// noisy adds a camera's noise of a standard deviation in grey levels.
func noisy(img *image.RGBA, sigma float64, r *rand.Rand) *image.RGBA {
	out := image.NewRGBA(img.Bounds())
	for i, v := range img.Pix {
		if i%4 == 3 {
			out.Pix[i] = 255
			continue
		}
		out.Pix[i] = uint8(math.Max(0, math.Min(255, math.Round(float64(v)+sigma*r.NormFloat64()))))
	}
	return out
}

// sent is the frame as it arrives: a JPEG.
func sent(t testing.TB, img *image.RGBA, quality int) *image.RGBA {
	t.Helper()
	raw, err := picture.EncodeJPEG(img, quality)
	if err != nil {
		t.Fatal(err)
	}
	p, err := picture.Decode(raw, picture.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	return p.RGBA
}

// few is n, or all when TRUEPENNY_PEOPLE asks for the whole measurement.
func few(n, all int) int {
	if os.Getenv("TRUEPENNY_PEOPLE") != "" {
		return all
	}
	return min(n, all)
}
