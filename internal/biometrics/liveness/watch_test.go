package liveness_test

import (
	"image"
	"image/draw"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"truepenny/internal/biometrics/injection"
	"truepenny/internal/biometrics/liveness"
	"truepenny/internal/biometrics/pad"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/specimen/puppet"
)

// fixed is a challenge with an order of its own, with light.
func fixed(prompts ...liveness.Prompt) liveness.Challenge {
	c := liveness.Challenge{}
	add := func(p liveness.Prompt, length time.Duration) {
		c.Steps = append(c.Steps, liveness.Step{Prompt: p, From: c.Length(), To: c.Length() + length})
	}
	add(liveness.Straight, 1100*time.Millisecond)
	for i, p := range prompts {
		add(p, time.Duration(1500+50*i)*time.Millisecond)
	}
	add(liveness.Straight, 700*time.Millisecond)
	c.LightFrom, c.Light = c.Length(), pad.NewSequence(rand.New(rand.NewPCG(1, 2)).IntN, 8, nil)
	add(liveness.HoldStill, time.Duration(len(c.Light))*liveness.LightStep)
	return c
}

// TestAFilmOfAFollowingPuppetPassesAndWhatIsMadeOfItDoesNot films once and cuts
// the film in the ways in which an attacker would. That the puppet passes is an
// attack that succeeds: it was rendered after the prompts were known, with light.
func TestAFilmOfAFollowingPuppetPassesAndWhatIsMadeOfItDoesNot(t *testing.T) {
	s := newStudio(t, 3)
	c := fixed(liveness.Blink, liveness.TurnRight, liveness.Smile, liveness.LookUp)
	live := film(t, s.people[0], c, puppet.Usual, 0.06, 1)
	rec := s.watch(t, live, c)
	if v := liveness.Judge(c, rec); v.Outcome != liveness.Pass {
		t.Fatalf("the puppet: %s", says(v))
	}
	if again := s.watch(t, live[:40], c); !reflect.DeepEqual(rec.Frames[:40], again.Frames) {
		t.Error("the same frames give another recording")
	}
	best := rec.Best(5)
	if len(best) < 3 {
		t.Errorf("best frames: %v", best)
	}
	for _, i := range best {
		if o := rec.Frames[i]; o.Step == 2 && o.At > c.Steps[2].From+500*time.Millisecond && o.At < c.Steps[2].To-500*time.Millisecond {
			t.Errorf("best frame %d is one of the turn", i)
		}
	}
	other := film(t, s.people[2], c, puppet.Usual, 0, 1, 3)
	short := c // without the light: that is not what refuses these
	short.Steps, short.Light, short.LightFrom = c.Steps[:6], nil, 0
	live = slices.DeleteFunc(live, func(f frame) bool { return f.at >= short.Length() })
	edit := func(do func(f []frame)) []frame {
		f := slices.Clone(live)
		do(f)
		return f
	}
	for _, k := range []struct {
		name, check, reason string
		frames              []frame
	}{
		{"one frame for all", liveness.CheckInjection, injection.FramesRepeated, edit(func(f []frame) {
			for i := range f {
				f[i].jpeg = live[5].jpeg
			}
		})},
		{"two seconds late", liveness.CheckGestures, "", edit(func(f []frame) {
			for i := len(f) - 1; i >= 30; i-- {
				f[i].jpeg = f[i-30].jpeg
			}
		})},
		{"the order turned round", liveness.CheckGestures, "", edit(func(f []frame) {
			for i := range f {
				if step := f[i].step; step >= 1 && step <= 4 {
					f[i].jpeg = pictureOf(live, c, 5-step, f[i].at-c.Steps[step].From)
				}
			}
		})},
		{"another person for one gesture", liveness.CheckIdentity, liveness.FaceChanged, edit(func(f []frame) {
			for i := range f {
				if f[i].step == 3 {
					f[i].jpeg = other[i].jpeg
				}
			}
		})},
	} {
		v := liveness.Judge(short, s.watch(t, k.frames, short))
		f := v.Findings[slices.IndexFunc(v.Findings, func(f liveness.Finding) bool { return f.Check == k.check })]
		if v.Outcome != liveness.Fail || f.Outcome != liveness.Fail || k.reason != "" && f.Reason != k.reason {
			t.Errorf("%s: %s", k.name, says(v))
		}
	}
}

