package sellers

import (
	"slices"
	"testing"
	"time"

	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/privacy"
	"truepenny/internal/testkit"
	"truepenny/internal/vault"
)

func disputeNotice() string {
	n, _ := privacy.CurrentNotice(privacy.PurposeDispute, "en")
	return n.Version
}

// sealedFor lists what is sealed of the seller for a purpose.
func (h *house) sealedFor(t *testing.T, purpose vault.Purpose) []vault.Item {
	t.Helper()
	var out []vault.Item
	for _, item := range must(h.vault.Describe(t.Context(), h.seller.ID))(t) {
		if item.Purpose == purpose {
			out = append(out, item)
		}
	}
	return out
}

// facesRefused is an application with a face that two people refused.
func (h *house) facesRefused(t *testing.T) Application {
	t.Helper()
	app := h.sentWithFace(t)
	app = must(h.Decide(t.Context(), h.ann, app.ID, app.Version, refusal))(t)
	must(h.SecondLook(t.Context(), h.ben, app.ID, app.Version, SecondLook{Confirm: true}))(t)
	return h.analysed(t, app.ID) // what the decision queued has run
}

func TestNothingIsKeptForADisputeUnlessThePersonAgreed(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	h.facesRefused(t)
	if len(h.sealedFor(t, privacy.PurposeDispute)) > 0 {
		t.Error("kept without a yes")
	}
	ok(t, h.AnswerDispute(t.Context(), h.seller, disputeNotice(), false))
	must(h.people.Queue.Drain(t.Context()))(t)
	if len(h.sealedFor(t, privacy.PurposeDispute)) > 0 {
		t.Error("kept after a no")
	}
}

func TestCopiesForADisputeAreMadeOnceWhicheverComesFirst(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		ctx := t.Context()
		app := h.sentWithFace(t)
		ok(t, h.AnswerDispute(ctx, h.seller, disputeNotice(), true)) // before the decision
		if len(h.sealedFor(t, privacy.PurposeDispute)) > 0 {
			t.Fatal("copied before anything is decided")
		}
		app = must(h.Decide(ctx, h.ann, app.ID, app.Version, approval))(t)
		app = h.analysed(t, app.ID)
		faces, kept := h.sealedFor(t, privacy.PurposeFace), h.sealedFor(t, privacy.PurposeDispute)
		if len(kept) != 1 || !kept[0].KeepUntil.Equal(app.DecidedAt.Add(h.Policy.DisputeKept)) {
			t.Fatalf("got %+v", kept)
		}
		ok(t, h.AnswerDispute(ctx, h.seller, disputeNotice(), true)) // after it, and again
		if again := h.sealedFor(t, privacy.PurposeDispute); len(again) != 1 {
			t.Errorf("%d copies of one picture", len(again))
		}
		_, err := h.vault.Open(ctx, h.ann, kept[0].ID, privacy.PurposeFace, "case.review")
		want(t, err, errs.Forbidden, "vault.purpose")
		_, err = h.vault.Open(ctx, h.ann, faces[0].ID, privacy.PurposeDispute, "case.review")
		want(t, err, errs.Forbidden, "vault.purpose")
		if got := must(h.DisputeKept(ctx, h.seller))(t); got.Pictures != 1 || !got.Until.Equal(kept[0].KeepUntil) {
			t.Errorf("told %+v", got)
		}
	})
}

