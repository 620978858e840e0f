package main

import (
	"truepenny/internal/openlog"
	"truepenny/views/words"
)

// openLog shows the audit log to the outside, with links to the site at base.
func (a *App) openLog(base string) *openlog.Service {
	return openlog.New(openlog.Parts{
		Store: a.store, Audit: a.audit, Jobs: a.queue, Mail: a.outbox, Clock: a.clock,
		Letter: func(size int64, checkpoint string) (string, string) {
			return words.MailCheckpoint(base, size, checkpoint)
		},
	})
}
