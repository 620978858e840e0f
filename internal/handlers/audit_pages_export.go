package handlers

import (
	"context"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/audit"
	"truepenny/internal/csvout"
	"truepenny/internal/ids"
	"truepenny/internal/privacy"
	"truepenny/views/words"
)

// auditExport streams every entry that the filter shows. That it was begun
// stands in the log before the first row leaves, how many rows left when it
// ends, even when it breaks off.
func (s *Server) auditExport(c echo.Context) error {
	ctx, filter := c.Request().Context(), auditFilter(auditQuery(c))
	filter.Before = 0
	entry := audit.Entry{Actor: visitorOf(c).actor(), Action: "audit.export-started", Subject: "export:" + ids.New("exp"), Details: auditCodes(filter)}
	if err := s.Audit.Note(ctx, entry); err != nil {
		return err
	}
	out, err := startCSV(c, "audit-log.csv", words.AuditCSV()...)
	if err != nil {
		return err
	}
	failed := s.streamAudit(ctx, out, filter)
	entry.Action = "audit.exported"
	entry.Details = map[string]string{"rows": strconv.Itoa(out.Count()), "complete": yesNo(failed == nil)}
	if err := s.Audit.Note(context.WithoutCancel(ctx), entry); err != nil && failed == nil {
		failed = err
	}
	return s.endCSV(c, out, failed)
}

// streamAudit writes the entries a thousand at a time.
func (s *Server) streamAudit(ctx context.Context, out *csvout.Writer, filter audit.Filter) error {
	filter.Limit = 1000
	for {
		rows, err := s.Audit.List(ctx, filter)
		if err != nil {
			return err
		}
		for _, r := range rows {
			details, err := detailsJSON(r.Details)
			if err != nil {
				return err
			}
			err = out.Row(r.Index, r.At, string(r.Actor.Kind), r.Actor.ID, r.Actor.Role, r.Action, r.Subject, r.Person, r.Purpose, r.Reason, details)
			if err != nil {
				return err
			}
		}
		if len(rows) < filter.Limit || rows[len(rows)-1].Index == 0 {
			return nil
		}
		filter.Before = rows[len(rows)-1].Index
	}
}

// detailsJSON is empty where an entry has no details.
func detailsJSON(details map[string]string) (string, error) {
	if len(details) == 0 {
		return "", nil
	}
	out, err := json.Marshal(details)
	return string(out), err
}

// auditCodes describes a filter for the log: ids and codes only. What else was
// typed may be a name and is left out, but not that something was.
func auditCodes(f audit.Filter) map[string]string {
	out := map[string]string{"subject": f.Subject, "person": f.Person, "action": f.Action, "actor": f.ActorID, "purpose": f.Purpose}
	maps.DeleteFunc(out, func(_, v string) bool { return v == "" })
	for name, value := range out {
		if !anID.MatchString(value) && !slices.Contains(words.LogActions(), value) && !isPurpose(value) {
			out[name] = "yes"
		}
	}
	for name, day := range map[string]time.Time{"from": f.From, "until": f.Until} {
		if !day.IsZero() {
			out[name] = day.Format(time.DateOnly)
		}
	}
	return out
}

func isPurpose(value string) bool {
	return slices.ContainsFunc(privacy.Purposes(), func(p privacy.Purpose) bool { return string(p.ID) == value })
}

// anID is an id as package ids makes them, or a subject of the log with one,
// such as "application:app_...".
var anID = regexp.MustCompile(`^([a-z]+:)?[a-z]+_[a-z2-7]{26}$`)

func yesNo(on bool) string {
	if on {
		return "yes"
	}
	return "no"
}
