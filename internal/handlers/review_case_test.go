package handlers_test

import (
	"strings"
	"testing"

	"truepenny/internal/sellers"
	"truepenny/internal/testkit/people"
	"truepenny/views/paths"
	"truepenny/views/words"
)

func TestOpeningAWaitingCaseClaimsIt(t *testing.T) {
	r := openRoom(t)
	r.open(r.ann).shows("TP-2001 · Marit Elisabet Lindqvist", "Approve", words.HeldUntil(people.Start.Add(r.cases.Policy.ClaimIdle)), "Hamngatan 12")
	r.wantAudit(t, "case.opened", 1)
	r.wantAudit(t, "case.claimed", 1)

	r.open(r.ben).shows(words.HeldBy("Ann Reviewer")).hides(`name="kind"`)
	r.wantAudit(t, "case.claimed", 1)
	r.open(r.ann) // again by its holder: nothing new
	r.wantAudit(t, "case.claimed", 1)
}

func TestReleasedCaseIsFreeForTheNext(t *testing.T) {
	r := openRoom(t)
	r.open(r.ann)
	r.ben.post(paths.CaseRelease(r.id, noList)).is(403)
	r.ann.post(paths.CaseRelease(r.id, noList)).leadsTo(paths.Queue(noList))
	r.wantAudit(t, "case.released", 1)
	r.open(r.ben).shows("Approve")
	r.lea.post(paths.CaseRelease(r.id, noList)).is(303) // a lead may free anybody's
	r.wantAudit(t, "case.released", 2)
}

func TestCaseThatIsNoneIsMissing(t *testing.T) {
	r := openRoom(t)
	r.ann.get(paths.Case("app_unknown", noList)).is(404)
	draft := r.Seller(t, "draft@seller.example")
	app, err := r.cases.Start(t.Context(), draft.Actor())
	if err != nil {
		t.Fatal(err)
	}
	r.ann.get(paths.Case(app.ID, noList)).is(404) // nobody looks at what was never sent
}

func TestApprovalTellsTheSellerAndLeadsBackToTheList(t *testing.T) {
	r := openRoom(t)
	list := paths.QueueQuery{State: "waiting"}
	page := r.ann.get(paths.Case(r.id, list)).is(200).shows("1 of 1", "Waiting")
	version, seen := page.form(paths.CaseDecision(r.id, list))
	done := r.ann.post(paths.CaseDecision(r.id, list), "kind", "approve", "version", version, "seen", seen)
	done.leadsTo(paths.QueueDone(list, 2001, "approved"))
	r.ann.get(done.to).is(200).shows(words.DecisionDone("TP-2001", "approved"))
	r.wantState(t, sellers.Approved)
	r.wantAudit(t, "case.approved", 1)
	if mails := r.Mails(t, "marit@seller.example"); len(mails) != 1 {
		t.Errorf("mails: %v", mails)
	}
	r.open(r.ann).shows("Approved", words.DecidedTitle).hides(`name="kind"`)
}

func TestRefusalTakesTwoPeople(t *testing.T) {
	r := openRoom(t)
	r.decision(r.ann, proposal...).leadsTo(paths.QueueDone(noList, 2001, "proposed"))
	r.wantState(t, sellers.Second)
	r.wantAudit(t, "case.refusal-proposed", 1)
	if mails := r.Mails(t, "marit@seller.example"); len(mails) != 0 {
		t.Fatalf("the seller hears before the second look: %v", mails)
	}

	r.open(r.ann).shows(words.SecondOther).hides(`name="confirm"`)
	app := r.application(t, r.id)
	r.ann.post(paths.CaseSecondLook(r.id, noList), "confirm", "yes", "version", itoa(app.Version)).is(403)
	r.wantState(t, sellers.Second)

	r.open(r.ben).shows("A colleague proposes to refuse", refusal.Words, "Ann Reviewer")
	r.look(r.ben, "confirm", "yes").leadsTo(paths.QueueDone(noList, 2001, "refused"))
	r.wantState(t, sellers.Refused)
	r.wantAudit(t, "case.refused", 1)
	if mails := r.Mails(t, "marit@seller.example"); len(mails) != 1 {
		t.Errorf("mails: %v", mails)
	}
}

