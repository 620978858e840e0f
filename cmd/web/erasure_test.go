package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"truepenny/internal/accounts"
	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/config"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/inference/enginetest"
	"truepenny/internal/mail"
	"truepenny/internal/privacy"
	"truepenny/internal/requests"
	"truepenny/internal/vault"
)

// openAppIn wires the program on a folder that may have been used before.
func openAppIn(t testing.TB, folder string, clk clock.Clock) *App {
	t.Helper()
	settings := map[string]string{"TRUEPENNY_DATA": folder, "TRUEPENNY_ENGINE": enginetest.Open(t).Dir()}
	cfg, err := config.Load(func(name string) string { return settings[name] })
	if err != nil {
		t.Fatal(err)
	}
	app, err := New(t.Context(), cfg, clk, slog.New(slog.NewJSONHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { app.Close() })
	return app
}

// pictured seals pictures of a person, as a feature does, and returns the first.
func (a *App) pictured(t testing.TB, person string, purpose vault.Purpose, n int) string {
	t.Helper()
	var first string
	err := a.audit.Record(t.Context(), audit.Entry{Actor: audit.System("test"), Action: "test"}, func(tx *db.Tx) error {
		for i := range n {
			id, err := a.vault.Seal(tx, vault.Sealing{
				Person: person, Purpose: purpose, Slot: vault.Slot{Table: "sellers_evidence", Row: fmt.Sprintf("evi_%d", i), Column: "item"},
				MIME: "image/jpeg", KeepUntil: noon.AddDate(0, 0, 180),
			}, bytes.Repeat([]byte("a picture "), 5000))
			if err != nil {
				return err
			}
			if first == "" {
				first = id
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return first
}

// busy is Marit with work queued in her name and a request that she wrote.
func (a *App) busy(t *testing.T) accounts.Account {
	t.Helper()
	m := a.marit(t)
	if _, err := a.copies.Ask(t.Context(), m.Actor()); err != nil {
		t.Fatal(err)
	}
	_, err := a.requests.Open(t.Context(), m.Actor(), requests.New{Kind: requests.Complaint, Person: m.ID, Channel: requests.ByAccount, Words: "Lindqvist is spelled with a q, whatever your clerk says."})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// keptByLaw names what may still lead to somebody of whom everything is erased,
// and why. The last letter goes when it is sent; here it is caught instead.
var keptByLaw = map[string]string{
	"mail_outbox": "the letter that brings the receipt, until it is sent",
}

func TestNoTraceOfSomebodyIsLeftInAnyColumnOfAnyTable(t *testing.T) {
	a := openApp(t, clock.NewFixed(noon))
	ctx := t.Context()
	m := a.busy(t)
	apps, err := a.sellers.Mine(ctx, m.Actor())
	if err != nil || len(apps) != 1 {
		t.Fatal(apps, err)
	}
	before := a.traces(t, m.ID)
	if len(before) < 8 {
		t.Fatalf("the test looks at an empty room: %q", before)
	}
	done, err := a.erasures.Erase(ctx, m.Actor(), m.ID, "")
	if err != nil || done.State != privacy.ErasureDone {
		t.Fatalf("%+v %v", done, err)
	}
	for _, trace := range []string{m.ID, m.Email, "marit.new@seller.example", "Lindqvist", "My key", apps[0].ID} {
		for _, place := range a.traces(t, trace) {
			table, _, _ := strings.Cut(place, ".")
			if keptByLaw[table] == "" {
				t.Errorf("%s still holds %q", place, trace)
			}
		}
	}
	if _, err := a.account.Get(ctx, m.ID); errs.CodeOf(err) != errs.NotFound {
		t.Error("the account is still there:", err)
	}
	caught, err := a.outbox.Caught(ctx, 1)
	if err != nil || len(caught) != 1 || caught[0].Kind != mail.Farewell || caught[0].To != m.Email || !strings.Contains(caught[0].Text, done.ReceiptID) {
		t.Errorf("the receipt was not sent: %+v %v", caught, err)
	}
}

// traces lists the columns, of every table but those of the log, in which a word
// stands.
func (a *App) traces(t *testing.T, word string) []string {
	t.Helper()
	var out []string
	for _, table := range tables(t, a) {
		if strings.HasPrefix(table, "audit_") {
			continue // ids and codes only, by design: see Impersonal
		}
		var rows []map[string]any
		if err := a.store.Reader(t.Context()).Table(table).Find(&rows).Error; err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for column, value := range row {
				if b, ok := value.([]byte); ok {
					value = string(b)
				}
				if strings.Contains(fmt.Sprint(value), word) {
					out = append(out, table+"."+column)
				}
			}
		}
	}
	return out
}

// A person's id stands in the log, which is never changed; what says who they
// are, and what was sealed of them, must not even be left in a free page.
func TestNotAByteOfSomebodyIsLeftOnTheDisk(t *testing.T) {
	a := openApp(t, clock.NewFixed(noon))
	ctx := t.Context()
	m := a.marit(t)
	item := a.pictured(t, m.ID, privacy.PurposeFace, 3)
	var sealed struct{ Ciphertext []byte }
	if err := a.store.Reader(ctx).Raw("SELECT ciphertext FROM vault_items WHERE id = ?", item).Scan(&sealed).Error; err != nil {
		t.Fatal(err)
	}
	words := map[string][]byte{"address": []byte(m.Email), "new address": []byte("marit.new@"), "name": []byte("Lindqvist"), "passkey": []byte("My key"), "sealed": sealed.Ciphertext[100:132]}
	if err := a.store.Scrub(ctx); err != nil {
		t.Fatal(err)
	}
	for what, bytes := range words {
		if !a.onDisk(t, bytes) {
			t.Fatalf("the test looks in the wrong place: no %s there before", what)
		}
	}
	if _, err := a.erasures.Erase(ctx, m.Actor(), m.ID, ""); err != nil {
		t.Fatal(err)
	}
	a.forgetCaught(t) // a real mail server would have it by now
	if err := a.store.Scrub(ctx); err != nil {
		t.Fatal(err)
	}
	for what, bytes := range words {
		if a.onDisk(t, bytes) {
			t.Errorf("the %s is still on the disk", what)
		}
	}
}

func (a *App) onDisk(t *testing.T, word []byte) bool {
	t.Helper()
	for _, side := range []string{"", "-wal"} {
		file, err := os.ReadFile(filepath.Join(a.config.Data, "truepenny.db"+side))
		if err != nil && side == "" {
			t.Fatal(err)
		}
		if bytes.Contains(file, word) {
			return true
		}
	}
	return false
}

// forgetCaught removes the caught letters, as sending them would.
func (a *App) forgetCaught(t *testing.T) {
	t.Helper()
	err := a.audit.Record(t.Context(), audit.Entry{Actor: audit.System("test"), Action: "test"}, func(tx *db.Tx) error {
		return tx.DB().Exec("DELETE FROM mail_outbox").Error
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestABackupThatIsPutBackOpensNothingOfWhatWasErased(t *testing.T) {
	folder, clk := t.TempDir(), clock.NewFixed(noon)
	a := openAppIn(t, folder, clk)
	m := a.marit(t)
	gone, err := a.account.Enrol(t.Context(), audit.System("test"), "gone@seller.example")
	if err != nil {
		t.Fatal(err)
	}
	face, document := a.pictured(t, m.ID, privacy.PurposeFace, 2), a.pictured(t, m.ID, privacy.PurposeDocuments, 1)
	other := a.pictured(t, "acc_other", privacy.PurposeFace, 1)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "truepenny.db")
	backup, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	a = openAppIn(t, folder, clk)
	if _, err := a.erasures.Erase(t.Context(), m.Actor(), m.ID, privacy.PurposeFace); err != nil {
		t.Fatal(err)
	}
	if _, err := a.erasures.Erase(t.Context(), gone.Actor(), gone.ID, ""); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	for _, side := range []string{"-wal", "-shm"} {
		if err := os.Remove(file + side); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(file, backup, 0o600); err != nil {
		t.Fatal(err)
	}
	a = openAppIn(t, folder, clk)
	open := func(item string, purpose vault.Purpose) error {
		_, err := a.vault.Open(t.Context(), audit.System("test"), item, purpose, "yesterday's backup")
		return err
	}
	if err := open(face, privacy.PurposeFace); errs.ReasonOf(err) != "vault.gone" {
		t.Errorf("yesterday's backup brings the face back: %v", err)
	}
	if _, err := a.account.Get(t.Context(), gone.ID); errs.CodeOf(err) != errs.NotFound {
		t.Errorf("somebody who was erased altogether came back with their address: %v", err)
	}
	if _, err := a.account.Get(t.Context(), m.ID); err != nil {
		t.Error(err)
	}
	if err := errors.Join(open(document, privacy.PurposeDocuments), open(other, privacy.PurposeFace)); err != nil {
		t.Error(err)
	}
}

func TestTheReceiptOfAnErasureIsCheckedFromTheCommandLine(t *testing.T) {
	a := openApp(t, clock.NewFixed(noon))
	m := a.marit(t)
	done, err := a.erasures.Erase(t.Context(), m.Actor(), m.ID, privacy.PurposeDocuments)
	if err != nil {
		t.Fatal(err)
	}
	r, err := a.erasures.Receipt(t.Context(), done.ReceiptID)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "receipt.txt")
	check := func(content []byte, args ...string) (string, string, int) {
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
		var out, problems bytes.Buffer
		code := run(t.Context(), append([]string{"verify", "receipt", file}, args...), &out, &problems)
		return out.String(), problems.String(), code
	}
	out, _, code := check(r.File(), "-key", a.erasures.VerifierKey(), "-log-key", a.audit.VerifierKey())
	for _, want := range []string{"The receipt holds: " + done.ReceiptID, "identity-documents", "1 keys were destroyed, 1 sealed items", "of the audit log"} {
		if code != 0 || !strings.Contains(out, want) {
			t.Errorf("%d, no %q in:\n%s", code, want, out)
		}
	}
	if strings.Contains(out, "Not both keys") || strings.Contains(out, m.ID) {
		t.Error(out)
	}
	if out, _, code := check(r.File()); code != 0 || !strings.Contains(out, "Not both keys") {
		t.Errorf("%d %s", code, out)
	}
	if _, problem, code := check(bytes.Replace(r.File(), []byte("item-removed"), []byte("item-removal"), 1)); code != 1 || !strings.Contains(problem, "does NOT hold") {
		t.Errorf("%d %s", code, problem)
	}
	if _, problem, code := check(r.File(), "-key", a.audit.VerifierKey()); code != 1 || !strings.Contains(problem, "not signed by this key") {
		t.Errorf("%d %s", code, problem)
	}
	var problems bytes.Buffer
	if code := run(t.Context(), []string{"verify", "receipt"}, io.Discard, &problems); code != 1 || !strings.Contains(problems.String(), "usage:") {
		t.Errorf("%d %s", code, &problems)
	}
}

// An item of a person's whole set is about 50 kB, as a picture of a document is.
func BenchmarkEraseAPersonWithFiftyItems(b *testing.B) {
	a := openApp(b, clock.System)
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		person := fmt.Sprintf("acc_%d", i)
		a.pictured(b, person, privacy.PurposeFace, 25)
		a.pictured(b, person, privacy.PurposeDocuments, 25)
		b.StartTimer()
		start := time.Now()
		if _, err := a.erasures.Erase(b.Context(), audit.System("bench"), person, ""); err != nil {
			b.Fatal(err)
		}
		if took := time.Since(start); took > 60*time.Second {
			b.Fatalf("it took %v; a minute is promised", took)
		}
	}
}
