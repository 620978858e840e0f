package privacy_test

import (
	"errors"
	"testing"

	"truepenny/internal/audit"
	"truepenny/internal/audit/verify"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/privacy"
	"truepenny/internal/testkit"
)

// note writes an entry about somebody.
func note(t *testing.T, log *audit.Log, by audit.Actor, person, action string) {
	t.Helper()
	err := log.Record(t.Context(), audit.Entry{Actor: by, Action: action, Person: person, Subject: "item:x"}, func(*db.Tx) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
}

var ann = audit.Actor{Kind: audit.KindStaff, ID: "stf_ann", Role: "reviewer"}

func TestAPersonSeesWhoLookedByRoleAndNoStepOfAnOpenDecision(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		_, log := consents(t, store)
		note(t, log, ann, marit.ID, "vault.opened")
		note(t, log, ann, marit.ID, "vault.refused")
		note(t, log, marit, marit.ID, "vault.opened")
		note(t, log, ann, marit.ID, "case.refusal-proposed")
		note(t, log, audit.System("analysis"), marit.ID, "vault.opened")
		note(t, log, ann, "acc_other", "vault.opened")
		note(t, log, marit, marit.ID, "application.submitted")
		for show, want := range map[privacy.Show]int{privacy.ShowOthers: 3, privacy.ShowLooks: 4, privacy.ShowLog: 5} {
			rows, next, err := privacy.Looks(t.Context(), log, marit.ID, show, 0, 100)
			if err != nil || len(rows) != want || next != 0 {
				t.Errorf("%q: %d lines, want %d (%d %v)", show, len(rows), want, next, err)
			}
			for _, r := range rows {
				if r.Actor.Kind == audit.KindStaff && (r.Actor.ID != "" || r.Actor.Role != "reviewer") || r.Person != marit.ID || r.Action == "case.refusal-proposed" {
					t.Errorf("%q shows %+v", show, r)
				}
			}
		}
	})
}

func TestLooksGoPageByPageToTheEnd(t *testing.T) {
	_, log := consents(t, testkit.Store(t))
	for range 25 {
		note(t, log, ann, marit.ID, "vault.opened")
		note(t, log, marit, marit.ID, "vault.opened") // not shown, and not counted
	}
	seen, before := map[int64]bool{}, int64(0)
	for page := 0; ; page++ {
		rows, next, err := privacy.Looks(t.Context(), log, marit.ID, privacy.ShowOthers, before, 10)
		if err != nil || page > 3 {
			t.Fatal(page, err)
		}
		for _, r := range rows {
			seen[r.Index] = true
		}
		if before = next; next == 0 {
			break
		}
	}
	if len(seen) != 25 {
		t.Errorf("%d lines of 25", len(seen))
	}
}

func TestAPersonGetsProofsOfTheirOwnLinesAlone(t *testing.T) {
	_, log := consents(t, testkit.Store(t))
	note(t, log, ann, marit.ID, "vault.opened")          // 0
	note(t, log, ann, "acc_other", "vault.opened")       // 1
	note(t, log, ann, marit.ID, "case.refusal-proposed") // 2
	proof, err := privacy.LookProof(t.Context(), log, marit.ID, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := verify.Inclusion(proof.File(), log.VerifierKey()); err != nil {
		t.Errorf("the proof does not hold: %v", err)
	}
	for _, index := range []int64{-1, 1, 2, 3, 1 << 62} {
		_, err := privacy.LookProof(t.Context(), log, marit.ID, index)
		if want := errs.New(errs.NotFound, "audit.entry-missing"); err == nil || err.Error() != want.Error() {
			t.Errorf("%d: got %v", index, errors.Unwrap(err))
		}
	}
}
