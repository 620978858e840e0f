package handlers_test

import (
	"strings"
	"testing"

	"truepenny/internal/audit"
	"truepenny/internal/requests"
	"truepenny/internal/staff"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// deskRoom is a marketplace with its privacy officer Pia.
type deskRoom struct {
	*market
	pia *person
}

func openDesk(t *testing.T) deskRoom {
	m := openMarket(t)
	pia, _ := m.signInStaff(t, "Pia Privacy", staff.Privacy)
	return deskRoom{m, pia}
}

// asks opens a request of Marit's.
func (d deskRoom) asks(t *testing.T, kind requests.Kind, text string) requests.Request {
	t.Helper()
	r, err := d.requests.Open(t.Context(), d.account.Actor(), requests.New{Kind: kind, Channel: requests.ByAccount, Person: d.account.ID, Words: text})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// enters has Pia enter a letter and returns the address of its page.
func (d deskRoom) enters(t *testing.T, kind requests.Kind, contact string) string {
	t.Helper()
	to := d.pia.post(paths.Requests(paths.DeskQuery{}), "kind", string(kind), "words", "I am Marit.", "contact", contact, "postal", "1 High Street").is(303).to
	path, _, _ := strings.Cut(to, "?")
	d.pia.get(to).is(200).shows(words.RequestDone("entered"))
	return path
}

func TestEveryPageOfTheDeskOpensEmptyAndFull(t *testing.T) {
	d := openDesk(t)
	pages := []string{paths.Desk(), paths.Requests(paths.DeskQuery{}), paths.RequestNew(), paths.AnswerTemplates(), paths.AnswerTemplate("access.granted"),
		paths.Holds(), paths.Retention(), paths.DeskConsents(), paths.RequestsCSV(paths.DeskQuery{}), paths.RetentionCSV(), paths.DeskConsentsCSV()}
	for _, path := range pages {
		d.pia.get(path).is(200)
	}
	d.pia.get(paths.Requests(paths.DeskQuery{})).shows(words.RequestNone)
	r := d.asks(t, requests.Objection, "Please stop.")
	for _, path := range pages {
		d.pia.get(path).is(200)
	}
	d.pia.get(paths.Desk()).shows(words.DeskNextDue, words.Date(r.DueAt))
	d.pia.get(paths.Requests(paths.DeskQuery{State: "open", Kind: "objection"})).shows(r.Label())
	if page := d.pia.get(paths.Requests(paths.DeskQuery{Mark: "overdue"})); strings.Contains(page.body, r.Label()) {
		t.Error("a request of today is overdue")
	}
	if body := d.pia.get(paths.RequestsCSV(paths.DeskQuery{})).body; !strings.Contains(body, "R-1001") || strings.Contains(body, "Please stop") {
		t.Errorf("the file reads\n%s", body)
	}
	d.wantAudit(t, "requests.exported", 3)
}

func TestAnAuditorSeesWhatHappenedAndNoWord(t *testing.T) {
	d := openDesk(t)
	r := d.asks(t, requests.Complaint, "You were unkind to me.")
	ada, _ := d.signInStaff(t, "Ada Auditor", staff.Auditor)
	page := ada.get(paths.With(paths.Request(r.ID), "read", "words")).is(200).shows(r.Label(), words.LogAction("request.opened"))
	for _, hidden := range []string{"unkind", words.AnswerSend, words.AnswerPreview, words.RequestRead, words.ExtendButton} {
		if strings.Contains(page.body, hidden) {
			t.Errorf("an auditor is shown %q", hidden)
		}
	}
	d.wantAudit(t, "request.read", 0)
	ada.get(paths.RequestNew()).is(403)
}

func TestAnOfficerReadsPreviewsAndAnswers(t *testing.T) {
	d := openDesk(t)
	r := d.asks(t, requests.Complaint, "You were unkind to me.")
	path := paths.Request(r.ID)
	if page := d.pia.get(path).is(200); strings.Contains(page.body, "unkind") {
		t.Error("the words are open before anybody asked for them")
	}
	d.pia.get(paths.With(path, "read", "words")).is(200).shows("You were unkind to me.", "marit@seller.example")
	d.wantAudit(t, "request.read", 1)
	picked := d.pia.get(paths.With(path, "template", "complaint.granted")).is(200).shows("You were right:")
	version := picked.value("version")
	form := []string{"template", "complaint.granted", "version", version, "outcome", "granted", "words", "You were right: it was late. We are sorry."}
	d.pia.post(paths.RequestPreview(r.ID), "template", "", "version", version, "outcome", "", "words", "short").is(422).
		shows(words.Reason("form.required"), words.Reason("form.too-short"), "short")
	d.wantAudit(t, "request.answered", 0)
	d.pia.post(paths.RequestPreview(r.ID), form...).is(200).shows(words.AnswerPreviewTitle, words.AnswerSend, "data protection authority")
	d.wantAudit(t, "request.answered", 0)
	d.pia.post(paths.RequestAnswer(r.ID), form...).leadsUnder(path)
	d.pia.get(path).is(200).shows(words.DeskOutcome("granted"), words.LogAction("request.answered"))
	d.pia.get(paths.With(path, "read", "answer")).is(200).shows("it was late")
	d.pia.post(paths.RequestAnswer(r.ID), form...).is(409).shows(words.Reason("request.answered"))
}

func TestALetterIsEnteredItsWriterRecognisedByALinkAndAnswered(t *testing.T) {
	d := openDesk(t)
	form := d.pia.post(paths.Requests(paths.DeskQuery{}), "kind", "", "words", "Kept words", "contact", "nobody", "received-day", "31", "received-month", "2", "received-year", "2026").
		is(422).shows(words.Reason("form.date"), "Kept words")
	if form.value("contact") != "nobody" || form.value("received-day") != "31" {
		t.Error("what was typed is gone")
	}
	path := d.enters(t, requests.Access, "writer@mail.example")
	id := strings.TrimPrefix(path, paths.Requests(paths.DeskQuery{})+"/")
	d.pia.post(paths.RequestPerson(id), "query", "").is(422).shows(words.Reason("form.required"))
	if page := d.pia.post(paths.RequestPerson(id), "query", "nobody@seller.example").is(422).shows(words.Reason("request.nobody")); page.value("query") != "nobody@seller.example" {
		t.Error("what was typed is gone")
	}
	d.pia.post(paths.RequestPerson(id), "query", "TP-999999").is(422).shows(words.Reason("request.nobody"))
	d.pia.post(paths.RequestPerson(id), "query", "marit@seller.example").leadsUnder(path)
	d.wantAudit(t, "request.person-looked-up", 3)
	d.pia.get(path).is(200).shows(words.IdentityFound, words.IdentityMail, words.IdentityPostNone)
	d.pia.post(paths.RequestIdentity(id), "way", "mail-link").leadsUnder(path)
	d.pia.get(path).shows(words.DeskWay("mail-link"))

	link := d.linkIn(t, "marit@seller.example", "/requests/confirm/")
	stranger := d.somebody(t)
	stranger.get(link).is(200).shows(words.ConfirmButton)
	stranger.get(link).is(200) // mail scanners open it too
	stranger.post(link).is(200).shows(words.ConfirmDoneTitle)
	stranger.post(link).is(410).shows(words.ConfirmGoneTitle)
	stranger.get("/requests/confirm/nothing").is(410)
	d.pia.get(path).is(200).shows(words.DeskWay("mail-link"), words.RequestCopyButton)

	d.pia.post(paths.RequestCopy(id)).leadsUnder(path)
	d.wantAudit(t, "request.copy-started", 1)
	d.pia.post(paths.RequestAnswer(id), "outcome", "granted", "words", "It stands in your own room.").leadsUnder(path)
	if got := d.Mails(t, "writer@mail.example"); len(got) != 1 {
		t.Errorf("who wrote was told %v", got)
	}
}

// linkIn is the address under a prefix in the newest mail that has one.
func (d deskRoom) linkIn(t *testing.T, to, prefix string) string {
	t.Helper()
	letters, err := d.Outbox.Caught(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range letters {
		for _, word := range strings.Fields(l.Text) {
			if path, ok := strings.CutPrefix(word, d.url); ok && l.To == to && strings.HasPrefix(path, prefix) {
				return path
			}
		}
	}
	t.Fatalf("no mail to %s leads to %s", to, prefix)
	return ""
}

func TestMoreTimeIsGivenFromThePage(t *testing.T) {
	d := openDesk(t)
	r := d.asks(t, requests.Access, "")
	d.pia.post(paths.RequestExtension(r.ID), "months", "", "reason", "short").is(422).shows(words.Reason("form.choose"), words.Reason("form.too-short"))
	d.pia.post(paths.RequestExtension(r.ID), "months", "2", "reason", "There are many pages to read.").leadsUnder(paths.Request(r.ID))
	d.pia.get(paths.Request(r.ID)).is(200).shows(words.RequestExtendedOn, words.Date(requests.DueAt(r.OpenedAt, 3)))
	d.pia.post(paths.RequestExtension(r.ID), "months", "1", "reason", "There are many pages to read.").is(409).shows(words.Reason("request.extended"))
}

func TestADeletionIsRunFromThePageAndItsReceiptShown(t *testing.T) {
	d := openDesk(t)
	r := d.asks(t, requests.Erasure, "")
	d.pia.post(paths.RequestAnswer(r.ID), "outcome", "granted", "words", "It is all deleted.").is(409).shows(words.Reason("request.erase-first"))
	d.pia.post(paths.RequestErasure(r.ID)).leadsUnder(paths.Request(r.ID))
	page := d.pia.get(paths.With(paths.Request(r.ID), "template", "erasure.granted")).is(200).shows(words.EraseReceipt)
	if strings.Contains(page.body, "[number]") {
		t.Error("the number of the receipt is not filled in")
	}
	d.wantAudit(t, "privacy.erased", 1)
	d.pia.post(paths.RequestAnswer(r.ID), "outcome", "granted", "words", "It is all deleted.").leadsUnder(paths.Request(r.ID))
	d.pia.get(paths.Retention()).is(200).shows(words.RetentionAsked, words.EraseReceipt)
}

func TestAWordingOfAnAnswerIsChanged(t *testing.T) {
	d := openDesk(t)
	path := paths.AnswerTemplate("access.granted")
	d.pia.post(path, "version", "0", "body", "x").is(422).shows(words.Reason("form.too-short"))
	d.pia.post(path, "version", "0", "body", "Look into your own room, please.").leadsUnder(path)
	d.pia.get(path).is(200).shows("Look into your own room, please.")
	d.pia.post(path, "version", "0", "body", "Mine is another one.").is(409).shows(words.Reason("template.changed"), "Mine is another one.")
	d.wantAudit(t, "template.saved", 1)
	d.pia.get(paths.AnswerTemplate("nothing.such")).is(404)
}

func TestAHoldTakesTwoPeopleAndHasAnEnd(t *testing.T) {
	d := openDesk(t)
	lea, _ := d.signInStaff(t, "Lea Lead", staff.Lead)
	d.pia.post(paths.Holds(), "person", "", "reason", "", "until-day", "1").is(422).shows(words.Reason("form.required"), words.Reason("form.date"))
	d.pia.post(paths.Holds(), "person", "TP-999999", "reason", "court-order", "until-day", "1", "until-month", "2", "until-year", "2027").
		is(422).shows(words.Reason("request.nobody"))
	d.pia.post(paths.Holds(), "person", "marit@seller.example", "purpose", "face-match", "reason", "legal-claim", "until-day", "1", "until-month", "2", "until-year", "2027").
		is(422).shows(words.Reason("hold.court-only"))
	d.pia.post(paths.Holds(), "person", "marit@seller.example", "purpose", "face-match", "reason", "court-order", "until-day", "1", "until-month", "2", "until-year", "2027").
		leadsUnder(paths.Holds())
	page := d.pia.get(paths.Holds()).is(200).shows(words.HoldWaits)
	if strings.Contains(page.body, "/confirmation") {
		t.Error("the one who proposed it may confirm it")
	}
	hold, err := d.rights.holds.List(t.Context(), d.account.ID)
	if err != nil || len(hold) != 1 {
		t.Fatal(hold, err)
	}
	d.pia.post(paths.HoldConfirmation(hold[0].ID)).is(403)
	lea.get(paths.Holds()).is(200).shows(words.HoldConfirm)
	lea.post(paths.HoldConfirmation(hold[0].ID)).leadsUnder(paths.Holds())
	lea.post(paths.HoldConfirmation(hold[0].ID)).is(409).shows(words.Reason("hold.state"))
	d.pia.get(paths.Holds()).is(200).shows(words.HoldActive)
	d.pia.post(paths.HoldLifting(hold[0].ID)).leadsUnder(paths.Holds())
	d.wantAudit(t, "privacy.hold-lifted", 1)
}

func TestOnePersonsAnswersAreLookedUpWithATrace(t *testing.T) {
	d := openDesk(t)
	app, err := d.cases.Start(t.Context(), d.account.Actor())
	if err != nil {
		t.Fatal(err)
	}
	d.pia.post(paths.DeskPerson(), "application", "17").is(422).shows(words.Reason("consents.number"))
	d.pia.post(paths.DeskPerson(), "application", "TP-1").is(422).shows(words.Reason("request.nobody"))
	d.pia.post(paths.DeskPerson(), "application", strings.ToLower(app.Label())).is(200).shows(app.Label(), words.ConsentPersonNone)
	rows, err := d.Log.List(t.Context(), audit.Filter{Action: "consents.looked-up", Person: d.account.ID})
	if err != nil || len(rows) != 1 {
		t.Fatal(rows, err)
	}
}

// rectifies asks for another city in an application of Marit's.
func (d deskRoom) rectifies(t *testing.T, application, value string) requests.Request {
	t.Helper()
	r, err := d.requests.Open(t.Context(), d.account.Actor(), requests.New{Kind: requests.Rectification, Channel: requests.ByAccount, Person: d.account.ID,
		Application: application, Field: "city", Value: value, Words: "It was misspelt."})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAReviewerComparesAndCorrects(t *testing.T) {
	room := openRoom(t)
	d := deskRoom{market: room.market}
	app := room.id
	rita := room.ann
	r := d.rectifies(t, app, "Uppsala")
	rita.get(paths.Corrections()).is(200).shows(r.Label(), words.DeskField("city"))
	path := paths.Correction(r.ID)
	page := rita.get(path).is(200).shows("Uppsala", "It was misspelt.", words.CorrectionEvidence)
	rita.post(path, "decision", "refuse", "version", page.value("version"), "reason", "").is(422).shows(words.Reason("form.required"))
	rita.post(path, "decision", "accept", "version", "0").is(409).shows(words.Reason("case.changed"))
	rita.post(path, "decision", "accept", "version", page.value("version")).leadsUnder(paths.Corrections())
	d.wantAudit(t, "application.corrected", 1)
	d.wantAudit(t, "request.answered", 1)
	rita.get(path).is(404)
	r = d.rectifies(t, app, "Upsala")
	page = rita.get(paths.Correction(r.ID)).is(200)
	rita.post(paths.Correction(r.ID), "decision", "refuse", "version", page.value("version"), "reason", "The paper says Uppsala.").leadsUnder(paths.Corrections())
	d.wantAudit(t, "application.corrected", 1)
}

func TestALetterOfSomebodyNotRecognisedLeavesThePersonsOwnRoomAsItWas(t *testing.T) {
	d := openDesk(t)
	own := d.asks(t, requests.Objection, "Please stop.")
	path := d.enters(t, requests.Erasure, "thief@mail.example")
	id := strings.TrimPrefix(path, paths.Requests(paths.DeskQuery{})+"/")
	d.pia.post(paths.RequestPerson(id), "query", "marit@seller.example").leadsUnder(path)
	page := d.marit.get(paths.MyDataRequests()).is(200).shows(own.Label(), "Please stop.")
	if strings.Contains(page.body, "I am Marit") || strings.Contains(page.body, "R-1002") {
		t.Error("she reads what somebody else wrote")
	}
	d.marit.get(paths.MyDataFields()).is(200)
}
