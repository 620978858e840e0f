package sellers

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"slices"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/errs"
	"truepenny/internal/privacy"
	"truepenny/internal/specimen"
	"truepenny/internal/testkit"
)

// sitter is a person before the camera.
type sitter struct {
	portrait *image.RGBA // head and shoulders, for a document
	webcam   *image.RGBA
	face     face.Face
}

// sit finds the face at a place of a demo photograph and seats its person
// before a webcam.
func (h *house) sit(t *testing.T, name string, x, y float64) sitter {
	t.Helper()
	photo := demoPhoto(t, name)
	var s sitter
	for _, f := range must(h.faces.Find(photo))(t) {
		if math.Hypot(f.Box.X+f.Box.Width/2-x, f.Box.Y+f.Box.Height/2-y) < 40 {
			w := f.Box.Width * 1.9
			left, top := f.Box.X+f.Box.Width/2-w/2, f.Box.Y+f.Box.Height*0.62-w*0.625
			s.portrait = picture.Crop(photo, image.Rect(int(left), int(top), int(left+w), int(top+w*1.25)))
		}
	}
	if s.portrait == nil {
		t.Fatalf("no face at %.0f, %.0f of %s", x, y, name)
	}
	s.webcam = image.NewRGBA(image.Rect(0, 0, 640, 480))
	draw.Draw(s.webcam, s.webcam.Rect, image.NewUniform(color.RGBA{180, 180, 172, 255}), image.Point{}, draw.Src)
	seated := picture.Resize(s.portrait, 480*s.portrait.Rect.Dx()/s.portrait.Rect.Dy(), 480)
	draw.Draw(s.webcam, seated.Rect.Add(image.Pt(320-seated.Rect.Dx()/2, 0)), seated, image.Point{}, draw.Src)
	s.face = must(h.faces.Find(s.webcam))(t)[0]
	return s
}

// follow films the person following the prompts; a head needs a moment to turn.
func (s sitter) follow(t *testing.T, c Challenge) []Frame {
	t.Helper()
	// The first sitter's photograph looks a little to the right; drawn like this
	// it looks straight, and turns by about 20 degrees (15 are asked for).
	side := map[string]float64{"look-straight": 10, "turn-left": 30, "turn-right": -10}
	var out []Frame
	for at := 0; at < c.LengthMS; at += 250 {
		yaw := side["look-straight"]
		for _, p := range c.Prompts {
			if at >= p.FromMS {
				yaw += (side[p.Gesture] - yaw) * math.Min(1, float64(min(at, p.UntilMS)-p.FromMS)/450)
			}
		}
		sway := 0.8 * math.Sin(float64(at)/310)
		img := specimen.Turn(s.webcam, s.face, yaw+sway, sway/2)
		out = append(out, Frame{at, must(picture.EncodeJPEG(img, 85))(t)})
	}
	return out
}

// still films a photograph that does nothing.
func (s sitter) still(t *testing.T, c Challenge) []Frame {
	t.Helper()
	jpeg := must(picture.EncodeJPEG(s.webcam, 85))(t)
	var out []Frame
	for at := 0; at < c.LengthMS; at += 200 {
		out = append(out, Frame{at, jpeg})
	}
	return out
}

// first and second are two people of the packages' demo photographs.
func (h *house) first(t *testing.T) sitter  { return h.sit(t, "sample5.jpg", 1199, 365) }
func (h *house) second(t *testing.T) sitter { return h.sit(t, "sample3.jpg", 681, 503) }

// onFaceRoad begins an application with a given consent and a passport.
func (h *house) onFaceRoad(t *testing.T, passport []byte) Application {
	t.Helper()
	app := must(h.Start(t.Context(), h.seller))(t)
	must(h.SaveDetails(t.Context(), h.seller, app.ID, marit, true))(t)
	must(h.AnswerConsent(t.Context(), h.seller, app.ID, faceNotice(), true))(t)
	must(h.AddDocument(t.Context(), h.seller, app.ID, DocumentUpload{Kind: Passport, Side: Front, Bytes: passport}))(t)
	return must(h.Get(t.Context(), h.seller, app.ID))(t)
}

