package sellers

import (
	"slices"
	"strings"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/privacy"
	"truepenny/internal/specimen"
	"truepenny/internal/testkit"
)

// onFaceRoad begins an application with a given consent and a passport.
func (h *house) onFaceRoad(t *testing.T, passport []byte) Application {
	t.Helper()
	app := must(h.Start(t.Context(), h.seller))(t)
	must(h.SaveDetails(t.Context(), h.seller, app.ID, marit, true))(t)
	must(h.AnswerConsent(t.Context(), h.seller, app.ID, faceNotice(), true))(t)
	must(h.AddDocument(t.Context(), h.seller, app.ID, DocumentUpload{Kind: Passport, Side: Front, Bytes: passport}))(t)
	return must(h.Get(t.Context(), h.seller, app.ID))(t)
}

func (h *house) capture(t *testing.T, id string, by Studio) CaptureResult {
	t.Helper()
	return must(h.Film(t.Context(), h.seller, id, by))(t)
}

func TestTheWayWithAFaceEndsWithMatchingChecks(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withEngines(t))
	ctx := t.Context()
	who := h.first(t)
	app := h.onFaceRoad(t, passport(t, who.portrait, nil))
	fields := must(h.Fields(ctx, h.seller, app.ID))(t)
	read := map[FieldName]string{}
	for _, f := range fields {
		read[f.Name] = f.Read
		if f.Box.W < 5 || f.Box.H < 5 {
			t.Errorf("%s has no place on the picture: %+v", f.Name, f)
		}
	}
	if read[FieldFamilyName] != "LINDQVIST" || read[FieldBirthDate] != "1989-03-14" || read[FieldNumber] != "UT4711081" || read[FieldExpiry] != "2032-05-05" {
		t.Fatalf("read %v", read)
	}
	by := h.follows(t, who)
	by.Start.Light = true
	result := h.capture(t, app.ID, by)
	if !result.Accepted {
		t.Fatalf("got %+v", result)
	}
	if p := must(h.Progress(ctx, h.seller, app.ID))(t); !p.Ready || p.Next != StepSend {
		t.Fatalf("got %+v", p)
	}
	must(h.Submit(ctx, h.seller, app.ID))(t)
	app = h.analysed(t, app.ID)
	c := must(h.Case(ctx, h.ann, app.ID))(t)
	for _, check := range c.Checks {
		t.Logf("%s: %s %s %.3f", check.Kind, check.Outcome, check.Reason, check.Score)
		absent := check.Kind == CheckBarcode || check.Kind == CheckPaper || check.Kind == CheckPrinted // of which a passport alone has nothing
		if check.Outcome != Pass && check.Kind != CheckCapture && check.Kind != CheckRead && !(absent && check.Outcome == NotRun) {
			t.Errorf("%s: %s %s", check.Kind, check.Outcome, check.Reason)
		}
		if check.Kind == CheckFace && (check.Threshold == nil || !check.Threshold.Report.Counted() || len(check.Compared) < 5) {
			t.Errorf("the face check does not say where it comes from: %+v", check)
		}
	}
	if len(c.Checks) != len(CheckKinds) || len(c.Captures) != 1 || c.Captures[0].Camera != "Front camera" || len(c.Zone) != 2 {
		t.Fatalf("got %+v", c)
	}
	found := map[string]Outcome{}
	for _, f := range c.Captures[0].Findings {
		found[f.Check] = f.Outcome
		t.Logf("%s: %s %s %v", f.Check, f.Outcome, f.Reason, f.Values)
	}
	for _, check := range []string{"gestures", "timing", "identity", "light"} {
		if found[check] != Pass {
			t.Errorf("%s: %s", check, found[check])
		}
	}
	frames := must(h.OpenCapture(ctx, h.ann, app.ID, c.Captures[0].ID, "case.review"))(t)
	if len(frames) != c.Captures[0].Frames || len(frames) < 15 || len(frames) > 40 {
		t.Fatalf("%d frames", len(frames))
	}
	h.wantNoted(t, app.ID, "capture.started", "capture.accepted")
}

