package openlog_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"truepenny/internal/audit"
	"truepenny/internal/audit/verify"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/jobs"
	"truepenny/internal/openlog"
	"truepenny/internal/testkit"
)

var auditor = audit.Actor{Kind: audit.KindStaff, ID: "mem_1", Role: "auditor"}

func TestAPublishedCheckpointIsKeptAndMailedToItsWitnesses(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := openHouse(t, store)
		if _, err := h.Publish(t.Context(), auditor, openlog.Asked); errs.ReasonOf(err) != "log.empty" {
			t.Fatalf("an empty log was published: %v", err)
		}
		if _, err := h.AddWitness(t.Context(), auditor, openlog.NewWitness{Name: "Works council", Email: "council@market.example"}); err != nil {
			t.Fatal(err)
		}
		h.write(t, 3)
		head := h.head(t)
		p, err := h.Publish(t.Context(), auditor, openlog.Asked)
		if err != nil || p.Note != head || p.Size != 4 {
			t.Fatalf("published %+v, %v", p, err)
		}
		letters, err := h.outbox.Caught(t.Context(), 10)
		if err != nil || len(letters) != 1 || letters[0].To != "council@market.example" || !strings.Contains(letters[0].Text, head) {
			t.Fatalf("mailed %+v, %v", letters, err)
		}
		history, err := h.History(t.Context(), 0, 10)
		if err != nil || len(history) != 1 || history[0].Note != head || history[0].Why != openlog.Asked {
			t.Fatalf("kept %+v, %v", history, err)
		}
		if h.count(t, "log.published") != 1 {
			t.Fatal("the log does not say that it was published")
		}
	})
}

func TestTheDailyJobsPublishAndCheck(t *testing.T) {
	h := openHouse(t, testkit.Store(t))
	daily := func() { // as the queue does once a day
		t.Helper()
		err := h.store.Write(t.Context(), func(tx *db.Tx) error {
			for _, kind := range []string{"log.publish", "log.check-daily"} {
				if _, err := h.queue.Enqueue(tx, kind, nil, jobs.Options{}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.queue.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		h.clock.Advance(24 * time.Hour)
	}
	h.write(t, 2)
	for range 3 {
		daily()
	}
	history, err := h.History(t.Context(), 0, 10)
	if err != nil || len(history) != 3 {
		t.Fatalf("%d published, %v", len(history), err)
	}
	checks, err := h.Checks(t.Context(), 10)
	if err != nil || len(checks) != 3 {
		t.Fatalf("%d checks, %v", len(checks), err)
	}
	for _, c := range checks {
		if c.State != openlog.Holds || c.AskedBy != "" || c.Root == "" {
			t.Fatalf("%+v", c)
		}
	}
}

func TestACosignatureOfARegisteredWitnessIsKeptOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := openHouse(t, store)
		key, public := watcher(t)
		h.write(t, 5)
		head := h.head(t)
		signed := key.Cosign(head, noon)
		if _, err := h.Cosign(t.Context(), signed); errs.ReasonOf(err) != "log.witness-unknown" {
			t.Fatalf("a stranger's: %v", err)
		}
		w, err := h.AddWitness(t.Context(), auditor, openlog.NewWitness{Name: "Newspaper", Verifier: key.Verifier()})
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			c, err := h.Cosign(t.Context(), signed)
			if err != nil || c.Size != 5 || c.Witness != w.ID || !c.SignedAt.Equal(noon) {
				t.Fatalf("%+v, %v", c, err)
			}
		}
		if n := h.count(t, "log.cosigned"); n != 1 {
			t.Fatalf("noted %d times", n)
		}
		p, found, err := h.NewestCosigned(t.Context())
		if err != nil || !found || p.Size != 5 || p.Why != openlog.Witnessed || p.Note != head {
			t.Fatalf("%+v, %v, %v", p, found, err)
		}
		if _, _, err := public.Cosigned(p.Cosigned()); err != nil {
			t.Fatal(err)
		}
		if _, err := verify.OpenCheckpoint(p.Cosigned(), h.log.VerifierKey()); err != nil {
			t.Fatal(err)
		}
		list, err := h.Witnesses(t.Context())
		if err != nil || len(list) != 1 || list[0].Last.Size != 5 {
			t.Fatalf("%+v, %v", list, err)
		}
		if err := h.EndWitness(t.Context(), auditor, w.ID); err != nil {
			t.Fatal(err)
		}
		if err := h.EndWitness(t.Context(), auditor, w.ID); errs.CodeOf(err) != errs.Conflict {
			t.Fatal(err)
		}
		h.write(t, 1)
		if _, err := h.Cosign(t.Context(), key.Cosign(h.head(t), noon)); errs.CodeOf(err) != errs.Forbidden {
			t.Fatalf("one that has ended: %v", err)
		}
	})
}

