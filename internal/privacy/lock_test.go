package privacy

import (
	"fmt"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/testkit"
	"truepenny/internal/testkit/vaults"
	"truepenny/internal/vault"
)

// The promise of the purposes, held by cryptography and not by manners: what is
// given for one opens for no other, for every pair there is.
func TestNothingOpensForAnotherPurpose(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		clk := clock.NewFixed(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
		log, err := audit.New(store, clk, make([]byte, 32))
		if err != nil {
			t.Fatal(err)
		}
		v := vaults.New(t, store, log, clk)
		items := map[vault.Purpose]string{}
		err = log.Record(t.Context(), audit.Entry{Actor: audit.System("test"), Action: "test"}, func(tx *db.Tx) (err error) {
			for _, p := range Purposes() {
				items[p.ID], err = v.Seal(tx, vault.Sealing{
					Person: "acc_1", Purpose: p.ID, Slot: vault.Slot{Table: "evidence", Row: "evi_1", Column: "item"},
					MIME: "text/plain", KeepUntil: clk.Now().AddDate(0, 1, 0),
				}, fmt.Append(nil, "given for ", p.ID))
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		reviewer := audit.Actor{Kind: audit.KindStaff, ID: "stf_1", Role: "reviewer"}
		pairs := 0
		for _, given := range Purposes() {
			opened, err := v.Open(t.Context(), reviewer, items[given.ID], given.ID, "case.review")
			if err != nil || string(opened.Plain) != "given for "+string(given.ID) {
				t.Fatalf("%s for itself: %q %v", given.ID, opened.Plain, err)
			}
			for _, other := range Purposes() {
				if other.ID == given.ID {
					continue
				}
				pairs++
				opened, err := v.Open(t.Context(), reviewer, items[given.ID], other.ID, "case.review")
				if errs.CodeOf(err) != errs.Forbidden || errs.ReasonOf(err) != "vault.purpose" || opened.Plain != nil {
					t.Errorf("given for %s, asked for %s: %q %v", given.ID, other.ID, opened.Plain, err)
				}
				rows, err := log.List(t.Context(), audit.Filter{Action: "vault.refused", Limit: 1})
				if err != nil || len(rows) != 1 {
					t.Fatal(rows, err)
				}
				if r := rows[0]; r.Person != "acc_1" || r.Purpose != string(other.ID) || r.Subject != "item:"+items[given.ID] || r.Actor != reviewer {
					t.Errorf("the attempt is noted as %+v", r)
				}
				// Past every check, with the keys themselves in hand.
				attempt, err := v.TryToJoin(t.Context(), given.ID, other.ID)
				if err != nil || attempt.Opened != 0 || attempt.KeysA != 2 || attempt.KeysB != 2 || attempt.ItemsTried != 4 {
					t.Errorf("%s and %s: %+v %v", given.ID, other.ID, attempt, err)
				}
			}
		}
		if rows, err := log.List(t.Context(), audit.Filter{Action: "vault.refused", Limit: 1000}); err != nil || len(rows) != pairs || pairs < 72 {
			t.Errorf("%d attempts noted for %d pairs, %v", len(rows), pairs, err)
		}
	})
}