func TestAnotherPersonsFaceGoesToAPersonAndIsNotRefused(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withEngines(t))
	who := h.first(t)
	app := h.onFaceRoad(t, passport(t, h.second(t).portrait, func(s *specimen.Spec) { s.Surname = "Someone" }))
	if r := h.capture(t, app.ID, h.follows(t, who)); !r.Accepted {
		t.Fatalf("got %+v", r)
	}
	must(h.Submit(t.Context(), h.seller, app.ID))(t)
	app = h.analysed(t, app.ID)
	if app.State != Waiting || app.Outcome != Review {
		t.Fatalf("got %s %s", app.State, app.Outcome)
	}
	for _, step := range must(h.Analysis(t.Context(), h.seller, app.ID))(t).Steps {
		switch {
		case step.Kind == CheckFace && (step.Outcome != Review || step.Reason != "face.mismatch"):
			t.Errorf("face: %s %s", step.Outcome, step.Reason)
		case step.Kind == CheckName && (step.Outcome != Review || step.Reason != "name.differs"):
			t.Errorf("name: %s %s", step.Outcome, step.Reason)
		}
	}
}

func TestFiveFailedCapturesPauseAndOfferTheOtherRoad(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withEngines(t))
	ctx := t.Context()
	app := h.onFaceRoad(t, shot(1))
	for left := 4; left >= 0; left-- {
		by := h.still(t, h.first(t))
		if left > 0 { // pictures that were never promised need not be looked at
			by.Upload = func(u *CaptureUpload) { u.Frames = u.Frames[1:] }
		}
		r := h.capture(t, app.ID, by)
		if r.Accepted || r.Outcome != Fail || r.TriesLeft != left {
			t.Fatalf("with %d left: %+v", left, r)
		}
		if (left == 0) != r.OtherRoad || left == 0 && !slices.ContainsFunc(r.Reasons, func(id string) bool { return strings.HasPrefix(id, "liveness.no-") }) {
			t.Fatalf("with %d left: %+v", left, r)
		}
	}
	_, err := h.StartCapture(ctx, h.seller, app.ID, CaptureStart{})
	want(t, err, errs.TooMany, "capture.paused")
	for _, item := range must(h.vault.Describe(ctx, h.seller.ID))(t) {
		if item.Purpose == privacy.PurposeFace {
			t.Fatal("frames of a failed capture were kept")
		}
	}
	h.people.Clock.Advance(24*time.Hour - time.Minute)
	_, err = h.StartCapture(ctx, h.seller, app.ID, CaptureStart{})
	want(t, err, errs.TooMany, "capture.paused")
	h.people.Clock.Advance(time.Minute)
	if c := must(h.StartCapture(ctx, h.seller, app.ID, CaptureStart{}))(t); c.TriesLeft != 5 {
		t.Fatalf("after the pause %d tries", c.TriesLeft)
	}
	must(h.ChooseRoad(ctx, h.seller, app.ID, RoadDocuments))(t)
	must(h.AddPaper(ctx, h.seller, app.ID, PaperUpload{Kind: UtilityBill, Bytes: shot(2)}))(t)
	must(h.Submit(ctx, h.seller, app.ID))(t)
}

