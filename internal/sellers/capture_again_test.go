package sellers

import (
	"testing"

	"truepenny/internal/errs"
	"truepenny/internal/testkit"
)

func TestStartingAnewEndsNoPauseAfterFailedCaptures(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withEngines(t))
	ctx := t.Context()
	app := must(h.Start(ctx, h.seller))(t)
	_, err := h.edit(ctx, h.seller, app, "capture.failed", "", func(e *edit) error {
		for range h.Policy.FailedCaptures {
			h.countFailure(e)
		}
		return nil
	})
	ok(t, err)
	must(h.Cancel(ctx, h.seller, app.ID))(t)
	app = must(h.Start(ctx, h.seller))(t)
	must(h.AnswerConsent(ctx, h.seller, app.ID, faceNotice(), true))(t)
	_, err = h.StartCapture(ctx, h.seller, app.ID, CaptureStart{})
	want(t, err, errs.TooMany, "capture.paused")
}

func TestReloadingDrawsNoOtherPromptsUntilTheirTimeIsNearlyOver(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withEngines(t))
	ctx := t.Context()
	app := must(h.Start(ctx, h.seller))(t)
	must(h.AnswerConsent(ctx, h.seller, app.ID, faceNotice(), true))(t)
	first := must(h.StartCapture(ctx, h.seller, app.ID, CaptureStart{}))(t)
	for range 5 {
		if again := must(h.StartCapture(ctx, h.seller, app.ID, CaptureStart{}))(t); again.CaptureID != first.CaptureID || !again.ExpiresAt.Equal(first.ExpiresAt) {
			t.Fatal("a reload drew other prompts")
		}
	}
	h.people.Clock.Advance(h.Policy.ChallengeLife - leastLeft)
	if later := must(h.StartCapture(ctx, h.seller, app.ID, CaptureStart{}))(t); later.CaptureID == first.CaptureID {
		t.Error("prompts were shown that hardly leave time to follow them")
	}
}
