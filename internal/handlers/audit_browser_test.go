package handlers_test

import (
	"testing"

	"truepenny/internal/staff"
	"truepenny/internal/testkit"
	"truepenny/views/paths"
	"truepenny/views/words"
)

func TestBrowserLogAndDesksLookRight(t *testing.T) {
	h, _ := reader(t, 120)
	page := testkit.Browser(t, testkit.BrowserOptions{})
	h.enter(t, page, h.Member(t, "Sam Security", staff.Security))
	page.Open(h.url + paths.Console())
	page.See(words.DeskTitle)
	page.Looks("desk")
	page.Open(h.url + paths.AuditLog(paths.AuditQuery{Action: "test.counted"}))
	page.Press(words.AuditCheck)
	page.Looks("audit")
	page.Open(h.url + paths.AuditEntry(3))
	page.Looks("audit-entry")
	page.Open(h.url + paths.CaughtMail())
	page.Looks("caught-mail")
}
