package handlers_test

import (
	"strings"
	"testing"

	"truepenny/internal/privacy"
	"truepenny/views/paths"
	"truepenny/views/words"
)

func TestConsentShowsTheExactNoticeAndTwoAnswersOfOneWeight(t *testing.T) {
	m := openMarket(t)
	id := m.start(t)
	page := m.marit.get(paths.ApplicationConsent(id)).is(200)
	notice, _ := privacy.CurrentNotice(privacy.PurposeFace, "en")
	for _, text := range strings.Split(notice.Text, "\n\n") {
		page.shows(text)
	}
	if page.value("notice") != notice.Version {
		t.Error("the answer would name another notice")
	}
	sameWeight(t, page.page().Find("form .btn[name=answer]"))
}

func TestWithoutConsentThereIsNoCapturePage(t *testing.T) {
	m := openMarket(t, withEngines(t))
	id := m.start(t)
	face, consent := paths.ApplicationFace(id), paths.ApplicationConsent(id)
	m.marit.get(face).leadsTo(consent)
	m.marit.post(paths.ApplicationConsent(id), "answer", "no", "notice", faceNotice()).is(303)
	m.marit.get(face).leadsTo(consent).hides("capture-face")
	m.marit.post(paths.ApplicationRoad(id), "road", "face").leadsTo(consent) // choosing the road is no consent
	m.marit.get(face).leadsTo(consent)
	m.marit.send(paths.ApplicationCaptures(id), true, nil, "light", "yes").is(403)
	m.wantAudit(t, "capture.started", 0)
	m.marit.post(consent, "answer", "yes", "notice", faceNotice()).is(303)
	m.marit.get(face).is(200).shows(words.FaceDeclined)
	m.wantAudit(t, "capture.started", 0) // a page that is only looked at starts nothing
	m.marit.send(paths.ApplicationCaptures(id), true, nil, "light", "yes").is(200)
	m.wantAudit(t, "capture.started", 1)
	m.marit.post(paths.ApplicationWithdrawal(id)).leadsUnder(paths.ApplicationPage(id))
	m.marit.get(face).leadsTo(consent)
	m.marit.send(paths.ApplicationCaptures(id), true, nil, "light", "yes").is(403)
	m.wantAudit(t, "capture.started", 1)
}

func TestNoLeadsToPapersAtOnce(t *testing.T) {
	m := openMarket(t)
	id := m.start(t)
	m.marit.post(paths.ApplicationDetails(id), maritSays()...).is(303)
	m.marit.post(paths.ApplicationConsent(id), "answer", "no", "notice", faceNotice()).leadsUnder(paths.ApplicationDocument(id))
	m.wantAudit(t, "consent.declined", 1)
	m.marit.get(paths.ApplicationPaper(id)).is(200).shows(words.PaperTitle)
}

func TestConsentNeedsAnAnswerToTheNoticeThatIsShown(t *testing.T) {
	m := openMarket(t)
	id := m.start(t)
	m.marit.post(paths.ApplicationConsent(id), "answer", "", "notice", faceNotice()).is(422)
	m.marit.post(paths.ApplicationConsent(id), "answer", "yes", "notice", "face-match.0.en").is(409).shows(words.Reason("notice.old"))
	m.wantAudit(t, "consent.given", 0)
}

func TestConsentCanBeTakenBackAfterSending(t *testing.T) {
	m := openMarket(t)
	id := m.described(t, "yes")
	m.wantAudit(t, "consent.given", 1)
	m.marit.get(paths.ApplicationPage(id)).is(200).shows(words.WithdrawLink)
	m.marit.get(paths.ApplicationConsent(id)).is(200).shows(words.ConsentGiven, words.WithdrawDo)
	m.marit.post(paths.ApplicationWithdrawal(id)).leadsUnder(paths.ApplicationPage(id))
	m.wantAudit(t, "consent.withdrawn", 1)
	m.marit.get(paths.ApplicationPage(id)).is(200).hides(words.WithdrawLink)
	m.marit.post(paths.ApplicationWithdrawal(id)).is(409).shows(words.Reason("consent.none"))
}

func TestTheCameraIsAllowedOnCapturePagesAlone(t *testing.T) {
	m := openMarket(t)
	id := m.described(t, "no")
	allowed := func(path string) bool {
		return strings.Contains(m.marit.get(path).header.Get("Permissions-Policy"), "camera=(self)")
	}
	for _, path := range []string{paths.ApplicationSide(id, "front") + "?kind=passport", paths.ApplicationPaper(id)} {
		if !allowed(path) {
			t.Errorf("%s may not open the camera", path)
		}
	}
	for _, path := range []string{paths.Home(), paths.Application(), paths.ApplicationPage(id), paths.ApplicationDetails(id), paths.ApplicationConsent(id), paths.ApplicationCheck(id), paths.ApplicationRoad(id)} {
		if allowed(path) {
			t.Errorf("%s may open the camera", path)
		}
	}
}