func (h *house) capture(t *testing.T, id string, film func(*testing.T, Challenge) []Frame) CaptureResult {
	t.Helper()
	c := must(h.StartCapture(t.Context(), h.seller, id))(t)
	return must(h.FinishCapture(t.Context(), h.seller, c.CaptureID, CaptureUpload{Frames: film(t, c), Camera: "Front camera"}))(t)
}

func TestTheWayWithAFaceEndsWithMatchingChecks(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withEngines(t))
	ctx := t.Context()
	person := h.first(t)
	app := h.onFaceRoad(t, passport(t, person.portrait, nil))
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
	result := h.capture(t, app.ID, person.follow)
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
		if check.Outcome != Pass && check.Kind != CheckCapture && check.Kind != CheckRead {
			t.Errorf("%s: %s %s", check.Kind, check.Outcome, check.Reason)
		}
		if check.Kind == CheckFace && (check.Threshold == nil || !check.Threshold.Report.Counted() || len(check.Compared) < 5) {
			t.Errorf("the face check does not say where it comes from: %+v", check)
		}
	}
	if len(c.Checks) != len(CheckKinds) || len(c.Captures) != 1 || c.Captures[0].Camera != "Front camera" || len(c.Zone) != 2 {
		t.Fatalf("got %+v", c)
	}
	frames := must(h.OpenCapture(ctx, h.ann, app.ID, c.Captures[0].ID, "case.review"))(t)
	if len(frames) != c.Captures[0].Frames || len(frames) < 15 {
		t.Fatalf("%d frames", len(frames))
	}
	h.wantNoted(t, app.ID, "capture.started", "capture.accepted")
}

func TestAnotherPersonsFaceGoesToAPersonAndIsNotRefused(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withEngines(t))
	person := h.first(t)
	app := h.onFaceRoad(t, passport(t, h.second(t).portrait, func(s *specimen.Spec) { s.Surname = "Someone" }))
	if r := h.capture(t, app.ID, person.follow); !r.Accepted {
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
	person := h.first(t)
	app := h.onFaceRoad(t, shot(1))
	for left := 4; left >= 0; left-- {
		r := h.capture(t, app.ID, person.still)
		if r.Accepted || r.Outcome != Fail || !slices.Contains(r.Reasons, "liveness.frozen") || r.TriesLeft != left {
			t.Fatalf("with %d left: %+v", left, r)
		}
		if (left == 0) != r.OtherRoad {
			t.Fatalf("with %d left the other road is offered: %v", left, r.OtherRoad)
		}
	}
	_, err := h.StartCapture(ctx, h.seller, app.ID)
	want(t, err, errs.TooMany, "capture.paused")
	for _, item := range must(h.vault.Describe(ctx, h.seller.ID))(t) {
		if item.Purpose == privacy.PurposeFace {
			t.Fatal("frames of a failed capture were kept")
		}
	}
	h.people.Clock.Advance(24*time.Hour - time.Second)
	_, err = h.StartCapture(ctx, h.seller, app.ID)
	want(t, err, errs.TooMany, "capture.paused")
	h.people.Clock.Advance(time.Second)
	if c := must(h.StartCapture(ctx, h.seller, app.ID))(t); c.TriesLeft != 5 {
		t.Fatalf("after the pause %d tries", c.TriesLeft)
	}
	must(h.ChooseRoad(ctx, h.seller, app.ID, RoadDocuments))(t)
	must(h.AddPaper(ctx, h.seller, app.ID, PaperUpload{Kind: UtilityBill, Bytes: shot(2)}))(t)
	must(h.Submit(ctx, h.seller, app.ID))(t)
}

