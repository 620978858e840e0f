package liveness

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"truepenny/internal/biometrics/mesh"
)

func reasonOf(v Verdict) string { return string(v.Outcome) + " " + v.Reason }

func TestCapturesThatCannotBeJudgedAreTakenAgainAndAreNoMarkAgainstAnybody(t *testing.T) {
	c := plan(TurnLeft, Blink, LookUp, Closer)
	each := func(do func(i int, o *Observation)) func([]Observation) []Observation {
		return func(f []Observation) []Observation {
			for i := range f {
				do(i, &f[i])
			}
			return f
		}
	}
	for _, k := range []struct {
		name   string
		change func([]Observation) []Observation
		reason string
	}{
		{"no frames", func([]Observation) []Observation { return nil }, TooFewFrames},
		{"every second frame", func(f []Observation) []Observation {
			return slices.DeleteFunc(f, func(o Observation) bool { return int(o.At/(66*time.Millisecond))%2 == 0 })
		}, TooFewFrames},
		{"a gap of half a second", func(f []Observation) []Observation {
			return slices.DeleteFunc(f, func(o Observation) bool { return o.At > 3*time.Second && o.At < 3500*time.Millisecond })
		}, TooFewFrames},
		{"an early end", func(f []Observation) []Observation { return f[:len(f)-20] }, TooFewFrames},
		{"a late start", func(f []Observation) []Observation { return f[6:] }, TooFewFrames},
		{"no face in every third frame", each(func(i int, o *Observation) {
			if i%3 == 0 {
				o.Faces = 0
			}
		}), FaceLost},
		{"two faces for a while", each(func(i int, o *Observation) {
			if i > 40 && i < 80 {
				o.Faces = 2
			}
		}), SeveralFaces},
		{"a small face", each(func(_ int, o *Observation) { o.Signals.IO /= 2 }), FaceSmall},
		{"turned at the start", each(func(_ int, o *Observation) { o.Signals.Yaw += 13 }), NotStraight},
		{"eyes closed at the start", each(func(i int, o *Observation) {
			if i < 13 {
				o.Signals.Opening = 0.06
			}
		}), EyesClosed},
		{"no face at the start", each(func(i int, o *Observation) {
			if i < 10 {
				o.Faces = 0
			}
		}), FaceLost},
	} {
		rec := person.played(c)
		rec.Frames = k.change(rec.Frames)
		if v := Judge(c, rec); !v.Unusable || v.Outcome != Review || v.Reason != k.reason {
			t.Errorf("%s: %+v, want %s", k.name, v, k.reason)
		}
	}
	if v := Judge(Challenge{}, person.played(c)); v.Outcome == Pass {
		t.Errorf("an empty challenge: %+v", v)
	}
}

func TestWhatIsNotAPersonFollowingFails(t *testing.T) {
	c := plan(TurnLeft, Smile, Blink, Tilt)
	with := func(change func(*actor)) Recording {
		a := person
		change(&a)
		return a.played(c)
	}
	played := func(p ...Prompt) Recording { return person.played(plan(p...)) }
	edit := func(do func(*Observation)) Recording {
		rec := person.played(c)
		for i := range rec.Frames {
			do(&rec.Frames[i])
		}
		return rec
	}
	for _, k := range []struct {
		name, reason string
		rec          Recording
	}{
		{"a still picture", NoTurnLeft, with(func(a *actor) { a.strength = 0; a.reaction = time.Minute })},
		{"a still picture that blinks", NoTurnLeft, with(func(a *actor) { a.strength = 0 })},
		{"a turn that is too small", NoTurnLeft, with(func(a *actor) { a.strength = 0.7 })},
		{"answers before the prompt", Early, with(func(a *actor) { a.reaction = 50 * time.Millisecond })},
		{"answers two seconds late", Late, with(func(a *actor) { a.reaction = 2 * time.Second })},
		{"no smile", NoSmile, played(TurnLeft, Straight, Blink, Tilt)},
		{"no blink", NoBlink, played(TurnLeft, Smile, Straight, Tilt)},
		{"no tilt", NoTilt, played(TurnLeft, Smile, Blink, Straight)},
		{"the mirror image", WrongOrder, edit(func(o *Observation) { o.Signals.Yaw = 4 - o.Signals.Yaw })},
		{"another order", Late, played(Smile, TurnLeft, Blink, Tilt)},
		{"a gesture too many", WrongOrder, edit(func(o *Observation) { // looks up with the smile
			o.Signals.Pitch += 14 * bump((o.At - 5*time.Second).Seconds())
		})},
		{"nodding all the time", "", edit(func(o *Observation) { o.Signals.Pitch += 14 * math.Sin(5*o.At.Seconds()) })},
		{"a head that stays turned", NotBack, edit(func(o *Observation) {
			if o.At > 2*time.Second {
				o.Signals.Yaw = 26
			}
		})},
	} {
		v := Judge(c, k.rec)
		if v.Outcome != Fail || k.reason != "" && v.Reason != k.reason {
			t.Errorf("%s: %s, want fail %s: %+v", k.name, reasonOf(v), k.reason, v.Findings[0])
		}
	}
}

