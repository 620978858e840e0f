package sellers

import (
	"context"
	"testing"

	"truepenny/internal/db"
	"truepenny/internal/privacy"
	"truepenny/internal/privacy/receipt"
	"truepenny/internal/testkit"
)

// withReceipts lets the real erasures do what a withdrawal ends, as the program
// is wired.
func (h *house) withReceipts(t *testing.T) *privacy.Erasures {
	t.Helper()
	var register privacy.Register
	signer := must(receipt.NewSigner(make([]byte, 32)))(t)
	erasures := privacy.NewErasures(privacy.ErasureParts{
		Store: h.store, Audit: h.log, Vault: h.vault, Jobs: h.jobs, Clock: h.clock, Register: &register,
		Holds: privacy.NewHolds(h.store, h.log, h.clock), Signer: signer,
	})
	register.Add(h.Source())
	register.Add(h.consents.Source())
	register.Add(erasures.Source())
	register.Add(privacy.SourceOfVault(h.vault))
	h.eraser = erasures
	return erasures
}

func TestAWithdrawalLeadsToAReceiptThatNamesEveryItem(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		ctx := t.Context()
		erasures := h.withReceipts(t)
		app := h.sentWithFace(t)
		items := h.sealedFor(t, privacy.PurposeFace)
		done := must(h.WithdrawConsent(ctx, h.seller, app.ID))(t)
		if done.State != Asked || done.Road != RoadDocuments || done.Receipt == "" {
			t.Fatalf("got %s on %s, receipt %q", done.State, done.Road, done.Receipt)
		}
		h.wantNoFace(t)
		got := must(erasures.Receipt(ctx, done.Receipt))(t)
		named := map[string]bool{}
		for _, item := range got.Items {
			named[item.ID] = true
		}
		for _, item := range items {
			if !named[item.ID] {
				t.Errorf("the receipt does not name %s", item.ID)
			}
		}
		must(h.people.Queue.Drain(ctx))(t) // the job that would have finished it finds nothing
		if all := must(erasures.Of(ctx, h.seller.ID))(t); len(all) != 1 {
			t.Errorf("%d erasures for one withdrawal", len(all))
		}
	})
}

func TestAWithdrawalWhileTheMachineComparesLeavesNothingAndAReceipt(t *testing.T) {
	var h *house
	var id, named string
	h = newHouse(t, testkit.Store(t), withEngines(t), func(p *Parts) {
		p.Faces = interrupted{p.Faces, func(call string) {
			if id != "" && call == "describe" && named == "" {
				named = must(h.WithdrawConsent(context.Background(), h.seller, id))(t).Receipt
			}
		}}
	})
	erasures := h.withReceipts(t)
	sent := h.facesToCompare(t).ID
	id = sent
	app := h.analysed(t, id)
	if named == "" || app.State != Asked || app.Road != RoadDocuments {
		t.Fatalf("got %s on %s, receipt %q", app.State, app.Road, named)
	}
	h.wantNothingFound(t, id)
	if got := must(erasures.Receipt(t.Context(), named))(t); len(got.Items) == 0 {
		t.Error("the receipt names nothing")
	}
}
