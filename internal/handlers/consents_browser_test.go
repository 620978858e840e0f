package handlers_test

import (
	"testing"

	"truepenny/internal/testkit"
	"truepenny/views/paths"
	"truepenny/views/words"
)

func TestPagesOfPurposesAndAnswersInABrowser(t *testing.T) {
	m := openMarket(t)
	id := m.described(t, "yes")
	page := m.browse(t, testkit.BrowserOptions{})
	page.Open(m.url + paths.Purposes())
	page.See(words.PurposesTitle)
	looks(page, "purposes")
	page.Open(m.url + paths.Notices())
	page.See(words.NoticesTitle)
	looks(page, "notices")

	m.under(t)
	page.Open(m.url + paths.ApplicationConsent(id))
	page.See(words.ConsentNewTitle)
	looks(page, "consent-asked-again")
	page.Press(words.ConsentYes)
	page.See(words.SaidYes)
	page.Open(m.url + paths.Consents())
	page.See(words.ConsentsTitle)
	looks(page, "consents")
	all, err := m.consents.History(t.Context(), m.account.ID)
	if err != nil || len(all) != 2 {
		t.Fatal(all, err)
	}
	page.Open(m.url + paths.ConsentRecord(all[0].ID))
	page.See(words.RecordTitle)
	looks(page, "consent-record")
	page.Open(m.url + paths.ApplicationConsent(id))
	page.Press(words.WithdrawDo)
	page.See(words.SaidWithdrawn)
	looks(page, "consent-withdrawn")
}
