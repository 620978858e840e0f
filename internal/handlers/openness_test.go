package handlers_test

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"truepenny/internal/answers"
	"truepenny/internal/audit"
	"truepenny/internal/config"
	"truepenny/internal/handlers"
	"truepenny/internal/privacy"
	"truepenny/internal/refusals"
	"truepenny/internal/registers"
	"truepenny/internal/sellers"
	"truepenny/internal/staff"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// said is what the market says in public.
type said struct {
	refusals  *refusals.Service
	registers *registers.Service
	answers   *answers.Service
	program   *http.Handler // once it is there
	state     *answers.State
}

func openSaid(m *market) said {
	x := said{program: new(http.Handler), state: &answers.State{Purposes: privacy.Purposes(), Notices: privacy.Notices()}}
	x.registers = registers.New(m.Store, m.Log, m.Clock)
	x.refusals = refusals.New(refusals.Parts{
		Store: m.Store, Audit: m.Log, Clock: m.Clock, Jobs: m.Queue, Mail: m.Outbox,
		Examine: func(ctx context.Context) (p refusals.Program, err error) {
			p = refusals.Program{Commands: []string{"serve"}, Roles: []string{"auditor"}, Purposes: privacy.Purposes(), Networks: []string{"human-iris"},
				Join: &refusals.Join{Keys: 2, Items: 2}}
			if p.Routes, p.Pages, err = handlers.Examine(ctx, m.table(), *x.program); err == nil {
				p.Schema, err = x.refusals.Schema(ctx)
			}
			return p, err
		},
		Administrators: func(context.Context) ([]string, error) { return nil, nil },
		Letter: func(failing, holding []string, at time.Time) (string, string) {
			return words.MailRefusals("/refusals", failing, holding, at)
		},
	})
	x.answers = answers.New(answers.Parts{Store: m.Store, Audit: m.Log, Clock: m.Clock, Jobs: m.Queue, Say: handlers.SayAnswers,
		Look: func(context.Context) (answers.State, error) { return *x.state, nil }})
	return x
}

// table is what the table of routes is made from.
func (m *market) table() handlers.Deps {
	return handlers.Deps{Development: true, Sellers: m.cases, Clock: m.Clock}
}

func TestPagesAboutTheSystemNeedNobodyAndMayBeKept(t *testing.T) {
	m := openMarket(t)
	if err := m.said.refusals.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	for path, says := range map[string]string{
		paths.Answers(): words.SayNoAds, paths.AnswersJSON(): `"truepenny-answers-1"`, paths.Refusals(): words.RefusalTitle(refusals.PoliceSearch),
		paths.RefusalsJSON(): `"outsiders":false`, paths.Demands(): words.DemandsNone, paths.DemandsJSON(): `"received":"none"`,
		paths.Processors(): words.ProcessorsNobody, paths.Practice(): words.PracticeSection("end"),
	} {
		page := m.somebody(t).get(path).is(200)
		page.shows(says)
		if kept := page.header.Get("Cache-Control"); kept != "no-cache" {
			t.Errorf("%s: %q", path, kept)
		}
		if kept := m.marit.get(path).is(200).header.Get("Cache-Control"); kept != "no-store" {
			t.Errorf("%s for a seller: %q", path, kept)
		}
	}
}

func TestThatNobodyOutsideSearchesIsSaidToMachinesOnlyWhenItWasChecked(t *testing.T) {
	m := openMarket(t)
	if body := m.somebody(t).get(paths.RefusalsJSON()).is(200).body; !strings.Contains(body, `"outsiders":null`) {
		t.Errorf("before the first check: %s", body)
	}
	if err := m.said.refusals.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if body := m.somebody(t).get(paths.RefusalsJSON()).is(200).body; !strings.Contains(body, `"outsiders":false`) {
		t.Errorf("after it: %s", body)
	}
}

func TestEveryPublicAndSellerPageLeadsToTheAnswers(t *testing.T) {
	m := openMarket(t)
	for _, page := range []answer{m.somebody(t).get(paths.Home()), m.somebody(t).get(paths.Notices()), m.somebody(t).get(paths.Reports()), m.marit.get(paths.Account())} {
		for _, to := range []string{paths.Answers(), paths.Refusals(), paths.Practice(), paths.Processors(), paths.Demands()} {
			if page.is(200).page().Find(`footer a[href="`+to+`"]`).Length() != 1 {
				t.Errorf("a page does not lead to %s", to)
			}
		}
	}
}

func TestEveryQuestionHasItsWordsAndItsAnswer(t *testing.T) {
	list := handlers.SayAnswers(answers.State{Purposes: privacy.Purposes(), Notices: privacy.Notices()})
	if len(list) != len(answers.Questions) {
		t.Fatalf("%d answers", len(list))
	}
	for i, a := range list {
		if a.Question != answers.Questions[i] || len(a.Text) == 0 || a.Facts == nil {
			t.Errorf("%+v", a)
		}
		if words.QuestionShort(a.Question) == "" || words.QuestionFull(a.Question) == "" || words.QuestionBy(a.Question) == "" {
			t.Errorf("%s has no words", a.Question)
		}
		for _, text := range a.Text {
			if !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, ":") && !strings.HasSuffix(text, "…") {
				t.Errorf("%s: %q is not a sentence", a.Question, text)
			}
		}
	}
}

