package handlers_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"truepenny/internal/sellers"
	"truepenny/internal/testkit/people"
	"truepenny/views/paths"
	"truepenny/views/words"
)

func TestSellerWithoutACameraGoesTheWholeWay(t *testing.T) {
	m := openMarket(t)
	id := m.complete(t)
	check := m.marit.get(paths.ApplicationCheck(id)).is(200)
	check.shows("Sweden", "Marit Elisabet Lindqvist", "14 March 1989", "Hamngatan 12, 211 22 Malmö", "Passport", "Utility bill", words.CheckConsentNo, "within 3 working days")
	m.marit.post(paths.ApplicationSubmission(id), "version", check.value("version")).leadsUnder(paths.ApplicationPage(id))
	m.marit.get(paths.ApplicationPage(id)).is(200).shows(words.StatusAnalysing, "Wednesday 25 November 2026, 12:00 UTC")
	m.drain(t)
	standing := m.marit.get(paths.ApplicationPage(id)).is(200).shows(words.StatusWaiting, words.NextWaiting)
	picture, _ := standing.page().Find(`a:contains("` + words.SeePicture("Utility bill") + `")`).Attr("href")
	m.marit.get(picture).is(200)
	m.decide(t, id, sellers.Decision{Kind: sellers.Approve})
	m.drain(t)
	m.marit.get(paths.ApplicationPage(id)).is(200).shows(words.StatusApproved, "kept until 20 May 2027").hides(words.CancelLink)
	if mails := m.Mails(t, m.account.Email); len(mails) == 0 {
		t.Error("no mail tells of the decision")
	}
	for _, action := range []string{"application.submitted", "application.analysed", "case.approved"} {
		m.wantAudit(t, action, 1)
	}
}

func TestSendingTwiceSendsOnce(t *testing.T) {
	m := openMarket(t)
	id := m.complete(t)
	version := m.marit.get(paths.ApplicationCheck(id)).value("version")
	for range 3 {
		m.marit.post(paths.ApplicationSubmission(id), "version", version).leadsTo(paths.With(paths.ApplicationPage(id), "said", "sent"))
	}
	m.wantAudit(t, "application.submitted", 1)
}

func TestNothingIsSentThatThePersonHasNotSeen(t *testing.T) {
	m := openMarket(t)
	id := m.complete(t)
	version := m.marit.get(paths.ApplicationCheck(id)).value("version")
	m.marit.post(paths.ApplicationDetails(id), maritSays("city", "Lund")...).is(303) // another tab
	back := m.marit.post(paths.ApplicationSubmission(id), "version", version).leadsUnder(paths.ApplicationCheck(id))
	page := m.marit.get(back.to).is(200).shows(words.CheckChanged, "Lund")
	m.wantAudit(t, "application.submitted", 0)
	m.marit.post(paths.ApplicationSubmission(id), "version", page.value("version")).leadsUnder(paths.ApplicationPage(id))
	m.wantAudit(t, "application.submitted", 1)
}

func TestWhatIsMissingIsNamedAndCanNotBeSent(t *testing.T) {
	m := openMarket(t)
	id := m.start(t)
	page := m.marit.get(paths.ApplicationCheck(id)).is(200)
	page.shows(words.CheckNotYet, words.Reason("step.details"), words.Reason("step.road"), words.Reason("step.document")).hides(words.CheckSend)
	m.marit.post(paths.ApplicationSubmission(id), "version", "1").leadsUnder(paths.ApplicationCheck(id))
	m.wantAudit(t, "application.submitted", 0)
}

func TestBackButtonAfterSendingLeadsToWhereItStands(t *testing.T) {
	m := openMarket(t)
	id := m.sent(t)
	for _, path := range []string{paths.ApplicationDetails(id), paths.ApplicationRoad(id), paths.ApplicationDocument(id), paths.ApplicationFace(id), paths.ApplicationPaper(id), paths.ApplicationCheck(id), paths.ApplicationReading(id)} {
		m.marit.get(path).leadsTo(paths.With(paths.ApplicationPage(id), "said", "late"))
	}
	m.marit.post(paths.ApplicationDetails(id), maritSays("city", "Lund")...).leadsUnder(paths.ApplicationPage(id))
	m.marit.autosave(paths.ApplicationDraft(id), maritSays("city", "Lund")...).is(409)
	m.marit.send(paths.ApplicationPaper(id), false, []file{{"picture", sheet(9)}}, "kind", "tax-letter").leadsUnder(paths.ApplicationPage(id))
	m.marit.get(paths.With(paths.ApplicationPage(id), "said", "late")).is(200).shows(words.SaidLate)
	if got := m.application(t, id).Address.City; got != "Malmö" {
		t.Errorf("a sent application was changed to %q", got)
	}
}