func TestAChallengeIsGoodOnceAndOnlyForItsOwner(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withEngines(t))
	ctx := t.Context()
	app := h.onFaceRoad(t, shot(1))
	var up CaptureUpload
	by := h.follows(t, h.first(t))
	by.Key = "one"
	by.Upload = func(u *CaptureUpload) { up = *u }
	first := h.capture(t, app.ID, by)
	again := must(h.FinishCapture(ctx, h.seller, first.CaptureID, up))(t) // the answer was lost on the way
	if !first.Accepted || again.CaptureID != first.CaptureID || again.Accepted != first.Accepted {
		t.Fatalf("got %+v, then %+v", first, again)
	}
	up.Key = "two"
	_, err := h.FinishCapture(ctx, h.seller, first.CaptureID, up)
	want(t, err, errs.Gone, "capture.used")
	_, err = h.NextStep(ctx, h.seller, first.CaptureID, Commit{Step: 1})
	want(t, err, errs.Gone, "capture.used")
	if left := must(h.stepsOf(ctx, first.CaptureID))(t); len(left) > 0 {
		t.Errorf("promises of a capture that is over are kept: %d", len(left))
	}
	other := h.people.Seller(t, "other@seller.example").Actor()
	_, err = h.FinishCapture(ctx, other, first.CaptureID, up)
	want(t, err, errs.NotFound, "capture.unknown")
	known := must(h.earlierFilms(ctx, h.seller.ID))(t)
	if len(known) != 1 || len(known[0]) < 80 {
		t.Fatalf("prints of %d films", len(known))
	}
	h.capture(t, app.ID, h.follows(t, h.second(t)))
	if known = must(h.earlierFilms(ctx, h.seller.ID))(t); len(known) != 1 {
		t.Errorf("a film that was replaced is still known: %d", len(known))
	}
	must(h.ChooseRoad(ctx, h.seller, app.ID, RoadDocuments))(t)
	if known = must(h.earlierFilms(ctx, h.seller.ID))(t); len(known) != 0 {
		t.Errorf("a film that was removed is still known: %d", len(known))
	}
}

func TestAFilmThatWasUsedBeforeIsNoticed(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withEngines(t))
	ctx := t.Context()
	who := h.first(t)
	app := h.onFaceRoad(t, passport(t, who.portrait, nil))
	first := h.capture(t, app.ID, h.follows(t, who))
	if !first.Accepted || slices.Contains(first.Reasons, "injection.video-known") {
		t.Fatalf("got %+v", first)
	}
	// Another seller happens to be asked for the same, and plays the same film.
	h.seller = h.people.Seller(t, "other@seller.example").Actor()
	app = h.onFaceRoad(t, passport(t, who.portrait, nil))
	c := must(h.StartCapture(ctx, h.seller, app.ID, CaptureStart{}))(t)
	ok(t, h.store.Write(ctx, func(tx *db.Tx) error {
		earlier, err := takeCapture(tx, first.CaptureID)
		if err != nil {
			return err
		}
		return tx.DB().Model(&captureRow{}).Where("id = ?", c.CaptureID).Update("challenge", earlier.Challenge).Error
	}))
	if r := h.capture(t, app.ID, h.follows(t, who)); r.Accepted || !slices.Contains(r.Reasons, "injection.video-known") {
		t.Fatalf("got %+v", r)
	}
}

func TestNoFaceComesInWithoutAConsent(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withEngines(t))
	ctx := t.Context()
	app := h.draft(t) // declined
	_, err := h.StartCapture(ctx, h.seller, app.ID, CaptureStart{})
	want(t, err, errs.Forbidden, "consent.missing")
	must(h.AnswerConsent(ctx, h.seller, app.ID, faceNotice(), true))(t)
	c := must(h.StartCapture(ctx, h.seller, app.ID, CaptureStart{}))(t)
	ok(t, h.consents.Withdraw(ctx, h.seller, h.seller.ID, privacy.PurposeFace)) // in another tab
	_, err = h.NextStep(ctx, h.seller, c.CaptureID, Commit{Step: 1})
	want(t, err, errs.Forbidden, "consent.missing")
	_, err = h.FinishCapture(ctx, h.seller, c.CaptureID, CaptureUpload{Frames: []Frame{{0, shot(1)}}})
	want(t, err, errs.Forbidden, "consent.missing")
}

