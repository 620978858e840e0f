package sellers

import (
	"testing"

	"truepenny/internal/db"
	"truepenny/internal/privacy"
	"truepenny/internal/testkit"
)

// facing puts an accepted capture and a face check into an application, as the
// machine leaves them; no engine is needed for what becomes of them.
func (h *house) facing(t *testing.T, app Application) {
	t.Helper()
	_, err := h.edit(t.Context(), h.seller, app, "capture.accepted", "", func(e *edit) error {
		row, err := h.draw(e, CaptureStart{})
		if err != nil {
			return err
		}
		row.Outcome, row.FinishedAt = string(Pass), db.Nullable(e.now)
		frame := judgedFrame{jpeg: shot(9), width: 800, height: 560}
		if err := h.acceptCapture(e, &row, judged{camera: "Front camera", frames: []judgedFrame{frame}, signals: []byte("{}")}); err != nil {
			return err
		}
		return saveCapture(e.tx, row)
	})
	ok(t, err)
}

// scored leaves the score of a face check in an application.
func (h *house) scored(t *testing.T, app Application) {
	t.Helper()
	_, err := h.edit(t.Context(), analyst, app, "check.recorded", "", func(e *edit) error {
		c := Check{Kind: CheckFace, Round: e.app.Round, Outcome: Pass, Score: 0.41, HasScore: true, At: e.now}
		var err error
		if c.item, err = h.sealJSON(e, privacy.PurposeFace, checkSlot(c.Round, c.Kind), []Compared{{What: "frame", Right: "0.410"}}); err != nil {
			return err
		}
		_, err = insertCheck(e.tx, *e.app, c)
		return err
	})
	ok(t, err)
}

// wantNoFace fails when anything of a face is left of the seller.
func (h *house) wantNoFace(t *testing.T) {
	t.Helper()
	for _, item := range must(h.vault.Describe(t.Context(), h.seller.ID))(t) {
		if item.Purpose == privacy.PurposeFace {
			t.Errorf("still sealed: %+v", item)
		}
	}
	for _, app := range must(h.Mine(t.Context(), h.seller))(t) {
		for _, c := range must(h.checksOf(t.Context(), app.ID, app.Round))(t) {
			if c.HasScore || c.Kind.ofFace() && c.item != "" {
				t.Errorf("%s still has what the face check worked out: %+v", app.Label(), c)
			}
		}
		if rows := must(h.acceptedCaptures(t.Context(), app.ID))(t); len(rows) > 0 {
			t.Errorf("%s still has a capture", app.Label())
		}
	}
}

// sentWithFace is an application on the face road that waits for a decision.
func (h *house) sentWithFace(t *testing.T) Application {
	t.Helper()
	app := must(h.Start(t.Context(), h.seller))(t)
	must(h.SaveDetails(t.Context(), h.seller, app.ID, marit, true))(t)
	must(h.AnswerConsent(t.Context(), h.seller, app.ID, faceNotice(), true))(t)
	must(h.AddDocument(t.Context(), h.seller, app.ID, DocumentUpload{Kind: Passport, Side: Front, Bytes: shot(1)}))(t)
	h.facing(t, app)
	app = must(h.Submit(t.Context(), h.seller, app.ID))(t)
	h.scored(t, app)
	return h.analysed(t, app.ID)
}

func TestTheConsentTakenBackOnAnOlderApplicationChangesTheOpenOne(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		ctx := t.Context()
		old := h.sentWithFace(t)
		old = must(h.Decide(ctx, h.ann, old.ID, old.Version, refusal))(t)
		must(h.SecondLook(ctx, h.ben, old.ID, old.Version, SecondLook{Confirm: true}))(t)
		h.people.Clock.Advance(h.Policy.FaceKept - 1)
		h.people.Clock.Advance(h.Policy.ReapplyAfter - h.Policy.FaceKept + 1)
		open := h.sentWithFace(t)
		changed := must(h.WithdrawConsent(ctx, h.seller, old.ID))(t)
		if changed.ID != open.ID || changed.State != Asked || changed.Road != RoadDocuments {
			t.Errorf("the open case goes on without the face it was sent with: %s %s", changed.State, changed.Road)
		}
		if again := must(h.Get(ctx, h.seller, old.ID))(t); again.State != Refused {
			t.Errorf("the decided one changed: %s", again.State)
		}
		h.wantNoFace(t)
	})
}

func TestANoAfterAYesTakesBackWhatTheYesAllowed(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	ctx := t.Context()
	app := h.sentWithFace(t)
	app = must(h.Decide(ctx, h.ann, app.ID, app.Version, Decision{Kind: Ask, Items: []Item{ItemCapture}, Words: "Please look straight once more."}))(t)
	app = must(h.AnswerConsent(ctx, h.seller, app.ID, faceNotice(), false))(t)
	if app.Road != RoadDocuments {
		t.Fatalf("got %s", app.Road)
	}
	h.wantNoFace(t)
}

func TestNoFaceIsLookedForOnceTheConsentIsTakenBack(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withEngines(t))
	ctx := t.Context()
	app := must(h.Start(ctx, h.seller))(t)
	must(h.AnswerConsent(ctx, h.seller, app.ID, faceNotice(), true))(t)
	ok(t, h.consents.Withdraw(ctx, h.seller, h.seller.ID, privacy.PurposeFace)) // and the road is not left yet
	kept := must(h.AddDocument(ctx, h.seller, app.ID, DocumentUpload{Kind: Passport, Side: Front, Bytes: shot(1)}))(t)
	for _, finding := range kept.Findings {
		if finding == "document.no-portrait" {
			t.Error("the picture was searched for a face")
		}
	}
	r := &run{s: h.Service, ctx: ctx, app: must(h.Get(ctx, h.seller, app.ID))(t)}
	for _, kind := range CheckKinds {
		if !kind.ofFace() {
			continue
		}
		if c := must(r.check(kind))(t); c.Outcome != NotRun || c.Reason != reasonDeclined {
			t.Errorf("%s: got %s %s", kind, c.Outcome, c.Reason)
		}
	}
}
