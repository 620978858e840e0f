package requests

import (
	"context"
	"strconv"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/mail"
)

// Remind tells every privacy officer what is due within five days and what is
// overdue. When there is nothing, or nobody to tell, no mail goes out.
func (s *Service) Remind(ctx context.Context) error {
	due, err := s.list(ctx, Filter{Mark: DueSoon})
	if err != nil {
		return err
	}
	overdue, err := s.list(ctx, Filter{Mark: Overdue})
	if err != nil || len(due)+len(overdue) == 0 {
		return err
	}
	to, err := s.People.PrivacyOfficers(ctx)
	if err != nil || len(to) == 0 {
		return err
	}
	subject, text := s.Letters.Reminder(due, overdue)
	entry := audit.Entry{Actor: audit.System("requests"), Action: "request.reminded", Subject: "requests",
		Details: map[string]string{"due": strconv.Itoa(len(due)), "overdue": strconv.Itoa(len(overdue)), "officers": strconv.Itoa(len(to))}}
	return s.Audit.Record(ctx, entry, func(tx *db.Tx) error {
		for _, address := range to {
			if err := s.Mail.Send(tx, mail.Message{To: address, Subject: subject, Text: text, Kind: "request.reminder"}); err != nil {
				return err
			}
		}
		return nil
	})
}
