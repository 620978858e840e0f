package pad_test

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"truepenny/internal/biometrics/pad"
	"truepenny/internal/inference/enginetest"
)

const second = time.Second

func TestTheReplayShowsAScreenAndTheLiveClipDoesNot(t *testing.T) {
	e := open(t)
	for _, name := range []string{"video/a_live.mp4", "video/a_replay.mp4"} {
		clip := e.follow(t, film(t, name, 15), second/15)
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
		depth, screen, ground, border := r.Result(), pad.JudgeScreen(peaks, 0), g.Result(), b.Result()
		t.Logf("%s: %d frames\n  relief %+v\n  ground %+v\n  border %+v\n  screen %+v", name, len(clip), depth, ground, border, screen)
		replay := name == "video/a_replay.mp4"
		if screen.Judged != replay || pad.DefaultReliefRules.Recaptured(depth) != replay {
			t.Errorf("%s: %+v %+v", name, screen, depth)
		}
		if depth.Judged || ground.Judged || border.Judged {
			t.Errorf("%s: nobody turned or moved: %+v %+v %+v", name, depth, ground, border)
		}
	}
}

func TestStillsAndCropsShowNoScreenByThemselves(t *testing.T) {
	e := open(t)
	dir := enginetest.Shared(t, "face-liveness")
	for _, pattern := range []string{"crops/d_live*", "crops/d_replay*", "crops/e+f_live*", "crops/e+f_replay*", "stills/*",
		"../face-london/*.jpg", "../face-celebrity-wild/*.jpg"} {
		paths, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil || len(paths) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		paths = paths[:few(8, len(paths))]
		var peaks []float64
		sides := map[int]int{}
		over := 0
		for _, path := range paths {
			img := load(t, path)
			s, ok := e.fit(t, img)
			if !ok {
				continue
			}
			if p := pad.Peak(img, s.mesh); p > 0 {
				peaks = append(peaks, p)
				if p > pad.DefaultScreenRules.Still {
					over++
				}
			}
			sides[pad.Border(img, s.mesh).Sides]++
		}
		slices.Sort(peaks)
		t.Logf("%s: %d pictures, %d measured, peaks %.1f to %.1f (median %.1f), %d over %.1f; sides of a frame %v",
			pattern, len(paths), len(peaks), peaks[0], peaks[len(peaks)-1], peaks[len(peaks)/2], over, pad.DefaultScreenRules.Still, sides)
		if over > 0 {
			t.Errorf("%s: %d stills taken for screens", pattern, over)
		}
	}
}
