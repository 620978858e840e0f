package sellers

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/audit/verify"
	"truepenny/internal/biometrics/document"
	"truepenny/internal/biometrics/face"
	"truepenny/internal/errs"
	"truepenny/internal/specimen"
	"truepenny/internal/testkit"
)

// withReader plugs in the document reader alone, which needs no engine folder.
func withReader(t *testing.T) func(*Parts) {
	t.Helper()
	reader, err := document.NewReader()
	ok(t, err)
	return func(p *Parts) { p.Documents = reader }
}

func (h *house) outcomes(t *testing.T, app Application) map[CheckKind]Check {
	t.Helper()
	out := map[CheckKind]Check{}
	for _, c := range must(h.Case(t.Context(), h.ann, app.ID))(t).Checks {
		out[c.Kind] = c
	}
	return out
}

// decided on documents with this passport: sent and looked at by the machine.
func (h *house) withPassport(t *testing.T, d Details, passport []byte) Application {
	t.Helper()
	ctx := t.Context()
	app := must(h.Start(ctx, h.seller))(t)
	must(h.SaveDetails(ctx, h.seller, app.ID, d, true))(t)
	must(h.AnswerConsent(ctx, h.seller, app.ID, faceNotice(), false))(t)
	must(h.AddDocument(ctx, h.seller, app.ID, DocumentUpload{Kind: Passport, Side: Front, Bytes: passport}))(t)
	must(h.AddPaper(ctx, h.seller, app.ID, PaperUpload{Kind: UtilityBill, Bytes: shot(2)}))(t)
	must(h.Submit(ctx, h.seller, app.ID))(t)
	return h.analysed(t, app.ID)
}

func TestWhatCannotRunIsNotRunAndNeverPassed(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	got := h.outcomes(t, h.waiting(t))
	for _, kind := range CheckKinds {
		c, found := got[kind]
		reason := "engine.missing"
		if kind.ofFace() {
			reason = "declined"
		}
		if kind == CheckBarcode {
			reason = "barcode.kind" // a passport has none
		}
		if !found || c.Outcome != NotRun || c.Reason != reason {
			t.Errorf("%s: %+v", kind, c)
		}
	}
}

func TestWhatDiffersFromTheDocumentIsNamed(t *testing.T) {
	if testing.Short() {
		t.Skip("reads several documents")
	}
	blank := greyHead()
	for name, c := range map[string]struct {
		details func(*Details)
		spec    func(*specimen.Spec)
		kind    CheckKind
		outcome Outcome
		reason  string
		differs FieldName
	}{
		"all as printed":      {nil, nil, CheckName, Pass, "", ""},
		"one given name less": {func(d *Details) { d.GivenNames = "Marit" }, nil, CheckName, Review, "name.fewer", FieldGivenNames},
		"another family name": {func(d *Details) { d.FamilyName = "Lindström" }, nil, CheckName, Review, "name.differs", FieldFamilyName},
		"names swapped": {func(d *Details) { d.GivenNames, d.FamilyName = d.FamilyName, d.GivenNames }, nil,
			CheckName, Review, "name.order", FieldFamilyName},
		"another birth date": {func(d *Details) { d.BirthDate = "1989-03-15" }, nil, CheckBirth, Review, "birth-date.differs", FieldBirthDate},
		"expired yesterday": {nil, func(s *specimen.Spec) { s.Expires = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC) },
			CheckExpiry, Fail, "document.expired", FieldExpiry},
		"valid until today": {nil, func(s *specimen.Spec) { s.Expires = time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC) },
			CheckExpiry, Pass, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, testkit.Store(t), withReader(t))
			d := marit
			if c.details != nil {
				c.details(&d)
			}
			app := h.withPassport(t, d, passport(t, blank, c.spec))
			got := h.outcomes(t, app)[c.kind]
			if c.outcome == Fail && !readSurely(t, h, app) {
				c.outcome = Review // a reading that is not sure accuses nobody
			}
			if got.Outcome != c.outcome || got.Reason != c.reason || app.State != Waiting {
				t.Fatalf("got %s %q: %+v", got.Outcome, got.Reason, got.Compared)
			}
			for _, part := range got.Compared {
				if part.What == string(c.differs) && (part.Same || part.Left == "" || part.Box.W == 0) {
					t.Errorf("the difference is not shown: %+v", part)
				}
			}
		})
	}
}