// TestAFewFramesOfAnotherPersonAreNoticed cuts another's frames in, as short as a
// blink.
func TestAFewFramesOfAnotherPersonAreNoticed(t *testing.T) {
	s := newStudio(t, 3)
	c := fixed(liveness.Blink)
	c.Steps, c.Light, c.LightFrom = c.Steps[:2], nil, 0
	live := film(t, s.people[0], c, puppet.Usual, 0, 1)
	alone := 0
	for _, o := range s.watch(t, live, c).Frames {
		if o.Described {
			alone++
		}
	}
	other := film(t, s.people[2], c, puppet.Usual, 0, 1, 1)
	from := slices.IndexFunc(live, func(f frame) bool { return f.step == 1 }) + 4
	live[from].jpeg, live[from+1].jpeg = other[from].jpeg, other[from+1].jpeg
	rec := s.watch(t, live, c)
	if o := rec.Frames[from]; !o.Described || o.Identity < rec.Network.Review {
		t.Errorf("the first of two frames: described %v, distance %.2f", o.Described, o.Identity)
	}
	if alone > 5 {
		t.Errorf("%d frames of an uncut film are described: following would cost too much", alone)
	}
}

// TestSomebodyElseInThePictureIsCounted puts two people side by side.
func TestSomebodyElseInThePictureIsCounted(t *testing.T) {
	s := newStudio(t, 2)
	left, right := s.people[0].Draw(puppet.Pose{}), s.people[1].Draw(puppet.Pose{})
	both := image.NewRGBA(image.Rect(0, 0, 2*left.Rect.Dx(), left.Rect.Dy()))
	draw.Draw(both, left.Rect, left, image.Point{}, draw.Src)
	draw.Draw(both, right.Rect.Add(image.Pt(left.Rect.Dx(), 0)), right, image.Point{}, draw.Src)
	w := liveness.NewWatch(s.engines)
	for i := range 3 {
		if err := w.See(both, time.Duration(i)*100*time.Millisecond, 0); err != nil {
			t.Fatal(err)
		}
	}
	rec, err := w.Recording()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Recording(); err != nil { // asked twice
		t.Error(err)
	}
	for _, o := range rec.Frames {
		if o.Faces != 2 {
			t.Errorf("%d faces", o.Faces)
		}
	}
}

// pictureOf is the picture of a step some time after its prompt.
func pictureOf(f []frame, c liveness.Challenge, step int, since time.Duration) []byte {
	at := c.Steps[step].From + since
	for _, one := range f {
		if one.at >= at {
			return one.jpeg
		}
	}
	return f[len(f)-1].jpeg
}

func TestPicturesWithoutAFaceAndBrokenOnes(t *testing.T) {
	s := newStudio(t, 1)
	c := fixed(liveness.Blink)
	c.Steps, c.Light, c.LightFrom = c.Steps[:2], nil, 0
	wall := image.NewRGBA(image.Rect(0, 0, 320, 240))
	for i := range wall.Pix {
		wall.Pix[i] = uint8(100 + i*7919%13)
	}
	raw, err := picture.EncodeJPEG(wall, 80)
	if err != nil {
		t.Fatal(err)
	}
	var frames []frame
	for at := time.Duration(0); at < c.Length(); at += 90 * time.Millisecond {
		frames = append(frames, frame{at: at, jpeg: raw})
	}
	if v := liveness.Judge(c, s.watch(t, frames, c)); !v.Unusable || v.Reason != liveness.FaceLost {
		t.Errorf("a wall: %s", says(v))
	}
	open := func() (*image.RGBA, error) { return nil, picture.ErrCorrupt }
	if _, err := liveness.Film(s.engines, []liveness.Shot{{Open: open}}, nil); err == nil {
		t.Error("a broken picture gives no error")
	}
	if _, err := liveness.Film(s.engines, nil, open); err == nil {
		t.Error("a broken still gives no error")
	}
	rec, err := liveness.Film(s.engines, nil, func() (*image.RGBA, error) { return s.people[0].Draw(puppet.Pose{}), nil })
	if err != nil || rec.Still == nil || rec.Still.Faces != 1 || rec.Still.Peak <= 0 {
		t.Errorf("a still: %+v, %v", rec.Still, err)
	}
}
