package face_test

import (
	"image"
	"math"
	"os"
	"path/filepath"
	"testing"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/inference/enginetest"
	"truepenny/internal/specimen"
)

func portrait(t testing.TB) *image.RGBA {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(enginetest.Packages(t), "@vladmandic", "face-api", "demo", "sample5.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := picture.Decode(raw, picture.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	return picture.Crop(p.RGBA, image.Rect(180, 720, 660, 1320))
}

func mainFace(t testing.TB, e *face.Engine, img *image.RGBA) face.Face {
	t.Helper()
	faces, err := e.Find(img)
	if err != nil || len(faces) == 0 {
		t.Fatalf("%d faces, %v", len(faces), err)
	}
	return faces[0]
}

func TestATurnIsMeasuredOnTheRightSideAndNearItsSize(t *testing.T) {
	e, err := face.Open(enginetest.Open(t), "")
	if err != nil {
		t.Fatal(err)
	}
	img := portrait(t)
	f := mainFace(t, e, img)
	base := f.Pose()
	for _, yaw := range []float64{-25, -15, 15, 25} {
		got := mainFace(t, e, specimen.Turn(img, f, yaw, 0)).Pose()
		if d := got.Yaw - base.Yaw; math.Abs(d-yaw) > 6 {
			t.Errorf("turned by %.0f degrees: measured %.1f", yaw, d)
		}
	}
	for _, pitch := range []float64{-15, 15} {
		got := mainFace(t, e, specimen.Turn(img, f, 0, pitch)).Pose()
		if d := got.Pitch - base.Pitch; math.Abs(d-pitch) > 8 {
			t.Errorf("looking %.0f degrees up: measured %.1f", pitch, d)
		}
	}
}

func TestPoseSignsAreThePersonsOwn(t *testing.T) {
	e, err := face.Open(enginetest.Open(t), "")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(enginetest.Packages(t), "@vladmandic", "face-api", "demo", "sample1.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := picture.Decode(raw, picture.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	faces, err := e.Find(p.RGBA)
	if err != nil || len(faces) != 3 {
		t.Fatalf("%d faces, %v", len(faces), err)
	}
	for _, f := range faces {
		got := f.Pose()
		switch {
		case f.Box.X < 600: // turned to her own right
			if got.Yaw > -15 {
				t.Errorf("left person: %+.0f", got)
			}
		case f.Box.X < 1200: // looks down
			if got.Pitch > -15 {
				t.Errorf("middle person: %+.0f", got)
			}
		default: // head on her own left shoulder
			if got.Roll < 25 {
				t.Errorf("right person: %+.0f", got)
			}
		}
	}
}

func TestStudioPortraitsLookStraight(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(enginetest.Shared(t, "face-london"), "*_neutral.jpg"))
	if err != nil || len(files) == 0 {
		t.Fatal("no pictures")
	}
	e, err := face.Open(enginetest.Open(t), "")
	if err != nil {
		t.Fatal(err)
	}
	var sum face.Pose
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		p, err := picture.Decode(raw, picture.DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		got := mainFace(t, e, p.RGBA).Pose()
		sum.Yaw += got.Yaw / float64(len(files))
		sum.Pitch += got.Pitch / float64(len(files))
		if math.Abs(got.Yaw) > 12 || math.Abs(got.Pitch) > 15 || math.Abs(got.Roll) > 8 {
			t.Errorf("%s: %+.1f", filepath.Base(file), got)
		}
	}
	if math.Abs(sum.Yaw) > 2 || math.Abs(sum.Pitch) > 2 {
		t.Errorf("on the mean of all: %+.1f", sum)
	}
}

func TestLandmarksThatCoincideGiveNoPose(t *testing.T) {
	if got := (face.Face{}).Pose(); got != (face.Pose{}) {
		t.Errorf("pose %+v", got)
	}
}
