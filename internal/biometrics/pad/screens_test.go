package pad_test

import (
	"path/filepath"
	"testing"
	"time"

	"image"

	"truepenny/internal/biometrics/pad"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/inference/enginetest"
	"truepenny/internal/specimen/attack"
	"truepenny/internal/specimen/puppet"
	"truepenny/internal/specimen/sitter"
)

// TestScreensThatTheCameraResolvesShowAPeak films drawn screens that play a
// resting puppet. What it says of soft ones is measured and not asked for.
func TestScreensThatTheCameraResolvesShowAPeak(t *testing.T) {
	e := open(t)
	people, err := sitter.Portraits(filepath.Join(enginetest.Packages(t), "@vladmandic", "face-api", "demo"), e.face)
	if err != nil {
		t.Fatal(err)
	}
	people = people[:few(1, 4)]
	type tally struct{ clips, peak, recaptured, border int }
	sums := map[string]*tally{}
	for i, who := range people {
		p, err := who.Webcam().Puppet(e.mesh)
		if err != nil {
			t.Fatal(err)
		}
		room := p.Draw(puppet.Pose{})
		for at, v := range room.Pix { // a blurred, darker room without the person
			room.Pix[at] = v / 2
		}
		room = picture.Resize(picture.Resize(room, 24, 18), 640, 480)
		plain := func(img *image.RGBA, _ puppet.Pose) *image.RGBA { return img }
		for name, show := range map[string]func(*image.RGBA, puppet.Pose) *image.RGBA{
			"no screen": plain, "phone, sharp": attack.PhoneSharp(room).Show, "phone, soft": attack.PhoneSoft(room).Show,
			"tablet, sharp": attack.TabletSharp(room).Show, "tablet, soft": attack.TabletSoft(room).Show,
		} {
			sensor := puppet.NewSensor(uint64(i+1), 1.5)
			var frames []*image.RGBA
			for k := range 18 {
				at := time.Duration(k) * second / 15
				sway := puppet.Pose{X: 10 * bump(k, 18), Y: 6 * bump(k, 18)} // the hand's
				raw, err := sensor.JPEG(show(p.Draw(puppet.Rest(at)), sway), 85)
				if err != nil {
					t.Fatal(err)
				}
				img, err := picture.Decode(raw, picture.DefaultLimits)
				if err != nil {
					t.Fatal(err)
				}
				frames = append(frames, img.RGBA)
			}
			relief, border := pad.NewRelief(), pad.NewBorder()
			border.Rules.Frames = 3
			var peaks []float64
			for k, f := range e.follow(t, frames, second/15) {
				relief.Add(f.at, f.img, f.mesh, f.signals)
				border.Add(f.at, f.img, f.mesh, f.signals)
				if k%3 == 0 {
					peaks = append(peaks, pad.Peak(f.img, f.mesh))
				}
			}
			screen, depth := pad.JudgeScreen(peaks, 0), relief.Result()
			t.Logf("%s %d: peaks %.1f, survivors %.2f, rest %.4f, border %+v", name, i, peaks, depth.Survivors, depth.Rest, border.Result())
			s := sums[name]
			if s == nil {
				s = &tally{}
				sums[name] = s
			}
			s.clips++
			if screen.Judged {
				s.peak++
			}
			if pad.DefaultReliefRules.Recaptured(depth) {
				s.recaptured++
			}
			if border.Result().Reason == pad.BorderAlong {
				s.border++
			}
		}
	}
	for name, s := range sums {
		t.Logf("%s: of %d clips a peak in %d, few survivors in %d, edges going along in %d", name, s.clips, s.peak, s.recaptured, s.border)
	}
	if s := sums["no screen"]; s.peak+s.recaptured+s.border > 0 {
		t.Errorf("without a screen: %+v", *s)
	}
	if s := sums["tablet, sharp"]; s.peak*2 < s.clips {
		t.Errorf("a sharp coarse tablet: %+v", *s)
	}
}
