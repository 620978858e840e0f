package sellers

import (
	"reflect"
	"testing"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/db"
	"truepenny/internal/testkit"
)

func TestALimitIsKeptWithTheReportItCameFrom(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		app := h.waiting(t)
		limits := face.StandardThresholds
		limits.Report.WorstGroup = face.Group{Name: "over 60", FalseMatches: face.Tally{Errors: 2, Pairs: 300}}
		_, err := h.edit(t.Context(), analyst, app, "check.recorded", "", func(e *edit) error {
			_, err := insertCheck(e.tx, *e.app, Check{Kind: "test", Round: e.app.Round, Outcome: Pass, Threshold: &limits, At: e.now})
			return err
		})
		ok(t, err)
		checks := must(h.checksOf(t.Context(), app.ID, app.Round))(t)
		for _, c := range checks {
			if c.Kind == "test" && reflect.DeepEqual(*c.Threshold, limits) {
				return
			}
		}
		t.Fatalf("%+v is not among %+v", limits, checks)
	})
}

func TestALimitOfBeforeRatesWereKeptStillNamesItsReport(t *testing.T) {
	accept, review := 0.48, 0.6
	c := checkRow{Accept: &accept, Review: &review, Report: "docs/measurements.md#faces"}.check()
	if r := c.Threshold.Report; r.Name != "docs/measurements.md#faces" || r.Counted() {
		t.Errorf("%+v", r)
	}
	if none := (checkRow{Accept: &accept, Review: &review}).check(); none.Threshold.Report.Given() {
		t.Errorf("%+v", none.Threshold)
	}
}

// unmeasured is an engine whose network nobody has measured.
type unmeasured struct{ FaceEngine }

func (unmeasured) Thresholds() face.Thresholds { return face.Thresholds{Accept: 0.48, Review: 0.6} }

func TestANetworkWithoutAReportPassesNobody(t *testing.T) {
	for _, c := range []struct {
		engine   FaceEngine
		distance float64
		outcome  Outcome
		reason   string
	}{
		{unmeasured{}, 0.1, Review, "face.no-report"}, {unmeasured{}, 0.9, Review, "face.no-report"},
		{measured{}, 0.48, Pass, ""}, {measured{}, 0.5, Review, "face.unsure"}, {measured{}, 0.9, Review, "face.mismatch"},
	} {
		r := run{s: &Service{faces: c.engine}}
		if got := r.judgeFace(nil, []float64{c.distance}); got.Outcome != c.outcome || got.Reason != c.reason {
			t.Errorf("%T at %v: %s %s", c.engine, c.distance, got.Outcome, got.Reason)
		}
	}
}

type measured struct{ FaceEngine }

func (measured) Thresholds() face.Thresholds { return face.StandardThresholds }
