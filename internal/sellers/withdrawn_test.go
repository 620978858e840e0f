package sellers

import (
	"context"
	"image"
	"slices"
	"testing"

	"truepenny/internal/audit"
	"truepenny/internal/biometrics/face"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/privacy"
	"truepenny/internal/testkit"
	"truepenny/internal/vault"
)

// interrupted is a face engine before which something happens: the moment at
// which a person changes their mind is a call of the engine, not a pause.
type interrupted struct {
	FaceEngine
	before func(call string)
}

func (x interrupted) Find(img *image.RGBA) ([]face.Face, error) {
	x.before("find")
	return x.FaceEngine.Find(img)
}

func (x interrupted) Describe(img *image.RGBA, f face.Face) (face.Descriptor, error) {
	x.before("describe")
	return x.FaceEngine.Describe(img, f)
}

func (x interrupted) Assess(img *image.RGBA) (face.Assessment, error) {
	x.before("assess")
	return x.FaceEngine.Assess(img)
}

// facesToCompare sends an application of which the machine can compare a face:
// a passport with a portrait, and pictures of the same person.
func (h *house) facesToCompare(t *testing.T) Application {
	t.Helper()
	ctx := t.Context()
	photo := demoPhoto(t, "sample1.jpg")
	app := must(h.Start(ctx, h.seller))(t)
	must(h.SaveDetails(ctx, h.seller, app.ID, marit, true))(t)
	must(h.AnswerConsent(ctx, h.seller, app.ID, faceNotice(), true))(t)
	must(h.AddDocument(ctx, h.seller, app.ID, DocumentUpload{Kind: Passport, Side: Front, Bytes: passport(t, photo, nil)}))(t)
	h.facing(t, app)
	return must(h.Submit(ctx, h.seller, app.ID))(t)
}

// wantNothingFound fails when the comparison was written, or anything of a face
// is left.
func (h *house) wantNothingFound(t *testing.T, id string) {
	t.Helper()
	app := must(h.Get(t.Context(), h.seller, id))(t)
	for _, c := range must(h.checksOf(t.Context(), id, app.Round))(t) {
		if c.Kind == CheckFace {
			t.Errorf("the comparison was written: %+v", c)
		}
	}
	h.wantNoFace(t)
}

func TestAConsentTakenBackWhileTheMachineComparesStopsIt(t *testing.T) {
	for _, call := range []string{"describe", "assess"} {
		t.Run(call, func(t *testing.T) {
			var h *house
			var id string
			armed, after := false, []string{}
			h = newHouse(t, testkit.Store(t), withEngines(t), func(p *Parts) {
				p.Faces = interrupted{p.Faces, func(now string) {
					if !armed {
						return
					}
					if now == call && len(after) == 0 {
						after = append(after, now)
						got := must(h.WithdrawConsent(context.Background(), h.seller, id))(t)
						if got.State != Asked || got.Road != RoadDocuments {
							t.Errorf("the case stands at %s on %s", got.State, got.Road)
						}
					}
				}}
			})
			id = h.facesToCompare(t).ID
			armed = true
			app := h.analysed(t, id)
			if len(after) != 1 {
				t.Fatal("the machine never came to the face: the test shows nothing")
			}
			if app.State != Asked || app.Road != RoadDocuments {
				t.Fatalf("got %s on %s", app.State, app.Road)
			}
			h.wantNothingFound(t, id)

			// and the case goes on without a face, to the same end
			must(h.AddPaper(t.Context(), h.seller, id, PaperUpload{Kind: UtilityBill, Bytes: shot(2)}))(t)
			must(h.Submit(t.Context(), h.seller, id))(t)
			app = h.analysed(t, id)
			app = must(h.Decide(t.Context(), h.ann, id, app.Version, approval))(t)
			if app.State != Approved {
				t.Fatalf("got %s", app.State)
			}
		})
	}
}