func TestSecondPersonGivesARefusalBackWithWords(t *testing.T) {
	r := openRoom(t)
	r.decision(r.ann, proposal...).is(303)
	r.look(r.ben, "words", "no").is(422).shows("at least 10 characters").hides("case-changed")
	r.wantState(t, sellers.Second)
	r.look(r.ben, "words", "The bill is fine: the flat is in the second line.").leadsTo(paths.QueueDone(noList, 2001, "returned"))
	r.wantState(t, sellers.Waiting)
	r.wantAudit(t, "case.refusal-returned", 1)
	r.open(r.ann).shows("Refusal proposed, not confirmed", "the flat is in the second line")
}

// After an appeal, none of the two who refused may decide again.
func TestAppealGoesToSomebodyElse(t *testing.T) {
	r := openRoom(t)
	r.decision(r.ann, proposal...).is(303)
	r.look(r.ben, "confirm", "yes").is(303)
	if _, err := r.cases.Appeal(t.Context(), r.account.Actor(), r.id, "The passport was renewed; I sent the old one."); err != nil {
		t.Fatal(err)
	}
	for _, p := range []*person{r.ann, r.ben} {
		r.open(p).shows(words.ConnectedTitle, words.Reason("case.took-part"), "I sent the old one").hides(`name="kind"`)
		p.post(paths.CaseDecision(r.id, noList), "kind", "approve", "version", itoa(r.application(t, r.id).Version)).is(403)
	}
	r.wantState(t, sellers.Waiting)
	r.decision(r.lea, "kind", "approve").is(303)
	r.wantState(t, sellers.Approved)
}

func TestAskingAgainNamesItemsAndKeepsWhatWasTyped(t *testing.T) {
	r := openRoom(t)
	typed := "Please send the paper once more, in daylight."
	r.decision(r.ann, "kind", "ask", "words", typed).is(422).shows(typed, words.Reason("field.required"))
	r.decision(r.ann, "kind", "ask", "items", "paper", "words", "short").is(422).shows("short", words.Reason("field.too-short"))
	r.wantState(t, sellers.Waiting)
	r.decision(r.ann, "kind", "ask", "items", "paper", "items", "details", "words", typed).leadsTo(paths.QueueDone(noList, 2001, "asked"))
	r.wantState(t, sellers.Asked)
	r.wantAudit(t, "case.asked", 1)
	if details := r.noted(t, "case.asked")[0].Details; details["items"] != "details paper" {
		t.Errorf("the log says %v", details)
	}
}

// Two tabs: what happened in the first is shown in the second, and the words
// typed there are kept.
func TestConflictShowsWhatChangedAndKeepsTheWords(t *testing.T) {
	r := openRoom(t)
	version, seen := r.open(r.ann).form(paths.CaseDecision(r.id, noList))
	r.decision(r.ann, proposal...).is(303)
	r.look(r.ben, "words", "I can read the date: it is valid.").is(303)

	typed := "We would like to see the back of the bill."
	page := r.ann.post(paths.CaseDecision(r.id, noList), "version", version, "seen", seen, "kind", "ask", "items", "paper", "words", typed).is(409)
	page.shows(words.ConflictTitle, typed, "Proposed a refusal", "Gave a proposed refusal back · Ben Reviewer")
	r.wantState(t, sellers.Waiting)
	r.wantAudit(t, "case.asked", 0)
	notice := page.page().Find("#conflict").Text()
	if strings.Contains(notice, "Application started") || strings.Contains(notice, "Opened the case") {
		t.Errorf("the notice tells what is not new: %s", notice)
	}
	if ticked, _ := page.page().Find(`input[name="items"][checked]`).Attr("value"); ticked != "paper" {
		t.Errorf("the ticked item is %q", ticked)
	}

	// From the page that came back it goes through.
	version, seen = page.form(paths.CaseDecision(r.id, noList))
	r.ann.post(paths.CaseDecision(r.id, noList), "version", version, "seen", seen, "kind", "ask", "items", "paper", "words", typed).is(303)
	r.wantState(t, sellers.Asked)
}

func TestDecisionOnACaseThatAnotherHoldsKeepsTheWords(t *testing.T) {
	r := openRoom(t)
	version, seen := r.open(r.ann).form(paths.CaseDecision(r.id, noList))
	r.Clock.Advance(r.cases.Policy.ClaimIdle)
	r.open(r.again(t, r.benActor)) // Ann was away for too long
	r.again(t, r.annActor).post(paths.CaseDecision(r.id, noList), append([]string{"version", version, "seen", seen}, proposal...)...).is(409).
		shows(words.Reason("case.claimed"), refusal.Words)
	r.wantState(t, sellers.Waiting)
}