func TestAnAnswerSaysSoWhenItsCheckDoesNotHold(t *testing.T) {
	state := answers.State{Purposes: privacy.Purposes(), Refusals: map[string]bool{refusals.Advertising: false, refusals.FacePalm: true}}
	text := func(question string) string {
		for _, a := range handlers.SayAnswers(state) {
			if a.Question == question {
				return strings.Join(a.Text, " ")
			}
		}
		return ""
	}
	if !strings.Contains(text("advertising"), words.SayCheckFails) || strings.Contains(text("pairing"), words.SayCheckFails) || !strings.Contains(text("police"), words.SayCheckMissing) {
		t.Errorf("got %q, %q, %q", text("advertising"), text("pairing"), text("police"))
	}
	if !strings.HasPrefix(text("advertising"), words.SayCheckFails) {
		t.Errorf("the no comes before the warning: %q", text("advertising"))
	}
	want := map[string]string{"advertising": "check-fails", "pairing": "no", "police": "not-checked"}
	for _, a := range handlers.SayAnswers(state) {
		if says := want[a.Question]; says != "" && a.Facts["answer"] != says {
			t.Errorf("machines read %v of %s, want %s", a.Facts["answer"], a.Question, says)
		}
	}
}

func TestTheAnswerAboutDecliningSaysWhatTheDailyComparisonFound(t *testing.T) {
	text := func(costs map[string]string) string {
		for _, a := range handlers.SayAnswers(answers.State{Decline: costs}) {
			if a.Question == "decline" {
				return strings.Join(a.Text, " ")
			}
		}
		return ""
	}
	none, costs := text(nil), text(map[string]string{"approval": "costs", "wait": "alike"})
	if strings.Contains(none, words.ParityPublicVerdict("approval", "alike")) || !strings.Contains(none, "not been made yet") {
		t.Errorf("before the first comparison: %q", none)
	}
	for _, says := range []string{words.ParityPublicVerdict("approval", "costs"), words.ParityPublicVerdict("wait", "alike")} {
		if !strings.Contains(costs, says) {
			t.Errorf("it lacks %q: %q", says, costs)
		}
	}
}

func TestAChangedAnswerShowsWhatItSaidBefore(t *testing.T) {
	m := openMarket(t)
	if err := m.said.answers.Compare(t.Context()); err != nil {
		t.Fatal(err)
	}
	m.Clock.Advance(24 * time.Hour)
	m.said.state.Processors = []answers.Party{{Name: "Demo Relay", Does: "Passes on mail", Data: "addresses", Country: "PT"}}
	page := m.somebody(t).get(paths.Answers()).is(200)
	page.shows("Demo Relay (Portugal): passes on mail.", words.SayNoParties, words.AnswersBefore, words.Moment(m.Clock.Now()))
	var out struct {
		Answers []struct {
			Question string
			Before   []struct{ Answer []string }
		}
	}
	if err := json.Unmarshal([]byte(m.somebody(t).get(paths.AnswersJSON()).body), &out); err != nil {
		t.Fatal(err)
	}
	if len(out.Answers[1].Before) != 1 || out.Answers[1].Before[0].Answer[0] != words.SayNoParties {
		t.Errorf("got %+v", out.Answers[1])
	}
}

// TestEverySettingHasItsSentence walks the settings themselves: one more field
// without a sentence in the practice statement fails here.
func TestEverySettingHasItsSentence(t *testing.T) {
	policy := reflect.TypeOf(sellers.Policy{})
	for i := range policy.NumField() {
		name := policy.Field(i).Name
		section, text, worded := words.PracticeSetting(name, "7")
		if !worded || !strings.HasSuffix(text, ".") || !slices.Contains(words.PracticeSections, section) {
			t.Errorf("sellers.Policy.%s has no sentence in words/openness_practice.go (%q)", name, text)
		}
	}
	settings := reflect.TypeOf(config.Config{})
	for i := range settings.NumField() {
		if f := settings.Field(i); f.IsExported() && !handlers.ConfigSaid(f.Name) {
			t.Errorf("config.Config.%s has no sentence in handlers/openness_practice.go", f.Name)
		}
	}
	for _, code := range words.PracticeSections {
		if words.PracticeSection(code) == "" {
			t.Errorf("section %s has no title", code)
		}
	}
}

func TestThePracticeStatementFollowsTheSettings(t *testing.T) {
	m := openMarket(t, func(p *sellers.Parts) {
		p.Policy = sellers.DefaultPolicy
		p.Policy.FaceKept, p.Policy.DecisionDays, p.Policy.PaperAge, p.Policy.UploadBytes = 11*24*time.Hour, 9, 4, 7<<20
	})
	page := m.somebody(t).get(paths.Practice()).is(200)
	page.shows("Pictures of your face: 11 days after the decision.", "within 9 working days", "older than 4 months", "up to 7 MB")
	for _, p := range privacy.Purposes() {
		page.shows(words.PurposeName(string(p.ID)))
	}
}