func TestCapturesHaveLimits(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withEngines(t))
	ctx := t.Context()
	app := h.onFaceRoad(t, shot(1))
	c := must(h.StartCapture(ctx, h.seller, app.ID, CaptureStart{}))(t)
	many := make([]Frame, h.Policy.Frames+1)
	for name, u := range map[string]struct {
		frames []Frame
		code   errs.Code
		reason string
	}{
		"none":           {nil, errs.Invalid, "capture.frames"},
		"too many":       {many, errs.TooLarge, "capture.too-large"},
		"too heavy":      {[]Frame{{0, make([]byte, h.Policy.CaptureBytes+1)}}, errs.TooLarge, "capture.too-large"},
		"before zero":    {[]Frame{{-1, shot(1)}}, errs.Invalid, "capture.frames"},
		"not to the end": {[]Frame{{0, shot(1)}}, errs.Invalid, "capture.frames"},
	} {
		_, err := h.FinishCapture(ctx, h.seller, c.CaptureID, CaptureUpload{Frames: u.frames})
		if errs.CodeOf(err) != u.code || errs.ReasonOf(err) != u.reason {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := h.Film(ctx, h.seller, app.ID, h.studio(func(step Reveal, from time.Duration) []Frame {
		return []Frame{{millis(from), []byte("<html>")}}
	}))
	want(t, err, errs.Unsupported, "picture.format")
	if got := must(h.Get(ctx, h.seller, app.ID))(t); got.FailedCaptures != 0 {
		t.Fatalf("what could not be judged counted as %d failures", got.FailedCaptures)
	}
}

func TestWithoutAnEngineNoCaptureBegins(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	app := h.onFaceRoad(t, shot(1))
	_, err := h.StartCapture(t.Context(), h.seller, app.ID, CaptureStart{})
	want(t, err, errs.Unavailable, "engine.missing")
	_, err = h.CaptureOpen(t.Context(), h.seller, app.ID)
	want(t, err, errs.Unavailable, "engine.missing")
}

func TestWithdrawingTheConsentDestroysTheFaceAndAsksForThePaper(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withEngines(t))
	ctx := t.Context()
	who := h.first(t)
	app := h.onFaceRoad(t, passport(t, who.portrait, nil))
	h.capture(t, app.ID, h.follows(t, who))
	must(h.Submit(ctx, h.seller, app.ID))(t)
	app = h.analysed(t, app.ID)
	app = must(h.Decide(ctx, h.ann, app.ID, app.Version, refusal))(t)
	app = must(h.WithdrawConsent(ctx, h.seller, app.ID))(t).Application
	if app.State != Asked || app.Road != RoadDocuments {
		t.Fatalf("got %s %s", app.State, app.Road)
	}
	for _, item := range must(h.vault.Describe(ctx, h.seller.ID))(t) {
		if item.Purpose == privacy.PurposeFace {
			t.Fatalf("left: %+v", item)
		}
	}
	if known := must(h.earlierFilms(ctx, h.seller.ID))(t); len(known) != 0 {
		t.Error("prints are left")
	}
	p := must(h.Progress(ctx, h.seller, app.ID))(t)
	if p.Next != StepPaper {
		t.Fatalf("got %+v", p)
	}
	must(h.AddPaper(ctx, h.seller, app.ID, PaperUpload{Kind: UtilityBill, Bytes: shot(2)}))(t)
	must(h.Submit(ctx, h.seller, app.ID))(t)
	app = h.analysed(t, app.ID)
	c := must(h.Case(ctx, h.ben, app.ID))(t)
	if c.Decisions[0].Standing != Withdrawn {
		t.Fatalf("the proposed refusal is %s", c.Decisions[0].Standing)
	}
	for _, check := range c.Checks {
		if check.Kind.ofFace() && (check.Outcome != NotRun || check.Reason != "declined") {
			t.Errorf("%s: %s %s", check.Kind, check.Outcome, check.Reason)
		}
	}
	if app.Outcome == NotRun {
		t.Error("having declined counts against the person")
	}
	_, err := h.WithdrawConsent(ctx, h.seller, app.ID)
	want(t, err, errs.Conflict, "consent.none")
	h.wantNoted(t, app.ID, "application.consent-withdrawn")
	entries := must(h.log.List(ctx, audit.Filter{Action: "consent.withdrawn"}))(t)
	if len(entries) != 1 {
		t.Fatalf("got %+v", entries)
	}
}

// say joins reasons for a test's message.
func say(r CaptureResult) string { return string(r.Outcome) + " " + strings.Join(r.Reasons, " ") }
