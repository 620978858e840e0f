package handlers

import (
	"math"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"truepenny/internal/audit"
	"truepenny/internal/errs"
	"truepenny/views/auditlog"
	"truepenny/views/paths"
)

func (s *Server) auditRoutes() []route {
	get := http.MethodGet
	rows := []route{
		{method: get, path: "/console/audit", name: "audit.list", who: logReaders, do: s.auditLog},
		{method: get, path: "/console/audit.csv", name: "audit.export", who: logReaders, do: s.auditExport},
		{method: get, path: "/console/audit/:index", name: "audit.entry", who: logReaders, do: s.auditEntry},
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
	return render(c, http.StatusOK, auditlog.Log(s.presentAudit(c, q, rows, total)))
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
		Action: short(v.Get("action"), 100), Actor: short(v.Get("actor"), 100),
	}
	q.Before, _ = strconv.ParseInt(v.Get("before"), 10, 64)
	return q
}

func auditFilter(q paths.AuditQuery) audit.Filter {
	return audit.Filter{Subject: q.Subject, Person: q.Person, Action: q.Action, ActorID: q.Actor, Before: max(q.Before, 0)}
}
