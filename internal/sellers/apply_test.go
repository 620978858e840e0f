package sellers

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/privacy"
	"truepenny/internal/testkit"
)

func TestTheWayOnDocumentsLeadsToApproval(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		app := h.waiting(t)
		if app.State != Waiting || app.Round != 1 || app.DueAt.Format(dateFormat) != "2026-11-25" {
			t.Fatalf("got %+v", app)
		}
		app = must(h.Decide(t.Context(), h.ann, app.ID, app.Version, approval))(t)
		if app.State != Approved || app.DecidedAt.IsZero() {
			t.Fatalf("got %+v", app)
		}
		h.wantNoted(t, app.ID, "application.started", "application.details-confirmed", "application.road-chosen",
			"application.document-added", "application.paper-added", "application.submitted", "check.recorded",
			"application.analysed", "case.approved")
		if got := h.people.Mails(t, h.email); !slices.Equal(got, []string{"You are verified (TP-2001)"}) {
			t.Fatalf("mails: %v", got)
		}
		if _, err := h.Start(t.Context(), h.seller); errs.ReasonOf(err) != "application.approved" {
			t.Fatalf("a verified seller could start again: %v", err)
		}
	})
}

func TestStartingAgainReturnsTheOpenApplication(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		var wg sync.WaitGroup
		found := make([]string, 4)
		for i := range found {
			wg.Go(func() {
				app, err := h.Start(t.Context(), h.seller)
				if err == nil {
					found[i] = app.ID
				}
			})
		}
		wg.Wait()
		for _, id := range found {
			if id == "" || id != found[0] {
				t.Fatalf("four tabs, these applications: %v", found)
			}
		}
	})
}

func TestNobodyElseReachesAnApplication(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	app := h.ready(t)
	evidence := must(h.Evidence(t.Context(), h.seller, app.ID))(t)[0]
	other := h.people.Seller(t, "other@seller.example").Actor()
	ctx := t.Context()
	calls := map[string]func(audit.Actor) error{
		"Get":             func(a audit.Actor) error { _, err := h.Get(ctx, a, app.ID); return err },
		"Progress":        func(a audit.Actor) error { _, err := h.Progress(ctx, a, app.ID); return err },
		"SaveDetails":     func(a audit.Actor) error { _, err := h.SaveDetails(ctx, a, app.ID, marit, true); return err },
		"AnswerConsent":   func(a audit.Actor) error { _, err := h.AnswerConsent(ctx, a, app.ID, faceNotice(), true); return err },
		"ChooseRoad":      func(a audit.Actor) error { _, err := h.ChooseRoad(ctx, a, app.ID, RoadDocuments); return err },
		"WithdrawConsent": func(a audit.Actor) error { _, err := h.WithdrawConsent(ctx, a, app.ID); return err },
		"AddDocument": func(a audit.Actor) error {
			_, err := h.AddDocument(ctx, a, app.ID, DocumentUpload{Kind: Passport, Side: Front, Bytes: shot(3)})
			return err
		},
		"AddPaper": func(a audit.Actor) error {
			_, err := h.AddPaper(ctx, a, app.ID, PaperUpload{Kind: UtilityBill, Bytes: shot(3)})
			return err
		},
		"RemoveEvidence": func(a audit.Actor) error { return h.RemoveEvidence(ctx, a, app.ID, evidence.ID) },
		"Evidence":       func(a audit.Actor) error { _, err := h.Evidence(ctx, a, app.ID); return err },
		"ShowEvidence":   func(a audit.Actor) error { _, err := h.ShowEvidence(ctx, a, app.ID, evidence.ID); return err },
		"Fields":         func(a audit.Actor) error { _, err := h.Fields(ctx, a, app.ID); return err },
		"CorrectField":   func(a audit.Actor) error { return h.CorrectField(ctx, a, app.ID, FieldNumber, "1") },
		"StartCapture":   func(a audit.Actor) error { _, err := h.StartCapture(ctx, a, app.ID, CaptureStart{}); return err },
		"Submit":         func(a audit.Actor) error { _, err := h.Submit(ctx, a, app.ID); return err },
		"Analysis":       func(a audit.Actor) error { _, err := h.Analysis(ctx, a, app.ID); return err },
		"Result":         func(a audit.Actor) error { _, _, err := h.Result(ctx, a, app.ID); return err },
		"Cancel":         func(a audit.Actor) error { _, err := h.Cancel(ctx, a, app.ID); return err },
		"Appeal":         func(a audit.Actor) error { _, err := h.Appeal(ctx, a, app.ID, "This was not right."); return err },
		"Reapply":        func(a audit.Actor) error { _, err := h.Reapply(ctx, a, app.ID); return err },
		"Timeline":       func(a audit.Actor) error { _, err := h.Timeline(ctx, a, app.ID); return err },
	}
	for name, call := range calls {
		if err := call(other); errs.CodeOf(err) != errs.NotFound || errs.ReasonOf(err) != "application.unknown" {
			t.Errorf("%s as another seller: %v", name, err)
		}
		for _, staff := range []audit.Actor{h.ann, h.lea, audit.Nobody()} {
			if err := call(staff); errs.CodeOf(err) != errs.Forbidden {
				t.Errorf("%s as %s %s: %v", name, staff.Kind, staff.Role, err)
			}
		}
	}
	after := must(h.Get(ctx, h.seller, app.ID))(t)
	if after != app {
		t.Fatalf("somebody else changed it: %+v", after)
	}
}