func TestAskedAgainNamesExactlyWhatAndTakesIt(t *testing.T) {
	m := openMarket(t)
	id := m.waiting(t)
	m.decide(t, id, sellers.Decision{Kind: sellers.Ask, Items: []sellers.Item{sellers.ItemFront}, Words: "The upper corner is cut off."})
	page := m.marit.get(paths.ApplicationPage(id)).is(200)
	page.shows(words.StatusAsked, "The upper corner is cut off.", words.ItemFrontAsk).hides(words.ItemPaperAsk)
	if page.page().Find(`a[href="`+paths.ApplicationDocument(id)+`"]`).Length() == 0 {
		t.Error("no link leads to what was asked for")
	}
	m.marit.get(paths.ApplicationCheck(id)).is(200).shows(words.CheckNotYet)
	m.marit.send(paths.ApplicationSide(id, "front"), false, []file{{"picture", sheet(3)}}, "kind", "passport", "idempotency_key", "k3").is(303)
	version := m.marit.get(paths.ApplicationCheck(id)).value("version")
	m.marit.post(paths.ApplicationSubmission(id), "version", version).leadsUnder(paths.ApplicationPage(id))
	m.wantAudit(t, "application.resubmitted", 1)
}

func TestAProposedRefusalLooksLikeWaiting(t *testing.T) {
	m := openMarket(t)
	id := m.waiting(t)
	before := m.marit.get(paths.ApplicationPage(id)).is(200)
	ann := m.Member(t, "Ann", "reviewer").Actor()
	if _, err := m.cases.Decide(t.Context(), ann, id, m.application(t, id).Version, refusal); err != nil {
		t.Fatal(err)
	}
	after := m.marit.get(paths.ApplicationPage(id)).is(200)
	if before.body != after.body {
		t.Errorf("the page tells of a refusal that is not taken:\n%s", after.body)
	}
	history := m.marit.get(paths.ApplicationHistory(id)).is(200).hides(refusal.Words)
	if strings.Contains(history.page().Find("main").Text(), "refus") { // the foot of every page leads to what we refuse to do
		t.Error("the history tells of it")
	}
	if stream := m.marit.get(paths.ApplicationProgress(id)); strings.Contains(stream.body, "second") {
		t.Error(stream.body)
	}
}

func TestARefusalHasItsReasonItsAppealAndADayToReapply(t *testing.T) {
	m := openMarket(t)
	id := m.waiting(t)
	m.decide(t, id, refusal)
	reapply, until := people.Start.Add(sellers.DefaultPolicy.ReapplyAfter), people.Start.Add(sellers.DefaultPolicy.AppealWithin)
	m.marit.get(paths.ApplicationPage(id)).is(200).
		shows(words.StatusRefused, words.RefusalReason("document.expired"), refusal.Words, words.AppealHint(until), words.ReapplyHint(reapply)).hides(words.ReapplyDo)
	m.marit.post(paths.ApplicationSuccessor(id)).is(409).shows(words.Reason("application.too-soon"))
	m.marit.post(paths.ApplicationAppeal(id), "words", "No.").is(422).shows(words.Reason("field.too-short"))
	m.marit.post(paths.ApplicationAppeal(id), "words", "The passport was renewed in spring.").leadsUnder(paths.ApplicationPage(id))
	m.marit.get(paths.ApplicationPage(id)).is(200).shows(words.StatusAppealing)
	m.marit.get(paths.ApplicationAppeal(id)).leadsTo(paths.ApplicationPage(id))
	m.wantAudit(t, "application.appealed", 1)
}

