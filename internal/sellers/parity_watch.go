package sellers

import (
	"context"
	"slices"
	"strconv"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/jobs"
	"truepenny/internal/mail"
)

const (
	parityJob   = "sellers.parity"
	parityEvery = 24 * time.Hour
)

// What declining may cost more of than the margin.
const (
	alarmApproval = "approval"
	alarmWait     = "wait"
)

// ParityAlarms lists the codes of the alarms.
var ParityAlarms = []string{alarmApproval, alarmWait}

// Officers knows the mail addresses of the active privacy officers and
// administrators.
type Officers interface {
	Officers(ctx context.Context) ([]string, error)
}

// ParityDay is the comparison of one day, over the applications of the time that
// the policy looks back, and since when each alarm holds.
type ParityDay struct {
	Day     string // 2006-01-02, UTC
	Figures Parity
	Since   map[string]time.Time // by alarm
}

// CompareDaily is the daily job: it compares, keeps the figures, and tells the
// officers once when an alarm begins and once when it is over.
func (s *Service) CompareDaily(ctx context.Context, _ jobs.Job) error {
	now := s.clock.Now()
	p, err := s.Parity(ctx, now.Add(-s.Policy.ParityOver), now.Add(time.Second))
	if err != nil {
		return err
	}
	p.Accepted.Curve, p.Declined.Curve = nil, nil // whole courses are not kept
	last, _, err := s.LastParity(ctx)
	if err != nil {
		return err
	}
	today := ParityDay{Day: now.UTC().Format(time.DateOnly), Figures: p, Since: map[string]time.Time{}}
	var begun, over []string
	for _, alarm := range ParityAlarms {
		since, before := last.Since[alarm]
		switch now := slices.Contains(p.Alarms(), alarm); {
		case now && before:
			today.Since[alarm] = since
		case now:
			today.Since[alarm], begun = p.At, append(begun, alarm)
		case before:
			over = append(over, alarm)
		}
	}
	return s.keepParity(ctx, today, begun, over)
}

// keepParity writes the figures, and for each alarm that began or is over an
// entry and the mails, in one transaction.
func (s *Service) keepParity(ctx context.Context, d ParityDay, begun, over []string) error {
	var to []string
	var err error
	if len(begun)+len(over) > 0 && s.officers != nil {
		if to, err = s.officers.Officers(ctx); err != nil {
			return err
		}
	}
	actor := audit.System("parity")
	entry := audit.Entry{Actor: actor, Action: "parity.compared", Subject: "parity:" + d.Day, Details: d.Figures.details()}
	return s.log.Record(ctx, entry, func(tx *db.Tx) error {
		if err := putParity(tx, d); err != nil {
			return err
		}
		for _, alarm := range begun {
			e := audit.Entry{Actor: actor, Action: "parity.alarm", Subject: "parity:" + d.Day, Reason: alarm, Details: d.Figures.details()}
			if err := s.sendParity(tx, e, to, alarm, true); err != nil {
				return err
			}
		}
		for _, alarm := range over {
			e := audit.Entry{Actor: actor, Action: "parity.alarm-over", Subject: "parity:" + d.Day, Reason: alarm, Details: d.Figures.details()}
			if err := s.sendParity(tx, e, to, alarm, false); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) sendParity(tx *db.Tx, e audit.Entry, to []string, alarm string, begun bool) error {
	subject, text := parityLetter(alarm, begun, s.Policy, s.parityLink)
	for _, address := range to {
		if err := s.mail.Send(tx, mail.Message{To: address, Subject: subject, Text: text, Kind: "sellers.parity"}); err != nil {
			return err
		}
	}
	e.Details["mails"] = strconv.Itoa(len(to))
	return s.log.Append(tx, e)
}

func (p Parity) details() map[string]string {
	return map[string]string{
		"accepted": strconv.Itoa(p.Accepted.Decided), "declined": strconv.Itoa(p.Declined.Decided),
		"approval": string(p.Approval.Verdict), "wait": string(p.Wait.Verdict),
	}
}