func TestConnectedReviewerNeitherLooksNorDecides(t *testing.T) {
	r := openRoom(t)
	version, _ := r.open(r.ann).form(paths.CaseDecision(r.id, noList))
	picture := r.open(r.ann).page().Find(".picture img").First().AttrOr("src", "")
	r.ann.post(paths.CaseConnection(r.id, noList), "number", "2001").leadsTo(paths.QueueDone(noList, 2001, "connected"))
	r.wantAudit(t, "case.connection-declared", 1)
	r.open(r.ann).shows(words.ConnectedTitle, words.Reason("case.connected")).hides(`name="kind"`, picture, "Utility bill")
	r.ann.get(picture).is(403)
	r.ann.post(paths.CaseDecision(r.id, noList), "kind", "approve", "version", version).is(403)
	r.ann.post(paths.CaseClaim(r.id, noList)).is(403)
	r.decision(r.ben, "kind", "approve").is(303) // somebody else may
}

func TestEveryPictureIsLoggedWithItsReasonAndKeptNowhere(t *testing.T) {
	r := openRoom(t)
	pictures := r.open(r.ann).page().Find(".picture img").Map(attribute("src"))
	if len(pictures) != 2 {
		t.Fatalf("the page shows %v", pictures)
	}
	before := len(r.noted(t, "vault.opened"))
	got := r.ann.get(pictures[0]).is(200)
	if got.header.Get("Content-Type") != "image/jpeg" || got.header.Get("Cache-Control") != "no-store" || !strings.HasPrefix(got.body, "\xff\xd8") {
		t.Errorf("headers %v", got.header)
	}
	looks := r.noted(t, "vault.opened")
	if len(looks) != before+1 || looks[0].Reason != "case.review" || looks[0].Actor.ID != r.annActor.ID || looks[0].Person != r.account.ID {
		t.Errorf("the look is logged as %+v", looks[0])
	}
	r.ann.get(paths.CaseEvidence(r.id, "ev_unknown")).is(404)
	r.ann.get(paths.CaseFrames(r.id, "cap_unknown")).is(404)
}

func TestNoStaffPageMayOpenTheCamera(t *testing.T) {
	r := openRoom(t)
	for _, path := range []string{paths.Queue(noList), paths.Case(r.id, noList), paths.CaseDecisionForm(r.id, "ask", noList)} {
		if policy := r.ann.get(path).is(200).header.Get("Permissions-Policy"); !strings.Contains(policy, "camera=()") {
			t.Errorf("%s: %s", path, policy)
		}
	}
}

func TestPreviewShowsTheSellersWordsAndChangesNothing(t *testing.T) {
	r := openRoom(t)
	r.open(r.ann)
	before := len(r.noted(t, ""))
	r.ann.post(paths.CasePreview(r.id, noList), append(proposal, "version", "1")...).is(200).
		shows(words.StatusRefused, words.RefusalReason(refusal.ReasonCode), refusal.Words, "You can apply again from 21 December 2026")
	r.ann.post(paths.CasePreview(r.id, noList), "kind", "ask", "items", "paper", "words", "<b>bold</b> words").is(200).
		shows(words.AskedItem("paper"), "<b>bold</b> words")
	r.wantState(t, sellers.Waiting)
	for _, row := range r.noted(t, "")[:len(r.noted(t, ""))-before] {
		if row.Action != "case.opened" && row.Action != "vault.opened" {
			t.Errorf("the preview left %s", row.Action)
		}
	}
}

// Without dialogs and without script each form is a page of its own.
func TestEveryDecisionHasAPageOfItsOwn(t *testing.T) {
	r := openRoom(t)
	for kind, title := range map[string]string{"approve": words.DecideApproveHas, "ask": words.DecideAskTitle, "refuse": words.DecideRefuseHas} {
		page := r.ann.get(paths.CaseDecisionForm(r.id, kind, noList)).is(200).page()
		if got := page.Find("section#decide h2").First().Text(); got != title {
			t.Errorf("%s: the page shows %q", kind, got)
		}
		if page.Find("section#decide form button[type=submit]").Length() == 0 {
			t.Errorf("%s: nothing sends the form", kind)
		}
		if n := page.Find("#words, #ask-words, #refuse-words").Length(); n != 2 {
			t.Errorf("%s: %d fields for words, want one in each form", kind, n)
		}
	}
}