func TestAfterItsDayASellerAppliesAgainWithTheirDetails(t *testing.T) {
	m := openMarket(t)
	id := m.waiting(t)
	m.decide(t, id, refusal)
	m.Clock.Advance(sellers.DefaultPolicy.AppealWithin + time.Minute)
	m.marit = m.as(t, m.account.Holder())
	m.marit.get(paths.ApplicationPage(id)).is(200).shows(words.ReapplyNow, words.ReapplyDo).hides(words.AppealLink)
	m.marit.get(paths.ApplicationAppeal(id)).leadsTo(paths.ApplicationPage(id))
	m.marit.post(paths.ApplicationSuccessor(id)).is(303)
	mine, err := m.cases.Mine(t.Context(), m.account.Actor())
	if err != nil || len(mine) != 2 || mine[0].FamilyName != "Lindqvist" {
		t.Fatal(mine, err)
	}
	m.marit.get(paths.Application()).leadsTo(paths.ApplicationPage(mine[0].ID))
}

func TestCancellingAsksFirstAndDeletesThePictures(t *testing.T) {
	m := openMarket(t)
	id := m.waiting(t)
	evidence, err := m.cases.Evidence(t.Context(), m.account.Actor(), id)
	if err != nil || len(evidence) == 0 {
		t.Fatal(evidence, err)
	}
	m.marit.get(paths.ApplicationCancellation(id)).is(200).shows(words.CancelTitle)
	if m.application(t, id).State != sellers.Waiting {
		t.Fatal("asking has cancelled")
	}
	for range 2 {
		m.marit.post(paths.ApplicationCancellation(id)).leadsUnder(paths.ApplicationPage(id))
	}
	m.marit.get(paths.ApplicationEvidence(id, evidence[0].ID)).is(404)
	m.marit.get(paths.ApplicationPage(id)).is(200).shows(words.StatusCancelled, words.LinkNew)
	m.marit.post(paths.Applications()).is(303)
	m.wantAudit(t, "application.cancelled", 1)
}

func TestHistoryNamesEveryLookByRoleAndNobodyByName(t *testing.T) {
	m := openMarket(t)
	id := m.waiting(t)
	ann := m.Member(t, "Ann Curious", "reviewer")
	if _, err := m.cases.Case(t.Context(), ann.Actor(), id); err != nil {
		t.Fatal(err)
	}
	evidence, err := m.cases.Evidence(t.Context(), m.account.Actor(), id)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.cases.OpenEvidence(t.Context(), ann.Actor(), id, evidence[0].ID, "case.review"); err != nil {
		t.Fatal(err)
	}
	m.marit.get(paths.ApplicationHistory(id)).is(200).shows("A reviewer looked at", "to decide your case", "21 November 2026, 12:00 UTC").hides("Ann", ann.ID)
}

func TestProgressIsToldUntilTheMachineIsDone(t *testing.T) {
	m := openMarket(t)
	id := m.waiting(t)
	stream := m.marit.get(paths.ApplicationProgress(id)).is(200)
	if got := stream.header.Get("Content-Type"); got != "text/event-stream" {
		t.Errorf("content type %q", got)
	}
	lines := strings.Split(stream.body, "\n")
	if lines[0] != "id: 1" || !slices.Contains(lines, "event: done") || !slices.Contains(lines, "id: 2") {
		t.Errorf("stream:\n%s", stream.body)
	}
	draft := openMarket(t)
	other := draft.start(t)
	draft.marit.get(paths.ApplicationPage(other)).is(200).hides("hx-sse:connect")
}

func TestAPaperCanBeAddedWhileTheCaseWaits(t *testing.T) {
	m := openMarket(t)
	id := m.waiting(t)
	m.marit.get(paths.ApplicationPage(id)).is(200).shows(words.PaperAddWaiting)
	m.marit.get(paths.With(paths.ApplicationPaper(id), "add", "1")).is(200).shows(words.PaperKindLabel)
	m.marit.send(paths.ApplicationPaper(id), false, []file{{"picture", sheet(7)}}, "kind", "tax-letter", "idempotency_key", "later").
		leadsUnder(paths.ApplicationPaper(id))
	m.wantAudit(t, "application.paper-added", 2)
	m.marit.get(paths.ApplicationPaper(id)).is(200).shows(words.PaperKindName("tax-letter"))
	m.decide(t, id, sellers.Decision{Kind: sellers.Approve})
	m.marit.get(paths.ApplicationPaper(id)).leadsUnder(paths.ApplicationPage(id))
}
