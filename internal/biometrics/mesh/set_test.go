package mesh_test

import (
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/inference/enginetest"
	"truepenny/internal/specimen/puppet"
)

// The tests below measure on public pictures; their figures stand in
// docs/measurements.md.

func median(values []float64) float64 {
	s := slices.Clone(values)
	slices.Sort(s)
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}

func TestStudioPortraitsLookStraightAndASmileWidensTheMouth(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(enginetest.Shared(t, "face-london"), "*_neutral.jpg"))
	if err != nil || len(files) == 0 {
		t.Fatal("no pictures")
	}
	e := mesh.OpenBoth(t)
	var pitch, ratio, lift []float64
	seen := 0
	for _, file := range files {
		img := mesh.Load(t, file)
		neutral := signals(t, e, img, largest(t, e, img))
		img = mesh.Load(t, strings.Replace(file, "_neutral", "_smiling", 1))
		smiling := signals(t, e, img, largest(t, e, img))
		if math.Abs(neutral.Yaw) > 8 || math.Abs(neutral.Pitch) > 10 || math.Abs(neutral.Roll) > 8 || neutral.Opening < 0.2 {
			t.Errorf("%s: %+.2f", filepath.Base(file), neutral)
		}
		pitch = append(pitch, neutral.Pitch)
		r, l := smiling.MouthWidth/neutral.MouthWidth, smiling.CornerLift-neutral.CornerLift
		if ratio, lift = append(ratio, r), append(lift, l); r > 1.12 || l > 0.02 {
			seen++
		}
	}
	t.Logf("%d pairs: pitch %.1f (%.1f to %.1f), mouth width times %.2f (%.2f to %.2f), corners up by %.3f (%.3f to %.3f), seen %d",
		len(files), median(pitch), slices.Min(pitch), slices.Max(pitch), median(ratio), slices.Min(ratio), slices.Max(ratio),
		median(lift), slices.Min(lift), slices.Max(lift), seen)
	if median(ratio) < 1.1 || median(lift) < 0.02 || slices.Min(ratio) < 0.98 || math.Abs(median(pitch)) > 4 {
		t.Error("the smiles are not seen")
	}
}

// clip gives the signals of every frame of a clip at 15 frames a second.
func clip(t *testing.T, e mesh.Both, name string) []mesh.Signals {
	t.Helper()
	path := filepath.Join(enginetest.Shared(t, "face-liveness"), "video", name)
	ffmpeg, err := exec.LookPath("ffmpeg")
	if err != nil {
		t.Skip("ffmpeg is not there; it takes the frames out of the clip")
	}
	dir := t.TempDir()
	if out, err := exec.Command(ffmpeg, "-v", "error", "-i", path, "-r", "15", "-qscale:v", "2", filepath.Join(dir, "%03d.jpg")).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) == 0 {
		t.Fatalf("no frames, %v", err)
	}
	var m mesh.Mesh
	var all []mesh.Signals
	for i, f := range files {
		img := mesh.Load(t, filepath.Join(dir, f.Name()))
		if i == 0 {
			m = largest(t, e, img)
		} else if m, err = e.Follow(img, m); err != nil || m.Score < 0.5 {
			t.Fatalf("%s, frame %d: score %.2f, %v", name, i, m.Score, err)
		}
		all = append(all, signals(t, e, img, m))
	}
	return all
}

func pick(all []mesh.Signals, value func(mesh.Signals) float64) []float64 {
	var list []float64
	for _, s := range all {
		list = append(list, value(s))
	}
	return list
}

// noise is the standard deviation of one frame, from second differences.
func noise(values []float64) float64 {
	var sum float64
	for i := 1; i+1 < len(values); i++ {
		d := values[i-1] - 2*values[i] + values[i+1]
		sum += d * d / 6
	}
	return math.Sqrt(sum / float64(len(values)-2))
}