func readSurely(t *testing.T, h *house, app Application) bool {
	t.Helper()
	for _, e := range must(h.Evidence(t.Context(), h.seller, app.ID))(t) {
		if e.Reading == ReadingSure {
			return true
		}
	}
	return false
}

func TestACorrectionIsShownToTheReviewerAndProvesNothing(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withReader(t))
	ctx := t.Context()
	app := h.draft(t)
	must(h.AddDocument(ctx, h.seller, app.ID, DocumentUpload{Kind: Passport, Side: Front,
		Bytes: passport(t, greyHead(), func(s *specimen.Spec) { s.Born = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC) })}))(t)
	must(h.AddPaper(ctx, h.seller, app.ID, PaperUpload{Kind: UtilityBill, Bytes: shot(2)}))(t)
	if err := h.CorrectField(ctx, h.seller, app.ID, FieldBirthDate, "14.3.89"); errs.FieldsOf(err)["birth-date"] != "date.invalid" {
		t.Fatalf("got %v", err)
	}
	want(t, h.CorrectField(ctx, h.seller, app.ID, "shoe-size", "42"), errs.Invalid, "field.unknown")
	ok(t, h.CorrectField(ctx, h.seller, app.ID, FieldBirthDate, "1989-03-14"))
	ok(t, h.CorrectField(ctx, h.seller, app.ID, FieldNumber, "UT1"))
	ok(t, h.CorrectField(ctx, h.seller, app.ID, FieldNumber, "")) // taken back
	must(h.Submit(ctx, h.seller, app.ID))(t)
	app = h.analysed(t, app.ID)
	c := must(h.Case(ctx, h.ann, app.ID))(t)
	for _, f := range c.Fields {
		switch {
		case f.Name == FieldBirthDate && (f.Read != "1990-01-01" || f.Corrected != "1989-03-14"):
			t.Errorf("got %+v", f)
		case f.Name == FieldNumber && f.Corrected != "":
			t.Errorf("got %+v", f)
		}
	}
	got := h.outcomes(t, app)
	if got[CheckRead].Reason != "document.corrected" || got[CheckRead].Outcome != Review {
		t.Errorf("got %+v", got[CheckRead])
	}
	if got[CheckBirth].Outcome != Review || got[CheckBirth].Compared[0].Left != "1990-01-01" {
		t.Errorf("the correction made the check: %+v", got[CheckBirth])
	}
}

// dying is an engine that breaks off as often as it is told to.
type dying struct {
	FaceEngine
	deaths *int
}

func (d dying) Describe(img *image.RGBA, f face.Face) (face.Descriptor, error) {
	if *d.deaths > 0 {
		*d.deaths--
		panic("killed in the middle of a comparison")
	}
	return d.FaceEngine.Describe(img, f)
}

func TestAKilledAnalysisGoesOnWhereItStoppedAndChecksOnce(t *testing.T) {
	deaths := 0
	engines := withEngines(t)
	h := newHouse(t, testkit.Store(t), engines, func(p *Parts) { p.Faces = dying{p.Faces, &deaths} })
	ctx := t.Context()
	who := h.first(t)
	app := h.onFaceRoad(t, passport(t, who.portrait, nil))
	if r := h.capture(t, app.ID, h.follows(t, who)); !r.Accepted {
		t.Fatalf("got %+v", r)
	}
	must(h.Submit(ctx, h.seller, app.ID))(t)
	deaths = 2
	h.stumble(t, "killed in the middle")
	a := must(h.Analysis(ctx, h.seller, app.ID))(t)
	done := 0
	for _, step := range a.Steps {
		if step.Done {
			done++
		}
	}
	if a.Done || a.State != Analysing || done != len(CheckKinds)-1 {
		t.Fatalf("after the first death: %+v", a)
	}
	h.people.Clock.Advance(time.Hour)
	h.stumble(t, "killed in the middle")
	h.people.Clock.Advance(time.Hour)
	must(h.people.Queue.Drain(ctx))(t)
	if a = must(h.Analysis(ctx, h.seller, app.ID))(t); !a.Done || a.State != Waiting {
		t.Fatalf("got %+v", a)
	}
	var recorded []string
	for _, row := range must(h.log.List(ctx, audit.Filter{Action: "check.recorded"}))(t) {
		recorded = append(recorded, row.Details["check"])
	}
	slices.Sort(recorded)
	if len(recorded) != len(CheckKinds) || len(slices.Compact(recorded)) != len(CheckKinds) {
		t.Fatalf("recorded %v", recorded)
	}
	if c := h.outcomes(t, must(h.Get(ctx, h.seller, app.ID))(t))[CheckFace]; c.Outcome != Pass {
		t.Fatalf("got %+v", c)
	}
}

