package openlog

import (
	"context"
	"strconv"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/audit/verify"
	"truepenny/internal/db"
	"truepenny/internal/errs"
)

// Cosignature is a witness's statement that it saw a checkpoint and that the log
// had only grown since the one before.
type Cosignature struct {
	Witness  string // id
	Name     string
	Size     int64
	Line     string    // C2SP tlog-cosignature
	SignedAt time.Time // as the witness states it
	At       time.Time // when it arrived
}

// clockSkew is how far the clock of a witness may be ahead of ours.
const clockSkew = 5 * time.Minute

// Cosign takes a checkpoint of ours with the line of a registered witness and
// keeps it, once. Errors: Invalid "log.unreadable" or "log.cosignature-time",
// Forbidden "log.witness-unknown", Conflict "log.fork" for a checkpoint that
// bears our signature but is no state of this log.
func (s *Service) Cosign(ctx context.Context, signed string) (Cosignature, error) {
	head, err := verify.OpenCheckpoint(signed, s.Audit.VerifierKey())
	if err != nil || head.Size == 0 || head.Origin != audit.Origin(s.Audit.VerifierKey()) { // or the line would not fit the note that we publish
		return Cosignature{}, errs.Wrap(errs.Invalid, "log.unreadable", err)
	}
	c, err := s.statement(ctx, signed)
	if err != nil {
		return Cosignature{}, err
	}
	c.Size = head.Size
	if c.SignedAt.After(c.At.Add(clockSkew)) {
		return Cosignature{}, errs.New(errs.Invalid, "log.cosignature-time")
	}
	root, err := s.Audit.Root(ctx, head.Size)
	if err != nil && errs.CodeOf(err) != errs.Invalid {
		return Cosignature{}, err
	}
	if err != nil || root != head.Root {
		return Cosignature{}, s.noteFork(ctx, c)
	}
	if known, found, err := s.cosignature(ctx, c.Witness, c.Size); err != nil || found {
		return known, err
	}
	return c, s.keepCosignature(ctx, c)
}

// statement finds the registered witness who signed.
func (s *Service) statement(ctx context.Context, signed string) (Cosignature, error) {
	witnesses, err := s.Witnesses(ctx)
	if err != nil {
		return Cosignature{}, err
	}
	for _, w := range witnesses {
		if w.Verifier == "" || !w.EndedAt.IsZero() {
			continue
		}
		key, err := verify.ParseWitnessKey(w.Verifier)
		if err != nil {
			return Cosignature{}, err
		}
		if line, at, err := key.Cosigned(signed); err == nil {
			return Cosignature{Witness: w.ID, Name: w.Name, Line: line, SignedAt: at, At: s.Clock.Now()}, nil
		}
	}
	return Cosignature{}, errs.New(errs.Forbidden, "log.witness-unknown")
}

func (s *Service) keepCosignature(ctx context.Context, c Cosignature) error {
	own, err := s.Audit.CheckpointAt(ctx, c.Size)
	if err != nil {
		return err
	}
	entry := audit.Entry{Actor: audit.System("witness"), Action: "log.cosigned", Subject: "witness:" + c.Witness,
		Details: map[string]string{"size": strconv.FormatInt(c.Size, 10)}}
	return s.Audit.Record(ctx, entry, func(tx *db.Tx) error {
		if err := insertCheckpoint(tx, Published{Size: c.Size, Note: own, Why: Witnessed, At: c.At}); err != nil {
			return err
		}
		return insertCosignature(tx, c)
	})
}

// noteFork leaves a trace of what must not be: our key signed a head that is not
// ours. Either somebody has the key, or an older database was put back.
func (s *Service) noteFork(ctx context.Context, c Cosignature) error {
	entry := audit.Entry{Actor: audit.System("witness"), Action: "log.fork-shown", Subject: "witness:" + c.Witness,
		Details: map[string]string{"size": strconv.FormatInt(c.Size, 10)}}
	if err := s.Audit.Note(ctx, entry); err != nil {
		return err
	}
	return errs.New(errs.Conflict, "log.fork")
}
