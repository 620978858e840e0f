package handlers_test

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"
	"time"

	"truepenny/views/paths"
	"truepenny/views/words"
)

func TestListShowsWhatItsAddressSays(t *testing.T) {
	r := openRoom(t)
	r.crowd(t, 70)
	all := r.ann.get(paths.Queue(paths.QueueQuery{Sort: "number"})).is(200).shows("71", "Marit Elisabet Lindqvist")
	if rows := all.rows(); len(rows) != 50 || rows[0] != "TP-2001" || rows[49] != "TP-2050" {
		t.Fatalf("first page: %d rows, %v", len(rows), rows)
	}
	second := r.ann.get(paths.Queue(paths.QueueQuery{Sort: "number", Page: 2})).is(200)
	if rows := second.rows(); len(rows) != 21 || rows[0] != "TP-2051" {
		t.Fatalf("second page: %v", rows)
	}
	down := r.ann.get(paths.Queue(paths.QueueQuery{Sort: "number", Desc: true})).is(200)
	if rows := down.rows(); rows[0] != "TP-2071" {
		t.Fatalf("turned round: %v", rows[:3])
	}
	for query, want := range map[paths.QueueQuery]int{
		{Text: "TP-2033"}: 1, {Text: "2033"}: 1, {Text: "lindqvist"}: 1, {Text: "number0000"}: 9, {Text: "nobody of this name"}: 0,
		{State: "waiting"}: 50, {State: "approved"}: 0, {Road: "face"}: 0, {Country: "SE"}: 50, {Country: "PT"}: 0, {Held: "nobody", Text: "2001"}: 1,
		{Overdue: true}: 0, {Appeals: true}: 0, {Held: "me"}: 0,
	} {
		if rows := r.ann.get(paths.Queue(query)).is(200).rows(); len(rows) != want {
			t.Errorf("%+v: %d rows, want %d", query, len(rows), want)
		}
	}
}

func TestColumnHeadsSortAndSaySo(t *testing.T) {
	r := openRoom(t)
	r.crowd(t, 3)
	page := r.ann.get(paths.Queue(noList)).is(200).page()
	if n := page.Find(`th[aria-sort="ascending"]`).Length(); n != 1 || !strings.Contains(page.Find("th[aria-sort]").Text(), words.ColumnDue) {
		t.Errorf("%d columns say that they are sorted", n)
	}
	for _, href := range page.Find("thead a").Map(attribute("href")) {
		r.ann.get(href).is(200)
	}
}

func TestFiltersInUseAreSentencesThatCanBeTakenAway(t *testing.T) {
	r := openRoom(t)
	page := r.ann.get(paths.Queue(paths.QueueQuery{State: "waiting", Road: "documents", Country: "SE", Text: "marit", Held: "nobody"})).is(200).
		shows("Documents alone", "From Sweden", "Found by “marit”", "Held by nobody")
	for _, href := range page.page().Find(".filters-on a").Map(attribute("href")) {
		if rows := r.ann.get(href).is(200).rows(); len(rows) != 1 {
			t.Errorf("%s: %v", href, rows)
		}
	}
}

func TestEmptyListsSayWhatWillBeThere(t *testing.T) {
	r := openRoom(t)
	r.ann.get(paths.Queue(paths.QueueQuery{Held: "me"})).is(200).shows(words.EmptyMineTitle)
	r.ann.get(paths.Queue(paths.QueueQuery{State: "second"})).is(200).shows(words.EmptyQueueTitle)
}

func TestCountsInTheSideBarAreTheListsOwn(t *testing.T) {
	r := openRoom(t)
	r.crowd(t, 4)
	r.open(r.ann)
	page := r.ann.get(paths.Queue(noList)).is(200).page()
	for label, want := range map[string]string{words.PlaceWaiting: "5", words.PlaceMine: "1", words.PlaceSecond: "", words.PlaceOverdue: ""} {
		place := page.Find(".rail-wide a.place:contains('" + label + "')").First()
		if got := place.Find(".count").Text(); got != want {
			t.Errorf("%s says %q, want %q", label, got, want)
		}
	}
}

func TestPickedCasesAreClaimedAndReleasedTogether(t *testing.T) {
	r := openRoom(t)
	r.crowd(t, 3)
	r.open(r.ben) // Ben holds Marit's case
	all := []string{"case", r.id, "case", "app_copy1", "case", "app_copy2"}
	// The copies belong to no account, so nobody can take them: what cannot be done is said.
	list := paths.QueueQuery{State: "waiting"}
	done := r.ann.post(paths.Claims(list), all...)
	done.leadsTo(paths.QueueBulk(list, "claimed", 0, 3))
	r.ann.get(done.to).is(200).shows(words.BulkDone("claimed", 0, 3))
	r.ben.post(paths.Releases(list), "case", r.id).leadsTo(paths.QueueBulk(list, "released", 1, 0))
	r.ann.post(paths.Claims(list), "case", r.id).leadsTo(paths.QueueBulk(list, "claimed", 1, 0))
	r.wantAudit(t, "case.claimed", 2)
	r.wantAudit(t, "case.released", 1)
	r.ann.post(paths.Claims(list)).leadsTo(paths.QueueBulk(list, "claimed", 0, 0))
}