func TestWhatIsNoCosignatureIsRefused(t *testing.T) {
	h := openHouse(t, testkit.Store(t))
	key, _ := watcher(t)
	if _, err := h.AddWitness(t.Context(), auditor, openlog.NewWitness{Name: "Newspaper", Verifier: key.Verifier()}); err != nil {
		t.Fatal(err)
	}
	h.write(t, 5)
	head := h.head(t)
	good := key.Cosign(head, noon)
	other := openHouse(t, testkit.Store(t))
	other.write(t, 9) // the same key, another history
	for name, c := range map[string]struct{ signed, reason string }{
		"nothing":             {"", "log.unreadable"},
		"words":               {"hello\n", "log.unreadable"},
		"no cosignature":      {head, "log.witness-unknown"},
		"another size":        {strings.Replace(good, "\n6\n", "\n5\n", 1), "log.unreadable"},
		"a changed line":      {good[:len(good)-10] + "AAAAAAAA=\n", "log.witness-unknown"},
		"from the future":     {key.Cosign(head, noon.Add(time.Hour)), "log.cosignature-time"},
		"a head of before":    {key.Cosign(former(t, head), noon), "log.unreadable"},
		"another log's state": {key.Cosign(other.head(t), noon), "log.fork"},
	} {
		if _, err := h.Cosign(t.Context(), c.signed); errs.ReasonOf(err) != c.reason {
			t.Errorf("%s: %v, want %s", name, err, c.reason)
		}
	}
	if h.count(t, "log.fork-shown") != 1 || h.count(t, "log.cosigned") != 0 {
		t.Error("the log does not say what was shown")
	}
}

