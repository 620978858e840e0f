package lab

import (
	"context"
	"errors"
	"image"
	"os"
	"path/filepath"
	"testing"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/clock"
)

// kept is a cache in memory.
type kept map[string]Described

func (k kept) Get(_ context.Context, key string) (Described, bool, error) {
	d, found := k[key]
	return d, found, nil
}

func (k kept) Put(_ context.Context, key string, d Described) error {
	k[key] = d
	return nil
}

// counting is the engine, counting the pictures it looks at.
type counting struct {
	*face.Engine
	looked int
}

func (c *counting) Find(img *image.RGBA) ([]face.Face, error) {
	c.looked++
	return c.Engine.Find(img)
}

func TestARunThatWasStoppedGoesOnWhereItWas(t *testing.T) {
	s, e, cache := people(t), &counting{Engine: engine(t)}, kept{}
	ctx, cancel := context.WithCancel(context.Background())
	var last, total int
	o := Options{Clock: clock.System, Seed: 1, Cache: cache, Progress: func(done, all int) {
		if last, total = done, all; done == 4 {
			cancel()
		}
	}}
	if _, err := Face(ctx, e, s, o); !errors.Is(err, context.Canceled) {
		t.Fatalf("stopped: %v", err)
	}
	if last != 4 || total != 7 || e.looked != 4 || len(cache) != 4 {
		t.Errorf("%d of %d done, %d looked at, %d kept", last, total, e.looked, len(cache))
	}
	o.Progress = nil
	again, err := Face(context.Background(), e, s, o)
	if err != nil {
		t.Fatal(err)
	}
	if e.looked != 7 || again.Cached != 4 || again.Genuine != 3 || len(again.Missed) != 1 || again.Missed[0].Reason != MissedFace {
		t.Errorf("%d looked at, %+v", e.looked, again.Missed)
	}
	o.Cache = nil
	whole, err := Face(context.Background(), e, s, o)
	if err != nil || whole.EER != again.EER || whole.Table[0] != again.Table[0] || whole.Seed != 1 || whole.Network != "face-api-recognition" || whole.Code == "" || whole.Machine == "" {
		t.Errorf("%+v, %v", whole.Provenance, err)
	}
}

func TestOtherThresholdsAreMeasuredWithoutLookingAgain(t *testing.T) {
	s, e, cache := people(t), &counting{Engine: engine(t)}, kept{}
	o := Options{Clock: clock.System, Cache: cache}
	if _, err := Face(context.Background(), e, s, o); err != nil {
		t.Fatal(err)
	}
	o.Accept, o.Review = 0.01, 0.02
	r, err := Face(context.Background(), e, s, o)
	if err != nil || e.looked != 7 {
		t.Fatalf("%d looked at, %v", e.looked, err)
	}
	if r.Threshold != 0.01 || r.Review != 0.02 || r.Source != "" || r.FNMR != 1 || len(r.FalseNonMatches) != 3 {
		t.Errorf("%+v", r)
	}
}

func TestAPictureThatCannotBeReadIsCountedNotHidden(t *testing.T) {
	s := people(t)
	if err := os.WriteFile(filepath.Join(s.Dir, s.Samples[6].File), []byte("no picture"), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := Face(context.Background(), engine(t), s, Options{Clock: clock.System})
	if err != nil || len(r.Missed) != 1 || r.Missed[0].Reason != MissedPicture || r.Acquire.Errors != 1 {
		t.Errorf("%+v %v", r.Missed, err)
	}
}

func TestAKeyNamesPictureAndNetwork(t *testing.T) {
	keys := map[string]bool{}
	for _, k := range []string{PictureKey([]byte("a"), "n", "1"), PictureKey([]byte("b"), "n", "1"), PictureKey([]byte("a"), "m", "1"), PictureKey([]byte("a"), "n", "2")} {
		keys[k] = true
	}
	if len(keys) != 4 {
		t.Errorf("%v", keys)
	}
}

func TestTheCheckAsUsedJoinsSeveralPictures(t *testing.T) {
	people := placed(nil, Sample{Subject: "a"}, Sample{Subject: "a"}, Sample{Subject: "a"}, Sample{Subject: "a"},
		Sample{Subject: "b"}, Sample{Subject: "b"}, Sample{Subject: "b"}, Sample{Subject: "b"})
	// One picture of a is far off; against three others it is not alone.
	all := checkTrials(people(0, 0.1, 0.2, 0.9, 3, 3.1, 3.2, 3.3), 0.5)
	if len(all) != 4 || all[0].Rule != RulePair || all[1].Rule != RuleNear || all[1].Frames != 3 {
		t.Fatalf("%+v", all)
	}
	pair, near, median := all[0], all[1], all[2]
	if pair.FNMR.Pairs != 8 || pair.FMR.Pairs != 8 || pair.FMR.Errors != 0 {
		t.Errorf("%+v", pair)
	}
	// Portraits of a: 0 has 0.1 0.2 0.9 (mean 0.4, median 0.2), 0.1 has 0.1 0.1
	// 0.8 (0.33, 0.1), 0.2 has 0.1 0.2 0.7 (0.33, 0.2), 0.9 has 0.7 to 0.9.
	if near.FNMR.Errors != 1 || median.FNMR.Errors != 1 || near.FNMR.Pairs != 8 {
		t.Errorf("%+v %+v", near, median)
	}
}
