package handlers_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/experiments"
	"truepenny/internal/sellers"
	"truepenny/internal/staff"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// testOutcomes tells the register how applications went, as the program wires
// it.
type testOutcomes struct{ m *market }

func (o testOutcomes) Outcomes(ctx context.Context, applications []string) ([]experiments.Outcome, error) {
	all, err := o.m.cases.Outcomes(ctx, applications)
	out := make([]experiments.Outcome, len(all))
	for i, c := range all {
		out[i] = experiments.Outcome{Application: c.Application, Sent: !c.SentAt.IsZero(), Open: c.Open(), Decided: !c.DecidedAt.IsZero(), Approved: c.Decision == sellers.Approve}
		if out[i].Sent {
			out[i].Wait = c.Waited(o.m.Clock.Now())
		}
	}
	return out, err
}

// planned is a test as it is typed, with changes in pairs.
func (m *market) planned(changes ...string) []string {
	today := m.Clock.Now()
	form := []string{"name", "Documents first", "why", "Does the order of the roads decide for people?", "change", "road-order", "share", "95", "audience", "everyone",
		"start", today.Format(time.DateOnly), "end", today.AddDate(0, 0, 29).Format(time.DateOnly)}
	for i := 0; i < len(changes); i += 2 {
		for j := 0; j < len(form); j += 2 {
			if form[j] == changes[i] {
				form[j+1] = changes[i+1]
			}
		}
	}
	return form
}

// runningTest registers a test by the pages and approves it.
func (m *market) runningTest(t *testing.T, changes ...string) string {
	t.Helper()
	lea, _ := m.signInStaff(t, "Lea Test", staff.Lead)
	pia, _ := m.signInStaff(t, "Pia Test", staff.Privacy)
	to := lea.post(paths.Experiments(), m.planned(changes...)...).is(http.StatusSeeOther).to
	id := strings.TrimPrefix(strings.SplitN(to, "?", 2)[0], paths.Experiments()+"/")
	pia.post(paths.ExperimentApproval(id)).leadsUnder(paths.Experiment(id))
	return id
}

// firstRoad is what stands first on the page of the roads.
func firstRoad(a answer) string { return strings.TrimSpace(a.page().Find(".road h3").First().Text()) }

func TestATestIsToldToThePersonAndLeftWithOneButton(t *testing.T) {
	m := openMarket(t)
	id := m.runningTest(t)
	var in *person
	var page, road string
	for i := range 40 { // 95 of 100 are in the new arm
		who := m.signInSeller(t, "seller"+strings.Repeat("x", i+1)+"@seller.example")
		who.post(paths.Applications())
		page = strings.SplitN(who.get(paths.Application()).is(http.StatusSeeOther).to, "?", 2)[0]
		road = page + "/road"
		if firstRoad(who.get(road)) == words.RoadPapersTitle {
			in = who
			break
		}
	}
	if in == nil {
		t.Fatal("nobody was put into the new arm")
	}
	for _, where := range []string{page, road} {
		text := in.get(where).is(http.StatusOK).page().Text()
		for _, want := range []string{words.TestNoticeTitle, "Documents first", "Both groups count exactly the same", words.TestNoticeLeave} {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not say %q", where, want)
			}
		}
	}
	in.post(paths.ExperimentLeaving(id)).leadsUnder(page)
	if firstRoad(in.get(road)) != words.RoadFaceTitle {
		t.Error("the usual order does not hold after leaving")
	}
	if text := in.get(page).page().Text(); strings.Contains(text, words.TestNoticeTitle) {
		t.Error("the notice stays after leaving")
	}
	m.wantAudit(t, "experiment.left", 1)
	m.marit.post(paths.ExperimentLeaving(id)).is(http.StatusNotFound)
	pub := m.somebody(t).get(paths.PublicExperiments()).is(http.StatusOK)
	for _, want := range []string{"Documents first", words.ParityFewerThan, "95 %"} {
		if !strings.Contains(pub.body, want) {
			t.Errorf("the public list does not say %q", want)
		}
	}
	if strings.Contains(pub.body, "Lea Test") || strings.Contains(pub.body, "Pia Test") {
		t.Error("the public list names staff")
	}
}

