package handlers_test

import (
	"os"
	"testing"

	"github.com/chromedp/chromedp"

	"truepenny/internal/sellers"
	"truepenny/internal/testkit"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// looks holds a page to its looks: narrow and light, wide and dark. With
// TRUEPENNY_SHOTS set it takes pictures of all four.
func looks(page *testkit.Page, name string) {
	if os.Getenv("TRUEPENNY_SHOTS") != "" {
		page.Looks(name)
		return
	}
	page.Size(390, 900)
	page.Narrow()
	page.Axe()
	page.Size(1280, 900)
	page.Dark(true)
	page.Axe()
	page.Dark(false)
}

// browse signs Marit in through the link in her mail, as she does it.
func (m *market) browse(t *testing.T, o testkit.BrowserOptions) *testkit.Page {
	t.Helper()
	page := testkit.Browser(t, o)
	m.somebody(t).post(paths.SignIn(), "email", m.account.Email).is(303)
	page.Open(m.url + paths.MailLink(m.Token(t, m.account.Email)))
	page.Press(words.LinkButton)
	page.Until(`location.pathname.startsWith("/application")`)
	return page
}

func TestBrowserEveryPageOfTheWayOnPapersLooksRight(t *testing.T) {
	m := openMarket(t)
	page := m.browse(t, testkit.BrowserOptions{})
	looks(page, "seller-start")
	page.Press(words.ApplyStart)
	page.See(words.DetailsTitle)
	app, err := m.cases.Start(t.Context(), m.account.Actor())
	if err != nil {
		t.Fatal(err)
	}
	open := func(path string) { page.Open(m.url + path) }
	looks(page, "seller-details")
	page.Press(words.Continue)
	page.See(words.ErrorSummaryTitle)
	looks(page, "seller-details-wrong")
	m.marit.post(paths.ApplicationDetails(app.ID), maritSays("seen", "")...).is(303)
	open(paths.ApplicationRoad(app.ID))
	looks(page, "seller-road")
	open(paths.ApplicationConsent(app.ID))
	looks(page, "seller-consent")
	page.Press(words.ConsentNo)
	page.See(words.DocumentTitle)
	looks(page, "seller-document-kind")
	open(paths.With(paths.ApplicationSide(app.ID, "front"), "kind", "passport"))
	looks(page, "seller-side")
	m.marit.send(paths.ApplicationSide(app.ID, "front"), false, []file{{"picture", sheet(1)}}, "kind", "passport", "idempotency_key", "k1").is(303)
	open(paths.ApplicationSide(app.ID, "front"))
	looks(page, "seller-side-sent")
	open(paths.ApplicationDocument(app.ID))
	looks(page, "seller-document")
	open(paths.ApplicationReading(app.ID))
	looks(page, "seller-reading-none")
	open(paths.ApplicationPaper(app.ID))
	looks(page, "seller-paper-kind")
	open(paths.With(paths.ApplicationPaper(app.ID), "kind", "utility-bill"))
	looks(page, "seller-paper")
	open(paths.ApplicationPage(app.ID))
	looks(page, "seller-draft")
	open(paths.ApplicationCheck(app.ID))
	looks(page, "seller-check-missing")
	m.marit.send(paths.ApplicationPaper(app.ID), false, []file{{"picture", sheet(2)}}, "kind", "utility-bill", "idempotency_key", "k2").is(303)
	open(paths.ApplicationPaper(app.ID))
	looks(page, "seller-paper-sent")
	open(paths.ApplicationCheck(app.ID))
	looks(page, "seller-check")
	page.Press(words.CheckSend)
	page.See(words.StatusAnalysing)
	looks(page, "seller-analysing")
	m.drain(t)
	page.See(words.StatusWaiting) // by the stream, without a reload
	looks(page, "seller-waiting")
	open(paths.ApplicationCancellation(app.ID))
	looks(page, "seller-cancel")
}

func TestBrowserEveryDecisionLooksRight(t *testing.T) {
	m := openMarket(t)
	id := m.waiting(t)
	m.decide(t, id, sellers.Decision{Kind: sellers.Ask, Items: []sellers.Item{sellers.ItemFront}, Words: "The upper corner is cut off. Please take the picture once more."})
	page := m.browse(t, testkit.BrowserOptions{})
	page.Open(m.url + paths.ApplicationPage(id))
	looks(page, "seller-asked")
	m.marit.send(paths.ApplicationSide(id, "front"), false, []file{{"picture", sheet(3)}}, "kind", "passport", "idempotency_key", "k3").is(303)
	m.marit.post(paths.ApplicationSubmission(id), "version", m.marit.get(paths.ApplicationCheck(id)).value("version")).is(303)
	m.drain(t)
	m.decide(t, id, refusal)
	page.Open(m.url + paths.ApplicationPage(id))
	looks(page, "seller-refused")
	page.Press(words.AppealLink)
	page.See(words.AppealTitle)
	looks(page, "seller-appeal")
	page.Do(chromedp.SendKeys(chromedp.JSPath(`document.querySelector("textarea[name=words]")`), "The passport was renewed in spring; I send the new page."))
	page.Press(words.AppealSend)
	page.See(words.StatusAppealing)
	page.Open(m.url + paths.ApplicationHistory(id))
	looks(page, "seller-history")
	m.decide(t, id, sellers.Decision{Kind: sellers.Approve})
	page.Open(m.url + paths.ApplicationPage(id))
	looks(page, "seller-approved")
}

func TestBrowserPublicPagesLookRight(t *testing.T) {
	m := openMarket(t)
	page := testkit.Browser(t, testkit.BrowserOptions{})
	page.Open(m.url + paths.Home())
	looks(page, "front")
	page.Open(m.url + paths.Notices())
	looks(page, "notices")
}

func TestBrowserDetailsAreSavedAsTheyAreTyped(t *testing.T) {
	m := openMarket(t)
	page := m.browse(t, testkit.BrowserOptions{})
	page.Press(words.ApplyStart)
	page.See(words.DetailsTitle)
	page.Tick(words.DetailsBusiness)
	page.Fill(words.DetailsBusinessName, "Lindqvist Keramik")
	page.Fill(words.DetailsFamily, "Lindqvist")
	page.Until(`document.getElementById("saved").textContent.startsWith("Saved ")`)
	page.Open(m.url + paths.Application())
	page.Press(words.GoOn)
	page.See(words.DetailsTitle)
	page.Until(`document.getElementById("family_name").value === "Lindqvist" && document.getElementById("business_name").value === "Lindqvist Keramik"`)
	page.Press(words.Continue) // with errors, but without taking its own autosave for another tab's
	page.See(words.ErrorSummaryTitle)
	page.SeeNot(words.DetailsChanged)
}

func TestBrowserTheCameraStepAndWhatWasReadLookRight(t *testing.T) {
	s := openStudio(t)
	id := s.described(t, "yes")
	s.marit.send(paths.ApplicationSide(id, "front"), false, []file{{"picture", s.passport(t, s.sitters[0])}}, "kind", "passport", "idempotency_key", "p").is(303)
	s.marit.post(paths.ApplicationReading(id), "number", "UT4711082").is(303)
	page := s.browse(t, testkit.BrowserOptions{})
	page.Open(s.url + paths.ApplicationReading(id))
	page.See("LINDQVIST")
	looks(page, "seller-reading")
	page.Open(s.url + paths.ApplicationFace(id))
	page.See(words.CameraOpen)
	looks(page, "seller-face")
	page.Open(s.url + paths.ApplicationFace(id) + "?tip=liveness.no-turn-left+face.dark")
	page.See(words.FaceNotYet)
	looks(page, "seller-face-again")
	page.Press(words.FaceDeclined)
	page.See(words.RoadTitle)
	looks(page, "seller-road-chosen")
	s.captured(t, id, s.sitters[0])
	page.Open(s.url + paths.ApplicationFace(id))
	page.See(words.FaceDoneTitle)
	looks(page, "seller-face-done")
	page.Open(s.url + paths.ApplicationCheck(id))
	looks(page, "seller-check-face")
	page.Press(words.CheckSend)
	page.See(words.StatusAnalysing)
	s.drain(t)
	page.See(words.StatusWaiting)
	looks(page, "seller-waiting-face")
}

func TestBrowserACaseSaysWhatEachTestOfACaptureRulesOut(t *testing.T) {
	s := openStudio(t)
	id := s.described(t, "yes")
	who := s.sitters[0]
	s.marit.send(paths.ApplicationSide(id, "front"), false, []file{{"picture", s.passport(t, who)}}, "kind", "passport", "idempotency_key", "p").is(303)
	s.unpromised(t, id)
	s.captured(t, id, who)
	s.marit.post(paths.ApplicationSubmission(id), "version", s.marit.get(paths.ApplicationCheck(id)).value("version")).is(303)
	s.drain(t)
	page := testkit.Browser(t, testkit.BrowserOptions{})
	s.enter(t, page, s.Member(t, "Ann Reviewer", "reviewer"))
	page.Open(s.url + paths.Case(id, noList))
	page.See(words.TestName("gestures"))
	page.See(words.TestText("light", "not run", "liveness.no-light"))
	page.See(words.FailedTries(1))
	page.See("A page cannot attest its camera")
	page.SeeNot("round_trip")
	page.Press(words.CaptureFigures)
	looks(page, "case-capture")
}