func TestCopiesOutliveThePicturesAndAreOpenOnlyWhileAnAppealIsHeard(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	ctx := t.Context()
	ok(t, h.AnswerDispute(ctx, h.seller, disputeNotice(), true))
	app := h.facesRefused(t)
	capture := must(h.Case(ctx, h.ann, app.ID))(t).Captures[0].ID
	h.people.Clock.Advance(h.Policy.FaceKept + time.Hour)
	must(h.vault.Expire(ctx, h.clock.Now()))(t)
	if len(h.sealedFor(t, privacy.PurposeFace)) > 0 {
		t.Fatal("the pictures themselves are kept longer")
	}
	_, err := h.OpenCapture(ctx, h.cara, app.ID, capture, "case.review")
	want(t, err, errs.NotFound, "vault.gone")

	app = must(h.Appeal(ctx, h.seller, app.ID, "It was me before the camera, please look again."))(t)
	if got := must(h.OpenCapture(ctx, h.cara, app.ID, capture, "appeal.review"))(t); len(got) != 1 || len(got[0].Plain) == 0 {
		t.Fatalf("got %d pictures", len(got))
	}
	var shown Evidence
	for _, e := range must(h.Case(ctx, h.cara, app.ID))(t).Evidence {
		if e.Kind == EvidenceFrame {
			shown = e
		}
	}
	must(h.OpenEvidence(ctx, h.cara, app.ID, shown.ID, "appeal.review"))(t)
	app = must(h.Get(ctx, h.seller, app.ID))(t)
	app = must(h.Decide(ctx, h.cara, app.ID, app.Version, approval))(t)
	_, err = h.OpenCapture(ctx, h.cara, app.ID, capture, "case.review")
	want(t, err, errs.NotFound, "vault.gone")
	_, err = h.OpenEvidence(ctx, h.cara, app.ID, shown.ID, "case.review")
	want(t, err, errs.NotFound, "vault.gone")
	h.people.Clock.Advance(h.Policy.DisputeKept + time.Hour)
	must(h.vault.Expire(ctx, h.clock.Now()))(t)
	if len(h.sealedFor(t, privacy.PurposeDispute)) > 0 {
		t.Error("kept for good")
	}
}

func TestAWithdrawalTakesTheCopiesAndNothingElse(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		ctx := t.Context()
		ok(t, h.AnswerDispute(ctx, h.seller, disputeNotice(), true))
		app := h.facesRefused(t)
		faces := len(h.sealedFor(t, privacy.PurposeFace))
		must(h.WithdrawDispute(ctx, h.seller))(t)
		if len(h.sealedFor(t, privacy.PurposeDispute)) > 0 {
			t.Error("the copies are still there")
		}
		after := must(h.Get(ctx, h.seller, app.ID))(t)
		if len(h.sealedFor(t, privacy.PurposeFace)) != faces || after.State != Refused || !after.ReapplyAt.Equal(app.ReapplyAt) {
			t.Error("something else changed")
		}
		_, err := h.WithdrawDispute(ctx, h.seller)
		want(t, err, errs.Conflict, "consent.none")
	})
}

func TestTheCopiesGoWithThePicturesTheyAreCopiesOf(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	ctx := t.Context()
	ok(t, h.AnswerDispute(ctx, h.seller, disputeNotice(), true))
	app := h.facesRefused(t)
	must(h.WithdrawConsent(ctx, h.seller, app.ID))(t)
	h.wantNoFace(t)
	if len(h.sealedFor(t, privacy.PurposeDispute)) > 0 {
		t.Error("the copies are still there")
	}
	if c, _, _ := h.consents.Current(ctx, h.seller.ID, privacy.PurposeDispute); c.Answer != privacy.Withdrawn {
		t.Errorf("the answer stands as %q", c.Answer)
	}
}

func TestNobodyElseAnswersForThePerson(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	want(t, h.AnswerDispute(t.Context(), h.ann, disputeNotice(), true), errs.Forbidden, "role.seller")
	_, err := h.WithdrawDispute(t.Context(), h.lea)
	want(t, err, errs.Forbidden, "role.seller")
}

func TestThePersonIsShownTheirCopiesAsOneFilm(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	ctx := t.Context()
	ok(t, h.AnswerDispute(ctx, h.seller, disputeNotice(), true))
	app := h.facesRefused(t)
	capture := must(h.Case(ctx, h.ann, app.ID))(t).Captures[0].ID
	if film := must(h.OwnFilm(ctx, h.seller, capture))(t); len(film) != 1 {
		t.Errorf("%d pictures in the film of one", len(film))
	}
	h.people.Clock.Advance(h.Policy.FaceKept + time.Hour)
	must(h.vault.Expire(ctx, h.clock.Now()))(t)
	if film := must(h.OwnFilm(ctx, h.seller, capture))(t); len(film) != 1 {
		t.Errorf("%d pictures in the film of the copies", len(film))
	}
	held := must(h.Source().Describe(ctx, h.seller.ID))(t)
	at := slices.IndexFunc(held, func(x privacy.Holding) bool { return x.What == "evidence-copy" })
	if at < 0 || held[at].Count != 1 || held[at].Purpose != privacy.PurposeDispute {
		t.Errorf("told: %+v", held)
	}
}
