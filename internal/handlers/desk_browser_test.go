package handlers_test

import (
	"testing"

	"truepenny/internal/privacy"
	"truepenny/internal/requests"
	"truepenny/internal/staff"
	"truepenny/internal/testkit"
	"truepenny/views/paths"
	"truepenny/views/words"
)

func TestBrowserAnOfficerAnswersAtTheDesk(t *testing.T) {
	room := openRoom(t)
	d := deskRoom{market: room.market}
	objection := d.asks(t, requests.Objection, "Please do not keep the second paper any longer.")
	d.asks(t, requests.Erasure, "")
	correction := d.rectifies(t, room.id, "Uppsala")
	pia := d.Member(t, "Pia Privacy", staff.Privacy)
	letter, err := d.requests.Open(t.Context(), pia.Actor(), requests.New{Kind: requests.Access, Channel: requests.ByLetter, Words: "I am Marit.",
		Contact: "writer@mail.example", ReceivedAt: d.Clock.Now().AddDate(0, 0, -27)})
	if err == nil {
		_, err = d.requests.Name(t.Context(), pia.Actor(), letter.ID, d.account.ID)
	}
	if err == nil {
		_, err = d.requests.AskByPost(t.Context(), pia.Actor(), letter.ID)
	}
	if err == nil {
		_, err = d.rights.holds.Propose(t.Context(), room.leaID, d.account.ID, privacy.PurposeDocuments, privacy.HoldClaim, d.Clock.Now().AddDate(0, 2, 0))
	}
	if err != nil {
		t.Fatal(err)
	}
	page := testkit.Browser(t, testkit.BrowserOptions{})
	d.enter(t, page, pia)
	for name, path := range map[string]string{
		"desk-home": paths.Desk(), "desk-requests": paths.Requests(paths.DeskQuery{}), "desk-letter": paths.RequestNew(), "desk-identity": paths.Request(letter.ID),
		"desk-posted": paths.RequestIdentityPrint(letter.ID), "desk-templates": paths.AnswerTemplates(), "desk-template": paths.AnswerTemplate("access.granted"),
		"desk-holds": paths.Holds(), "desk-retention": paths.Retention(), "desk-consents": paths.DeskConsents(),
	} {
		page.Open(d.url + path)
		looks(page, name)
	}
	page.Open(d.url + paths.Request(objection.ID))
	page.Press(words.RequestRead)
	page.See("Please do not keep the second paper any longer.")
	page.Choose(words.AnswerTemplateField, words.DeskOutcome("granted"))
	page.Press(words.AnswerTake)
	page.See(words.AnswerTitle)
	looks(page, "desk-request")
	page.Press(words.AnswerPreview)
	page.See(words.Reason("request.brackets"))
	page.Fill(words.AnswerWords, "We have deleted the second paper.")
	page.Press(words.AnswerPreview)
	page.See(words.AnswerPreviewTitle)
	looks(page, "desk-preview")
	page.Press(words.AnswerSend)
	page.See(words.RequestDone("answered"))
	looks(page, "desk-answered")

	other := testkit.Browser(t, testkit.BrowserOptions{})
	d.enter(t, other, d.Member(t, "Rita Reviewer", staff.Reviewer))
	other.Open(d.url + paths.Corrections())
	looks(other, "desk-corrections")
	other.Open(d.url + paths.Correction(correction.ID))
	other.Press(words.CorrectionRefuse)
	other.See(words.Reason("form.required"))
	looks(other, "desk-correction")
	other.Press(words.CorrectionAccept)
	other.See(words.RequestDone("corrected"))
}
