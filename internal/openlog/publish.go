package openlog

import (
	"context"
	"strconv"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/audit/verify"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/jobs"
	"truepenny/internal/mail"
)

// Why says why a checkpoint was published.
type Why string

const (
	Daily     Why = "daily"
	Asked     Why = "asked"
	Witnessed Why = "witnessed" // a witness cosigned it
)

// Published is a checkpoint that left the house. From then on the log cannot be
// written anew without somebody being able to show it.
type Published struct {
	Size         int64
	Note         string // as the log signed it
	Why          Why
	At           time.Time
	Cosignatures []Cosignature
}

// Cosigned is the checkpoint with the lines of its witnesses.
func (p Published) Cosigned() string {
	out := p.Note
	for _, c := range p.Cosignatures {
		out += c.Line
	}
	return out
}

// Publish keeps the newest checkpoint in the history and mails it to every
// witness that has an address. An empty log is Conflict "log.empty".
func (s *Service) Publish(ctx context.Context, actor audit.Actor, why Why) (Published, error) {
	signed, err := s.Audit.Checkpoint(ctx)
	if err != nil {
		return Published{}, err
	}
	if signed == "" {
		return Published{}, errs.New(errs.Conflict, "log.empty")
	}
	head, err := verify.OpenCheckpoint(signed, s.Audit.VerifierKey())
	if err != nil {
		return Published{}, err
	}
	out := Published{Size: head.Size, Note: signed, Why: why, At: s.Clock.Now()}
	entry := audit.Entry{Actor: actor, Action: "log.published", Subject: "checkpoint:" + strconv.FormatInt(out.Size, 10),
		Details: map[string]string{"why": string(why)}}
	err = s.Audit.Record(ctx, entry, func(tx *db.Tx) error {
		if err := insertCheckpoint(tx, out); err != nil {
			return err
		}
		sent, err := s.mailCheckpoint(tx, out)
		entry.Details["mails"] = strconv.Itoa(sent)
		return err
	})
	return out, err
}

func (s *Service) mailCheckpoint(tx *db.Tx, p Published) (int, error) {
	addresses, err := witnessAddresses(tx)
	if err != nil {
		return 0, err
	}
	subject, text := s.Letter(p.Size, p.Note)
	for _, to := range addresses {
		if err := s.Mail.Send(tx, mail.Message{To: to, Subject: subject, Text: text, Kind: "log.checkpoint"}); err != nil {
			return 0, err
		}
	}
	return len(addresses), nil
}

func (s *Service) publishDaily(ctx context.Context, _ jobs.Job) error {
	_, err := s.Publish(ctx, audit.System("log"), Daily)
	if err != nil && errs.CodeOf(err) == errs.Conflict {
		return nil // nothing was ever done here
	}
	return err
}