func TestAutosaveKeepsWhatIsRightAndLeavesTheRest(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	app := must(h.Start(t.Context(), h.seller))(t)
	part := Details{GivenNames: "  Marit   Elisabet ", BirthDate: "2999-01-01", Country: "se", Address: Address{City: "Malmö"}}
	app = must(h.SaveDetails(t.Context(), h.seller, app.ID, part, false))(t)
	if app.GivenNames != "Marit Elisabet" || app.Country != "SE" || app.Address.City != "Malmö" || app.BirthDate != "" {
		t.Fatalf("got %+v", app.Details)
	}
	same := must(h.SaveDetails(t.Context(), h.seller, app.ID, part, false))(t)
	if same.Version != app.Version {
		t.Fatal("saving the same again made a new version")
	}
	p := must(h.Progress(t.Context(), h.seller, app.ID))(t)
	if p.Next != StepDetails || p.Ready {
		t.Fatalf("got %+v", p)
	}
}

func TestConfirmingDetailsNamesEveryWrongField(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	app := must(h.Start(t.Context(), h.seller))(t)
	_, err := h.SaveDetails(t.Context(), h.seller, app.ID, Details{
		Country: "QQ", Kind: Business, GivenNames: "M\u202earit", BirthDate: "1989-02-30", Address: Address{Line1: "---", City: "Malmö"},
	}, true)
	wants := map[string]string{"country": "field.choice", "given_names": "field.characters", "family_name": "field.required",
		"business_name": "field.required", "birth_date": "date.invalid", "line1": "field.characters", "postcode": "field.required"}
	got := errs.FieldsOf(err)
	for name, reason := range wants {
		if got[name] != reason {
			t.Errorf("%s: %q, want %q", name, got[name], reason)
		}
	}
	if len(got) != len(wants) {
		t.Errorf("got %v", got)
	}
	irish := marit
	irish.Country, irish.Address.Postcode = "HK", ""
	if _, err := h.SaveDetails(t.Context(), h.seller, app.ID, irish, true); err != nil {
		t.Errorf("a country without postcodes: %v", err)
	}
}

func TestTheFaceRoadNeedsTheConsent(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		app := must(h.Start(t.Context(), h.seller))(t)
		_, err := h.ChooseRoad(t.Context(), h.seller, app.ID, RoadFace)
		want(t, err, errs.Forbidden, "consent.missing")
		app = must(h.AnswerConsent(t.Context(), h.seller, app.ID, faceNotice(), false))(t)
		if app.Road != RoadDocuments {
			t.Fatalf("no led to %q", app.Road)
		}
		_, err = h.ChooseRoad(t.Context(), h.seller, app.ID, RoadFace)
		want(t, err, errs.Forbidden, "consent.missing")
		app = must(h.AnswerConsent(t.Context(), h.seller, app.ID, faceNotice(), true))(t)
		if app.Road != RoadFace {
			t.Fatalf("yes led to %q", app.Road)
		}
		_, err = h.AnswerConsent(t.Context(), h.seller, app.ID, "face-match.0.en", true)
		want(t, err, errs.Conflict, "notice.old")
		history := must(h.consents.History(t.Context(), h.seller.ID))(t)
		if len(history) != 2 || !history[0].Given() || history[1].Given() || len(history[0].TextHash) != 64 {
			t.Fatalf("got %+v", history)
		}
	})
}

func TestAnAnswerAndItsRoadAreOneChange(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	app := h.waiting(t)
	_, err := h.AnswerConsent(t.Context(), h.seller, app.ID, faceNotice(), true)
	want(t, err, errs.Conflict, "application.state")
	if _, found, err := h.consents.Current(t.Context(), h.seller.ID, privacy.PurposeFace); err != nil || !found {
		t.Fatal(err, found)
	}
	if history := must(h.consents.History(t.Context(), h.seller.ID))(t); len(history) != 1 {
		t.Fatalf("an answer was kept without its road: %+v", history)
	}
}

func TestSubmittingTwiceIsSubmittingOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		app := h.ready(t)
		var wg sync.WaitGroup
		problems := make([]error, 4)
		for i := range problems {
			wg.Go(func() { _, problems[i] = h.Submit(t.Context(), h.seller, app.ID) })
		}
		wg.Wait()
		if err := errors.Join(problems...); err != nil {
			t.Fatal(err)
		}
		sent := 0
		for _, a := range h.noted(t, app.ID) {
			if a == "application.submitted" {
				sent++
			}
		}
		if n := must(h.people.Queue.Drain(t.Context()))(t); sent != 1 || n != 1 {
			t.Fatalf("sent %d times, analysed %d times", sent, n)
		}
		again := must(h.Submit(t.Context(), h.seller, app.ID))(t)
		if again.State != Waiting || again.Round != 1 {
			t.Fatalf("got %+v", again)
		}
	})
}

