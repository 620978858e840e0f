package mesh_test

import (
	"image"
	"math"
	"testing"

	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/specimen"
	"truepenny/internal/specimen/puppet"
)

func TestSignsArePersonsOwnOnPhotographsAndTheirMirrorImages(t *testing.T) {
	e, img := mesh.OpenBoth(t), mesh.Demo(t, 1)
	check := func(img *image.RGBA, side float64) {
		for _, m := range e.Find(t, img) {
			s := signals(t, e, img, m)
			x := m.Points[1].X
			if side < 0 {
				x = float64(img.Bounds().Dx()) - x
			}
			switch {
			case x < 800: // turned to her own right
				if side*s.Yaw > -12 {
					t.Errorf("left person: %+.1f", s)
				}
			case x < 1400: // looks down
				if s.Pitch > -10 {
					t.Errorf("middle person: %+.1f", s)
				}
			default: // head on her own left shoulder
				if side*s.Roll < 20 {
					t.Errorf("right person: %+.1f", s)
				}
			}
		}
	}
	check(img, 1)
	check(mesh.Mirror(img), -1)
}

func TestAMirrorImageTurnsYawAndRollRoundAndNothingElse(t *testing.T) {
	e, img := mesh.OpenBoth(t), portrait(t)
	a := signals(t, e, img, largest(t, e, img))
	flipped := mesh.Mirror(img)
	b := signals(t, e, flipped, largest(t, e, flipped))
	if math.Abs(a.Yaw+b.Yaw) > 2 || math.Abs(a.Roll+b.Roll) > 2 || math.Abs(a.Pitch-b.Pitch) > 2 ||
		math.Abs(a.IO/b.IO-1) > 0.02 || math.Abs(a.Opening/b.Opening-1) > 0.05 ||
		math.Abs(a.MouthWidth/b.MouthWidth-1) > 0.03 || math.Abs(a.CornerLift-b.CornerLift) > 0.01 {
		t.Errorf("%+v, mirrored %+v", a, b)
	}
}

// A head like an ellipsoid is flatter than a real one, so the turn that is seen
// is smaller.
func TestATurnedEllipsoidIsSeenToTurnToTheSameSide(t *testing.T) {
	e, img := mesh.OpenBoth(t), portrait(t)
	faces, err := e.Faces.Find(img)
	if err != nil || len(faces) == 0 {
		t.Fatalf("%d faces, %v", len(faces), err)
	}
	base := signals(t, e, img, largest(t, e, img))
	for _, c := range []struct{ yaw, pitch float64 }{{-25, 0}, {-15, 0}, {15, 0}, {25, 0}, {0, -12}, {0, 12}} {
		turned := specimen.Turn(img, faces[0], c.yaw, c.pitch)
		got := signals(t, e, turned, largest(t, e, turned))
		share := (got.Yaw - base.Yaw) / c.yaw
		if c.yaw == 0 {
			share = (got.Pitch - base.Pitch) / c.pitch
		}
		if share < 0.25 || share > 1.25 {
			t.Errorf("turned by %+.0f, up %+.0f: measured %+.1f and %+.1f", c.yaw, c.pitch, got.Yaw-base.Yaw, got.Pitch-base.Pitch)
		}
	}
}

func TestARotatedPictureChangesRollOnly(t *testing.T) {
	e, img := mesh.OpenBoth(t), portrait(t)
	m := largest(t, e, img)
	a := signals(t, e, img, m)
	quarter := picture.Rotate(img, 1) // clockwise: towards the person's own left
	h := float64(img.Bounds().Dy())
	for i, p := range m.Points {
		m.Points[i].X, m.Points[i].Y = h-p.Y, p.X
	}
	m, err := e.Follow(quarter, m)
	if err != nil {
		t.Fatal(err)
	}
	b := signals(t, e, quarter, m)
	if math.Abs(b.Roll-a.Roll-90) > 1 || math.Abs(a.Yaw-b.Yaw) > 1 || math.Abs(a.Pitch-b.Pitch) > 1 || math.Abs(a.Opening-b.Opening) > 0.02 {
		t.Errorf("%+v, a quarter turn on %+v", a, b)
	}
}

func TestEveryMovementOfAPuppetIsMeasuredNearItsSize(t *testing.T) {
	e, img := mesh.OpenBoth(t), portrait(t)
	m := largest(t, e, img)
	base := signals(t, e, img, m)
	p := puppet.New(img, m)
	for _, c := range []struct {
		name      string
		pose      puppet.Pose
		value     func(s mesh.Signals) float64
		low, high float64
	}{
		{"turn right", puppet.Pose{Yaw: -25}, func(s mesh.Signals) float64 { return s.Yaw - base.Yaw }, -31, -19},
		{"turn left", puppet.Pose{Yaw: 25}, func(s mesh.Signals) float64 { return s.Yaw - base.Yaw }, 19, 31},
		{"look down", puppet.Pose{Pitch: -14}, func(s mesh.Signals) float64 { return s.Pitch - base.Pitch }, -18, -8},
		{"look up", puppet.Pose{Pitch: 14}, func(s mesh.Signals) float64 { return s.Pitch - base.Pitch }, 8, 18},
		{"tilt right", puppet.Pose{Roll: -15}, func(s mesh.Signals) float64 { return s.Roll - base.Roll }, -17, -13},
		{"tilt left", puppet.Pose{Roll: 15}, func(s mesh.Signals) float64 { return s.Roll - base.Roll }, 13, 17},
		{"closer", puppet.Pose{Closer: 0.25}, func(s mesh.Signals) float64 { return s.IO / base.IO }, 1.18, 1.35},
		{"smile", puppet.Pose{Smile: 1}, func(s mesh.Signals) float64 { return s.MouthWidth / base.MouthWidth }, 1.12, 1.3},
		{"smile lifts", puppet.Pose{Smile: 1}, func(s mesh.Signals) float64 { return s.CornerLift - base.CornerLift }, 0.02, 0.12},
		{"lids", puppet.Pose{Lids: 1}, func(s mesh.Signals) float64 { return s.Opening / base.Opening }, 0, 0.72},
	} {
		posed := p.Draw(c.pose)
		got := c.value(signals(t, e, posed, largest(t, e, posed)))
		t.Logf("%s: %+.2f", c.name, got)
		if !(got >= c.low && got <= c.high) {
			t.Errorf("%s: measured %+.2f, expected %+.2f to %+.2f", c.name, got, c.low, c.high)
		}
	}
}
