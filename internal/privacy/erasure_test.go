package privacy_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/jobs"
	"truepenny/internal/privacy"
	"truepenny/internal/privacy/receipt"
	"truepenny/internal/testkit"
	"truepenny/internal/testkit/vaults"
	"truepenny/internal/vault"
)

var officer = audit.Actor{Kind: audit.KindStaff, ID: "stf_paula", Role: "lead,privacy"}

// ward is everything that erases, over one database.
type ward struct {
	t        *testing.T
	store    *db.Store
	clock    *clock.Fixed
	log      *audit.Log
	queue    *jobs.Queue
	vault    *vault.Vault
	consents *privacy.Consents
	register *privacy.Register
	holds    *privacy.Holds
	erasures *privacy.Erasures
	sent     []string // receipts that were sent
}

func newWard(t *testing.T, store *db.Store) *ward {
	t.Helper()
	w := &ward{t: t, store: store, clock: clock.NewFixed(start)}
	var err error
	if w.log, err = audit.New(store, w.clock, make([]byte, 32)); err != nil {
		t.Fatal(err)
	}
	w.vault = vaults.New(t, store, w.log, w.clock)
	w.consents = privacy.NewConsents(store, w.log, w.clock)
	w.restart()
	return w
}

// restart builds the parts anew, as after a kill.
func (w *ward) restart() {
	w.t.Helper()
	w.queue = jobs.New(w.store, w.clock)
	w.register = &privacy.Register{}
	w.holds = privacy.NewHolds(w.store, w.log, w.clock)
	signer, err := receipt.NewSigner(bytes.Repeat([]byte{5}, 32))
	if err != nil {
		w.t.Fatal(err)
	}
	w.erasures = privacy.NewErasures(privacy.ErasureParts{
		Store: w.store, Audit: w.log, Vault: w.vault, Jobs: w.queue, Clock: w.clock, Register: w.register, Holds: w.holds, Signer: signer,
		Farewell: func(*db.Tx, string) (func(string) error, error) {
			return func(id string) error { w.sent = append(w.sent, id); return nil }, nil
		},
	})
	for _, s := range []privacy.Source{w.consents.Source(), w.erasures.Source(), privacy.SourceOfVault(w.vault)} {
		w.register.Add(s)
	}
}

