package main

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"truepenny/internal/accounts"
	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/config"
	"truepenny/internal/db"
	"truepenny/internal/inference/enginetest"
	"truepenny/internal/privacy"
	"truepenny/internal/sellers"
	"truepenny/internal/sessions"
	"truepenny/internal/testkit"
	"truepenny/internal/vault"
)

// openApp wires the program on an empty folder with the real engine.
func openApp(t testing.TB, clk clock.Clock) *App {
	t.Helper()
	settings := map[string]string{"TRUEPENNY_DATA": t.TempDir(), "TRUEPENNY_ENGINE": enginetest.Open(t).Dir()}
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

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

func tables(t *testing.T, a *App) []string {
	t.Helper()
	var names []string
	err := a.store.Reader(t.Context()).Raw("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").Scan(&names).Error
	if err != nil || len(names) < 20 {
		t.Fatal(names, err)
	}
	return names
}

func TestEveryTableHasASourceOrHoldsNothingPersonal(t *testing.T) {
	a := openApp(t, clock.NewFixed(noon))
	all := tables(t, a)
	if missing := a.register.Uncovered(all); len(missing) > 0 {
		t.Errorf("no privacy.Source answers for %v", missing)
	}
	answered := map[string]string{}
	for _, s := range a.register.Sources() {
		for _, table := range s.Tables() {
			if !slices.Contains(all, table) {
				t.Errorf("%s answers for %s, which is no table", s.Name(), table)
			}
			if other := answered[table]; other != "" {
				t.Errorf("%s and %s both answer for %s", s.Name(), other, table)
			}
			if why := privacy.Impersonal[table]; why != "" {
				t.Errorf("%s answers for %s, which is listed as: %s", s.Name(), table, why)
			}
			answered[table] = s.Name()
		}
	}
	for table := range privacy.Impersonal {
		if !slices.Contains(all, table) {
			t.Errorf("%s is listed as impersonal and is no table", table)
		}
	}
}

// marit is a seller of whom something lies in every place: she asked for a link
// before she had an account, is signed in, began to apply and answered a notice.
func (a *App) marit(t *testing.T) accounts.Account {
	t.Helper()
	ctx, email := t.Context(), "marit@seller.example"
	check := func(err error) {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
	}
	check(a.account.RequestLink(ctx, email, ""))
	m, err := a.account.Enrol(ctx, audit.System("test"), email)
	check(err)
	check(a.account.RequestChange(ctx, m, "marit.new@seller.example"))
	w, r := httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, http.MethodPost, "/", nil)
	_, err = a.session.Begin(w, r, m.Holder(), sessions.ByPasskey)
	check(err)
	options, err := a.passkey.BeginRegistration(ctx, m.Holder(), email)
	check(err)
	key := &testkit.Authenticator{Origin: a.config.BaseURL.String(), RPID: a.config.BaseURL.Hostname()}
	_, err = a.account.AddPasskey(ctx, m, key.Register(t, options), "My key")
	check(err)
	draft, err := a.sellers.Start(ctx, m.Actor())
	check(err)
	_, err = a.sellers.SaveDetails(ctx, m.Actor(), draft.ID, sellers.Details{Country: "SE", Kind: sellers.Person, GivenNames: "Marit", FamilyName: "Lindqvist"}, false)
	check(err)
	notice, _ := privacy.CurrentNotice(privacy.PurposeFace, "en")
	_, err = a.consent.Answer(ctx, m.Actor(), m.ID, privacy.PurposeFace, notice.Version, false)
	check(err)
	err = a.audit.Record(ctx, audit.Entry{Actor: m.Actor(), Action: "test"}, func(tx *db.Tx) error {
		_, err := a.vault.Seal(tx, vault.Sealing{
			Person: m.ID, Purpose: privacy.PurposeDocuments, Slot: vault.Slot{Table: "sellers_evidence", Row: "evi_1", Column: "item"},
			MIME: "image/jpeg", KeepUntil: noon.AddDate(0, 0, 180),
		}, []byte("a picture"))
		return err
	})
	check(err)
	return m
}

func TestWhatIsHeldOfAPersonIsToldExportedAndErasedToTheLastRow(t *testing.T) {
	a := openApp(t, clock.NewFixed(noon))
	ctx, m := t.Context(), a.marit(t)
	other, err := a.account.Enrol(ctx, audit.System("test"), "other@seller.example")
	if err != nil {
		t.Fatal(err)
	}
	told, err := a.register.Describe(ctx, m.ID)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for _, h := range told {
		counts[h.What] += h.Count
	}
	for what, n := range map[string]int{"account": 1, "mail-links": 2, "sessions": 1, "passkeys": 1, "mails": 4, "applications": 1, "consents": 1, "sealed-items": 1} {
		if counts[what] != n {
			t.Errorf("%d %s are told of, want %d", counts[what], what, n)
		}
	}
	exported, err := a.register.Export(ctx, m.ID)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(exported)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{m.Email, "marit.new@seller.example", "Lindqvist", "My key", "sign-in-link"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the export lacks %q", want)
		}
	}
	for _, secret := range []string{"/link/", "TokenHash", "PublicKey"} {
		if strings.Contains(string(text), secret) {
			t.Errorf("the export holds %q:\n%s", secret, text)
		}
	}
	if _, err := a.erasures.Erase(ctx, m.Actor(), m.ID, ""); err != nil {
		t.Fatal(err)
	}
	a.forgetCaught(t) // the letter with the receipt
	if left, err := a.register.Describe(ctx, m.ID); len(left) > 0 || err != nil {
		t.Errorf("still held: %+v %v", left, err)
	}
	a.wantNoTrace(t, m.ID, m.Email, "marit.new@seller.example", "Lindqvist")
	if _, err := a.account.Get(ctx, other.ID); err != nil {
		t.Errorf("somebody else was erased too: %v", err)
	}
}

// wantNoTrace looks for words in every row of every table but the log's.
func (a *App) wantNoTrace(t *testing.T, traces ...string) {
	t.Helper()
	for _, table := range tables(t, a) {
		if strings.HasPrefix(table, "audit_") {
			continue
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
				for _, trace := range traces {
					if s, ok := value.(string); ok && strings.Contains(s, trace) {
						t.Errorf("%s.%s still holds %q", table, column, trace)
					}
				}
			}
		}
	}
}

func TestOneDailyJobRemovesWhatHasOutlivedItsTime(t *testing.T) {
	clk := clock.NewFixed(noon)
	a := openApp(t, clk)
	m := a.marit(t)
	clk.Advance(182 * 24 * time.Hour)
	late := map[string]bool{}
	overdue, err := a.register.Overdue(t.Context(), clk.Now())
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range overdue {
		late[o.What] = true
	}
	if !late["mail"] || !late["accounts"] || !late["sealed-items"] || !late["applications"] {
		t.Errorf("the job has not run, and this is overdue: %+v", overdue)
	}
	if err := a.queue.Schedule(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := a.queue.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	told, err := a.register.Describe(t.Context(), m.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range told {
		if !slices.Contains([]string{"account", "passkeys", "consents", "applications", "erasures"}, h.What) {
			t.Errorf("still held: %+v", h)
		}
	}
	if overdue, err := a.register.Overdue(t.Context(), clk.Now()); err != nil || len(overdue) != 0 {
		t.Errorf("overdue: %+v %v", overdue, err)
	}
	a.wantNoTrace(t, "Lindqvist", "marit.new@seller.example") // a draft that nobody sent, a link that nobody used
}
