package liveness

import (
	"testing"
	"time"

	"truepenny/internal/biometrics/injection"
	"truepenny/internal/biometrics/pad"
)

func lit(t *testing.T) (Challenge, Recording) {
	t.Helper()
	i := 0
	draw := func(n int) int { i++; return i % n }
	c := NewChallenge(draw, Options{Light: true}, time.Time{})
	rec := person.played(c)
	if v := Judge(c, rec); v.Outcome != Pass || v.Reason != OK {
		t.Fatalf("%+v", v)
	}
	return c, rec
}

func finding(v Verdict, check string) Finding {
	for _, f := range v.Findings {
		if f.Check == check {
			return f
		}
	}
	return Finding{}
}

func TestOneSignOfAnAttackGoesToAPersonAndTwoFail(t *testing.T) {
	flat := func(r *Recording) {
		r.Relief = pad.ReliefResult{Judged: true, Reason: pad.ReliefFlat, Pairs: 3, Sheets: 3}
	}
	grid := func(r *Recording) {
		for i := range r.Frames {
			r.Frames[i].Peak = 6.5
		}
	}
	for _, k := range []struct {
		name, check string
		change      []func(*Recording)
		outcome     Outcome
		reason      string
	}{
		{"a sheet", CheckDepth, []func(*Recording){flat}, Review, pad.ReliefFlat},
		{"a screen's grid", CheckScreen, []func(*Recording){grid}, Review, pad.ScreenPeak},
		{"a grid in the still", CheckScreen, []func(*Recording){func(r *Recording) { r.Still = &Still{Faces: 1, Peak: 7} }}, Review, pad.ScreenStill},
		{"an edge that goes along", CheckBorder, []func(*Recording){func(r *Recording) { r.Border = pad.BorderResult{Judged: true, Reason: pad.BorderAlong} }}, Review, pad.BorderAlong},
		{"a frozen background", CheckBackground, []func(*Recording){func(r *Recording) { r.Ground = pad.GroundResult{Judged: true, Reason: pad.GroundFrozen} }}, Review, pad.GroundFrozen},
		{"no light on the face", CheckLight, []func(*Recording){func(r *Recording) {
			for i := range r.Frames {
				if tint := r.Frames[i].Tint; tint != nil {
					r.Frames[i].Tint = &pad.Tint{Face: [2]float64{0.1 + 0.0005*float64(i%3), -0.1}, Bright: 0.3, Pixels: 9000}
				}
			}
		}}, Review, pad.LightNone},
		{"a page that a program steers", CheckInjection, []func(*Recording){func(r *Recording) { r.Camera.Script.WebDriver = true }}, Review, injection.ScriptDriven},
		{"a known video", CheckInjection, []func(*Recording){func(r *Recording) { r.Known = injection.Known{Judged: true, Share: 1} }}, Fail, injection.VideoKnown},
		{"a still picture in a loop", CheckInjection, []func(*Recording){func(r *Recording) {
			for i := range r.Frames {
				r.Frames[i].Fingerprint = "same"
			}
		}}, Fail, injection.FramesRepeated},
		{"a sheet and a grid", CheckDepth, []func(*Recording){flat, grid}, Fail, pad.ReliefFlat},
		{"a face in the still that is another's", CheckIdentity, []func(*Recording){func(r *Recording) { r.Still = &Still{Faces: 1, Identity: 0.7} }}, Fail, FaceChanged},
	} {
		c, rec := lit(t)
		for _, change := range k.change {
			change(&rec)
		}
		v := Judge(c, rec)
		if v.Outcome != k.outcome || v.Reason != k.reason || v.Unusable || finding(v, k.check).Reason != k.reason {
			t.Errorf("%s: %+v", k.name, v)
		}
	}
}

func TestWhatCouldNotBeJudgedIsSaidAndTwoOfItGoToAPerson(t *testing.T) {
	noTurn := func(r *Recording) { r.Relief = pad.ReliefResult{Reason: pad.ReliefPoints} }
	bright := func(r *Recording) {
		for i := range r.Frames {
			if tint := r.Frames[i].Tint; tint != nil {
				r.Frames[i].Tint = &pad.Tint{Face: tint.Face, Bright: 0.3, Pixels: 9000, Clipped: 0.9}
			}
		}
	}
	noClock := func(r *Recording) { r.Arrivals = nil }
	for _, k := range []struct {
		name    string
		change  []func(*Recording)
		outcome Outcome
		notRun  []string
	}{
		{"nothing", nil, Pass, nil},
		{"no depth", []func(*Recording){noTurn}, Pass, []string{CheckDepth}},
		{"bright light", []func(*Recording){bright}, Pass, []string{CheckLight}},
		{"no clock", []func(*Recording){noClock}, Pass, []string{CheckTiming}},
		{"no depth and bright light", []func(*Recording){noTurn, bright}, Review, []string{CheckDepth, CheckLight}},
		{"no clock and bright light", []func(*Recording){noClock, bright}, Review, []string{CheckTiming, CheckLight}},
	} {
		c, rec := lit(t)
		for _, change := range k.change {
			change(&rec)
		}
		v := Judge(c, rec)
		if v.Outcome != k.outcome || (k.outcome == Review) != (v.Reason == NotJudged) {
			t.Errorf("%s: %+v", k.name, v)
		}
		for _, check := range k.notRun {
			if f := finding(v, check); f.Outcome != NotRun || f.Reason == "" {
				t.Errorf("%s: %+v", k.name, f)
			}
		}
	}
	c := plan(TurnLeft, Blink, LookUp, Closer)
	v := Judge(c, person.played(c))
	if f := finding(v, CheckLight); v.Outcome != Pass || f.Outcome != NotRun || f.Reason != NoLight {
		t.Errorf("without light: %+v", v)
	}
}

func TestEveryCheckIsNamedInEveryVerdict(t *testing.T) {
	c, rec := lit(t)
	v := Judge(c, rec)
	for i, check := range []string{CheckGestures, CheckTiming, CheckIdentity, CheckDepth, CheckLight, CheckScreen, CheckBorder, CheckBackground, CheckInjection} {
		if v.Findings[i].Check != check || v.Findings[i].Reason == "" || v.Findings[i].Outcome == "" {
			t.Errorf("finding %d: %+v", i, v.Findings[i])
		}
	}
	if v := Judge(c, Recording{}); v.Outcome == Pass || !v.Unusable {
		t.Errorf("an empty recording: %+v", v)
	}
}

func TestAnInstallationMayWeighSignsOtherwise(t *testing.T) {
	c, rec := lit(t)
	rec.Camera.Label = "/tmp/film.y4m"
	if v := Judge(c, rec); v.Outcome == Pass {
		t.Errorf("a file as camera: %+v", v)
	}
	r := DefaultRules
	r.Injection = r.Injection.With(injection.CameraFile, injection.Note)
	if v := r.Judge(c, rec); v.Outcome != Pass {
		t.Errorf("although the operator allows it: %+v", v)
	}
}
