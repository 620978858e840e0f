package liveness_test

import (
	"fmt"
	"image"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"truepenny/internal/biometrics/liveness"
	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/inference/enginetest"
)

// open gives a picture file as a shot.
func open(file string) func() (*image.RGBA, error) {
	return func() (*image.RGBA, error) {
		raw, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		p, err := picture.Decode(raw, picture.DefaultLimits)
		if err != nil {
			return nil, err
		}
		return p.RGBA, nil
	}
}

// TestTheFilmedClipsAreSeenAsTheyAre watches the one live clip and its replay.
// Nobody was prompted in them, so they follow nothing, and their blinks are all
// that moves.
func TestTheFilmedClipsAreSeenAsTheyAre(t *testing.T) {
	dir := enginetest.Shared(t, "face-liveness")
	ffmpeg, err := exec.LookPath("ffmpeg")
	if err != nil {
		t.Skip("ffmpeg is not there; it takes the frames out of the clips")
	}
	s := newStudio(t, 1)
	for name, blinks := range map[string]int{"a_live.mp4": 2, "a_replay.mp4": 3} {
		frames := t.TempDir()
		if out, err := exec.Command(ffmpeg, "-v", "error", "-i", filepath.Join(dir, "video", name), "-r", "15", "-qscale:v", "2", filepath.Join(frames, "%03d.jpg")).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		files, err := filepath.Glob(filepath.Join(frames, "*.jpg"))
		if err != nil {
			t.Fatal(err)
		}
		var shots []liveness.Shot
		for i, f := range slices.Sorted(slices.Values(files)) {
			shots = append(shots, liveness.Shot{At: time.Duration(i) * time.Second / 15, Open: open(f)})
		}
		rec, err := liveness.Film(s.engines, shots, nil)
		if err != nil {
			t.Fatal(err)
		}
		largest := 0.0
		for _, o := range rec.Frames {
			largest = max(largest, o.Identity)
		}
		seen := liveness.Seen(rec)
		t.Logf("%s: %d frames, gestures %v, largest distance %.2f, smile at most %.2f", name, len(shots), seen, largest, liveness.Most(rec, liveness.Smile))
		if len(seen) != blinks || strings.Count(fmt.Sprint(seen), "blink") != blinks {
			t.Errorf("%s: %v, want %d blinks", name, seen, blinks)
		}
	}
}

// TestSmilesOfTwentyPeople compares neutral and smiling portraits. Eight of these
// smiles are small, by eye.
func TestSmilesOfTwentyPeople(t *testing.T) {
	dir := enginetest.Shared(t, "face-london")
	s := newStudio(t, 1)
	neutral, err := filepath.Glob(filepath.Join(dir, "*_neutral.jpg"))
	if err != nil || len(neutral) == 0 {
		t.Fatal(len(neutral), err)
	}
	seen := 0
	for _, file := range neutral {
		var signals [2]mesh.Signals
		for i, f := range []string{file, strings.Replace(file, "_neutral", "_smiling", 1)} {
			img, err := open(f)()
			if err != nil {
				t.Fatal(err)
			}
			img = picture.Fit(img, 800)
			faces, err := s.engines.Face.Find(img)
			if err != nil || len(faces) == 0 {
				t.Fatalf("%s: %d faces, %v", filepath.Base(f), len(faces), err)
			}
			m, err := s.engines.Mesh.Fit(img, faces[0])
			if err != nil {
				t.Fatal(err)
			}
			if signals[i], err = s.engines.Mesh.Signals(img, m); err != nil {
				t.Fatal(err)
			}
		}
		far := liveness.Far(liveness.Smile, signals[0], signals[1])
		if far >= 1 {
			seen++
		}
		t.Logf("%s: %.2f of the threshold", filepath.Base(file)[:3], far)
	}
	t.Logf("%d of %d smiles are seen", seen, len(neutral))
	if math.Abs(float64(seen)-14) > 1 {
		t.Errorf("%d of %d smiles are seen, 14 were", seen, len(neutral))
	}
}