func TestAnIncompleteApplicationNamesItsSteps(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	app := must(h.Start(t.Context(), h.seller))(t)
	_, err := h.Submit(t.Context(), h.seller, app.ID)
	want(t, err, errs.Invalid, "application.incomplete")
	for _, step := range []string{"details", "road", "document", "capture"} {
		if errs.FieldsOf(err)[step] == "" {
			t.Errorf("%s is not named: %v", step, err)
		}
	}
}

func TestProgressLeadsThroughTheStepsOfEachRoad(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	ctx := t.Context()
	app := must(h.Start(ctx, h.seller))(t)
	next := func(want StepName, todo ...string) {
		t.Helper()
		p := must(h.Progress(ctx, h.seller, app.ID))(t)
		if p.Next != want {
			t.Fatalf("next is %q, want %q: %+v", p.Next, want, p)
		}
		for _, s := range p.Steps {
			if s.Name == want && len(todo) > 0 && !slices.Equal(s.Todo, todo) {
				t.Fatalf("%s needs %v, want %v", want, s.Todo, todo)
			}
		}
	}
	next(StepDetails)
	must(h.SaveDetails(ctx, h.seller, app.ID, marit, false))(t)
	next(StepDetails, "confirm")
	must(h.SaveDetails(ctx, h.seller, app.ID, marit, true))(t)
	next(StepRoad, "road")
	must(h.AnswerConsent(ctx, h.seller, app.ID, faceNotice(), true))(t)
	next(StepDocument, "kind")
	must(h.AddDocument(ctx, h.seller, app.ID, DocumentUpload{Kind: IdentityCard, Side: Front, Bytes: shot(1)}))(t)
	next(StepDocument, "back")
	must(h.AddDocument(ctx, h.seller, app.ID, DocumentUpload{Kind: IdentityCard, Side: Back, Bytes: shot(2)}))(t)
	next(StepCapture)
	must(h.ChooseRoad(ctx, h.seller, app.ID, RoadDocuments))(t)
	next(StepPaper)
	must(h.AddPaper(ctx, h.seller, app.ID, PaperUpload{Kind: BankStatement, Bytes: shot(3)}))(t)
	next(StepSend)
	must(h.AddDocument(ctx, h.seller, app.ID, DocumentUpload{Kind: Licence, Side: Front, Bytes: shot(4)}))(t)
	next(StepDocument, "back")
	if n := len(must(h.Evidence(ctx, h.seller, app.ID))(t)); n != 2 {
		t.Fatalf("another kind of document left %d pictures, want the new one and the paper", n)
	}
}

func TestCancellingRemovesEveryPictureAtOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		app := h.waiting(t)
		app = must(h.Cancel(t.Context(), h.seller, app.ID))(t)
		if app.State != Cancelled {
			t.Fatalf("got %s", app.State)
		}
		if left := must(h.vault.Describe(t.Context(), h.seller.ID))(t); len(left) != 0 {
			t.Fatalf("%d sealed items are left", len(left))
		}
		again := must(h.Cancel(t.Context(), h.seller, app.ID))(t)
		if again.Version != app.Version {
			t.Fatal("cancelling twice changed it twice")
		}
		if fresh := must(h.Start(t.Context(), h.seller))(t); fresh.ID == app.ID {
			t.Fatal("a new start led to the cancelled one")
		}
	})
}

func TestAnApplicationNobodySendsIsEmptied(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	app := h.ready(t)
	h.people.Clock.Advance(h.Policy.DraftKept - time.Hour)
	h.expire(t)
	if got := must(h.Get(t.Context(), h.seller, app.ID))(t); got.State != Draft {
		t.Fatalf("emptied too early: %s", got.State)
	}
	h.people.Clock.Advance(2 * time.Hour)
	if n := h.expire(t); n != 1 {
		t.Fatalf("emptied %d", n)
	}
	got := must(h.Get(t.Context(), h.seller, app.ID))(t)
	if got.State != Cancelled || got.FamilyName != "" || got.Address != (Address{}) {
		t.Fatalf("got %+v", got)
	}
	h.wantNoted(t, app.ID, "application.expired")
}

func TestAnApplicationThatNobodyAnswersIsEmptied(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	app := h.waiting(t)
	app = must(h.Decide(t.Context(), h.ann, app.ID, app.Version, Decision{Kind: Ask, Items: []Item{ItemFront}, Words: "Please take the picture again."}))(t)
	h.people.Clock.Advance(h.Policy.DraftKept + time.Hour)
	h.expire(t)
	got := must(h.Get(t.Context(), h.seller, app.ID))(t)
	if got.State != Cancelled || got.FamilyName != "" || got.Address != (Address{}) {
		t.Fatalf("got %+v", got)
	}
	h.wantNoted(t, app.ID, "application.expired")
}
