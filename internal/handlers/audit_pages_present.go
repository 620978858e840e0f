package handlers

import (
	"maps"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"truepenny/internal/audit"
	"truepenny/internal/privacy"
	"truepenny/views/auditlog"
	"truepenny/views/kit"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// presentAudit puts a page of the log into words, each action with its code.
func (s *Server) presentAudit(c echo.Context, q paths.AuditQuery, rows []audit.Row, total int64) (auditlog.LogProps, error) {
	p := auditlog.LogProps{
		Frame: s.console(c, words.AuditTitle), Action: paths.AuditLog(paths.AuditQuery{}),
		Actions: auditActions(q.Action), Chosen: q.Action, Actor: q.Actor, Subject: q.Subject, Person: q.Person,
		Purpose: q.Purpose, Purposes: auditPurposes(), From: q.From, To: q.To,
		Count: words.Count(int(total), words.AuditNoun, words.AuditNouns), CSV: paths.AuditCSV(q), Verifier: s.Audit.VerifierKey(),
	}
	if p.On = auditFiltersOn(q); len(p.On) > 0 {
		p.Clear = paths.AuditLog(paths.AuditQuery{})
	}
	if len(rows) > auditPageSize {
		rows = rows[:auditPageSize]
		older := q
		older.Before = rows[len(rows)-1].Index
		p.Older = paths.AuditLog(older)
	}
	if q.Before > 0 {
		newest := q
		newest.Before = 0
		p.Newest = paths.AuditLog(newest)
	}
	name := s.names(c)
	for _, r := range rows {
		p.Rows = append(p.Rows, auditRow(r, name))
	}
	var err error
	p.Last, err = s.lastCheck(c)
	return p, err
}

func auditRow(r audit.Row, name func(string) string) auditlog.Row {
	row := auditlog.Row{
		Number: words.Number(int(r.Index)), Href: paths.AuditEntry(r.Index), At: r.At,
		What: words.LogAction(r.Action), Code: r.Action, Who: auditWho(r.Actor, name), To: shortID(r.Subject), ToFull: r.Subject,
		About: shortID(r.Person), AboutFull: r.Person, Why: r.Reason,
	}
	if r.Subject != "" {
		row.ToHref = paths.AuditLog(paths.AuditQuery{Subject: r.Subject})
	}
	if r.Person != "" {
		row.AboutTo = paths.AuditLog(paths.AuditQuery{Person: r.Person})
	}
	return row
}

// auditWho names a member; of sellers the log knows an id only, and so do its
// readers.
func auditWho(a audit.Actor, name func(string) string) string {
	if a.Kind == audit.KindStaff {
		return name(a.ID)
	}
	if a.ID == "" {
		return words.AuditActorKind(string(a.Kind))
	}
	return words.AuditActorKind(string(a.Kind)) + " " + shortID(a.ID)
}

// shortID keeps enough of an id to tell it from its neighbours.
func shortID(id string) string {
	const kept = 6
	_, random, found := strings.Cut(id, "_")
	if !found || len(random) <= kept {
		return id
	}
	return id[:len(id)-len(random)+kept] + "…"
}

// auditActions are the choices of the filter; one that has no words yet can be
// asked for by its code in the address.
func auditActions(chosen string) []kit.Option {
	out := choices(words.AuditAnyAction, words.LogActions(), words.LogAction)
	if chosen != "" && !slices.Contains(words.LogActions(), chosen) {
		out = append(out, kit.Option{Value: chosen, Label: chosen})
	}
	return out
}

func auditPurposes() []kit.Option {
	var ids []string
	for _, p := range privacy.Purposes() {
		ids = append(ids, string(p.ID))
	}
	return choices(words.AuditAnyPurpose, ids, words.PurposeName)
}

func auditFiltersOn(q paths.AuditQuery) []kit.FilterOn {
	var on []kit.FilterOn
	add := func(label, value string, without func(*paths.AuditQuery)) {
		if value == "" {
			return
		}
		rest := q
		rest.Before = 0
		without(&rest)
		on = append(on, kit.FilterOn{Text: label + ": " + value, Remove: paths.AuditLog(rest)})
	}
	add(words.AuditWhat, q.Action, func(r *paths.AuditQuery) { r.Action = "" })
	add(words.AuditWho, q.Actor, func(r *paths.AuditQuery) { r.Actor = "" })
	add(words.AuditTo, q.Subject, func(r *paths.AuditQuery) { r.Subject = "" })
	add(words.AuditAbout, q.Person, func(r *paths.AuditQuery) { r.Person = "" })
	add(words.AuditPurpose, words.PurposeName(q.Purpose), func(r *paths.AuditQuery) { r.Purpose = "" })
	add(words.AuditFrom, q.From, func(r *paths.AuditQuery) { r.From = "" })
	add(words.AuditUntil, q.To, func(r *paths.AuditQuery) { r.To = "" })
	return on
}

// presentEntry shows everything that one entry holds.
func (s *Server) presentEntry(c echo.Context, r audit.Row, later bool) auditlog.EntryProps {
	title := words.AuditEntryNumber(r.Index)
	p := auditlog.EntryProps{
		Frame: s.console(c, title), Title: title, What: words.LogAction(r.Action), Back: paths.AuditLog(paths.AuditQuery{}), Proof: paths.AuditProof(r.Index),
		Rows: []kit.SummaryRow{
			{Key: words.AuditWhen, Value: words.Moment(r.At)},
			{Key: words.AuditCode, Value: r.Action},
			{Key: words.AuditWho, Value: auditWho(r.Actor, s.names(c)), Note: r.Actor.ID},
			{Key: words.AuditRole, Value: r.Actor.Role},
			{Key: words.AuditTo, Value: r.Subject}, {Key: words.AuditAbout, Value: r.Person},
			{Key: words.AuditPurpose, Value: r.Purpose}, {Key: words.AuditReason, Value: r.Reason},
		},
	}
	p.Rows = slices.DeleteFunc(p.Rows, func(row kit.SummaryRow) bool { return row.Value == "" })
	for _, key := range slices.Sorted(maps.Keys(r.Details)) {
		p.Details = append(p.Details, kit.SummaryRow{Key: key, Value: r.Details[key]})
	}
	if r.Index > 0 {
		p.Earlier = paths.AuditEntry(r.Index - 1)
	}
	if later {
		p.Later = paths.AuditEntry(r.Index + 1)
	}
	return p
}