// former is a head as it was signed before checkpoints named their log: the same
// state, but what was cosigned of it does not fit the checkpoint that is published.
func former(t *testing.T, head string) string {
	t.Helper()
	text, _, _ := strings.Cut(head, "\n\n")
	_, state, _ := strings.Cut(text, "\n")
	private := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	verifier, err := note.NewEd25519VerifierKey("truepenny-audit", private.Public().(ed25519.PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	secret := base64.StdEncoding.EncodeToString(append([]byte{1}, private.Seed()...))
	signer, err := note.NewSigner("PRIVATE+KEY+truepenny-audit+" + strings.Split(verifier, "+")[1] + "+" + secret)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := note.Sign(&note.Note{Text: "go.sum database tree\n" + state + "\n"}, signer)
	if err != nil {
		t.Fatal(err)
	}
	return string(signed)
}

func TestAWitnessNeedsANameAndAKeyOrAnAddress(t *testing.T) {
	h := openHouse(t, testkit.Store(t))
	key, _ := watcher(t)
	for field, n := range map[string]openlog.NewWitness{
		"name":     {Verifier: key.Verifier()},
		"verifier": {Name: "x"},
		"email":    {Name: "x", Email: "Somebody <a@b.example>"},
	} {
		if _, err := h.AddWitness(t.Context(), auditor, n); errs.FieldsOf(err)[field] == "" {
			t.Errorf("%+v: %v", n, err)
		}
	}
	if _, err := h.AddWitness(t.Context(), auditor, openlog.NewWitness{Name: "x", Verifier: h.log.VerifierKey()}); errs.FieldsOf(err)["verifier"] != "log.witness-key" {
		t.Errorf("the log's own key: %v", err)
	}
	if _, err := h.AddWitness(t.Context(), auditor, openlog.NewWitness{Name: "x", Verifier: key.Verifier()}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.AddWitness(t.Context(), auditor, openlog.NewWitness{Name: "y", Verifier: key.Verifier()}); errs.FieldsOf(err)["verifier"] != "log.witness-known" {
		t.Errorf("a second time: %v", err)
	}
}

func TestACheckSaysWhatIsWrongAndIsKept(t *testing.T) {
	h := openHouse(t, testkit.Store(t))
	h.write(t, 8)
	if _, err := h.Publish(t.Context(), auditor, openlog.Asked); err != nil {
		t.Fatal(err)
	}
	check := func() openlog.CheckRun {
		asked, err := h.AskCheck(t.Context(), auditor)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := h.AskCheck(t.Context(), auditor); err != nil || again.ID != asked.ID {
			t.Fatalf("a second check was begun: %+v, %v", again, err)
		}
		if _, err := h.queue.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		done, err := h.Check(t.Context(), asked.ID)
		if err != nil || done.AskedBy != auditor.ID || done.EndedAt.IsZero() {
			t.Fatalf("%+v, %v", done, err)
		}
		return done
	}
	if c := check(); c.State != openlog.Holds || c.Entries < 9 {
		t.Fatalf("%+v", c)
	}
	damage(t, h.store, "UPDATE audit_entries SET reason = 'x' WHERE idx = 3")
	if c := check(); c.State != openlog.Broken || c.Fault != verify.Changed || c.Bad != 3 {
		t.Fatalf("%+v", c)
	}
	if h.count(t, "audit.checked") < 2 {
		t.Fatal("the log does not say how the checks ended")
	}
	if _, err := h.Check(t.Context(), "chk_none"); errs.CodeOf(err) != errs.NotFound {
		t.Fatal(err)
	}
}

// Who puts an older state back and goes on writes another future. What was
// published shows it, even to a check inside the house.
func TestACheckHoldsTheLogToWhatWasPublished(t *testing.T) {
	h := openHouse(t, testkit.Store(t))
	h.write(t, 4)
	if _, err := h.Publish(t.Context(), auditor, openlog.Asked); err != nil {
		t.Fatal(err)
	}
	damage(t, h.store,
		"DELETE FROM audit_entries", "DELETE FROM audit_hashes", "UPDATE audit_head SET size = 0, note = '', verifier = ''")
	anew, err := audit.New(h.store, clock.NewFixed(noon.Add(time.Minute)), make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	for range 6 {
		if err := anew.Note(t.Context(), audit.Entry{Action: "test.else"}); err != nil {
			t.Fatal(err)
		}
	}
	asked, err := h.AskCheck(t.Context(), auditor)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.queue.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if c, err := h.Check(t.Context(), asked.ID); err != nil || c.State != openlog.Broken || c.Fault != verify.Forked {
		t.Fatalf("%+v, %v", c, err)
	}
}

func damage(t *testing.T, store *db.Store, statements ...string) {
	t.Helper()
	again(t, store, append([]string{"DROP TRIGGER audit_entries_keep", "DROP TRIGGER audit_entries_stay"}, statements...)...)
}

// again is damage to what was damaged before.
func again(t *testing.T, store *db.Store, statements ...string) {
	t.Helper()
	err := store.Write(t.Context(), func(tx *db.Tx) error {
		for _, s := range statements {
			if err := tx.DB().Exec(s).Error; err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
