package sellers

import (
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/biometrics/face"
	"truepenny/internal/db"
	"truepenny/internal/testkit"
)

func TestLiveFaceChecksAreToldWithoutWhoseTheyWere(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		ctx := t.Context()
		app := h.waiting(t)
		now := h.clock.Now()
		ok(t, h.log.Record(ctx, audit.Entry{Action: "test"}, func(tx *db.Tx) error {
			if err := tx.DB().Where("application_id = ? AND kind = ?", app.ID, string(CheckFace)).Delete(&checkRow{}).Error; err != nil {
				return err
			}
			_, err := insertCheck(tx, app, Check{Kind: CheckFace, Round: app.Round, Outcome: Review, Reason: "face.mismatch", Score: 0.71, HasScore: true,
				Threshold: &face.Thresholds{Accept: 0.48, Review: 0.6}, At: now})
			return err
		}))
		list := func() []LiveFace { return must(h.FaceChecks(ctx, now.Add(-time.Hour), now.Add(time.Hour)))(t) }
		got := list()
		if len(got) != 1 || got[0].Outcome != Review || !got[0].Apart || !got[0].Measured || got[0].Distance != 0.71 || got[0].Decision != "" {
			t.Fatalf("%+v", got)
		}
		must(h.Decide(ctx, h.ann, app.ID, app.Version, Decision{Kind: Approve}))(t)
		if got := list(); len(got) != 1 || got[0].Decision != Approve {
			t.Errorf("after the decision: %+v", got)
		}
		ok(t, h.log.Record(ctx, audit.Entry{Action: "test"}, func(tx *db.Tx) error { return forgetScores(tx, app.AccountID) }))
		if got := list(); len(got) != 1 || got[0].Measured || !got[0].Apart {
			t.Errorf("after the scores are gone: %+v", got)
		}
		if early := must(h.FaceChecks(ctx, now.Add(-2*time.Hour), now.Add(-time.Hour)))(t); len(early) != 0 {
			t.Errorf("%d checks before there were any", len(early))
		}
	})
}
