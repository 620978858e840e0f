package pad_test

import (
	"path/filepath"
	"testing"
	"time"

	"truepenny/internal/biometrics/pad"
	"truepenny/internal/inference/enginetest"
)

const second = time.Second

func TestMeasureRealClips(t *testing.T) {
	e := open(t)
	for _, name := range []string{"video/a_live.mp4", "video/a_replay.mp4"} {
		frames := film(t, name, 15)
		clip := e.follow(t, frames, second/15)
		r, g, b := pad.NewRelief(), pad.NewGround(), pad.NewBorder()
		var peaks []float64
		for i, s := range clip {
			r.Add(s.at, s.img, s.mesh, s.signals)
			g.Add(s.at, s.img, s.mesh, s.signals)
			b.Add(s.at, s.img, s.mesh, s.signals)
			if i%3 == 0 {
				peaks = append(peaks, pad.Peak(s.img, s.mesh))
			}
		}
		t.Logf("%s: %d frames, io %.0f", name, len(clip), clip[0].signals.IO)
		t.Logf("  relief %+v", r.Result())
		t.Logf("  ground %+v", g.Result())
		t.Logf("  border %+v", b.Result())
		t.Logf("  screen %+v %.1f", pad.JudgeScreen(peaks, 0), peaks)
	}
}

func TestMeasureStills(t *testing.T) {
	e := open(t)
	stills, _ := filepath.Glob(filepath.Join(enginetest.Shared(t, "face-liveness"), "stills", "*.jpg"))
	for _, path := range stills {
		img := load(t, path)
		s, ok := e.fit(t, img)
		if !ok {
			t.Logf("%s: no face", filepath.Base(path))
			continue
		}
		t.Logf("%s: %v io %.0f yaw %.0f pitch %.0f roll %.0f peak %.2f edges %+v", filepath.Base(path), img.Bounds().Size(), s.signals.IO, s.signals.Yaw, s.signals.Pitch, s.signals.Roll, pad.Peak(img, s.mesh), pad.Border(img, s.mesh))
	}
	for name, img := range portraits(t, e) {
		s, ok := e.fit(t, img)
		if !ok {
			t.Logf("%s: no face", name)
			continue
		}
		t.Logf("%s: %v io %.0f yaw %.0f peak %.2f edges %+v", name, img.Bounds().Size(), s.signals.IO, s.signals.Yaw, pad.Peak(img, s.mesh), pad.Border(img, s.mesh))
	}
}

func TestMeasurePeaks(t *testing.T) {
	e := open(t)
	measure := func(pattern string, keep func(string) bool) {
		paths, _ := filepath.Glob(pattern)
		var peaks []float64
		missing := 0
		for _, path := range paths {
			if !keep(filepath.Base(path)) {
				continue
			}
			img := load(t, path)
			s, ok := e.fit(t, img)
			if !ok {
				missing++
				continue
			}
			peaks = append(peaks, pad.Peak(img, s.mesh))
		}
		t.Logf("%s: %d without face, %.2f", filepath.Base(pattern), missing, peaks)
	}
	dir := filepath.Join(enginetest.Shared(t, "face-liveness"), "crops")
	all := func(string) bool { return true }
	for _, p := range []string{"d_live*", "d_replay*", "e+f_live*", "e+f_replay*"} {
		measure(filepath.Join(dir, p), all)
	}
	measure(filepath.Join(enginetest.Shared(t, "face-london"), "*.jpg"), all)
	measure(filepath.Join(enginetest.Shared(t, "face-celebrity-wild"), "*.jpg"), all)
}