func TestTheThreeBlinksOfALiveClipAreSeen(t *testing.T) {
	e := mesh.OpenBoth(t)
	all := clip(t, e, "a_live.mp4")
	open := pick(all, func(s mesh.Signals) float64 { return s.Opening })
	usual := median(open)
	var minima []float64
	below := false
	for _, o := range open {
		switch r := o / usual; {
		case r < 0.72 && !below:
			minima = append(minima, r)
		case r < 0.72:
			minima[len(minima)-1] = min(minima[len(minima)-1], r)
		}
		below = o/usual < 0.72
	}
	io := pick(all, func(s mesh.Signals) float64 { return s.IO })
	t.Logf("%d frames, io %.0f px, blinks %.2f; noise of yaw %.2f, pitch %.2f, roll %.2f, scale %.2f %%, mouth width %.4f",
		len(all), median(io), minima,
		noise(pick(all, func(s mesh.Signals) float64 { return s.Yaw })), noise(pick(all, func(s mesh.Signals) float64 { return s.Pitch })),
		noise(pick(all, func(s mesh.Signals) float64 { return s.Roll })), 100*noise(io)/median(io),
		noise(pick(all, func(s mesh.Signals) float64 { return s.MouthWidth })))
	if len(minima) != 3 || slices.Max(minima) > 0.65 {
		t.Errorf("blinks %.2f", minima)
	}
}

func TestTheReplayOfAClipIsNoisier(t *testing.T) {
	e := mesh.OpenBoth(t)
	yaw := func(s mesh.Signals) float64 { return s.Yaw }
	live, replay := noise(pick(clip(t, e, "a_live.mp4"), yaw)), noise(pick(clip(t, e, "a_replay.mp4"), yaw))
	t.Logf("yaw: live %.2f, replay %.2f", live, replay)
	if replay < live {
		t.Error("the replay is steadier")
	}
}

// TestWhatAPuppetDoesIsMeasuredOnStudioPortraits gives the gain of the angles.
// A puppet takes its depth from the same network, so this is the best case.
func TestWhatAPuppetDoesIsMeasuredOnStudioPortraits(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(enginetest.Shared(t, "face-london"), "*_neutral.jpg"))
	if err != nil || len(files) < 7 {
		t.Fatal("no pictures")
	}
	e := mesh.OpenBoth(t)
	movements := []struct {
		name      string
		pose      puppet.Pose
		value     func(now, base mesh.Signals) float64
		low, high float64
	}{
		{"turn 25 right", puppet.Pose{Yaw: -25}, func(n, b mesh.Signals) float64 { return n.Yaw - b.Yaw }, -31, -19},
		{"turn 8 left", puppet.Pose{Yaw: 8}, func(n, b mesh.Signals) float64 { return n.Yaw - b.Yaw }, 5, 11},
		{"turn 15 left", puppet.Pose{Yaw: 15}, func(n, b mesh.Signals) float64 { return n.Yaw - b.Yaw }, 11, 19},
		{"turn 25 left", puppet.Pose{Yaw: 25}, func(n, b mesh.Signals) float64 { return n.Yaw - b.Yaw }, 19, 31},
		{"look 14 up", puppet.Pose{Pitch: 14}, func(n, b mesh.Signals) float64 { return n.Pitch - b.Pitch }, 9, 18},
		{"tilt 15 left", puppet.Pose{Roll: 15}, func(n, b mesh.Signals) float64 { return n.Roll - b.Roll }, 14, 16},
		{"1.25 closer", puppet.Pose{Closer: 0.25}, func(n, b mesh.Signals) float64 { return n.IO / b.IO }, 1.2, 1.32},
		{"smile", puppet.Pose{Smile: 1}, func(n, b mesh.Signals) float64 { return n.MouthWidth / b.MouthWidth }, 1.12, 1.3},
		{"closed lids", puppet.Pose{Lids: 1}, func(n, b mesh.Signals) float64 { return n.Opening / b.Opening }, 0, 0.72},
	}
	values := make([][]float64, len(movements))
	for _, file := range files[:7] {
		img := mesh.Load(t, file)
		img = picture.Resize(img, img.Bounds().Dx()/2, img.Bounds().Dy()/2)
		m := largest(t, e, img)
		base, p := signals(t, e, img, m), puppet.New(img, m)
		for i, c := range movements {
			posed := p.Draw(c.pose)
			values[i] = append(values[i], c.value(signals(t, e, posed, largest(t, e, posed)), base))
		}
	}
	for i, c := range movements {
		low, high := slices.Min(values[i]), slices.Max(values[i])
		t.Logf("%s: %.2f (%.2f to %.2f)", c.name, median(values[i]), low, high)
		if low < c.low || high > c.high {
			t.Errorf("%s: %.2f to %.2f, expected %.2f to %.2f", c.name, low, high, c.low, c.high)
		}
	}
}
