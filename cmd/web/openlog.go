package main

import (
	"context"
	"slices"

	"truepenny/internal/openlog"
	"truepenny/internal/staff"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// openLog shows the audit log to the outside, with links to the site at base.
func (a *App) openLog(base string) *openlog.Service {
	return openlog.New(openlog.Parts{
		Store: a.store, Audit: a.audit, Jobs: a.queue, Mail: a.outbox, Clock: a.clock,
		Letter: func(size int64, checkpoint string) (string, string) {
			return words.MailCheckpoint(base, size, checkpoint)
		},
		Watchers: a.logWatchers,
		Alarm: func(c openlog.CheckRun) (string, string) {
			return words.MailLogCheck(base+paths.AuditCheck(c.ID), c.State == openlog.Holds, string(c.Fault), c.Bad)
		},
	})
}

// logWatchers are the addresses of administrators and auditors.
func (a *App) logWatchers(ctx context.Context) ([]string, error) {
	var out []string
	for _, role := range []staff.Role{staff.Administrator, staff.Auditor} {
		members, err := a.staff.List(ctx, staff.Filter{Role: role, State: staff.Active})
		if err != nil {
			return nil, err
		}
		for _, m := range members {
			if !slices.Contains(out, m.Email) {
				out = append(out, m.Email)
			}
		}
	}
	return out, nil
}
