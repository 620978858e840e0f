package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"truepenny/internal/answers"
	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/demo"
	"truepenny/internal/refusals"
	"truepenny/internal/staff"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// asked is what anybody gets at a path.
func (a *App) asked(t *testing.T, path string) string {
	t.Helper()
	w := httptest.NewRecorder()
	a.handler.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	if w.Code != http.StatusOK {
		t.Fatalf("%s: %d", path, w.Code)
	}
	return w.Body.String()
}

// TestTheProgramDoesNothingThatItRefuses runs every check on the program as it is
// built: its routes, its pages, its schema, its networks.
func TestTheProgramDoesNothingThatItRefuses(t *testing.T) {
	a := openApp(t, clock.NewFixed(noon))
	if err := a.refusals.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	results, err := a.refusals.Register(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		if !r.Known || !r.Holds {
			t.Errorf("%s: %+v", r.Code, r.Found)
		}
		if r.Seen == (refusals.Seen{}) {
			t.Errorf("%s looked at nothing", r.Code)
		}
		if words.RefusalTitle(r.Code) == r.Code || words.RefusalText(r.Code) == "" || words.RefusalTest(r.Code) == "" {
			t.Errorf("%s has no words", r.Code)
		}
	}
	p, err := a.examine(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Routes) < 100 || len(p.Pages) < 60 || len(p.Schema) < 30 || len(p.Networks) < 4 || !slices.Contains(p.Commands, "lab identify") {
		t.Errorf("looked at %d routes, %d pages, %d tables, %d networks", len(p.Routes), len(p.Pages), len(p.Schema), len(p.Networks))
	}
	for _, page := range p.Pages {
		if page.Status >= 500 {
			t.Errorf("%s as %s: %d", page.Path, page.As, page.Status)
		}
	}
	if told, err := a.outbox.Caught(t.Context(), 10); err != nil || len(told) > 0 {
		t.Errorf("somebody was told that all is well: %v %v", told, err)
	}
}

func TestATablePlantedInTheDatabaseAlarmsAndShowsInPublic(t *testing.T) {
	clk := clock.NewFixed(noon)
	a := openApp(t, clk)
	ctx := t.Context()
	ash, err := a.staff.Enrol(ctx, audit.System("test"), staff.Details{Name: "Ash Admin", Email: "ash@market.example", Roles: []staff.Role{staff.Administrator}})
	if err != nil {
		t.Fatal(err)
	}
	a.examineAtStart(ctx)
	if !strings.Contains(a.asked(t, paths.Refusals()), words.RefusalsTally(len(refusals.Codes()), len(refusals.Codes()))) {
		t.Error("not everything holds at first")
	}
	plant := func(statement string) {
		t.Helper()
		if err := a.store.Write(ctx, func(tx *db.Tx) error { return tx.DB().Exec(statement).Error }); err != nil {
			t.Fatal(err)
		}
		clk.Advance(24 * time.Hour)
		if err := a.queue.Schedule(ctx); err != nil {
			t.Fatal(err)
		}
		if _, err := a.queue.Drain(ctx); err != nil {
			t.Fatal(err)
		}
	}
	mails := func() (n int) {
		letters, err := a.outbox.Caught(ctx, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range letters {
			if l.To == ash.Email && l.Kind == "refusals.changed" {
				n++
			}
		}
		return n
	}
	plant("CREATE TABLE staff_webcam (id TEXT, reward TEXT)")
	page := a.asked(t, paths.Refusals())
	if !strings.Contains(page, "Table staff_webcam") || !strings.Contains(page, "Column staff_webcam.reward") || !strings.Contains(page, words.RefusalFails) {
		t.Error("the page does not show what was found")
	}
	if mails() != 1 {
		t.Errorf("%d mails, want 1", mails())
	}
	plant("CREATE TABLE nothing_new (id TEXT)")
	if mails() != 1 {
		t.Errorf("%d mails for one change", mails())
	}
	var out struct {
		Refusals []struct {
			Code, Result string
			Changes      []struct{ Result string }
		}
	}
	if err := json.Unmarshal([]byte(a.asked(t, paths.RefusalsJSON())), &out); err != nil {
		t.Fatal(err)
	}
	failing := 0
	for _, r := range out.Refusals {
		if r.Result == "fails" {
			failing++
			if len(r.Changes) != 2 || r.Changes[0].Result != "fails" {
				t.Errorf("%s: changes %v", r.Code, r.Changes)
			}
		}
	}
	if len(out.Refusals) != len(refusals.Codes()) || failing != 2 {
		t.Errorf("%d refusals, %d failing", len(out.Refusals), failing)
	}
	plant("DROP TABLE staff_webcam")
	if mails() != 2 {
		t.Errorf("%d mails after it held again, want 2", mails())
	}
	for action, want := range map[string]int{"refusals.failing": 2, "refusals.holding": 2} {
		if rows, err := a.audit.List(ctx, audit.Filter{Action: action}); err != nil || len(rows) != want {
			t.Errorf("%d entries %s, want %d (%v)", len(rows), action, want, err)
		}
	}
}

func TestEveryQuestionIsAnsweredFromTheLiveState(t *testing.T) {
	clk := clock.NewFixed(noon)
	a := openApp(t, clk)
	a.examineAtStart(t.Context())
	var out struct {
		Answers []struct {
			Question, Short, Asked string
			By                     string `json:"asked_by"`
			Answer                 []string
			Facts                  map[string]any
			Since                  time.Time
			Before                 []struct{ Answer []string }
		}
	}
	read := func() {
		t.Helper()
		out.Answers = nil
		if err := json.Unmarshal([]byte(a.asked(t, paths.AnswersJSON())), &out); err != nil {
			t.Fatal(err)
		}
	}
	read()
	if len(out.Answers) != len(answers.Questions) {
		t.Fatalf("%d answers to %d questions", len(out.Answers), len(answers.Questions))
	}
	for _, x := range out.Answers {
		if x.Short == "" || x.Asked == "" || x.By == "" || len(x.Answer) == 0 || x.Answer[0] == "" || x.Facts == nil || !x.Since.Equal(noon) || len(x.Before) != 0 {
			t.Errorf("%s: %+v", x.Question, x)
		}
	}
	if matcher := out.Answers[slices.Index(answers.Questions, "matcher")]; matcher.Facts["network"] != "face-api-recognition" {
		t.Errorf("the matcher is %v", matcher.Facts)
	}
	a.config.Mail.Catch, a.config.Mail.Host = false, "relay.example" // a setting changes
	clk.Advance(48 * time.Hour)
	read()
	third := out.Answers[1]
	if !strings.Contains(strings.Join(third.Answer, " "), "relay.example") || len(third.Before) != 1 || third.Before[0].Answer[0] != words.SayNoParties {
		t.Errorf("the answer does not follow the setting: %+v", third)
	}
}

func TestInTheDemoNobodyIsSaidToSignInWithPasskeysOnly(t *testing.T) {
	a := openApp(t, clock.NewFixed(noon))
	if !strings.Contains(a.asked(t, paths.Answers()), words.SayStaffPasskeys) {
		t.Error("a real marketplace does not say how people who work here sign in")
	}
	a.demo = &demo.Marketplace{} // as after `truepenny demo`: its doors open without any proof
	if strings.Contains(a.asked(t, paths.Answers()), words.SayStaffPasskeys) {
		t.Error("the demo says that its staff have passkeys")
	}
}
