package paths

import "strconv"

// Console is the door of everybody who works here; it leads on by role.
func Console() string { return "/console" }

// ConsoleRole is the page for a role whose own desk is not open yet.
func ConsoleRole() string { return "/console/role" }

// QueueQuery is what a queue page shows, as its address says it. Empty fields
// do not narrow.
type QueueQuery struct {
	State   string
	Held    string // "me", "nobody" or a member's id
	Road    string
	Country string
	Outcome string
	Appeals bool
	Overdue bool
	Text    string
	Sort    string
	Desc    bool
	Page    int // from 1; 0 and 1 are left out
}

// pairs are names and values as With takes them.
func (q QueueQuery) pairs() []string {
	page := ""
	if q.Page > 1 {
		page = strconv.Itoa(q.Page)
	}
	return []string{
		"state", q.State, "held", q.Held, "road", q.Road, "country", q.Country, "outcome", q.Outcome,
		"appeals", flag(q.Appeals), "overdue", flag(q.Overdue), "q", q.Text,
		"sort", q.Sort, "desc", flag(q.Desc), "page", page,
	}
}

func flag(on bool) string {
	if on {
		return "yes"
	}
	return ""
}

// Queue is the list of cases.
func Queue(q QueueQuery) string { return With("/console/cases", q.pairs()...) }

// QueueDone is the list after a case was dealt with: it says so at the top.
func QueueDone(q QueueQuery, number int64, what string) string {
	return With("/console/cases", append(q.pairs(), "done", strconv.FormatInt(number, 10), "what", what)...)
}

// QueueBulk is the list after something was done to several cases, of which
// some could not be.
func QueueBulk(q QueueQuery, what string, done, not int) string {
	return With("/console/cases", append(q.pairs(), "bulk", strconv.Itoa(done)+"-"+strconv.Itoa(not), "what", what)...)
}

// QueueCSV is every row that the filter shows.
func QueueCSV(q QueueQuery) string {
	q.Page = 0
	return With("/console/cases.csv", q.pairs()...)
}

// Claims takes the picked cases, Releases gives them back (POST).
func Claims(q QueueQuery) string   { return With("/console/claims", q.pairs()...) }
func Releases(q QueueQuery) string { return With("/console/releases", q.pairs()...) }

// Case is one case, seen from the list it was opened in.
func Case(appID string, list QueueQuery) string {
	return With(join("console", "cases", appID), list.pairs()...)
}

// CaseDecision takes a decision (POST) and shows its form as a page of its own
// (GET), for browsers without dialogs; kind is approve, ask or refuse there.
func CaseDecision(appID string, list QueueQuery) string { return caseDo(appID, "decision", list) }

// CaseDecisionForm is that page.
func CaseDecisionForm(appID, kind string, list QueueQuery) string {
	return With(join("console", "cases", appID, "decision"), append(list.pairs(), "kind", kind)...)
}

// CasePreview shows what the seller would read (POST; changes nothing).
func CasePreview(appID string, list QueueQuery) string { return caseDo(appID, "preview", list) }

// CaseSecondLook and CaseConnection take what else a reviewer says (POST); the
// first has a page of its own too.
func CaseSecondLook(appID string, list QueueQuery) string { return caseDo(appID, "second-look", list) }
func CaseConnection(appID string, list QueueQuery) string { return caseDo(appID, "connection", list) }

// CaseClaim and CaseRelease take and give back one case (POST).
func CaseClaim(appID string, list QueueQuery) string   { return caseDo(appID, "claim", list) }
func CaseRelease(appID string, list QueueQuery) string { return caseDo(appID, "release", list) }

func caseDo(appID, what string, list QueueQuery) string {
	return With(join("console", "cases", appID, what), list.pairs()...)
}

// CaseEvidence is one picture of a case. Every opening of it is logged.
func CaseEvidence(appID, evidenceID string) string {
	return join("console", "cases", appID, "evidence", evidenceID)
}

// CaseFrames is all frames of a capture on one sheet: one look instead of many.
func CaseFrames(appID, captureID string) string {
	return join("console", "cases", appID, "captures", captureID)
}
