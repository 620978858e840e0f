package paths

import "strconv"

// AuditQuery is what a page of the audit log shows. Empty fields do not narrow.
type AuditQuery struct {
	Subject, Person, Action, Actor, Purpose string
	From, To                                string // days as "2026-11-21", both included
	Before                                  int64  // only entries below this number
}

func (q AuditQuery) pairs() []string {
	before := ""
	if q.Before > 0 {
		before = strconv.FormatInt(q.Before, 10)
	}
	return []string{"subject", q.Subject, "person", q.Person, "action", q.Action, "actor", q.Actor,
		"purpose", q.Purpose, "from", q.From, "to", q.To, "before", before}
}

// AuditLog is the log, newest first.
func AuditLog(q AuditQuery) string { return With("/console/audit", q.pairs()...) }

// AuditCSV is every entry that the filter shows.
func AuditCSV(q AuditQuery) string {
	q.Before = 0
	return With("/console/audit.csv", q.pairs()...)
}

// AuditEntry is one entry by its number.
func AuditEntry(index int64) string {
	return join("console", "audit", strconv.FormatInt(index, 10))
}