func (w *ward) seal(person string, purpose vault.Purpose, keep time.Duration, plain string) string {
	w.t.Helper()
	var id string
	err := w.log.Record(w.t.Context(), audit.Entry{Actor: audit.System("test"), Action: "test.sealed"}, func(tx *db.Tx) (err error) {
		id, err = w.vault.Seal(tx, vault.Sealing{Person: person, Purpose: purpose, MIME: "image/jpeg", KeepUntil: w.clock.Now().Add(keep),
			Slot: vault.Slot{Table: "sellers_evidence", Row: "evi", Column: "item"}}, []byte(plain))
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

func (w *ward) ciphertext(id string) []byte {
	w.t.Helper()
	var row struct{ Ciphertext []byte }
	if err := w.store.Reader(w.t.Context()).Raw("SELECT ciphertext FROM vault_items WHERE id = ?", id).Scan(&row).Error; err != nil {
		w.t.Fatal(err)
	}
	return row.Ciphertext
}

// gone fails unless an item opens no more; open unless it does.
func (w *ward) gone(id string, purpose vault.Purpose) {
	w.t.Helper()
	_, err := w.vault.Open(w.t.Context(), officer, id, purpose, "test")
	want(w.t, err, errs.NotFound, "vault.gone")
}

func (w *ward) open(id string, purpose vault.Purpose) {
	w.t.Helper()
	if _, err := w.vault.Open(w.t.Context(), officer, id, purpose, "test"); err != nil {
		w.t.Fatal(err)
	}
}

func (w *ward) drain() {
	w.t.Helper()
	if _, err := w.queue.Drain(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

// receipt checks a receipt as a stranger would who knows the published keys.
func (w *ward) receipt(id string) receipt.Checked {
	w.t.Helper()
	r, err := w.erasures.Receipt(w.t.Context(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	checked, err := receipt.Verify(r.File(), w.erasures.VerifierKey(), w.log.VerifierKey())
	if err != nil {
		w.t.Fatal(err)
	}
	if strings.Contains(string(r.File()), marit.ID) {
		w.t.Errorf("the receipt names the person:\n%s", r.File())
	}
	return checked
}

func TestAnErasureOfOnePurposeIsDoneWhenItReturnsAndItsReceiptHolds(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		w := newWard(t, store)
		ctx := t.Context()
		face, more, document := w.seal(marit.ID, privacy.PurposeFace, time.Hour, "a face"), w.seal(marit.ID, privacy.PurposeFace, time.Hour, "the same"),
			w.seal(marit.ID, privacy.PurposeDocuments, time.Hour, "a passport")
		other := w.seal("acc_other", privacy.PurposeFace, time.Hour, "another face")
		sum := sha256.Sum256(w.ciphertext(face))
		preview, err := w.erasures.Preview(ctx, marit.ID, privacy.PurposeFace)
		if err != nil || len(preview.Goes) != 1 || preview.Goes[0].Count != 2 || !preview.HeldUntil.IsZero() {
			t.Fatalf("%+v %v", preview, err)
		}
		done, err := w.erasures.Erase(ctx, marit, marit.ID, privacy.PurposeFace)
		if err != nil || done.State != privacy.ErasureDone || !done.DoneAt.Equal(start) {
			t.Fatalf("%+v %v", done, err)
		}
		w.gone(face, privacy.PurposeFace)
		w.gone(more, privacy.PurposeFace)
		w.open(document, privacy.PurposeDocuments)
		w.open(other, privacy.PurposeFace)
		r := w.receipt(done.ReceiptID)
		if r.Scope != string(privacy.PurposeFace) || r.Erasure != done.ID || len(r.Keys) != 1 || len(r.Items) != 2 || r.Rows[0] != (receipt.Rows{Table: "vault_items", Count: 2}) {
			t.Fatalf("%+v", r)
		}
		if !strings.Contains(string(r.Body()), face+" face-match "+hex.EncodeToString(sum[:])) {
			t.Error("the receipt does not name the item by its hash")
		}
		all, err := w.erasures.Of(ctx, marit.ID)
		if err != nil || len(all) != 1 || all[0].ReceiptID != done.ReceiptID {
			t.Fatalf("%+v %v", all, err)
		}
		w.clock.Advance(time.Minute)
		w.drain() // the job finds nothing left to do
		rows, err := w.log.List(ctx, audit.Filter{Subject: receipt.Subject(done.ID)})
		var actions []string
		for _, row := range rows {
			actions = append([]string{row.Action}, actions...)
		}
		if want := "privacy.erasure-asked privacy.keys-destroyed privacy.erased privacy.receipt-issued"; err != nil || strings.Join(actions, " ") != want {
			t.Errorf("the log says %q", actions)
		}
	})
}

func TestAnErasureGoesOnWhereItWasKilled(t *testing.T) {
	for _, state := range []string{privacy.ErasureAsked, privacy.ErasureDestroyed, privacy.ErasureRemoved} {
		t.Run(state, func(t *testing.T) {
			testkit.Each(t, func(t *testing.T, store *db.Store) {
				w := newWard(t, store)
				ctx := t.Context()
				item := w.seal(marit.ID, privacy.PurposeFace, time.Hour, "a face")
				killed := errors.New("killed")
				w.erasures.StopAt(func(reached string) error {
					if reached == state {
						return killed
					}
					return nil
				})
				begun, err := w.erasures.Erase(ctx, marit, marit.ID, "")
				if !errors.Is(err, killed) {
					t.Fatal(err)
				}
				if state != privacy.ErasureAsked {
					w.gone(item, privacy.PurposeFace)
				}
				w.restart()
				w.clock.Advance(time.Minute)
				w.drain()
				done, err := w.erasures.Get(ctx, begun.ID)
				if err != nil || done.State != privacy.ErasureDone || done.Person != "" {
					t.Fatalf("%+v %v", done, err)
				}
				w.gone(item, privacy.PurposeFace)
				if r := w.receipt(done.ReceiptID); len(r.Keys) != 1 || len(r.Items) != 1 || r.Scope != receipt.Everything {
					t.Fatalf("%+v", r)
				}
				if len(w.sent) != 1 || w.sent[0] != done.ReceiptID {
					t.Errorf("sent: %q", w.sent)
				}
			})
		})
	}
}

func TestAnErasureThatFailsMidwayChangesNothingOfItsStep(t *testing.T) {
	w := newWard(t, testkit.Store(t))
	w.seal(marit.ID, privacy.PurposeFace, time.Hour, "a face")
	w.register.Add(unwilling{})
	_, err := w.erasures.Erase(t.Context(), marit, marit.ID, "")
	if err == nil || !strings.Contains(err.Error(), "the disk is full") {
		t.Fatal(err)
	}
	all, err := w.erasures.Of(t.Context(), marit.ID)
	if err != nil || len(all) != 1 || all[0].State != privacy.ErasureDestroyed {
		t.Fatalf("%+v %v", all, err)
	}
	if items, err := w.vault.Describe(t.Context(), marit.ID); err != nil || len(items) != 1 {
		t.Fatal("half of it went:", items, err)
	}
	w.restart() // and the disk has room again
	again, err := w.erasures.Erase(t.Context(), marit, marit.ID, "")
	if err != nil || again.ID != all[0].ID || again.State != privacy.ErasureDone {
		t.Fatalf("asked twice, it is one erasure: %+v %v", again, err)
	}
}

// unwilling is a place whose rows cannot be removed at the moment.
type unwilling struct{}

func (unwilling) Name() string                                                { return "unwilling" }
func (unwilling) Tables() []string                                            { return nil }
func (unwilling) Describe(context.Context, string) ([]privacy.Holding, error) { return nil, nil }
func (unwilling) Export(context.Context, string) (any, error)                 { return nil, nil }
func (unwilling) Expire(context.Context, audit.Actor, time.Time) (int, error) { return 0, nil }
func (unwilling) Erase(*db.Tx, string, vault.Purpose) (privacy.Erased, error) {
	return privacy.Erased{}, errors.New("the disk is full")
}

func TestWhatBecomesDueByAnErasureGoesWithItsKeyAtOnce(t *testing.T) {
	w := newWard(t, testkit.Store(t))
	ctx := t.Context()
	w.seal(marit.ID, privacy.PurposeDocuments, time.Hour, "a passport")
	face := w.seal(marit.ID, privacy.PurposeFace, 0, "a face that nobody needs without it")
	done, err := w.erasures.Erase(ctx, marit, marit.ID, privacy.PurposeDocuments)
	if err != nil || done.Purpose != privacy.PurposeDocuments || done.State != privacy.ErasureDone {
		t.Fatalf("%+v %v", done, err)
	}
	w.gone(face, privacy.PurposeFace)
	all, err := w.erasures.Of(ctx, marit.ID)
	if err != nil || len(all) != 2 {
		t.Fatalf("%+v %v", all, err)
	}
	for _, one := range all {
		if r := w.receipt(one.ReceiptID); len(r.Keys) != 1 || len(r.Items) != 1 {
			t.Errorf("%+v", r)
		}
	}
}

func TestOnlyThePersonAndThePrivacyOfficerErase(t *testing.T) {
	w := newWard(t, testkit.Store(t))
	ctx := t.Context()
	for _, other := range []audit.Actor{
		{Kind: audit.KindSeller, ID: "acc_other"}, {Kind: audit.KindStaff, ID: "stf_1", Role: "reviewer,lead,administrator"}, audit.Nobody(),
	} {
		_, err := w.erasures.Erase(ctx, other, marit.ID, "")
		want(t, err, errs.Forbidden, "erasure.own")
	}
	for person, purpose := range map[string]vault.Purpose{"": "", marit.ID: "advertising"} {
		_, err := w.erasures.Erase(ctx, officer, person, purpose)
		want(t, err, errs.Invalid, "erasure.unknown")
	}
	if done, err := w.erasures.Erase(ctx, officer, marit.ID, ""); err != nil || done.State != privacy.ErasureDone {
		t.Fatalf("%+v %v", done, err)
	}
	_, err := w.erasures.Receipt(ctx, "rcp_none")
	want(t, err, errs.NotFound, "receipt.unknown")
	_, err = w.erasures.Get(ctx, "era_none")
	want(t, err, errs.NotFound, "erasure.unknown")
}
