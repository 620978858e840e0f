package handlers_test

import (
	"context"
	"time"

	"truepenny/internal/requests"
	"truepenny/internal/staff"
	"truepenny/internal/vault"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// PrivacyOfficers returns the mail addresses of the privacy officers.
func (a addresses) PrivacyOfficers(ctx context.Context) ([]string, error) {
	list, err := a.Staff.List(ctx, staff.Filter{Role: staff.Privacy, State: staff.Active})
	var out []string
	for _, m := range list {
		out = append(out, m.Email)
	}
	return out, err
}

// openRequests builds the desk of a marketplace.
func openRequests(m *market, v *vault.Vault) *requests.Service {
	p := requests.Parts{Store: m.Store, Audit: m.Log, Vault: v, Jobs: m.Queue, Mail: m.Outbox, Clock: m.Clock, People: addresses{m.People}, Corrector: m.cases}
	for _, t := range words.RightsTemplates() {
		p.Defaults = append(p.Defaults, requests.Template{Code: t.Code, Kind: requests.Kind(t.Kind), Outcome: requests.Outcome(t.Outcome), Body: t.Body})
	}
	p.Letters = requests.Letters{
		Received: func(r requests.Request) (string, string) { return "received " + r.Label(), "-" },
		Confirm: func(_ requests.Request, token string, until time.Time) (string, string) {
			return words.MailRightsConfirm("R", "access", m.url+paths.Confirmation(token), until)
		},
		Extended:  func(r requests.Request, reason string) (string, string) { return "extended " + r.Label(), reason },
		Answered:  func(r requests.Request, answer string) (string, string) { return "answered " + r.Label(), answer },
		Reminder:  func(due, overdue []requests.Request) (string, string) { return "reminder", "-" },
		Corrected: words.RightsCorrected,
	}
	return requests.NewService(p)
}
