package privacy_test

import (
	"context"
	"testing"
	"time"

	"truepenny/internal/privacy"
	"truepenny/internal/testkit"
	"truepenny/internal/vault"
)

// bound is a place whose rows a law keeps.
type bound struct{ unwilling }

func (bound) Name() string { return "bound" }
func (bound) Describe(context.Context, string) ([]privacy.Holding, error) {
	return []privacy.Holding{{What: "requests", Purpose: privacy.PurposeRights, Count: 2}}, nil
}
func (bound) Keeps(context.Context, string, vault.Purpose, time.Time) ([]privacy.Kept, error) {
	return []privacy.Kept{{What: "requests", Law: "request-records", Until: start.AddDate(2, 0, 0)}}, nil
}

func TestWhatTheLawKeepsIsNotPromisedToGo(t *testing.T) {
	w := newWard(t, testkit.Store(t))
	w.register.Add(bound{})
	w.seal(marit.ID, privacy.PurposeFace, time.Hour, "a face")
	preview, err := w.erasures.Preview(t.Context(), marit.ID, "")
	if err != nil || len(preview.Stays) != 1 || len(preview.Goes) != 1 || preview.Goes[0].What != "sealed-items" {
		t.Fatalf("%+v %v", preview, err)
	}
}
