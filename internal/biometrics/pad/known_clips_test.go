package pad_test

import (
	"image"
	"os"
	"path/filepath"
	"testing"
	"time"

	"truepenny/internal/biometrics/injection"
	"truepenny/internal/biometrics/liveness"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/inference/enginetest"
	"truepenny/internal/specimen"
	"truepenny/internal/specimen/puppet"
	"truepenny/internal/specimen/sitter"
)

// session is a capture of a puppet with a challenge, a manner and a sway of its
// own, in front of the same background: the hardest honest case for hashes.
func session(t testing.TB, p *puppet.Puppet, seed uint64) []*image.RGBA {
	t.Helper()
	c := specimen.NewChance(seed)
	intn := func(n int) int { return int(c.Unit() * float64(n)) }
	challenge := liveness.NewChallenge(intn, liveness.Options{}, time.Time{})
	m, sensor, sway := puppet.NewManner(c), puppet.NewSensor(seed, 2), time.Duration(c.Between(0, 60)*float64(time.Second))
	film := m.Perform(challenge.Steps)
	var frames []*image.RGBA
	for at := time.Duration(0); at < challenge.Length(); at += second / 15 {
		own, rest := film(at), puppet.Rest(at)
		drift := puppet.Rest(at + sway)
		pose := own.With(puppet.Pose{Yaw: drift.Yaw - rest.Yaw, Pitch: drift.Pitch - rest.Pitch, Roll: drift.Roll - rest.Roll, X: drift.X - rest.X, Y: drift.Y - rest.Y})
		raw, err := sensor.JPEG(p.Draw(pose), 85)
		if err != nil {
			t.Fatal(err)
		}
		img, err := picture.Decode(raw, picture.DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		frames = append(frames, img.RGBA)
	}
	return frames
}

func TestReplayedSessionsAreKnownAndFreshOnesAreNot(t *testing.T) {
	if os.Getenv("TRUEPENNY_PEOPLE") == "" {
		t.Skip("drawing whole sessions takes minutes: set TRUEPENNY_PEOPLE=1 to measure")
	}
	e := open(t)
	people, err := sitter.Portraits(filepath.Join(enginetest.Packages(t), "@vladmandic", "face-api", "demo"), e.face)
	if err != nil {
		t.Fatal(err)
	}
	people = people[2:5]
	sessions := 5
	var falseHits, freshPairs, missed, replayed, most int
	least := 1 << 10
	for i, who := range people {
		p, err := who.Webcam().Puppet(e.mesh)
		if err != nil {
			t.Fatal(err)
		}
		var films [][]injection.Frame
		for k := range sessions {
			frames := session(t, p, uint64(100*i+k+1))
			films = append(films, streamed(frames, second/15))
			var again []*image.RGBA
			for _, f := range frames[9:] {
				again = append(again, sent(t, picture.Resize(f, 480, 360), 60))
			}
			known := injection.FindKnown(streamed(again, second/15), films[k:])
			replayed++
			least = min(least, known.Found)
			if _, yes := known.Finding(); !yes {
				missed++
				t.Logf("missed: person %d, session %d: %+v", i, k, known)
			}
		}
		for k, now := range films {
			for j, before := range films {
				if j == k {
					continue
				}
				known := injection.FindKnown(now, [][]injection.Frame{before})
				freshPairs++
				most = max(most, known.Found)
				if _, yes := known.Finding(); yes {
					falseHits++
					t.Logf("false hit: person %d, session %d against %d: %+v", i, k, j, known)
				}
			}
		}
	}
	t.Logf("replays (smaller, JPEG 60, cut): missed %d of %d, at least %d pieces found", missed, replayed, least)
	t.Logf("fresh sessions of the same puppet before the same wall: false hits %d of %d, at most %d pieces found", falseHits, freshPairs, most)
	if missed*2 > replayed || falseHits > 0 {
		t.Errorf("%d replays missed, %d false hits", missed, falseHits)
	}
}
