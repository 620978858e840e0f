package handlers_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/jobs"
	"truepenny/internal/sellers"
	"truepenny/internal/staff"
	"truepenny/internal/testkit"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// decideAll gives every copied case a decision: accepted ones after hours,
// declined ones that much later, all approved.
func (m *market) decideAll(t *testing.T, later time.Duration) {
	t.Helper()
	sent := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC) // a Monday
	err := m.Log.Record(t.Context(), audit.Entry{Actor: audit.System("test"), Action: "test"}, func(tx *db.Tx) error {
		g := tx.DB()
		steps := []struct {
			sql  string
			args []any
		}{
			{"UPDATE sellers_applications SET state = 'approved', submitted_at = ?, created_at = ?, road = CASE WHEN number % 2 = 0 THEN 'face' ELSE 'documents' END WHERE account_id LIKE 'acc_copy%'", []any{sent, sent.Add(-time.Hour)}},
			{"INSERT INTO sellers_decisions (id, application_id, account_id, round, version, kind, reason_code, words, items, standing, by_id, by_role, at, second_by, second_role, second_words) " +
				"SELECT 'dec_' || id, id, account_id, 1, 1, 'approve', '', '', '', 'final', 'mem_x', 'reviewer', ?, '', '', '' FROM sellers_applications WHERE account_id LIKE 'acc_copy%' AND road = 'face'", []any{sent.Add(3 * time.Hour)}},
			{"INSERT INTO sellers_decisions (id, application_id, account_id, round, version, kind, reason_code, words, items, standing, by_id, by_role, at, second_by, second_role, second_words) " +
				"SELECT 'dec_' || id, id, account_id, 1, 1, 'approve', '', '', '', 'final', 'mem_x', 'reviewer', ?, '', '', '' FROM sellers_applications WHERE account_id LIKE 'acc_copy%' AND road = 'documents'", []any{sent.Add(3*time.Hour + later)}},
		}
		for _, s := range steps {
			if err := g.Exec(s.sql, s.args...).Error; err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// compareNow lets the daily comparison run.
func (m *market) compareNow(t *testing.T) sellers.ParityDay {
	t.Helper()
	if err := m.cases.CompareDaily(t.Context(), jobs.Job{}); err != nil {
		t.Fatal(err)
	}
	d, found, err := m.cases.LastParity(t.Context())
	if err != nil || !found {
		t.Fatal(found, err)
	}
	return d
}

func TestTheComparisonIsShownInTheConsoleAndCoarselyToEverybody(t *testing.T) {
	m := openMarket(t)
	pia, _ := m.signInStaff(t, "Pia Privacy", staff.Privacy)
	if body := pia.get(paths.Parity(paths.ParityQuery{})).is(http.StatusOK).body; !strings.Contains(body, words.ParityEmpty) {
		t.Error("an empty house is not said to be empty")
	}
	if body := m.somebody(t).get(paths.PublicParity()).is(http.StatusOK).body; !strings.Contains(body, words.ParityNoDaily) {
		t.Error("before the first comparison the public page says something else")
	}
	testkit.CopyCases(t, m.Store, m.start(t), 1, 126)
	m.decideAll(t, 48*time.Hour)
	if d := m.compareNow(t); len(d.Since) != 1 {
		t.Fatalf("%+v: %+v", d.Since, d.Figures)
	}
	page := pia.get(paths.Parity(paths.ParityQuery{Days: "0"})).is(http.StatusOK)
	for _, want := range []string{words.ParityAlarmTitle, words.ParityCosts, words.ParityAlike, "63", "100 % (63 of 63", "+2 days"} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	csv := pia.get(paths.ParityCSV(paths.ParityQuery{Days: "0"})).is(http.StatusOK).body
	if strings.Count(csv, "\n") != 4 || !strings.Contains(csv, `"costs"`) {
		t.Errorf("%s", csv)
	}
	public := m.somebody(t).get(paths.PublicParity()).is(http.StatusOK)
	for _, want := range []string{words.ParityAlarmTitle, "at least 60", "about 100 % (90 to 100 %)", "2.5 working days", words.ParityFewerThan} {
		if !strings.Contains(public.body, want) {
			t.Errorf("the public page does not say %q", want)
		}
	}
	if strings.Contains(public.body, "63") {
		t.Error("the public page tells an exact count")
	}
	var j struct {
		Compared bool
		Declined struct {
			Decided map[string]int
			Open    map[string]int
		}
		Verdicts   map[string]string
		AlarmSince map[string]time.Time `json:"alarm_since"`
	}
	if err := json.Unmarshal([]byte(m.somebody(t).get(paths.PublicParityJSON()).is(http.StatusOK).body), &j); err != nil {
		t.Fatal(err)
	}
	if !j.Compared || j.Declined.Decided["at_least"] != 60 || j.Declined.Open["fewer_than"] != 10 || j.Verdicts["wait"] != "costs" || len(j.AlarmSince) != 1 {
		t.Errorf("%+v", j)
	}
}

func TestWithFewCasesThePageSaysHowManyAreNeeded(t *testing.T) {
	m := openMarket(t)
	pia, _ := m.signInStaff(t, "Pia Privacy", staff.Privacy)
	testkit.CopyCases(t, m.Store, m.start(t), 1, 8)
	m.decideAll(t, 0)
	m.compareNow(t)
	body := pia.get(paths.Parity(paths.ParityQuery{Days: "0"})).is(http.StatusOK).body
	if !strings.Contains(body, words.ParityFew) || !strings.Contains(body, "decided cases on each road are needed") {
		t.Error("the page does not say how many cases are needed")
	}
	public := m.somebody(t).get(paths.PublicParity()).body
	if !strings.Contains(public, words.ParityTooFewYet) || !strings.Contains(public, "It cannot be said yet") {
		t.Error("the public page does not say that there are too few")
	}
}