func TestAChallengeIsGoodOnceAndForThreeMinutes(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withEngines(t))
	ctx := t.Context()
	person := h.first(t)
	app := h.onFaceRoad(t, shot(1))
	c := must(h.StartCapture(ctx, h.seller, app.ID))(t)
	up := CaptureUpload{Frames: person.follow(t, c), Key: "one"}
	first := must(h.FinishCapture(ctx, h.seller, c.CaptureID, up))(t)
	again := must(h.FinishCapture(ctx, h.seller, c.CaptureID, up))(t) // the answer was lost on the way
	if !first.Accepted || again.CaptureID != first.CaptureID || again.Accepted != first.Accepted {
		t.Fatalf("got %+v, then %+v", first, again)
	}
	up.Key = "two"
	_, err := h.FinishCapture(ctx, h.seller, c.CaptureID, up)
	want(t, err, errs.Gone, "capture.used")
	frames := len(up.Frames)
	if n := len(must(h.Evidence(ctx, h.seller, app.ID))(t)); n != frames+1 {
		t.Fatalf("%d items, want %d frames and a document", n, frames)
	}
	late := must(h.StartCapture(ctx, h.seller, app.ID))(t)
	h.people.Clock.Advance(h.Policy.ChallengeLife + time.Second)
	_, err = h.FinishCapture(ctx, h.seller, late.CaptureID, up)
	want(t, err, errs.Gone, "capture.expired")
	other := h.people.Seller(t, "other@seller.example").Actor()
	_, err = h.FinishCapture(ctx, other, late.CaptureID, up)
	want(t, err, errs.NotFound, "capture.unknown")
}

func TestNoFaceComesInWithoutAConsent(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withEngines(t))
	ctx := t.Context()
	app := h.draft(t) // declined
	_, err := h.StartCapture(ctx, h.seller, app.ID)
	want(t, err, errs.Forbidden, "consent.missing")
	must(h.AnswerConsent(ctx, h.seller, app.ID, faceNotice(), true))(t)
	c := must(h.StartCapture(ctx, h.seller, app.ID))(t)
	ok(t, h.consents.Withdraw(ctx, h.seller, h.seller.ID, privacy.PurposeFace)) // in another tab
	_, err = h.FinishCapture(ctx, h.seller, c.CaptureID, CaptureUpload{Frames: []Frame{{0, shot(1)}}})
	want(t, err, errs.Forbidden, "consent.missing")
}

func TestCapturesHaveLimits(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withEngines(t))
	ctx := t.Context()
	app := h.onFaceRoad(t, shot(1))
	c := must(h.StartCapture(ctx, h.seller, app.ID))(t)
	many := make([]Frame, h.Policy.Frames+1)
	for name, u := range map[string]struct {
		frames []Frame
		code   errs.Code
		reason string
	}{
		"none":        {nil, errs.Invalid, "capture.frames"},
		"too many":    {many, errs.TooLarge, "capture.too-large"},
		"too heavy":   {[]Frame{{0, make([]byte, h.Policy.CaptureBytes+1)}}, errs.TooLarge, "capture.too-large"},
		"before zero": {[]Frame{{-1, shot(1)}}, errs.Invalid, "capture.frames"},
		"no picture":  {[]Frame{{0, []byte("<html>")}}, errs.Unsupported, "picture.format"},
	} {
		_, err := h.FinishCapture(ctx, h.seller, c.CaptureID, CaptureUpload{Frames: u.frames})
		if errs.CodeOf(err) != u.code || errs.ReasonOf(err) != u.reason {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := must(h.Get(ctx, h.seller, app.ID))(t); got.FailedCaptures != 0 {
		t.Fatalf("what could not be judged counted as %d failures", got.FailedCaptures)
	}
}

func TestWithoutAnEngineNoCaptureBegins(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	app := h.onFaceRoad(t, shot(1))
	_, err := h.StartCapture(t.Context(), h.seller, app.ID)
	want(t, err, errs.Unavailable, "engine.missing")
}

func TestWithdrawingTheConsentDestroysTheFaceAndAsksForThePaper(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withEngines(t))
	ctx := t.Context()
	person := h.first(t)
	app := h.onFaceRoad(t, passport(t, person.portrait, nil))
	h.capture(t, app.ID, person.follow)
	must(h.Submit(ctx, h.seller, app.ID))(t)
	app = h.analysed(t, app.ID)
	app = must(h.Decide(ctx, h.ann, app.ID, app.Version, refusal))(t)
	app = must(h.WithdrawConsent(ctx, h.seller, app.ID))(t)
	if app.State != Asked || app.Road != RoadDocuments {
		t.Fatalf("got %s %s", app.State, app.Road)
	}
	for _, item := range must(h.vault.Describe(ctx, h.seller.ID))(t) {
		if item.Purpose == privacy.PurposeFace {
			t.Fatalf("left: %+v", item)
		}
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