func TestAnApplicationCancelledWhileTheMachineComparesLeavesNothing(t *testing.T) {
	var h *house
	var id string
	armed := false
	h = newHouse(t, testkit.Store(t), withEngines(t), func(p *Parts) {
		p.Faces = interrupted{p.Faces, func(now string) {
			if armed && now == "assess" {
				armed = false
				must(h.Cancel(context.Background(), h.seller, id))(t)
			}
		}}
	})
	id = h.facesToCompare(t).ID
	armed = true
	app := h.analysed(t, id)
	if armed || app.State != Cancelled {
		t.Fatalf("got %s", app.State)
	}
	if left := must(h.checksOf(t.Context(), id, app.Round))(t); len(left) > 0 {
		t.Errorf("checks were written after the end: %+v", left)
	}
	if items := must(h.vault.Describe(t.Context(), h.seller.ID))(t); len(items) > 0 {
		t.Errorf("still sealed: %+v", items)
	}
}

// The answers themselves can be changed without the application, in my data.
func TestAnAnswerTakenBackBesideTheApplicationKeepsTheResultOut(t *testing.T) {
	var h *house
	armed := false
	h = newHouse(t, testkit.Store(t), withEngines(t), func(p *Parts) {
		p.Faces = interrupted{p.Faces, func(now string) {
			if armed && now == "assess" {
				armed = false
				ok(t, h.consents.Withdraw(context.Background(), h.seller, h.seller.ID, privacy.PurposeFace))
			}
		}}
	})
	id := h.facesToCompare(t).ID
	armed = true
	app := h.analysed(t, id)
	if armed || app.State != Waiting {
		t.Fatalf("got %s", app.State)
	}
	for _, c := range must(h.checksOf(t.Context(), id, app.Round))(t) {
		if c.Kind == CheckFace && (c.Outcome != NotRun || c.Reason != reasonDeclined || c.HasScore || c.item != "") {
			t.Errorf("written all the same: %+v", c)
		}
	}
}

// failing erases nothing, as a program does that is killed in between.
type failing struct{}

func (failing) EraseFor(context.Context, audit.Actor, string, vault.Purpose) (string, error) {
	return "", errs.New(errs.Unavailable, "engine.missing")
}

func TestAnErasureThatWasCutOffIsFinishedByItsJob(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		ctx := t.Context()
		app := h.sentWithFace(t)
		whole := h.eraser
		h.eraser = failing{}
		if _, err := h.WithdrawConsent(ctx, h.seller, app.ID); err == nil {
			t.Fatal("the erasure did not fail: the test shows nothing")
		}
		h.eraser = whole
		if app = h.analysed(t, app.ID); app.State != Asked {
			t.Fatalf("got %s", app.State)
		}
		h.wantNoFace(t)
	})
}

func TestAnOlderYesDoesForWhatItAllowedAndForNothingNew(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		ctx := t.Context()
		app := h.sentWithFace(t)
		earlier := privacy.EarlierNotices(privacy.PurposeFace)
		if len(earlier) == 0 {
			t.Fatal("there is no earlier notice")
		}
		ok(t, store.Write(ctx, func(tx *db.Tx) error {
			return tx.DB().Exec("UPDATE privacy_consents SET notice_version = ?", earlier[len(earlier)-1].Version).Error
		}))
		app = must(h.Decide(ctx, h.ann, app.ID, app.Version, Decision{Kind: Ask, Items: []Item{ItemPaper}, Words: "Please add a bill as well."}))(t)
		p := must(h.Progress(ctx, h.seller, app.ID))(t)
		if at := slices.IndexFunc(p.Steps, func(s ProgressStep) bool { return s.Name == StepRoad }); !p.Steps[at].Done {
			t.Error("the pictures that were taken under the older notice do not do any more")
		}
		want(t, h.edits(t, app, h.mayCapture), errs.Forbidden, "consent.changed")
		_, err := h.ChooseRoad(ctx, h.seller, app.ID, RoadDocuments)
		ok(t, err)
		_, err = h.ChooseRoad(ctx, h.seller, app.ID, RoadFace)
		want(t, err, errs.Forbidden, "consent.changed")
		must(h.AnswerConsent(ctx, h.seller, app.ID, faceNotice(), true))(t)
		ok(t, h.edits(t, app, h.mayCapture))
	})
}

// edits runs one check inside a change.
func (h *house) edits(t *testing.T, app Application, check func(*edit) error) error {
	t.Helper()
	_, err := h.edit(t.Context(), h.seller, app, "test.tried", "", check)
	return err
}
