package openlog_test

import (
	"slices"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/openlog"
	"truepenny/internal/testkit"
)

// checked makes a check and returns the subjects of all mails that were sent.
func (h house) checked(t *testing.T) (openlog.CheckRun, []string) {
	t.Helper()
	h.clock.Advance(time.Hour)
	asked, err := h.AskCheck(t.Context(), auditor)
	if err != nil {
		t.Fatal(err)
	}
	return h.ended(t, asked.ID)
}

func (h house) ended(t *testing.T, id string) (openlog.CheckRun, []string) {
	t.Helper()
	if _, err := h.queue.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	c, err := h.Check(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	letters, err := h.outbox.Caught(t.Context(), 50)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, l := range letters {
		out = append(out, l.To+" "+l.Subject)
	}
	slices.Sort(out)
	return c, out
}

func TestABrokenLogIsToldOnceAndAgainWhenItHolds(t *testing.T) {
	h := openHouse(t, testkit.Store(t))
	h.write(t, 8)
	if _, found, err := h.Verdict(t.Context()); found || err != nil {
		t.Fatal(found, err)
	}
	if _, mails := h.checked(t); len(mails) != 0 {
		t.Fatalf("a log that holds is no news: %q", mails)
	}
	damage(t, h.store, "UPDATE audit_entries SET reason = 'x' WHERE idx = 3")
	broken := []string{"ada@market.example check: broken", "ash@market.example check: broken"}
	for range 2 {
		if c, mails := h.checked(t); c.State != openlog.Broken || !slices.Equal(mails, broken) {
			t.Fatalf("%+v %q", c, mails)
		}
	}
	if last, found, err := h.Verdict(t.Context()); !found || err != nil || last.State != openlog.Broken || last.Bad != 3 {
		t.Fatalf("%+v %v", last, err)
	}
	rows, err := h.log.List(t.Context(), audit.Filter{Action: "audit.checked"})
	if err != nil || len(rows) != 3 || rows[0].Details["outcome"] != "broken" || rows[0].Details["entry"] != "3" {
		t.Fatalf("%+v %v", rows, err)
	}
	again(t, h.store, "UPDATE audit_entries SET reason = '' WHERE idx = 3")
	if c, mails := h.checked(t); c.State != openlog.Holds || len(mails) != 4 {
		t.Fatalf("%+v %q", c, mails)
	}
}

// Without the hashes nothing can be added to the tree: the log takes no entry any
// more, and the people who watch over it hear of it all the same.
func TestALogThatTakesNoEntryAnyMoreIsToldAllTheSame(t *testing.T) {
	h := openHouse(t, testkit.Store(t))
	h.write(t, 8)
	asked, err := h.AskCheck(t.Context(), auditor)
	if err != nil {
		t.Fatal(err)
	}
	damage(t, h.store, "UPDATE audit_head SET note = 'nonsense'", "DELETE FROM audit_hashes")
	if err := h.log.Note(t.Context(), audit.Entry{Actor: audit.System("test"), Action: "test.done"}); err == nil {
		t.Fatal("it takes entries, so this proves nothing")
	}
	if c, mails := h.ended(t, asked.ID); c.State != openlog.Broken || len(mails) != 2 {
		t.Fatalf("%+v %q", c, mails)
	}
}
