package sellers

import (
	"slices"
	"testing"
	"time"

	"truepenny/internal/biometrics/liveness"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/testkit"
)

// begun is a capture that has begun, on either database.
func begun(t *testing.T, store *db.Store, o CaptureStart) (*house, Application, Challenge) {
	t.Helper()
	h := newHouse(t, store, withEngines(t))
	app := h.onFaceRoad(t, shot(1))
	return h, app, must(h.StartCapture(t.Context(), h.seller, app.ID, o))(t)
}

func TestPromptsAreToldOneByOneAndTheSameCallGetsTheSameAnswer(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h, _, c := begun(t, store, CaptureStart{Light: true, Session: "ses_1"})
		ctx := t.Context()
		if c.First.Prompt != "look-straight" || c.First.Step != 0 || !c.Light || c.Steps < 6 {
			t.Fatalf("got %+v", c)
		}
		told := []string{c.First.Prompt}
		var last Reveal
		for step := 1; step <= c.Steps; step++ {
			promise := Commit{Session: "ses_1", Step: step, Hashes: []string{sum(shot(step))}}
			first := must(h.NextStep(ctx, h.seller, c.CaptureID, promise))(t)
			h.people.Clock.Advance(time.Second)
			again := must(h.NextStep(ctx, h.seller, c.CaptureID, promise))(t)
			if first.Prompt != again.Prompt || first.Millis != again.Millis || first.Done != again.Done {
				t.Fatalf("told %+v, then %+v", first, again)
			}
			promise.Hashes = []string{sum(shot(99))}
			_, err := h.NextStep(ctx, h.seller, c.CaptureID, promise)
			want(t, err, errs.Conflict, "capture.step")
			if first.Done != (step == c.Steps) {
				t.Fatalf("step %d of %d: %+v", step, c.Steps, first)
			}
			if !first.Done {
				told, last = append(told, first.Prompt), first
			}
		}
		if !slices.Contains(told, "blink") || !slices.Contains(told, "turn-left") && !slices.Contains(told, "turn-right") || told[len(told)-1] != "hold-still" {
			t.Errorf("told %v", told)
		}
		if noted := h.people.Noted(t, "capture:"+c.CaptureID); len(noted) != c.Steps {
			t.Errorf("the log has %d of %d steps: %v", len(noted), c.Steps, noted)
		}
		if n := len(last.Light); n < 9 || n > 11 || last.ShadeMS != 500 || last.Millis != n*500 {
			t.Errorf("light %+v", last)
		}
	})
}

func TestAStepThatIsNotDueIsNotTold(t *testing.T) {
	h, app, c := begun(t, testkit.Store(t), CaptureStart{Session: "ses_1"})
	ctx := t.Context()
	ask := func(commit Commit) error {
		_, err := h.NextStep(ctx, h.seller, c.CaptureID, commit)
		return err
	}
	hash := []string{sum(shot(1))}
	for _, step := range []int{-1, 0, 2, c.Steps, c.Steps + 1} {
		want(t, ask(Commit{Session: "ses_1", Step: step, Hashes: hash}), errs.Conflict, "capture.step")
	}
	want(t, ask(Commit{Session: "ses_2", Step: 1, Hashes: hash}), errs.NotFound, "capture.unknown")
	want(t, ask(Commit{Step: 1, Hashes: hash}), errs.NotFound, "capture.unknown")
	for _, bad := range []string{"", "abc", "Z" + hash[0][1:], hash[0] + "00"} {
		want(t, ask(Commit{Session: "ses_1", Step: 1, Hashes: []string{bad}}), errs.Invalid, "capture.frames")
	}
	want(t, ask(Commit{Session: "ses_1", Step: 1, Hashes: slices.Repeat(hash, h.Policy.Frames+1)}), errs.Invalid, "capture.frames")
	_, err := h.NextStep(ctx, h.people.Seller(t, "eve@seller.example").Actor(), c.CaptureID, Commit{Session: "ses_1", Step: 1, Hashes: hash})
	want(t, err, errs.NotFound, "capture.unknown")
	again := must(h.StartCapture(ctx, h.seller, app.ID, CaptureStart{Session: "ses_1"}))(t)
	if again.CaptureID != c.CaptureID {
		t.Error("starting once more drew other prompts though none was told")
	}
	ok(t, ask(Commit{Session: "ses_1", Step: 1, Hashes: hash}))
	if again = must(h.StartCapture(ctx, h.seller, app.ID, CaptureStart{Session: "ses_1"}))(t); again.CaptureID == c.CaptureID {
		t.Error("prompts that were told are asked for once more")
	}
	h.people.Clock.Advance(h.Policy.ChallengeLife + time.Second)
	want(t, ask(Commit{Session: "ses_1", Step: 2, Hashes: hash}), errs.Gone, "capture.expired")
}

// tamper runs a capture in which the page lies, and returns the result.
func tamper(t *testing.T, h *house, app Application, by Studio) CaptureResult {
	t.Helper()
	r := h.capture(t, app.ID, by)
	if r.Accepted || r.Outcome != Fail {
		t.Errorf("accepted: %s", say(r))
	}
	return r
}

