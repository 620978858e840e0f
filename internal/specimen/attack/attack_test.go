package attack_test

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/biometrics/pad"
	"truepenny/internal/inference/enginetest"
	"truepenny/internal/specimen/attack"
	"truepenny/internal/specimen/puppet"
	"truepenny/internal/specimen/sitter"
)

// stage holds two people and the networks that look at them.
type stage struct {
	faces  *face.Engine
	meshes *mesh.Engine
	seats  [2]sitter.Portrait // before their webcams
	people [2]*puppet.Puppet
}

func open(t *testing.T) *stage {
	t.Helper()
	rt := enginetest.Open(t)
	s := &stage{}
	var err error
	if s.faces, err = face.Open(rt, ""); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.faces.Close() })
	if s.meshes, err = mesh.Open(rt, ""); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.meshes.Close() })
	people, err := sitter.Portraits(filepath.Join(enginetest.Packages(t), "@vladmandic", "face-api", "demo"), s.faces)
	if err != nil {
		t.Fatal(err)
	}
	for i := range s.people {
		s.seats[i] = people[i].Webcam()
		if s.people[i], err = people[i].Puppet(s.meshes); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// look measures the face in a picture.
func (s *stage) look(t *testing.T, name string, img *image.RGBA) (mesh.Mesh, mesh.Signals) {
	t.Helper()
	if dir := os.Getenv("TRUEPENNY_SPECIMENS"); dir != "" {
		f, err := os.Create(filepath.Join(dir, "attack-"+name+".png"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := png.Encode(f, img); err != nil {
			t.Fatal(err)
		}
	}
	found, err := s.faces.Find(img)
	if err != nil || len(found) == 0 {
		t.Fatalf("%s: %d faces, %v", name, len(found), err)
	}
	m, err := s.meshes.Fit(img, found[0])
	if err != nil {
		t.Fatal(err)
	}
	signals, err := s.meshes.Signals(img, m)
	if err != nil {
		t.Fatal(err)
	}
	return m, signals
}

func (s *stage) sheet(bend attack.Bend, holes bool) *attack.Sheet {
	size := s.people[1].Size()
	return &attack.Sheet{Print: s.people[1], Room: s.people[0].Draw(puppet.Pose{}), IO: s.people[1].IO(), Bend: bend, Holes: holes,
		Part: image.Rect(128, 0, size.X-128, size.Y)}
}

func TestASheetOfPaperDoesWhatPaperCan(t *testing.T) {
	s := open(t)
	for name, bend := range map[string]attack.Bend{"flat": attack.Flat, "upright": attack.Upright, "lying": attack.Lying, "by-turn": attack.BentByTurn} {
		sheet := s.sheet(bend, false)
		_, rest := s.look(t, name, sheet.Draw(puppet.Pose{}))
		_, left := s.look(t, name+"-left", sheet.Draw(puppet.Pose{Yaw: 22}))
		_, tilt := s.look(t, name+"-tilt", sheet.Draw(puppet.Pose{Roll: 15}))
		_, near := s.look(t, name+"-near", sheet.Draw(puppet.Pose{Closer: 0.25}))
		_, blink := s.look(t, name+"-blink", sheet.Draw(puppet.Pose{Lids: 1, Smile: 1}))
		t.Logf("%s: left %.1f tilt %.1f closer %.2f blink %.2f smile %.2f", name, left.Yaw-rest.Yaw, tilt.Roll-rest.Roll, near.IO/rest.IO, blink.Opening/rest.Opening, blink.MouthWidth/rest.MouthWidth)
		if tilt.Roll-rest.Roll < 9 || near.IO/rest.IO < 1.15 {
			t.Errorf("%s: a sheet can be tilted and brought closer: %.1f, %.2f", name, tilt.Roll-rest.Roll, near.IO/rest.IO)
		}
		if blink.Opening/rest.Opening < 0.9 || blink.MouthWidth/rest.MouthWidth > 1.05 {
			t.Errorf("%s: a sheet neither blinks nor smiles: %.2f, %.2f", name, blink.Opening/rest.Opening, blink.MouthWidth/rest.MouthWidth)
		}
	}
	holes := s.sheet(attack.Upright, true)
	_, rest := s.look(t, "holes", holes.Draw(puppet.Pose{}))
	if _, blink := s.look(t, "holes-blink", holes.Draw(puppet.Pose{Lids: 1})); blink.Opening/rest.Opening > 0.72 {
		t.Errorf("behind eye holes somebody can blink: %.2f", blink.Opening/rest.Opening)
	}
}

func TestAScreenShowsTheFilmAndItsGridWhereTheCameraResolvesIt(t *testing.T) {
	s := open(t)
	room := s.people[1].Draw(puppet.Pose{})
	frame := puppet.NewSensor(1, 2).Expose(s.people[0].Draw(puppet.Pose{Yaw: 20}))
	m, live := s.look(t, "film", frame)
	t.Logf("live: yaw %.1f, peak %.1f", live.Yaw, pad.Peak(frame, m))
	for name, screen := range map[string]attack.Screen{"phone-sharp": attack.PhoneSharp(room), "phone-soft": attack.PhoneSoft(room),
		"tablet-sharp": attack.TabletSharp(room), "tablet-soft": attack.TabletSoft(room)} {
		img := puppet.NewSensor(2, 2).Expose(screen.Show(frame, puppet.Pose{}))
		m, seen := s.look(t, name, img)
		peak := pad.Peak(img, m)
		t.Logf("%s: yaw %.1f, io %.0f, peak %.1f", name, seen.Yaw, seen.IO, peak)
		if seen.Yaw < live.Yaw-8 {
			t.Errorf("%s: yaw %.1f", name, seen.Yaw)
		}
	}
}

func TestASwappedFaceIsThatOfTheDonorOnTheOtherHead(t *testing.T) {
	s := open(t)
	var m [2]mesh.Mesh
	var d [2]face.Descriptor
	for i, seat := range s.seats {
		var err error
		if m[i], err = s.meshes.Fit(seat.Image, seat.Face); err != nil {
			t.Fatal(err)
		}
		if d[i], err = s.faces.Describe(seat.Image, seat.Face); err != nil {
			t.Fatal(err)
		}
	}
	img := attack.Swap(s.seats[0].Image, m[0], s.seats[1].Image, m[1])
	s.look(t, "swap", img)
	found, err := s.faces.Find(img)
	if err != nil || len(found) == 0 {
		t.Fatal(err)
	}
	got, err := s.faces.Describe(img, found[0])
	if err != nil {
		t.Fatal(err)
	}
	toHead, err := face.Distance(got, d[0])
	if err != nil {
		t.Fatal(err)
	}
	toDonor, err := face.Distance(got, d[1])
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("distance to the donor %.2f, to the head %.2f", toDonor, toHead)
	if toDonor >= toHead {
		t.Errorf("still more alike the head (%.2f) than the donor (%.2f)", toHead, toDonor)
	}
}