func TestClaimFromTheListOpensTheCase(t *testing.T) {
	r := openRoom(t)
	list := paths.QueueQuery{State: "waiting"}
	r.ann.get(paths.Queue(list)).is(200).shows("Claim")
	r.ann.post(paths.CaseClaim(r.id, list)).leadsTo(paths.Case(r.id, list))
	r.ann.get(paths.Queue(list)).is(200).shows(words.HeldYou, "Release")
	r.ben.get(paths.Queue(list)).is(200).shows("Ann Reviewer")
	r.ben.post(paths.CaseClaim(r.id, list)).is(409)
	r.wantAudit(t, "case.claimed", 1)
}

// Only known words and numbers come from an address to the page.
func TestMessagesAreNotWrittenByAddresses(t *testing.T) {
	r := openRoom(t)
	for _, path := range []string{
		"/console/cases?what=approved&done=%3Cscript%3E", "/console/cases?what=hacked&done=2001", "/console/cases?what=claimed&bulk=x-y", "/console/cases?what=hacked&bulk=1-1",
	} {
		if n := r.ann.get(path).is(200).page().Find(`main [role="status"].notice`).Length(); n != 0 {
			t.Errorf("%s shows a message", path)
		}
	}
	for _, path := range []string{"/console/cases?state=%27&page=-1&sort=;drop&held=%25", "/console/cases?page=999999999999", "/console/cases?q=" + strings.Repeat("x", 5000)} {
		r.ann.get(path).is(200)
	}
}

func TestNextCaseFollowsTheListAlsoOverItsPages(t *testing.T) {
	r := openRoom(t)
	r.crowd(t, 60)
	list := paths.QueueQuery{Sort: "number"}
	r.ann.get(paths.Case(r.id, list)).is(200).shows("1 of 61")
	next := r.open(r.ann).page().Find(`[data-key="j"]`)
	if next.Length() != 1 {
		t.Fatal("no next case")
	}
	if err := r.adopt(t, 49); err != nil { // TP-2050, the last of the first page
		t.Fatal(err)
	}
	href := r.ann.get(paths.Case("app_copy49", list)).is(200).shows("50 of 61").page().Find(`[data-key="j"]`).AttrOr("href", "")
	if !strings.HasPrefix(href, "/console/cases/app_copy50?") || !strings.Contains(href, "page=2") {
		t.Errorf("after the last of a page comes %s", href)
	}
}

func TestExportHoldsEveryRowOfTheFilterAndNoFormula(t *testing.T) {
	r := openRoom(t)
	r.crowd(t, 130)
	r.rename(t, 7, `=cmd|' /C calc'!A0`)
	r.rename(t, 8, `Ünïcödé, "quoted"`)
	got := r.ann.get(paths.QueueCSV(paths.QueueQuery{State: "waiting", Page: 2})).is(200)
	if kind := got.header.Get("Content-Type"); kind != "text/csv; charset=utf-8" {
		t.Error(kind)
	}
	records, err := csv.NewReader(strings.NewReader(got.body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(records) != 1+131 || !slices.Equal(records[0], words.CaseCSV()) {
		t.Fatalf("%d lines, head %v", len(records), records[0])
	}
	var names []string
	for _, record := range records[1:] {
		names = append(names, record[1])
		for _, cell := range record {
			if strings.HasPrefix(cell, "=") || strings.HasPrefix(cell, "@") {
				t.Errorf("a spreadsheet would run %q", cell)
			}
		}
	}
	if !slices.Contains(names, `'=cmd|' /C calc'!A0`) || !slices.Contains(names, `Ünïcödé, "quoted"`) {
		t.Errorf("names are missing: %v", names[:12])
	}
	r.wantAudit(t, "queue.export-started", 1)
	if rows := r.noted(t, "queue.exported"); len(rows) != 1 || rows[0].Details["rows"] != "131" || rows[0].Details["complete"] != "yes" || rows[0].Actor.ID != r.annActor.ID {
		t.Errorf("the log says %+v", rows)
	}
	if none := r.ann.get(paths.QueueCSV(paths.QueueQuery{State: "refused"})).is(200); strings.Count(none.body, "\n") != 1 {
		t.Errorf("an empty list gives %q", none.body)
	}
}

// The page shows 50 rows of however many there are; ten thousand cases may cost
// counting them and finding the page, not more.
func TestTenThousandCasesCostAPageNotMuchMore(t *testing.T) {
	if testing.Short() {
		t.Skip("times pages")
	}
	r := openRoom(t)
	r.crowd(t, 60)
	few := r.fastest(t)
	r.crowdMore(t, 60, 10_000)
	many := r.fastest(t)
	t.Logf("61 cases %v, 10,001 cases %v: %.1f times", few, many, float64(many)/float64(few))
	if many > 6*few+20*time.Millisecond {
		t.Errorf("10,001 cases take %v, 61 take %v", many, few)
	}
}

// fastest is the least time that the list takes, of several.
func (r *room) fastest(t *testing.T) time.Duration {
	t.Helper()
	least := time.Hour
	for _, q := range []paths.QueueQuery{{State: "waiting"}, {State: "waiting"}, {State: "waiting"}, {State: "waiting", Sort: "name"}, {State: "waiting"}} {
		began := time.Now()
		r.ann.get(paths.Queue(q)).is(200)
		least = min(least, time.Since(began))
	}
	return least
}