func TestPicturesThatWereNotPromisedInTheirTimeAreRefused(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withEngines(t))
	h.Policy.FailedCaptures = 100
	app := h.onFaceRoad(t, shot(1))
	plain := func() Studio { // what the pictures show does not matter: they are not looked at
		return h.studio(func(step Reveal, from time.Duration) []Frame {
			return []Frame{{millis(from) + 10, shot(2*step.Step + 1)}, {millis(from) + 200, shot(2*step.Step + 2)}}
		})
	}
	for name, lie := range map[string]func(*CaptureUpload){
		"one more":        func(u *CaptureUpload) { u.Frames = append(u.Frames, Frame{millis(time.Minute), shot(77)}) },
		"one less":        func(u *CaptureUpload) { u.Frames = u.Frames[:len(u.Frames)-1] },
		"another picture": func(u *CaptureUpload) { u.Frames[3].JPEG = shot(77) },
		"another order": func(u *CaptureUpload) {
			u.Frames[0].OffsetMS, u.Frames[5].OffsetMS = u.Frames[5].OffsetMS, u.Frames[0].OffsetMS
		},
		"a foreign still": func(u *CaptureUpload) { u.Still.JPEG = shot(77) },
	} {
		by := plain()
		by.Upload = lie
		if r := tamper(t, h, app, by); !slices.Contains(r.Reasons, "capture.promise") {
			t.Errorf("%s: %s", name, say(r))
		}
	}
	for name, lie := range map[string]func(*CaptureUpload){
		"a step shown before it was told": func(u *CaptureUpload) {
			for i := range u.Shown {
				u.Shown[i] = min(u.Shown[i], 100)
			}
		},
		"steps shown backwards": func(u *CaptureUpload) { slices.Reverse(u.Shown); u.Shown[0] = 0 },
		"pictures of the next step's time": func(u *CaptureUpload) {
			for i := range u.Frames {
				u.Frames[i].OffsetMS += 4000
			}
		},
	} {
		by := plain()
		by.Upload = lie
		if r := tamper(t, h, app, by); !slices.Contains(r.Reasons, "capture.clock") {
			t.Errorf("%s: %s", name, say(r))
		}
	}
}

func TestWhoTakesTimeToMakeAnAnswerIsRefused(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withEngines(t))
	app := h.onFaceRoad(t, shot(1))
	by := h.follows(t, h.first(t))
	shoot := by.Shoot
	by.Shoot = func(step Reveal, from time.Duration) ([]Frame, error) {
		if step.Step == 2 {
			h.people.Clock.Advance(3 * time.Second) // the film is made, and says that it took no time
		}
		return shoot(step, from)
	}
	if r := tamper(t, h, app, by); !slices.Contains(r.Reasons, "liveness.timing") {
		t.Error(say(r))
	}
}

func TestASlowConnectionFailsNobody(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withEngines(t))
	app := h.onFaceRoad(t, passport(t, h.first(t).portrait, nil))
	by := h.follows(t, h.first(t))
	late := 0
	shoot := by.Shoot
	by.Shoot = func(step Reveal, from time.Duration) ([]Frame, error) {
		if step.Step > 0 { // every answer needs 1.2 seconds, in which the prompt before stands on
			late += 1200
			h.people.Clock.Advance(1200 * time.Millisecond)
		}
		var waiting []Frame
		if step.Step > 0 {
			wait := Reveal{Step: 100 + step.Step, Millis: 1200}
			waiting = h.first(t).shoot(t, wait, from+time.Duration(late-1200)*time.Millisecond, liveness.Straight, 0)
		}
		frames, err := shoot(step, from+time.Duration(late)*time.Millisecond)
		return append(waiting, frames...), err
	}
	by.Upload = func(u *CaptureUpload) {
		for i := range u.Shown {
			u.Shown[i] += i * 1200
		}
		h.people.Clock.Advance(h.Policy.ChallengeLife + time.Minute) // and so does sending
	}
	r := h.capture(t, app.ID, by)
	if !r.Accepted {
		t.Fatal(say(r))
	}
	must(h.Submit(t.Context(), h.seller, app.ID))(t)
	h.analysed(t, app.ID)
	for _, f := range must(h.Case(t.Context(), h.ann, app.ID))(t).Captures[0].Findings {
		if f.Check == "timing" && f.Outcome != NotRun {
			t.Errorf("timing: %+v", f)
		}
	}
}

func TestWhatAnUnfinishedCaptureLeavesGoesAfterADay(t *testing.T) {
	h, _, c := begun(t, testkit.Store(t), CaptureStart{})
	ctx := t.Context()
	must(h.NextStep(ctx, h.seller, c.CaptureID, Commit{Step: 1, Hashes: []string{sum(shot(1))}}))(t)
	h.people.Clock.Advance(stepsKept + time.Minute)
	h.expire(t)
	if left := must(h.stepsOf(ctx, c.CaptureID))(t); len(left) != 0 {
		t.Errorf("%d steps are left", len(left))
	}
}

func TestAnOperatorCanTurnTheLightOff(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withEngines(t))
	h.Policy.Light = false
	app := h.onFaceRoad(t, shot(1))
	if c := must(h.StartCapture(t.Context(), h.seller, app.ID, CaptureStart{Light: true}))(t); c.Light {
		t.Error("there is light")
	}
}
