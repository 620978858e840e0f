package handlers_test

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"truepenny/internal/audit"
	"truepenny/internal/sellers"
	"truepenny/internal/testkit"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// browse opens a browser in which somebody is signed in.
func (r *room) browse(t *testing.T, who audit.Actor) *testkit.Page {
	t.Helper()
	page := testkit.Browser(t, testkit.BrowserOptions{})
	m, err := r.Staff.Get(t.Context(), who.ID)
	if err != nil {
		t.Fatal(err)
	}
	r.enter(t, page, m)
	return page
}

func keys(p *testkit.Page, text string) { p.Do(chromedp.KeyEvent(text)) }

func TestBrowserReviewerDecidesByKeyboard(t *testing.T) {
	r := openRoom(t)
	page := r.browse(t, r.annActor)
	page.Open(r.url + paths.Console())
	page.At("/console/cases")
	page.Until(`document.querySelector("[data-module~=keys]") && document.querySelector("dialog#palette")`)
	page.Until(`(document.dispatchEvent(new KeyboardEvent("keydown", {key: "j", bubbles: true})), document.querySelector("tr[data-at]")) !== null`)
	keys(page, kb.Enter)
	page.At(paths.Case(r.id, noList))
	page.See("Marit Elisabet Lindqvist")

	page.Until(`(document.dispatchEvent(new KeyboardEvent("keydown", {key: "r", bubbles: true})), document.querySelector("dialog#refuse[open]")) !== null`)
	page.Choose(words.DecideReason, words.RefusalName("document.expired"))
	page.Do(chromedp.SendKeys("#refuse-words", refusal.Words, chromedp.NodeVisible))
	page.Until(`document.querySelector("dialog#refuse").innerText.includes(` + "`" + words.RefusalReason("document.expired") + "`" + `)`) // the preview, live
	page.Looks("case-refuse")
	keys(page, kb.Escape)
	page.Until(`!document.querySelector("dialog[open]")`)

	page.Until(`(document.dispatchEvent(new KeyboardEvent("keydown", {key: "a", bubbles: true})), document.querySelector("dialog#approve[open]")) !== null`)
	keys(page, kb.Enter) // the focus is on the button
	page.At("/console/cases")
	page.See(words.DecisionDone("TP-2001", "approved"))
	r.wantState(t, sellers.Approved)
}

func TestBrowserListAndCaseLookRight(t *testing.T) {
	r := openRoom(t)
	r.crowd(t, 60)
	r.Clock.Advance(5 * time.Minute)
	page := r.browse(t, r.annActor)
	open := func(path string) { page.Open(r.url + path) }
	open(paths.Queue(paths.QueueQuery{State: "waiting", Text: "o", Held: "nobody"}))
	page.Looks("queue")
	open(paths.Queue(paths.QueueQuery{Held: "me"}))
	page.Looks("queue-empty")
	open(paths.Case(r.id, paths.QueueQuery{State: "waiting"}))
	page.Until(`[...document.images].every(i => i.complete && i.naturalWidth > 0)`)
	page.Looks("case")
	page.Press(words.DecideAskMore)
	page.Looks("case-ask")
	open(paths.CaseDecisionForm(r.id, "refuse", noList))
	page.Press(words.DecidePropose)
	page.See(words.ErrorSummaryTitle)
	page.Looks("case-refuse-wrong")
	r.decision(r.again(t, r.annActor), proposal...).is(303)
	open(paths.Case(r.id, noList))
	page.See(words.SecondOther)
	page.Looks("case-second-own")
}

func TestBrowserSecondLookLooksRightAndRefuses(t *testing.T) {
	r := openRoom(t)
	r.decision(r.ann, proposal...).is(303)
	page := r.browse(t, r.benActor)
	page.Open(r.url + paths.Case(r.id, noList))
	page.See(words.SecondTitle)
	page.Looks("case-second")
	page.Press(words.DecideReturnMore)
	page.Press(words.Cancel)
	page.Press(words.DecideConfirmMore)
	page.Looks("case-confirm")
	page.Press(words.DecideConfirmNow)
	page.See(words.DecisionDone("TP-2001", "refused"))
	r.wantState(t, sellers.Refused)
	page.Open(r.url + paths.Case(r.id, noList))
	page.Looks("case-refused")
}

func TestBrowserRowsArePickedTogether(t *testing.T) {
	r := openRoom(t)
	page := r.browse(t, r.annActor)
	page.Open(r.url + paths.Queue(paths.QueueQuery{State: "waiting"}))
	page.Until(`document.querySelector("[data-picks-bar]").hidden`)
	page.Tick(words.PickCase("TP-2001", "Marit Elisabet Lindqvist"))
	page.Until(`!document.querySelector("[data-picks-bar]").hidden`)
	page.Press(words.ClaimPicked)
	page.See(words.BulkDone("claimed", 1, 0))
	r.wantAudit(t, "case.claimed", 1)
	page.Tick(words.PickCase("TP-2001", "Marit Elisabet Lindqvist"))
	page.Press(words.ReleasePick)
	page.See(words.BulkDone("released", 1, 0))
	r.wantAudit(t, "case.released", 1)
}
