package liveness_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"
	"time"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/liveness"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/inference/enginetest"
	"truepenny/internal/specimen"
)

func photograph(t *testing.T, r image.Rectangle) *image.RGBA {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(enginetest.Packages(t), "@vladmandic", "face-api", "demo", "sample5.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := picture.Decode(raw, picture.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	return picture.Crop(p.RGBA, r)
}

// compressed is the frame as it arrives: a JPEG of its own, so that no two
// frames are equal, as a camera's noise would see to.
func compressed(t *testing.T, img *image.RGBA, n int) *image.RGBA {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 80 + n%12}); err != nil {
		t.Fatal(err)
	}
	p, err := picture.Decode(b.Bytes(), picture.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	return p.RGBA
}

var challenge = liveness.NewChallenge(func(int) int { return 2 }, time.Time{})

// watch plays five frames a second, each from a function of the prompt and the
// time for which it has stood.
func watch(t *testing.T, e *face.Engine, show func(p liveness.Prompt, since time.Duration) *image.RGBA) []liveness.Observation {
	t.Helper()
	w := liveness.NewWatch(e)
	var seen []liveness.Observation
	for at := 100 * time.Millisecond; at < challenge.Length(); at += 200 * time.Millisecond {
		step := challenge.Steps[min(int(at/liveness.StepTime), len(challenge.Steps)-1)]
		o, _, _, err := w.See(compressed(t, show(step.Prompt, at-step.From), len(seen)), at)
		if err != nil {
			t.Fatal(err)
		}
		seen = append(seen, o)
	}
	return seen
}

func TestRenderedHeadThatFollowsPassesAndStillsDoNot(t *testing.T) {
	e, err := face.Open(enginetest.Open(t), "")
	if err != nil {
		t.Fatal(err)
	}
	straight := photograph(t, image.Rect(180, 720, 660, 1320))
	other := photograph(t, image.Rect(1000, 130, 1480, 660))
	faces, err := e.Find(straight)
	if err != nil || len(faces) != 1 {
		t.Fatalf("%d faces, %v", len(faces), err)
	}
	poses := map[liveness.Prompt]*image.RGBA{
		liveness.Straight:  straight,
		liveness.TurnLeft:  specimen.Turn(straight, faces[0], 25, 0),
		liveness.TurnRight: specimen.Turn(straight, faces[0], -25, 0),
	}
	previous := straight
	follow := func(p liveness.Prompt, since time.Duration) *image.RGBA {
		if since < 500*time.Millisecond {
			return previous
		}
		previous = poses[p]
		return previous
	}
	if v := liveness.Judge(challenge, watch(t, e, follow)); v.Outcome != liveness.Pass {
		t.Errorf("who follows %v: %+v", challenge.Prompts(), v)
	}

	still := func(liveness.Prompt, time.Duration) *image.RGBA { return straight }
	if v := liveness.Judge(challenge, watch(t, e, still)); v.Outcome != liveness.Fail {
		t.Errorf("a still picture: %+v", v)
	}

	swapped := func(p liveness.Prompt, since time.Duration) *image.RGBA {
		if p == liveness.Straight {
			return other
		}
		return poses[p]
	}
	if v := liveness.Judge(challenge, watch(t, e, swapped)); v.Reason != liveness.FaceChanged {
		t.Errorf("two people in turns: %+v", v)
	}

	blank := image.NewRGBA(straight.Bounds())
	nobody := func(liveness.Prompt, time.Duration) *image.RGBA { return blank }
	if v := liveness.Judge(challenge, watch(t, e, nobody)); v.Outcome == liveness.Pass {
		t.Errorf("nobody: %+v", v)
	}
}