func TestAPartThatStaysBrokenLeavesItsCheckNotRun(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withEngines(t), func(p *Parts) { p.Faces = broken{p.Faces} })
	ctx := t.Context()
	who := h.first(t)
	app := h.onFaceRoad(t, passport(t, who.portrait, nil))
	if r := h.capture(t, app.ID, h.follows(t, who)); !r.Accepted {
		t.Fatalf("got %+v", r)
	}
	must(h.Submit(ctx, h.seller, app.ID))(t)
	for range 7 {
		h.stumble(t, "out of memory")
		h.people.Clock.Advance(2 * time.Hour)
	}
	must(h.people.Queue.Drain(ctx))(t) // the eighth and last attempt
	app = must(h.Get(ctx, h.seller, app.ID))(t)
	c := h.outcomes(t, app)[CheckFace]
	if app.State != Waiting || app.Outcome == Pass || c.Outcome != NotRun || c.Reason != "engine.failed" {
		t.Fatalf("got %s %s, %+v", app.State, app.Outcome, c)
	}
}

// stumble drains the queue and wants a job to fail like this.
func (h *house) stumble(t *testing.T, why string) {
	t.Helper()
	if _, err := h.people.Queue.Drain(t.Context()); err == nil || !strings.Contains(err.Error(), why) {
		t.Fatalf("got %v, want a job that fails: %s", err, why)
	}
}

// broken is an engine that cannot assess anything any more.
type broken struct{ FaceEngine }

func (broken) Assess(*image.RGBA) (face.Assessment, error) {
	return face.Assessment{}, errors.New("out of memory")
}

func TestCancellingDuringTheAnalysisStopsIt(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	app := h.ready(t)
	must(h.Submit(t.Context(), h.seller, app.ID))(t)
	must(h.Cancel(t.Context(), h.seller, app.ID))(t)
	if got := h.analysed(t, app.ID); got.State != Cancelled {
		t.Fatalf("got %s", got.State)
	}
	if slices.Contains(h.noted(t, app.ID), "check.recorded") {
		t.Fatal("the machine looked at what was taken back")
	}
}

func TestTheDatabaseHoldsNoPictureFieldOrComparisonInClear(t *testing.T) {
	dir := t.TempDir()
	store := testkit.Open(t, "sqlite:"+testkit.StorePath(dir))
	ok(t, store.Migrate(t.Context()))
	h := newHouse(t, store, withReader(t))
	app := h.withPassport(t, marit, passport(t, greyHead(), nil))
	e := must(h.Evidence(t.Context(), h.seller, app.ID))(t)
	picture := must(h.ShowEvidence(t.Context(), h.seller, app.ID, e[0].ID))(t).Plain
	secrets := [][]byte{picture[200:264], picture[len(picture)/2 : len(picture)/2+64], []byte("UT4711081"), []byte("P<UTOLINDQVIST"), []byte("LINDQVIST")}
	files := must(filepath.Glob(filepath.Join(dir, "*")))(t)
	for _, name := range files {
		raw := must(os.ReadFile(name))(t)
		for i, secret := range secrets {
			if bytes.Contains(raw, secret) {
				t.Errorf("secret %d lies in clear in %s", i, filepath.Base(name))
			}
		}
	}
	if len(files) == 0 || strings.TrimSpace(string(secrets[0])) == "" {
		t.Fatal("nothing was searched")
	}
	report, err := verify.Audit(t.Context(), store, h.log.VerifierKey())
	if err != nil || !report.OK() {
		t.Fatalf("the log does not verify: %+v %v", report, err)
	}
}

func TestTheLogHoldsNothingThatNamesThePerson(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	h.refused(t)
	for _, row := range must(h.log.List(t.Context(), audit.Filter{Limit: 1000}))(t) {
		line := []byte(fmt.Sprintf("%+v", row))
		for _, secret := range []string{"Marit", "Lindqvist", "Hamngatan", "1989", h.email, refusal.Words} {
			if bytes.Contains(line, []byte(secret)) {
				t.Errorf("%s holds %q", row.Action, secret)
			}
		}
	}
}
