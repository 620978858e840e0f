package openlog

import (
	"context"

	"truepenny/internal/db"
	"truepenny/internal/mail"
)

// news returns what mails the outcome of a check to those who watch over the
// log, if it is another one than that of the check before: once for each change.
// A first check that holds is no news, nor is one that could not be made.
func (s *Service) news(ctx context.Context, c CheckRun) (tell func(tx *db.Tx) error, err error) {
	nothing := func(*db.Tx) error { return nil }
	before, known, err := s.Verdict(ctx)
	if err != nil || c.State == Failed || s.Watchers == nil {
		return nothing, err
	}
	if !known {
		before.State = Holds
	}
	if c.State == before.State && (c.State == Holds || c.Fault == before.Fault && c.Bad == before.Bad) {
		return nothing, nil
	}
	to, err := s.Watchers(ctx)
	if err != nil {
		return nothing, err
	}
	subject, text := s.Alarm(c)
	return func(tx *db.Tx) error {
		for _, address := range to {
			if err := s.Mail.Send(tx, mail.Message{To: address, Subject: subject, Text: text, Kind: "log.check-changed"}); err != nil {
				return err
			}
		}
		return nil
	}, nil
}