func TestBlinksThatNobodyAskedForAreNoMistake(t *testing.T) {
	c := plan(TurnLeft, Smile, Blink, Tilt)
	rec := person.played(c)
	for i := range rec.Frames {
		if at := rec.Frames[i].At.Seconds(); math.Mod(at, 2) < 0.2 {
			rec.Frames[i].Signals.Opening *= 0.3
		}
	}
	if f := Judge(c, rec).Findings[0]; f.Outcome != Pass {
		t.Errorf("%+v", f)
	}
}

func TestASecondPersonMidwayFails(t *testing.T) {
	c := plan(TurnLeft, Smile, Blink, Tilt)
	for _, k := range []struct {
		distance float64
		outcome  Outcome
		reason   string
	}{{0.47, Pass, OK}, {0.5, Review, FaceUnsure}, {0.61, Fail, FaceChanged}} {
		rec := person.played(c)
		for i := range rec.Frames {
			if o := &rec.Frames[i]; o.Described && o.At > 4*time.Second && o.At < 6*time.Second {
				o.Identity = k.distance
			}
		}
		if f := Judge(c, rec).Findings[2]; f.Outcome != k.outcome || f.Reason != k.reason {
			t.Errorf("distance %v: %+v", k.distance, f)
		}
	}
	rec := person.played(c) // a turned face of one person differs more
	for i := range rec.Frames {
		if o := &rec.Frames[i]; o.Signals.Yaw > 15 {
			o.Described, o.Identity = true, 0.55
		}
	}
	if f := Judge(c, rec).Findings[2]; f.Outcome != Pass || f.Values["turned"] != 0.55 {
		t.Errorf("turned: %+v", f)
	}
	for i := range rec.Frames {
		if o := &rec.Frames[i]; o.Signals.Yaw > 15 {
			o.Identity = 0.65
		}
	}
	if f := Judge(c, rec).Findings[2]; f.Outcome != Fail {
		t.Errorf("another's turned face: %+v", f)
	}
	rec = person.played(c)
	for i := range rec.Frames {
		rec.Frames[i].Described = false
	}
	if f := Judge(c, rec).Findings[2]; f.Outcome != NotRun || f.Reason != NotCompared {
		t.Errorf("nothing described: %+v", f)
	}
	rec = person.played(c)
	rec.Network = Network{Name: "unmeasured"}
	if f := Judge(c, rec).Findings[2]; f.Outcome != NotRun {
		t.Errorf("network without thresholds: %+v", f)
	}
}

func TestFramesMayComeUnsortedAndBeyondTheEnd(t *testing.T) {
	c := plan(TurnLeft, Smile, Blink, Tilt)
	rec := person.played(c)
	want := Judge(c, rec)
	slices.Reverse(rec.Frames)
	after := rec.Frames[0]
	after.At = time.Minute
	rec.Frames = append(rec.Frames, after)
	if got := Judge(c, rec); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestAStoredRecordingIsJudgedAsItWasAtFirst(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 5))
	for i := range 20 {
		c := NewChallenge(rnd.IntN, Options{Light: i%2 == 0}, time.Unix(0, 0).UTC())
		rec := person.played(c)
		first := Judge(c, rec)
		var again struct {
			C   Challenge
			Rec Recording
		}
		raw, err := json.Marshal(map[string]any{"C": c, "Rec": rec})
		if err == nil {
			err = json.Unmarshal(raw, &again)
		}
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(again.Rec, rec) || !reflect.DeepEqual(again.C, c) {
			t.Fatal("the stored form loses something")
		}
		if second := Judge(again.C, again.Rec); !reflect.DeepEqual(first, second) {
			t.Errorf("%+v, then %+v", first, second)
		}
	}
}

// TestNonsenseNeverPasses judges recordings and clocks that no page would send.
func TestNonsenseNeverPasses(t *testing.T) {
	rnd := rand.New(rand.NewPCG(6, 6))
	odd := []time.Duration{0, -1, time.Hour, math.MaxInt64, math.MinInt64, -time.Second}
	for range 500 {
		c := NewChallenge(rnd.IntN, Options{Light: rnd.IntN(2) == 0}, time.Time{})
		rec := person.played(c)
		switch rnd.IntN(5) {
		case 0:
			for i := range rec.Arrivals {
				rec.Arrivals[i].Shown = odd[rnd.IntN(len(odd))]
			}
		case 1:
			for i := range rec.Arrivals {
				rec.Arrivals[i].Revealed, rec.Arrivals[i].Committed = odd[rnd.IntN(len(odd))], odd[rnd.IntN(len(odd))]
			}
		case 2:
			for i := range rec.Frames {
				rec.Frames[i].At = odd[rnd.IntN(len(odd))]
			}
		case 3:
			for i := range rec.Frames {
				rec.Frames[i].Signals = mesh.Signals{Yaw: math.NaN(), IO: 90, Opening: math.Inf(1)}
			}
		case 4:
			for i := range rec.Frames {
				rec.Frames[i].Identity = math.NaN()
			}
		}
		if v := Judge(c, rec); v.Outcome == Pass {
			t.Fatalf("%+v", v)
		}
		rec.Best(5)
	}
}
