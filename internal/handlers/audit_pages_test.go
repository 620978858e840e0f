package handlers_test

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"truepenny/internal/audit"
	"truepenny/internal/staff"
	"truepenny/views/paths"
	"truepenny/views/words"
)

var logReaders = []staff.Role{staff.Auditor, staff.Administrator, staff.Privacy, staff.Security}

func TestOnlyItsReadersReachTheLog(t *testing.T) {
	h := openHouse(t)
	addresses := []string{paths.AuditLog(paths.AuditQuery{}), paths.AuditCSV(paths.AuditQuery{}), paths.AuditEntry(0)}
	for _, role := range staff.Roles {
		p := h.as(t, h.Member(t, "Role "+string(role), role).Holder())
		want := 403
		if slices.Contains(logReaders, role) {
			want = 200
		}
		for _, path := range addresses {
			if role == staff.Reviewer || role == staff.Lead {
				p.get(path).is(403)
				continue
			}
			p.get(path).is(want)
		}
	}
	seller, nobody := h.as(t, h.Seller(t, "ina@seller.example").Holder()), h.somebody(t)
	for _, path := range addresses {
		seller.get(path).is(403)
		nobody.get(path).leadsUnder(paths.StaffSignIn())
	}
}

// reader is an auditor of a log with n entries of one action in it.
func reader(t *testing.T, n int) (house, *person) {
	t.Helper()
	h := openHouse(t)
	p := h.as(t, h.Member(t, "Ada Auditor", staff.Auditor).Holder())
	for range n {
		entry := audit.Entry{Actor: audit.System("test"), Action: "test.counted", Subject: "thing:th_abcdefghijkl", Person: "acc_somebody", Details: map[string]string{"why": "=1+1"}}
		if err := h.Log.Note(t.Context(), entry); err != nil {
			t.Fatal(err)
		}
	}
	return h, p
}

func TestLogIsReadNewestFirstPageByPage(t *testing.T) {
	_, p := reader(t, 250)
	path, seen := paths.AuditLog(paths.AuditQuery{Action: "test.counted"}), 0
	var last string
	for range 10 {
		page := p.get(path).is(200).page()
		numbers := page.Find("table#log tbody th").Map(func(_ int, s *goquery.Selection) string { return strings.TrimSpace(s.Text()) })
		seen += len(numbers)
		if len(numbers) > 0 && numbers[0] == last {
			t.Fatal("two pages overlap")
		}
		last = numbers[len(numbers)-1]
		older := page.Find(`a[rel="next"]`)
		if older.Length() == 0 {
			break
		}
		path = older.AttrOr("href", "")
	}
	if seen != 250 {
		t.Errorf("the pages show %d entries of 250", seen)
	}
}

func TestLogNarrowsByWhoWhatAndWhom(t *testing.T) {
	h, p := reader(t, 3)
	h.Seller(t, "ina@seller.example")
	for query, want := range map[paths.AuditQuery]int{
		{Action: "test.counted"}: 3, {Subject: "thing:th_abcdefghijkl"}: 3, {Person: "acc_somebody"}: 3, {Actor: "test", Action: "test.counted"}: 3,
		{Action: "test.counted", Person: "acc_other"}: 0, {Action: "never.done"}: 0,
	} {
		page := p.get(paths.AuditLog(query)).is(200).page()
		if n := page.Find("table#log tbody tr").Length(); n != want {
			t.Errorf("%+v: %d entries, want %d", query, n, want)
		}
	}
	p.get(paths.AuditLog(paths.AuditQuery{Action: "never.done"})).is(200).shows(words.AuditNone)
	p.get(paths.AuditLog(paths.AuditQuery{})).is(200).shows(h.Log.VerifierKey(), words.AuditCommand)
}

func TestEntryShowsEverythingItHolds(t *testing.T) {
	h, p := reader(t, 1)
	rows, err := h.Log.List(t.Context(), audit.Filter{Action: "test.counted"})
	if err != nil || len(rows) != 1 {
		t.Fatal(rows, err)
	}
	p.get(paths.AuditEntry(rows[0].Index)).is(200).shows("test.counted", "thing:th_abcdefghijkl", "acc_somebody", "why", "=1+1")
	p.get(paths.AuditEntry(0)).is(200)
	p.get(paths.AuditEntry(100_000)).is(404)
	p.get("/console/audit/x").is(404)
	p.get("/console/audit/-1").is(404)
}

func TestLogAsFileHoldsEveryEntryAndItsCountIsNoted(t *testing.T) {
	h, p := reader(t, 1200) // more than a page, and more than one read
	got := p.get(paths.AuditCSV(paths.AuditQuery{Action: "test.counted"})).is(200)
	records, err := csv.NewReader(strings.NewReader(got.body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(records) != 1201 || !slices.Equal(records[0], words.AuditCSV()) {
		t.Fatalf("%d lines, head %v", len(records), records[0])
	}
	rows, err := h.Log.List(t.Context(), audit.Filter{Action: "audit.exported"})
	if err != nil || len(rows) != 1 || rows[0].Details["rows"] != "1200" || rows[0].Details["complete"] != "yes" {
		t.Errorf("the log says %+v, %v", rows, err)
	}
}

func TestLogAsFileLeavesTheDetailsOfEntriesWithoutAnyEmpty(t *testing.T) {
	_, p := reader(t, 1)
	records, err := csv.NewReader(strings.NewReader(p.get(paths.AuditCSV(paths.AuditQuery{})).is(200).body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records[1:] {
		if details := r[len(r)-1]; details != "" && !strings.HasPrefix(details, `{"`) {
			t.Errorf("entry %s %s has details %q", r[0], r[5], details)
		}
	}
}
