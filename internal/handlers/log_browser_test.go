package handlers_test

import (
	"testing"

	"truepenny/internal/staff"
	"truepenny/internal/testkit"
	"truepenny/views/paths"
	"truepenny/views/words"
)

func TestBrowserTheLogInPublicAndItsChecksLookRight(t *testing.T) {
	h := openHouse(t)
	w := newOutside(t, h)
	h.note(t, 12)
	page := testkit.Browser(t, testkit.BrowserOptions{})
	h.enter(t, page, h.Member(t, "Ada Auditor", staff.Auditor))
	page.Open(h.url + paths.Witnesses())
	page.See(words.WitnessesNone)
	h.as(t, h.Member(t, "Ben Auditor", staff.Auditor).Holder()).post(paths.Witnesses(), "name", "The Amaurot Courier", "verifier", w.key.Verifier(), "email", "desk@courier.example")
	if _, err := w.key.Follow(t.Context(), w.options); err != nil {
		t.Fatal(err)
	}
	page.Open(h.url + paths.Witnesses())
	page.See("The Amaurot Courier")
	page.Press(words.PublishNow)
	page.See(words.WitnessDone("published"))
	page.Looks("witnesses")
	page.Open(h.url + paths.WitnessNew())
	page.Looks("witness-new")
	page.Open(h.url + paths.PublicLog())
	page.See("The Amaurot Courier")
	page.Looks("log-public")
	page.Open(h.url + paths.AuditLog(paths.AuditQuery{}))
	page.Press(words.ChecksStart)
	page.See(words.ChecksWorking)
	if _, err := h.Queue.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	page.See("Holds:") // the page notices by itself
	page.Looks("audit-check")
	page.Open(h.url + paths.AuditChecks())
	page.Looks("audit-checks")
}
