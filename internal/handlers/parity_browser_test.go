package handlers_test

import (
	"strings"
	"testing"
	"time"

	"truepenny/internal/accounts"
	"truepenny/internal/staff"
	"truepenny/internal/testkit"
	"truepenny/views/paths"
	"truepenny/views/words"
)

func TestBrowserParityAndTestsLookRight(t *testing.T) {
	m := openMarket(t)
	testkit.CopyCases(t, m.Store, m.start(t), 1001, 1126) // their numbers leave room for others
	m.decideAll(t, 48*time.Hour)
	m.compareNow(t)
	id := m.runningTest(t)
	var guest accounts.Account
	for i := range 40 { // until one is in the new arm, as 95 of 100 are
		guest = m.Seller(t, "guest"+strings.Repeat("x", i)+"@seller.example")
		who := m.as(t, guest.Holder())
		who.post(paths.Applications())
		if firstRoad(who.get(strings.SplitN(who.get(paths.Application()).to, "?", 2)[0]+"/road")) == words.RoadPapersTitle {
			break
		}
	}
	page := testkit.Browser(t, testkit.BrowserOptions{})
	m.enter(t, page, m.Member(t, "Pia Officer", staff.Privacy))
	page.Open(m.url + paths.Parity(paths.ParityQuery{Days: "0"}))
	page.See(words.ParityAlarmTitle)
	page.Looks("parity")
	page.Open(m.url + paths.Experiments())
	page.Looks("tests")
	page.Open(m.url + paths.ExperimentNew())
	page.Looks("test-new")
	page.Press(words.TestsRegister)
	page.See(words.Reason("field.required"))
	page.Looks("test-wrong")
	page.Open(m.url + paths.Experiment(id))
	page.Looks("test")
	page.Open(m.url + paths.PublicParity())
	page.Looks("parity-public")
	page.Open(m.url + paths.PublicExperiments())
	page.Looks("tests-public")
	own := testkit.Browser(t, testkit.BrowserOptions{})
	for _, c := range m.as(t, guest.Holder()).cookies() {
		own.SetCookie(m.url, c.Name, c.Value)
	}
	own.Open(m.url + paths.Application())
	own.See(words.TestNoticeTitle)
	own.Looks("test-notice")
	own.Press(words.TestNoticeLeave)
	own.See(words.SaidLeftTest)
	own.SeeNot(words.TestNoticeTitle)
}
