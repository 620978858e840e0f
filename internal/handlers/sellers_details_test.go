package handlers_test

import (
	"strings"
	"testing"
	"time"

	"truepenny/views/paths"
	"truepenny/views/words"
)

func TestNewSellerLandsWhereAnApplicationStarts(t *testing.T) {
	m := openMarket(t)
	m.somebody(t).get(paths.Application()).leadsTo(paths.With(paths.SignIn(), "next", paths.Application()))
	m.marit.get(paths.Application()).is(200).shows(words.ApplyStartTitle)
	id := m.start(t)
	m.marit.get(paths.Application()).leadsTo(paths.ApplicationPage(id))
	m.marit.post(paths.Applications()).leadsUnder(paths.ApplicationDetails(id)) // pressed twice
	m.wantAudit(t, "application.started", 1)
}

func TestWrongDetailsComeBackAsTypedWithEveryErrorAtOnce(t *testing.T) {
	m := openMarket(t)
	id := m.start(t)
	back := m.marit.post(paths.ApplicationDetails(id), maritSays("country", "", "family_name", "", "birth_date-day", "31", "birth_date-month", "2", "line1", "…")...).is(422)
	back.shows(words.ErrorSummaryTitle, words.Reason("field.choice"), words.Reason("date.invalid"), words.Reason("field.characters"))
	for field, want := range map[string]string{"given_names": "Marit Elisabet", "birth_date-day": "31", "birth_date-month": "2", "line1": "…"} {
		if got := back.value(field); got != want {
			t.Errorf("%s came back as %q, typed was %q", field, got, want)
		}
	}
	page := back.page()
	for _, target := range []string{"country", "family_name", "birth_date-day", "line1"} {
		if page.Find(`.error-summary a[href="#`+target+`"]`).Length() != 1 || page.Find("#"+target).Length() != 1 {
			t.Errorf("the summary does not lead to %s", target)
		}
	}
	m.wantAudit(t, "application.details-confirmed", 0)
}

func TestDetailsAreSavedAsTheyAreTypedAndFoundOnAnotherDevice(t *testing.T) {
	m := openMarket(t)
	id := m.start(t)
	seen := m.marit.get(paths.ApplicationDetails(id)).is(200).value("seen")
	m.Clock.Advance(2 * time.Hour / 60)
	saved := m.marit.autosave(paths.ApplicationDraft(id), maritSays("seen", seen, "family_name", "Lind", "birth_date-year", "19")...).is(200)
	if !strings.Contains(saved.body, `"seen":"`) || strings.Contains(saved.body, seen) {
		t.Fatalf("the tab does not learn what was saved: %s", saved.body)
	}
	phone := m.as(t, m.account.Holder())
	there := phone.get(paths.ApplicationDetails(id)).is(200).shows("Saved 12:02")
	if there.value("family_name") != "Lind" || there.value("city") != "Malmö" {
		t.Error("what was typed is not there")
	}
	if got := there.value("birth_date-year"); got != "" {
		t.Errorf("half a date was kept: %q", got)
	}
	m.marit.post(paths.ApplicationDetails(id), maritSays()...).leadsUnder(paths.ApplicationRoad(id))
	m.wantAudit(t, "application.details-saved", 1)
	m.wantAudit(t, "application.details-confirmed", 1)
}

func TestTwoTabsDoNotOverwriteEachOther(t *testing.T) {
	m := openMarket(t)
	id := m.start(t)
	old := m.marit.get(paths.ApplicationDetails(id)).value("seen") // both tabs were opened now
	m.marit.post(paths.ApplicationDetails(id), maritSays("seen", old, "city", "Lund")...).is(303)
	m.marit.autosave(paths.ApplicationDraft(id), maritSays("seen", old, "city", "Malmö")...).is(409)
	told := m.marit.post(paths.ApplicationDetails(id), maritSays("seen", old, "city", "Malmö")...).is(409)
	told.shows(words.DetailsChanged, words.DetailsSavedThere, "Lund")
	if told.value("city") != "Malmö" {
		t.Error("what was typed here is lost")
	}
	if got := m.application(t, id).Address.City; got != "Lund" {
		t.Errorf("the other tab's answer was overwritten with %q", got)
	}
	m.marit.post(paths.ApplicationDetails(id), maritSays("seen", told.value("seen"), "city", "Malmö")...).is(303)
	if got := m.application(t, id).Address.City; got != "Malmö" {
		t.Errorf("the person's choice was not kept: %q", got)
	}
}

func TestWhatOneTabSavesWhileItIsTypedIsNoConflict(t *testing.T) {
	m := openMarket(t)
	id := m.start(t)
	seen := m.marit.get(paths.ApplicationDetails(id)).value("seen")
	m.marit.autosave(paths.ApplicationDraft(id), maritSays("seen", seen, "city", "Mal")...).is(200)
	// The answer to the autosave got lost; the form is sent with what it knew.
	m.marit.post(paths.ApplicationDetails(id), maritSays("seen", seen)...).leadsUnder(paths.ApplicationRoad(id))
}

func TestEveryPageOfAnApplicationIsItsOwnersAlone(t *testing.T) {
	m := openMarket(t)
	id := m.waiting(t)
	eve := m.signInSeller(t, "eve@seller.example")
	evidence, err := m.cases.Evidence(t.Context(), m.account.Actor(), id)
	if err != nil || len(evidence) == 0 {
		t.Fatal(evidence, err)
	}
	for _, path := range []string{
		paths.ApplicationPage(id), paths.ApplicationDetails(id), paths.ApplicationRoad(id), paths.ApplicationConsent(id), paths.ApplicationDocument(id),
		paths.ApplicationSide(id, "front"), paths.ApplicationReading(id), paths.ApplicationEvidence(id, evidence[0].ID), paths.ApplicationFace(id),
		paths.ApplicationPaper(id), paths.ApplicationCheck(id), paths.ApplicationProgress(id), paths.ApplicationCancellation(id),
		paths.ApplicationAppeal(id), paths.ApplicationHistory(id),
	} {
		eve.get(path).is(404).hides("Marit", "Lindqvist", "TP-")
		m.somebody(t).get(path).leadsUnder(paths.SignIn())
	}
	for _, path := range []string{
		paths.ApplicationDetails(id), paths.ApplicationDraft(id), paths.ApplicationRoad(id), paths.ApplicationConsent(id), paths.ApplicationWithdrawal(id),
		paths.ApplicationSide(id, "front"), paths.ApplicationReading(id), paths.ApplicationRemoval(id, evidence[0].ID), paths.ApplicationPaper(id),
		paths.ApplicationSubmission(id), paths.ApplicationCancellation(id), paths.ApplicationSuccessor(id),
	} {
		eve.post(path, "road", "documents", "answer", "no", "notice", faceNotice()).is(404)
		m.somebody(t).post(path).is(401)
	}
	eve.post(paths.ApplicationAppeal(id), "words", "This is not my application at all.").is(404)
}
