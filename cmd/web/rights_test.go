package main

import (
	"bytes"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/errs"
	"truepenny/internal/privacy"
	"truepenny/internal/sellers"
	"truepenny/internal/testkit"
	"truepenny/internal/testkit/camera"
	"truepenny/internal/vault"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// applyWithFace brings an application with a face to the desk.
func (h *house) applyWithFace(page *testkit.Page, film *camera.Camera, email string) {
	h.t.Helper()
	h.apply(page, email)
	page.Press(words.RoadFaceAction)
	page.See(words.ConsentTitle)
	page.Press(words.ConsentYes)
	h.showPassport(page, h.people[0])
	h.showFace(page, film)
	page.Press(words.CheckSend)
}

// fetched is what a link of the page brings, as a file on disk.
func (h *house) fetched(page *testkit.Page, href, name string) string {
	h.t.Helper()
	text := testkit.Script[string](page, `fetch(`+quoted(href)+`).then(r => { if (!r.ok) throw new Error(r.status); return r.text() })`)
	file := filepath.Join(h.t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		h.t.Fatal(err)
	}
	return file
}

func quoted(s string) string { return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"` }

// offline runs a check as it runs on a machine that has the program and the
// file, nothing else.
func (h *house) offline(args ...string) string {
	h.t.Helper()
	var out bytes.Buffer
	if err := verifyCommand(h.t.Context(), args, &out, io.Discard); err != nil {
		h.t.Fatalf("truepenny verify %s: %v", strings.Join(args, " "), err)
	}
	return out.String()
}

// sealed are the ids of what is sealed for a purpose in a database.
func sealed(t *testing.T, v *vault.Vault, person string, purpose vault.Purpose) []string {
	t.Helper()
	items, err := v.Describe(t.Context(), person)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, i := range items {
		if i.Purpose == purpose {
			out = append(out, i.ID)
		}
	}
	return out
}

// restored starts the program on a backup of its main database, as an operator
// does: the keys of today, the data of yesterday.
func (h *house) restored(backup string) *App {
	h.t.Helper()
	cfg := h.app.config
	cfg.Database = "sqlite:" + backup
	app, err := New(h.t.Context(), cfg, clock.System, slog.New(slog.DiscardHandler))
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { app.Close() })
	return app
}

func TestBrowserAPersonWatchesTheirVideoSeesWhoLookedDeletesItAndABackupBringsNothingBack(t *testing.T) {
	h := openHouse(t)
	email := "runa@example.org"
	film := camera.New(t, h.people[0])
	page := testkit.Browser(t, testkit.BrowserOptions{Camera: film.File})
	h.applyWithFace(page, film, email)
	page.See(words.StatusWaiting)
	desk := h.reviewer("Robin", "")
	h.openCase(desk) // with the pictures of the face on it

	page.Open(h.url + paths.MyData())
	page.Press(words.FilmPlay)
	page.See(words.FilmAgain) // it played to its end
	page.Open(h.url + paths.MyDataLooks(paths.LooksOfOthers, 0))
	page.See(words.RoleOutside("reviewer"))
	page.SeeNot("Robin") // by role, never by name
	page.Until(`document.querySelector("#looks a[download]") !== null`)
	proof := h.fetched(page, testkit.Script[string](page, `document.querySelector("#looks a[download]").href`), "proof.json")
	if said := h.offline("proof", proof, "-key", h.app.audit.VerifierKey()); !strings.Contains(said, "The proof holds") {
		t.Error(said)
	}

	person := h.person(email)
	faces := sealed(t, h.app.vault, person, privacy.PurposeFace)
	papers := sealed(t, h.app.vault, person, privacy.PurposeDocuments)
	if len(faces) == 0 || len(papers) == 0 {
		t.Fatalf("%d items of a face, %d of documents", len(faces), len(papers))
	}
	backup := testkit.BackupFile(t, h.app.store)

	page.Open(h.url + paths.MyDataDeletion(string(privacy.PurposeFace)))
	page.Press(words.DeleteDo)
	page.See(words.ReceiptTitle)
	page.Until(`document.querySelector("a[download]") !== null`)
	receipt := h.fetched(page, testkit.Script[string](page, `document.querySelector("a[download]").href`), "receipt.txt")
	if said := h.offline("receipt", receipt, "-log-key", h.app.audit.VerifierKey()); !strings.Contains(said, "holds") {
		t.Error(said)
	}
	page.Open(h.url + paths.MyData())
	page.SeeNot(words.FilmTitle)
	desk.Open(h.url + paths.Console())
	h.wantLogToHold()

	yesterday := h.restored(backup)
	if still := sealed(t, yesterday.vault, person, privacy.PurposeDocuments); !slices.Equal(still, papers) {
		t.Fatalf("the backup has other items: %v, %v", still, papers)
	}
	for _, id := range faces {
		if _, err := yesterday.vault.Open(t.Context(), audit.System("test"), id, privacy.PurposeFace, "restored"); errs.CodeOf(err) != errs.NotFound {
			t.Errorf("what was deleted came back with the backup: %s: %v", id, err)
		}
	}
	for _, id := range papers {
		if _, err := yesterday.vault.Open(t.Context(), audit.System("test"), id, privacy.PurposeDocuments, "restored"); err != nil {
			t.Errorf("what was not deleted is lost with the backup: %s: %v", id, err)
		}
	}
}

func TestBrowserWhoTakesTheirAgreementBackWhileTheMachineComparesGoesOnWithoutAFace(t *testing.T) {
	h := openHouse(t)
	email := "runa@example.org"
	film := camera.New(t, h.people[0])
	page := testkit.Browser(t, testkit.BrowserOptions{Camera: film.File})
	h.applyWithFace(page, film, email)
	page.See(words.StatusAnalysing)
	page.Press(words.WithdrawLink)
	page.See(words.WithdrawTitle)
	state := h.only(email).State
	page.Press(words.WithdrawDo)
	page.See(words.SaidWithdrawn)
	t.Logf("the agreement was taken back while the application was %s", state)

	page.See(words.StatusAsked)
	if app := h.only(email); app.Road != sellers.RoadDocuments || app.State != sellers.Asked {
		t.Errorf("the application goes on as %s on %s", app.State, app.Road)
	}
	if left := sealed(t, h.app.vault, h.person(email), privacy.PurposeFace); len(left) > 0 {
		t.Errorf("still sealed of the face: %v", left)
	}
	h.wantLogToHold()
}

// person is the id of the account with an address.
func (h *house) person(email string) (id string) {
	h.t.Helper()
	err := h.app.store.Reader(h.t.Context()).Raw("SELECT id FROM accounts WHERE email = ?", email).Scan(&id).Error
	if err != nil || id == "" {
		h.t.Fatalf("no account of %s: %v", email, err)
	}
	return id
}

// only is the one application of an address.
func (h *house) only(email string) sellers.Application {
	h.t.Helper()
	all, err := h.app.sellers.Mine(h.t.Context(), audit.Actor{Kind: audit.KindSeller, ID: h.person(email)})
	if err != nil || len(all) != 1 {
		h.t.Fatal(all, err)
	}
	return all[0]
}

func TestBrowserNobodyReadsTheAnswersAndTheRefusals(t *testing.T) {
	h := openHouse(t)
	page := testkit.Browser(t, testkit.BrowserOptions{})
	page.Open(h.url + paths.Home())
	for _, place := range []string{paths.Answers(), paths.Refusals()} {
		if !testkit.Script[bool](page, `!!document.querySelector(`+quoted(`a[href="`+place+`"]`)+`)`) {
			t.Errorf("the front page does not lead to %s", place)
		}
	}
	page.Open(h.url + paths.Answers())
	page.See(words.AnswersTitle)
	page.Looks("answers")
	page.Open(h.url + paths.Refusals())
	page.See(words.RefusalsTitle)
	page.SeeNot(words.RefusalFails)
	page.Looks("refusals")
}
