package handlers_test

import (
	"archive/zip"
	"bytes"
	"net/http"
	"strings"
	"testing"

	"truepenny/internal/audit"
	"truepenny/internal/audit/verify"
	"truepenny/internal/privacy"
	"truepenny/internal/privacy/receipt"
	"truepenny/internal/sellers"
	"truepenny/internal/staff"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// myItem is the first picture on Marit's page of what is held.
func (m *market) myItem(t *testing.T) string {
	t.Helper()
	src, found := m.marit.get(paths.MyData()).is(200).page().Find(".own-pictures img").First().Attr("src")
	if !found {
		t.Fatal("no picture is shown")
	}
	return src
}

func TestEverythingHeldIsShownByPurposeAndOpensForItsPersonAlone(t *testing.T) {
	m := openMarket(t)
	m.waiting(t)
	page := m.marit.get(paths.MyData()).is(200)
	for _, want := range []string{words.PurposeName("identity-documents"), "Passport", "Utility bill", words.KeptAfterDecision(180), words.HoldingName("consents")} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	src := m.myItem(t)
	if got := m.marit.get(src).is(200); got.header.Get("Content-Type") != "image/jpeg" || !strings.HasPrefix(got.body, "\xff\xd8") {
		t.Error("no picture came")
	}
	rows, err := m.Log.List(t.Context(), audit.Filter{Action: "vault.opened", ActorID: m.account.ID, Limit: 1})
	if err != nil || len(rows) != 1 || rows[0].Reason != "own" || rows[0].Person != m.account.ID {
		t.Errorf("the look is not noted: %+v %v", rows, err)
	}
	m.signInSeller(t, "other@seller.example").get(src).is(http.StatusNotFound)
	for _, role := range staff.Roles {
		them, _ := m.signInStaff(t, "Staff "+string(role), role)
		them.get(src).is(http.StatusForbidden)
		them.get(paths.MyData()).is(http.StatusForbidden)
	}
	m.marit.get(paths.MyDataItem("itm_none")).is(http.StatusNotFound)
}

func TestWhoLookedStandsInWordsWithAProofThatHolds(t *testing.T) {
	m := openMarket(t)
	id := m.waiting(t)
	ann := m.Member(t, "Ann Reviewer", staff.Reviewer).Actor()
	c, err := m.cases.Case(t.Context(), ann, id)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.cases.OpenEvidence(t.Context(), ann, id, c.Evidence[0].ID, "case.review"); err != nil {
		t.Fatal(err)
	}
	items, err := m.rights.vault.Describe(t.Context(), m.account.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.rights.vault.Open(t.Context(), ann, items[0].ID, privacy.PurposeFace, "case.review"); err == nil {
		t.Fatal("a wrong purpose opened it")
	}
	page := m.marit.get(paths.MyDataLooks("", 0)).is(200)
	for _, want := range []string{"A reviewer", "To decide your case", words.LooksRefused, m.Log.VerifierKey()} {
		if !strings.Contains(page.body, want) && !strings.Contains(page.page().Text(), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, never := range []string{"Ann", ann.ID} {
		if strings.Contains(page.body, never) {
			t.Errorf("the page names %q", never)
		}
	}
	href, _ := page.page().Find("#looks a[download]").First().Attr("href")
	proof := m.marit.get(href).is(200)
	if _, err := verify.Inclusion([]byte(proof.body), m.Log.VerifierKey()); err != nil {
		t.Errorf("the proof does not hold: %v", err)
	}
	m.signInSeller(t, "other@seller.example").get(href).is(http.StatusNotFound)
	csv := m.marit.get(paths.MyDataLooksCSV("")).is(200)
	if !strings.Contains(csv.body, "A reviewer") || !strings.Contains(csv.body, "\"true\",\"vault.refused\"") {
		t.Errorf("got %s", csv.body)
	}
	all := m.marit.get(paths.MyDataLooks(paths.LooksLog, 0)).is(200)
	if !strings.Contains(all.body, "You sent the application") {
		t.Error("the whole log lacks what she did")
	}
}

func TestAStepOfARefusalIsNotToldBeforeTheDecision(t *testing.T) {
	m := openMarket(t)
	id := m.waiting(t)
	ann := m.Member(t, "Ann Reviewer", staff.Reviewer).Actor()
	if _, err := m.cases.Decide(t.Context(), ann, id, m.application(t, id).Version, refusal); err != nil {
		t.Fatal(err)
	}
	rows, _ := m.Log.List(t.Context(), audit.Filter{Action: "case.refusal-proposed"})
	if len(rows) != 1 {
		t.Fatal("nothing was proposed")
	}
	if body := m.marit.get(paths.MyDataLooks(paths.LooksLog, 0)).is(200).body; strings.Contains(body, "refusal-proposed") {
		t.Error("the page tells of it")
	}
	m.marit.get(paths.MyDataProof(rows[0].Index)).is(http.StatusNotFound)
}

func TestComparisonsAreToldInWordsWithoutAFigure(t *testing.T) {
	m := openMarket(t)
	if body := m.marit.get(paths.MyDataComparisons()).is(200).body; !strings.Contains(body, words.ComparisonsNone) {
		t.Error("it does not say that there is none")
	}
	m.waiting(t)
	page := m.marit.get(paths.MyDataComparisons()).is(200)
	for _, want := range []string{words.ComparisonName("name"), words.ComparisonWith("name"), words.ComparisonText("face", "not run", "declined")} {
		if !strings.Contains(page.page().Text(), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(page.page().Find("main").Text(), "0.") {
		t.Error("a figure is shown")
	}
}

func TestACopyIsAskedForMadeFetchedAndRemoved(t *testing.T) {
	m := openMarket(t)
	m.waiting(t)
	m.marit.post(paths.MyDataCopies()).leadsTo(paths.MyDataCopy())
	if body := m.marit.get(paths.MyDataCopy()).is(200).body; !strings.Contains(body, words.MyCopyMaking) || !strings.Contains(body, "hx-sse:connect") {
		t.Error("it does not say that the copy is being made")
	}
	m.drain(t)
	page := m.marit.get(paths.MyDataCopy()).is(200)
	href, found := page.page().Find("#copy a[download]").Attr("href")
	if !found || !strings.Contains(page.body, words.MyCopyReady) {
		t.Fatalf("no copy is offered:\n%s", page.body)
	}
	m.somebody(t).get(href).leadsTo(paths.With(paths.SignIn(), "next", href)) // the link alone is not enough
	m.signInSeller(t, "other@seller.example").get(href).is(http.StatusNotFound)
	pia, _ := m.signInStaff(t, "Pia Privacy", staff.Privacy)
	pia.get(href).is(http.StatusForbidden)
	got := m.marit.get(href).is(200)
	z, err := zip.NewReader(bytes.NewReader([]byte(got.body)), int64(len(got.body)))
	if err != nil || len(z.File) < 4 || got.header.Get("Content-Type") != "application/zip" {
		t.Fatal(err, got.header)
	}
	remove, _ := page.page().Find("#copy form").First().Attr("action")
	m.signInSeller(t, "third@seller.example").post(remove)
	m.marit.get(href).is(200)
	m.marit.post(remove).leadsTo(paths.MyDataCopy())
	m.marit.get(href).is(http.StatusNotFound)
	m.marit.post(remove).leadsTo(paths.MyDataCopy()) // pressed twice
}

func TestTheProgressOfACopyStreamsToItsEnd(t *testing.T) {
	m := openMarket(t)
	m.marit.post(paths.MyDataCopies()).is(303)
	m.drain(t)
	c, _, err := m.rights.copies.Of(t.Context(), m.account.ID)
	if err != nil {
		t.Fatal(err)
	}
	got := m.marit.get(paths.MyDataCopyProgress(c.ID)).is(200)
	if !strings.Contains(got.body, "event: done") || got.header.Get("Content-Type") != "text/event-stream" {
		t.Errorf("got %q", got.body)
	}
	m.signInSeller(t, "other@seller.example").get(paths.MyDataCopyProgress(c.ID)).is(http.StatusNotFound)
}

func TestAFieldIsCorrectedThroughARequestWithItsClock(t *testing.T) {
	m := openMarket(t)
	id := m.waiting(t)
	form := []string{"application", id, "field", "family_name", "words", "I married in May."}
	wrong := m.marit.post(paths.MyDataFields(), append(form, "value", "")...).is(http.StatusUnprocessableEntity)
	if wrong.page().Find(".error-summary a").Length() != 1 || wrong.page().Find("details[open] textarea").First().Text() != "I married in May." {
		t.Errorf("it does not say what is wrong, or loses what was typed:\n%s", wrong.page().Find("main").Text())
	}
	m.marit.post(paths.MyDataFields(), append(form, "value", "Lindqvist Berg")...).leadsUnder(paths.MyDataRequests())
	mine, err := m.requests.Of(t.Context(), m.account.ID)
	if err != nil || len(mine) != 1 || mine[0].Field != "family_name" || mine[0].Application != id {
		t.Fatal(mine, err)
	}
	list := m.marit.get(paths.MyDataRequests()).is(200)
	for _, want := range []string{mine[0].Label(), words.Date(mine[0].DueAt), "Lindqvist Berg"} {
		if !strings.Contains(list.body, want) {
			t.Errorf("the list lacks %q", want)
		}
	}
	if body := m.marit.get(paths.MyDataFields()).is(200).body; !strings.Contains(body, words.FieldsAsked) {
		t.Error("the field does not say that its correction is under way")
	}
	other := m.signInSeller(t, "other@seller.example")
	other.post(paths.MyDataFields(), append(form, "value", "Mine")...).is(http.StatusNotFound)
	if body := other.get(paths.MyDataRequests()).is(200).body; strings.Contains(body, mine[0].Label()) {
		t.Error("somebody else sees it")
	}
}

func TestAnObjectionAndAComplaintAreTakenIn(t *testing.T) {
	m := openMarket(t)
	m.marit.post(paths.MyDataRequests(), "kind", "promotion", "words", "x").is(http.StatusUnprocessableEntity)
	m.marit.post(paths.MyDataRequests(), "kind", "objection", "words", "").is(http.StatusUnprocessableEntity)
	for _, kind := range []string{"objection", "complaint"} {
		m.marit.post(paths.MyDataRequests(), "kind", kind, "words", "I do not want this.").leadsUnder(paths.MyDataRequests())
	}
	m.wantAudit(t, "request.opened", 2)
}

func TestKeepingForADisputeIsAgreedToAndTakenBack(t *testing.T) {
	m := openMarket(t)
	page := m.marit.get(paths.MyDataConsent("video-disputes")).is(200)
	m.marit.post(paths.MyDataConsent("video-disputes"), "answer", "perhaps", "notice", page.value("notice")).is(http.StatusUnprocessableEntity)
	m.marit.post(paths.MyDataConsent("video-disputes"), "answer", "given", "notice", page.value("notice")).is(303)
	if body := m.marit.get(paths.MyDataConsent("video-disputes")).is(200).body; !strings.Contains(body, words.MyConsentTakeBack) {
		t.Error("it cannot be taken back")
	}
	m.marit.post(paths.MyDataConsent("video-disputes"), "answer", "withdrawn").is(303)
	consent, _, err := m.consents.Current(t.Context(), m.account.ID, privacy.PurposeDispute)
	if err != nil || consent.Given() {
		t.Errorf("it stands: %+v %v", consent, err)
	}
	for _, id := range []string{"identity-documents", "duplicate-search", "advertising"} {
		m.marit.get(paths.MyDataConsent(id)).is(http.StatusNotFound)
	}
	m.marit.post(paths.MyDataConsent("face-match"), "answer", "given", "notice", faceNotice()).is(http.StatusUnprocessableEntity)
}

func TestDeletingOnePurposeSaysWhatGoesAndGivesAReceipt(t *testing.T) {
	m := openMarket(t)
	id := m.waiting(t)
	m.decide(t, id, sellers.Decision{Kind: sellers.Approve})
	src := m.myItem(t)
	page := m.marit.get(paths.MyDataDeletion("identity-documents")).is(200)
	if !strings.Contains(page.body, words.DeleteGoes) || !strings.Contains(page.body, words.DeleteUndo) {
		t.Error("it does not say what goes")
	}
	to := m.marit.post(paths.MyDataDeletion(""), "purpose", "identity-documents").is(303).to
	if !strings.HasPrefix(to, "/receipts/") {
		t.Fatalf("leads to %s", to)
	}
	m.marit.get(src).is(http.StatusNotFound)
	m.marit.get(to).is(200)
	file := m.somebody(t).get(to + "/file").is(200) // with nothing but the address
	checked, err := receipt.Verify([]byte(file.body), "", m.Log.VerifierKey())
	if err != nil || len(checked.Items) == 0 || len(checked.Keys) == 0 {
		t.Errorf("got %+v %v", checked, err)
	}
	if strings.Contains(file.body, m.account.ID) || strings.Contains(file.body, "Lindqvist") {
		t.Error("the receipt says who it was")
	}
	m.marit.get(paths.MyData()).is(200)
	if body := m.marit.get(paths.MyDataDeletion("")).is(200).body; !strings.Contains(body, to) {
		t.Error("the list does not lead to the receipt")
	}
}

func TestDeletingTheFaceTakesTheConsentBackToo(t *testing.T) {
	m := openMarket(t)
	m.described(t, "yes")
	m.marit.post(paths.MyDataDeletion(""), "purpose", "face-match").is(303)
	consent, _, err := m.consents.Current(t.Context(), m.account.ID, privacy.PurposeFace)
	if err != nil || consent.Given() {
		t.Errorf("the consent stands: %+v %v", consent, err)
	}
}

func TestWhoHasAPasskeySignsInAfreshBeforeDeleting(t *testing.T) {
	m := openMarket(t)
	m.waiting(t)
	m.marit.addKey("Phone")
	mailed := m.somebody(t)
	mailed.post(paths.SignIn(), "email", m.account.Email).is(303)
	mailed.post(paths.MailLink(m.Token(t, m.account.Email))).is(303)
	if body := mailed.get(paths.MyDataDeletion("everything")).is(200).body; !strings.Contains(body, words.DeletePasskeyGo) || strings.Contains(body, words.DeleteDoAll) {
		t.Error("it does not ask for the passkey")
	}
	mailed.post(paths.MyDataDeletion(""), "purpose", "everything").is(http.StatusForbidden)
	if _, err := m.Accounts.Get(t.Context(), m.account.ID); err != nil {
		t.Error("it was deleted all the same")
	}
}

func TestDeletingEverythingSignsOutAndLeavesAReceipt(t *testing.T) {
	m := openMarket(t)
	m.waiting(t)
	other := m.signInSeller(t, "other@seller.example")
	m.marit.post(paths.MyDataDeletion(""), "purpose", "nothing-known").is(http.StatusNotFound)
	to := m.marit.post(paths.MyDataDeletion(""), "purpose", "everything").is(303).to
	page := m.marit.get(to).is(200)
	if !strings.Contains(page.body, words.ReceiptGone) {
		t.Error("the page does not say that the account is closed")
	}
	m.marit.get(paths.MyData()).is(303) // to the door
	items, err := m.rights.vault.Describe(t.Context(), m.account.ID)
	if len(items) != 0 || err != nil {
		t.Errorf("still sealed: %d %v", len(items), err)
	}
	other.get(paths.MyData()).is(200)
	m.somebody(t).get(paths.Receipt("rcp_none")).is(http.StatusNotFound)
}

func TestADeletionAskedForInWordsIsOfWhatWasChosenAndOfEverythingOnlyWhenSaid(t *testing.T) {
	m := openMarket(t)
	page := m.marit.post(paths.MyDataRequests(), "kind", "erasure", "words", "My passkey is lost.").is(http.StatusUnprocessableEntity)
	if page.page().Find(`.error-summary a[href="#purpose"]`).Length() != 1 || page.page().Find("textarea").Text() != "My passkey is lost." {
		t.Errorf("it does not ask for what, or loses what was typed:\n%s", page.page().Find("main").Text())
	}
	m.marit.post(paths.MyDataRequests(), "kind", "erasure", "words", "The film, please.", "purpose", "face-match").leadsUnder(paths.MyDataRequests())
	m.marit.post(paths.MyDataRequests(), "kind", "erasure", "words", "All of it, please.", "purpose", "everything").leadsUnder(paths.MyDataRequests())
	mine, err := m.requests.Of(t.Context(), m.account.ID)
	if err != nil || len(mine) != 2 || mine[1].Purpose != privacy.PurposeFace || mine[0].Purpose != "" {
		t.Fatalf("%+v %v", mine, err)
	}
	m.marit.get(paths.MyDataRequests()).is(200).shows(words.DeletedFor("face-match"), words.DeletedFor(""))
}
