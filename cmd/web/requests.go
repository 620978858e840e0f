package main

import (
	"context"
	"time"

	"truepenny/internal/requests"
	"truepenny/internal/staff"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// openRequests builds the privacy officer's desk.
func (a *App) openRequests(base string) *requests.Service {
	return requests.NewService(requests.Parts{
		Store: a.store, Audit: a.audit, Vault: a.vault, Jobs: a.queue, Mail: a.outbox, Clock: a.clock,
		People: people{a.account, a.staff}, Corrector: a.sellers, Eraser: deskEraser{a.erasures}, Copier: a.copies,
		Letters: requestLetters(base), Defaults: answerTemplates(),
	})
}

// requestLetters words the mails about requests, with links to the site at base.
func requestLetters(base string) requests.Letters {
	return requests.Letters{
		Received: func(r requests.Request) (string, string) {
			return words.MailRightsReceived(r.Label(), string(r.Kind), r.Channel == requests.ByLetter, r.DueAt, base+paths.MyDataRequests())
		},
		Confirm: func(r requests.Request, token string, until time.Time) (string, string) {
			return words.MailRightsConfirm(r.Label(), string(r.Kind), base+paths.Confirmation(token), until)
		},
		Extended: func(r requests.Request, reason string) (string, string) {
			return words.MailRightsExtended(r.Label(), reason, r.DueAt)
		},
		Answered: func(r requests.Request, answer string) (string, string) {
			return words.MailRightsAnswered(r.Label(), string(r.Outcome), answer)
		},
		Reminder: func(due, overdue []requests.Request) (string, string) {
			return words.MailRightsReminder(reminderLines(due), reminderLines(overdue), base+paths.Desk())
		},
		Corrected: words.RightsCorrected,
	}
}

func reminderLines(list []requests.Request) []string {
	out := make([]string, len(list))
	for i, r := range list {
		out[i] = words.RightsReminderLine(r.Label(), string(r.Kind), r.DueAt)
	}
	return out
}

// answerTemplates are the wordings of answers that come with the program.
func answerTemplates() []requests.Template {
	var out []requests.Template
	for _, t := range words.RightsTemplates() {
		out = append(out, requests.Template{Code: t.Code, Kind: requests.Kind(t.Kind), Outcome: requests.Outcome(t.Outcome), Body: t.Body})
	}
	return out
}

// lastExpiry is when the daily job that removes what has outlived its time was
// last done.
func (a *App) lastExpiry(ctx context.Context) (time.Time, bool, error) {
	return a.queue.LastDone(ctx, expireJob)
}

// PrivacyOfficers returns their mail addresses.
func (p people) PrivacyOfficers(ctx context.Context) ([]string, error) {
	list, err := p.staff.List(ctx, staff.Filter{Role: staff.Privacy, State: staff.Active})
	out := make([]string, len(list))
	for i, m := range list {
		out[i] = m.Email
	}
	return out, err
}
