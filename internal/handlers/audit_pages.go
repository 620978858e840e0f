package handlers

import (
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/audit"
	"truepenny/internal/errs"
	"truepenny/views/auditlog"
	"truepenny/views/paths"
)

func (s *Server) auditRoutes() []route {
	get, post := http.MethodGet, http.MethodPost
	rows := []route{
		{method: get, path: "/console/audit", name: "audit.list", who: logReaders, do: s.auditLog},
		{method: get, path: "/console/audit.csv", name: "audit.export", who: logReaders, do: s.auditExport},
		{method: get, path: "/console/audit/:index", name: "audit.entry", who: logReaders, do: s.auditEntry},
		{method: get, path: "/console/audit/:index/proof", name: "audit.proof", who: logReaders, do: s.auditProof},
		{method: get, path: paths.AuditChecks(), name: "audit.checks", who: logReaders, do: s.auditChecks},
		{method: post, path: paths.AuditChecks(), name: "audit.check.start", who: logReaders, do: s.startCheck},
		{method: get, path: "/console/audit/checks/:id", name: "audit.check", who: logReaders, do: s.auditCheck},
		{method: get, path: "/console/audit/checks/:id/progress", name: "audit.check.progress", who: logReaders, do: s.checkProgress},
		{method: get, path: paths.Witnesses(), name: "audit.witnesses", who: logReaders, do: s.showWitnesses},
		{method: get, path: paths.WitnessNew(), name: "audit.witness.form", who: logKeepers, do: s.witnessForm},
		{method: post, path: paths.Witnesses(), name: "audit.witness.add", who: logKeepers, do: s.addWitness},
		{method: post, path: "/console/audit/witnesses/:id/end", name: "audit.witness.end", who: logKeepers, do: s.endWitness},
		{method: post, path: paths.LogPublications(), name: "audit.publish", who: logKeepers, do: s.publishCheckpoint},
	}
	return append(rows, s.devRoutes()...)
}

// auditPageSize is the number of entries on a page.
const auditPageSize = 100

// auditLog shows entries, newest first.
func (s *Server) auditLog(c echo.Context) error {
	q := auditQuery(c)
	filter := auditFilter(q)
	filter.Limit = auditPageSize + 1 // one more tells whether an older page follows
	rows, err := s.Audit.List(c.Request().Context(), filter)
	if err != nil {
		return err
	}
	total, err := s.Audit.Count(c.Request().Context(), filter)
	if err != nil {
		return err
	}
	page, err := s.presentAudit(c, q, rows, total)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, auditlog.Log(page))
}

// auditEntry shows one entry by its number.
func (s *Server) auditEntry(c echo.Context) error {
	index, err := strconv.ParseInt(c.Param("index"), 10, 64)
	if err != nil || index < 0 || index == math.MaxInt64 {
		return errs.New(errs.NotFound, "page.missing")
	}
	// The entry, and the one after it when there is one.
	rows, err := s.Audit.List(c.Request().Context(), audit.Filter{Before: index + 2, Limit: 2})
	if err != nil {
		return err
	}
	for _, r := range rows {
		if r.Index == index {
			return render(c, http.StatusOK, auditlog.Entry(s.presentEntry(c, r, rows[0].Index > index)))
		}
	}
	return errs.New(errs.NotFound, "page.missing")
}

func auditQuery(c echo.Context) paths.AuditQuery {
	v := c.QueryParams()
	q := paths.AuditQuery{
		Subject: short(v.Get("subject"), 200), Person: short(v.Get("person"), 100),
		Action: short(v.Get("action"), 100), Actor: short(v.Get("actor"), 100), Purpose: short(v.Get("purpose"), 100),
	}
	for name, to := range map[string]*string{"from": &q.From, "to": &q.To} {
		if day, err := time.Parse(time.DateOnly, v.Get(name)); err == nil {
			*to = day.Format(time.DateOnly)
		}
	}
	q.Before, _ = strconv.ParseInt(v.Get("before"), 10, 64)
	return q
}

// auditFilter narrows by whole days in UTC, both included.
func auditFilter(q paths.AuditQuery) audit.Filter {
	f := audit.Filter{Subject: q.Subject, Person: q.Person, Action: q.Action, ActorID: q.Actor, Purpose: q.Purpose, Before: max(q.Before, 0)}
	if day, err := time.Parse(time.DateOnly, q.From); err == nil {
		f.From = day
	}
	if day, err := time.Parse(time.DateOnly, q.To); err == nil {
		f.Until = day.AddDate(0, 0, 1)
	}
	return f
}