func TestDemandsAreKeptByOneConfirmedByAnotherAndReadByTheAuditor(t *testing.T) {
	m := openMarket(t)
	pat, _ := m.signInStaff(t, "Pat Privacy", staff.Privacy)
	ash, _ := m.signInStaff(t, "Ash Admin", staff.Administrator)
	max, _ := m.signInStaff(t, "Max Auditor", staff.Auditor)
	form := []string{"received-day", "3", "received-month", "11", "received-year", "2026", "sender", "court", "country", "PT", "reference", "7/26",
		"scope", "account", "people", "1", "outcome", "given", "answered-day", "9", "answered-month", "11", "answered-year", "2026", "told", "told"}
	pat.post(paths.DemandList(), "sender", "court").is(422).shows(words.Reason("field.required"))
	to := pat.post(paths.DemandList(), form...).is(http.StatusSeeOther).to
	demand, _, _ := strings.Cut(to, "?")
	pat.get(demand).is(200).shows(words.DemandWaits).hides(words.DemandConfirm)
	max.get(demand).is(200).shows("7/26").hides(words.DemandSave, words.DemandConfirm)
	max.post(demand + "/confirmation").is(403)
	pat.post(demand + "/confirmation").is(403)
	ash.get(demand).is(200).shows(words.DemandConfirm)
	ash.post(demand + "/confirmation").is(http.StatusSeeOther)
	ash.post(paths.DemandList(), form...).is(403)
	m.wantAudit(t, "registers.demand-saved", 1)
	m.wantAudit(t, "registers.demand-confirmed", 1)
	public := m.somebody(t).get(paths.Demands()).is(200)
	public.shows("1 to 9", "November 2026", "A court, Portugal").hides("7/26", "3 November")
	max.get(paths.DemandsCSV()).is(200).shows(`"7/26"`)
	m.wantAudit(t, "registers.exported", 1)
	search := slices.Clone(form)
	search[slices.Index(search, "account")] = "face-search"
	pat.post(paths.DemandList(), search...).is(422).shows(words.Reason("demand.no-search"))
}

func TestWhoGetsDataIsPublicAtOnceWithEveryEarlierState(t *testing.T) {
	m := openMarket(t)
	ash, actor := m.signInStaff(t, "Ash Admin", staff.Administrator)
	rob, _ := m.signInStaff(t, "Rob Reviewer", staff.Reviewer)
	form := []string{"kind", "processor", "name", "Demo Relay", "does", "Passes on mail", "data", "Addresses", "country", "PT", "terms", "Agreement of 2026",
		"began-day", "1", "began-month", "11", "began-year", "2026"}
	rob.post(paths.PartyList(), form...).is(403)
	to := ash.post(paths.PartyList(), form...).is(http.StatusSeeOther).to
	party, _, _ := strings.Cut(to, "?")
	form[7] = "Addresses and subjects"
	ash.post(party, append(form, "version", "1")...).is(http.StatusSeeOther)
	ash.post(party, append(form, "version", "1")...).is(409).shows(words.Reason("register.changed"))
	m.somebody(t).get(paths.Processors()).is(200).shows("Demo Relay, Portugal", "Addresses and subjects", words.PartyHistory, "Addresses · Agreement of 2026").hides(words.ProcessorsNobody)
	rows, err := m.Log.List(t.Context(), audit.Filter{Action: "registers.party-saved"})
	if err != nil || len(rows) != 2 || rows[0].Actor.ID != actor.ID || rows[0].Details["kind"] != "processor" {
		t.Fatalf("got %+v %v", rows, err)
	}
}

// TestExamineSeesThePagesAsTheyAreSent holds the examination to what a browser
// gets: the camera is open for the seller's face page only, and every page of
// staff is shut.
func TestExamineSeesThePagesAsTheyAreSent(t *testing.T) {
	m := openMarket(t)
	before, err := m.Log.Count(t.Context(), audit.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	routes, pages, err := handlers.Examine(t.Context(), m.table(), *m.said.program)
	if err != nil || len(routes) != len(m.rows()) {
		t.Fatalf("%d routes of %d, %v", len(routes), len(m.rows()), err)
	}
	seen := map[string]int{}
	for _, p := range pages {
		seen[p.As]++
		if p.Status == http.StatusForbidden || p.Status == http.StatusUnauthorized || p.Status >= 500 {
			t.Errorf("%s as %s: %d", p.Path, p.As, p.Status)
		}
		if open := strings.Contains(p.PermissionsPolicy, "camera=(self)"); open != p.Camera {
			t.Errorf("%s as %s: camera open is %v", p.Path, p.As, open)
		}
	}
	if seen[refusals.AsNobody] < 10 || seen[refusals.AsSeller] < 20 || seen[refusals.AsStaff] < 30 {
		t.Errorf("asked for %v pages", seen)
	}
	after, err := m.Log.Count(t.Context(), audit.Filter{})
	if err != nil || after != before {
		t.Errorf("looking at the pages wrote %d entries to the log (%v)", after-before, err)
	}
}