func TestATestIsRegisteredApprovedEndedAndWrittenDownByPages(t *testing.T) {
	m := openMarket(t)
	lea, actor := m.signInStaff(t, "Lea Lead", staff.Lead)
	pia, _ := m.signInStaff(t, "Pia Privacy", staff.Privacy)
	ada, _ := m.signInStaff(t, "Ada Admin", staff.Administrator)
	olle, _ := m.signInStaff(t, "Olle Auditor", staff.Auditor)

	wrong := lea.post(paths.Experiments(), m.planned("why", "no", "end", "2030-01-01", "share", "none")...).is(http.StatusUnprocessableEntity)
	for _, reason := range []string{"field.too-short", "experiment.too-long", "experiment.share"} {
		if !strings.Contains(wrong.body, words.Reason(reason)) {
			t.Errorf("the form does not say %q", words.Reason(reason))
		}
	}
	if wrong.value("name") != "Documents first" {
		t.Error("the form lost what was typed")
	}
	olle.post(paths.Experiments(), m.planned()...).is(http.StatusForbidden)
	id := strings.TrimPrefix(strings.SplitN(lea.post(paths.Experiments(), m.planned()...).is(http.StatusSeeOther).to, "?", 2)[0], paths.Experiments()+"/")
	if body := lea.get(paths.Experiment(id)).is(http.StatusOK).body; !strings.Contains(body, words.TestsOwn) || strings.Contains(body, paths.ExperimentApproval(id)) {
		t.Error("who registered it is offered to approve it")
	}
	if body := ada.get(paths.Experiment(id)).body; !strings.Contains(body, words.TestsNeedsPriv) {
		t.Error("an administrator is not told that a privacy officer has to approve")
	}
	lea.post(paths.ExperimentApproval(id)).is(http.StatusForbidden)
	ada.post(paths.ExperimentApproval(id)).is(http.StatusForbidden)
	olle.post(paths.ExperimentApproval(id)).is(http.StatusForbidden)
	pia.post(paths.ExperimentApproval(id)).leadsUnder(paths.Experiment(id))
	pia.post(paths.ExperimentApproval(id)).is(http.StatusConflict)

	m.marit.post(paths.Applications())
	if body := olle.get(paths.Experiments()).is(http.StatusOK).body; !strings.Contains(body, words.TestsBadRun) || strings.Contains(body, paths.ExperimentNew()) {
		t.Error("the auditor's list is wrong")
	}
	csv := olle.get(paths.ExperimentsCSV()).is(http.StatusOK).body
	if strings.Count(csv, "\n") != 3 || !strings.Contains(csv, "documents-first") || !strings.Contains(csv, "Pia Privacy") {
		t.Errorf("%s", csv)
	}
	ada.post(paths.ExperimentEnd(id), "result", "").is(http.StatusUnprocessableEntity)
	ada.post(paths.ExperimentEnd(id), "result", "Too few people came for an answer.").leadsUnder(paths.Experiment(id))
	pia.post(paths.ExperimentEnd(id), "result", "Once more, for no reason.").is(http.StatusConflict)
	if body := olle.get(paths.Experiment(id)).body; !strings.Contains(body, "Too few people came") || !strings.Contains(body, "Ada Admin") {
		t.Error("the end is not told")
	}
	if text := m.marit.get(paths.ApplicationPage(m.open(t, m.account.Actor()))).page().Text(); strings.Contains(text, words.TestNoticeTitle) {
		t.Error("a person is told of a test that is over")
	}
	for action, n := range map[string]int{"experiment.registered": 1, "experiment.approved": 1, "experiment.ended": 1, "experiment.assigned": 1} {
		m.wantAudit(t, action, n)
	}
	rows, err := m.Log.List(t.Context(), audit.Filter{Action: "experiment.registered", Limit: 1})
	if err != nil || rows[0].Actor.ID != actor.ID || strings.Contains(rows[0].Details["why"], "order") {
		t.Errorf("%+v, %v", rows, err)
	}
}

// open is the id of a seller's open application.
func (m *market) open(t *testing.T, who audit.Actor) string {
	t.Helper()
	mine, err := m.cases.Mine(t.Context(), who)
	if err != nil || len(mine) == 0 {
		t.Fatal(mine, err)
	}
	return mine[0].ID
}

func TestColouredLightIsNotOfferedInItsArm(t *testing.T) {
	m := openMarket(t)
	m.runningTest(t, "change", "light", "name", "No coloured light")
	for i := range 40 {
		who := m.Seller(t, "light"+strings.Repeat("x", i+1)+"@seller.example").Actor()
		app, err := m.cases.Start(t.Context(), who)
		if err != nil {
			t.Fatal(err)
		}
		offered, err := m.cases.LightOffered(t.Context(), app)
		if err != nil {
			t.Fatal(err)
		}
		if !offered {
			return
		}
	}
	t.Error("nobody was put into the arm without light")
}
