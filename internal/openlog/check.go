package openlog

import (
	"context"
	"log/slog"
	"strconv"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/audit/verify"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
	"truepenny/internal/jobs"
)

// CheckState is where a check of the log stands.
type CheckState string

const (
	Waiting CheckState = "waiting" // or running
	Holds   CheckState = "holds"
	Broken  CheckState = "broken"
	Failed  CheckState = "failed" // it could not be made
)

// givenUp is when a check that never ended is not waited for any more.
const givenUp = 6 * time.Hour

// CheckRun is one check of the whole log, as verify.Check makes it, against our key
// and every checkpoint that was published.
type CheckRun struct {
	ID      string
	AskedBy string // member, "" for the daily one
	State   CheckState
	Entries int64
	Root    string
	Fault   verify.Fault
	Bad     int64 // first wrong entry, -1
	AskedAt time.Time
	EndedAt time.Time
	Progress
}

// Progress is how far a check has come; Total is 0 while that is not known.
type Progress struct{ Done, Total int64 }

// AskCheck asks for a check, which a job makes; one that still waits is returned
// instead of a second one.
func (s *Service) AskCheck(ctx context.Context, actor audit.Actor) (CheckRun, error) {
	c := CheckRun{ID: ids.New("chk"), State: Waiting, Bad: -1, AskedAt: s.Clock.Now()}
	if actor.Kind == audit.KindStaff {
		c.AskedBy = actor.ID
	}
	if open, found, err := s.openCheck(ctx); err != nil || found {
		return open, err
	}
	entry := audit.Entry{Actor: actor, Action: "audit.check-asked", Subject: "check:" + c.ID}
	err := s.Audit.Record(ctx, entry, func(tx *db.Tx) error {
		if err := insertCheck(tx, c); err != nil {
			return err
		}
		_, err := s.Jobs.Enqueue(tx, checkJob, c.ID, jobs.Options{UniqueKey: checkJob + ":" + c.ID, MaxAttempts: 3})
		return err
	})
	return c, err
}

func (s *Service) askDaily(ctx context.Context, _ jobs.Job) error {
	_, err := s.AskCheck(ctx, audit.System("log"))
	return err
}

// Check is one of them, with how far it has come when it runs in this process.
func (s *Service) Check(ctx context.Context, id string) (CheckRun, error) {
	c, err := s.readCheck(ctx, id)
	s.mu.Lock()
	defer s.mu.Unlock()
	c.Progress = s.reached[id]
	return c, err
}

func (s *Service) runCheck(ctx context.Context, j jobs.Job) error {
	var id string
	if err := j.Decode(&id); err != nil {
		return err
	}
	c, err := s.readCheck(ctx, id)
	if err != nil || c.State != Waiting {
		return err
	}
	defer s.progress(id, nil)
	report, err := s.checkAll(ctx, id)
	switch {
	case err != nil && !j.Last:
		return err
	case err != nil:
		c.State = Failed
	case report.OK():
		c.State = Holds
	default:
		c.State = Broken
	}
	c.Entries, c.Root, c.Fault, c.Bad, c.EndedAt = report.Entries, report.Root, report.Fault, report.Bad, s.Clock.Now()
	if end := s.endCheck(ctx, c); end != nil {
		return end
	}
	return err
}

func (s *Service) checkAll(ctx context.Context, id string) (verify.Report, error) {
	published, err := s.notes(ctx)
	if err != nil {
		return verify.Report{}, err
	}
	return verify.Check(ctx, s.Store, verify.Against{
		Verifier: s.Audit.VerifierKey(), Checkpoints: published,
		Progress: func(done, total int64) { s.progress(id, &Progress{done, total}) },
	})
}

func (s *Service) progress(id string, at *Progress) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at == nil {
		delete(s.reached, id)
		return
	}
	s.reached[id] = *at
}

// endCheck keeps how a check ended. A log that is broken may take no entry any
// more; then it is kept, and said, without one.
func (s *Service) endCheck(ctx context.Context, c CheckRun) error {
	ctx = context.WithoutCancel(ctx)
	tell, err := s.news(ctx, c)
	if err != nil {
		return err
	}
	end := func(tx *db.Tx) error {
		if err := saveCheck(tx, c); err != nil {
			return err
		}
		return tell(tx)
	}
	entry := audit.Entry{Actor: audit.System("log"), Action: "audit.checked", Subject: "check:" + c.ID, Details: map[string]string{
		"outcome": string(c.State), "entries": strconv.FormatInt(c.Entries, 10),
	}}
	if c.State == Broken {
		entry.Details["fault"], entry.Details["entry"] = string(c.Fault), strconv.FormatInt(c.Bad, 10)
	}
	err = s.Audit.Record(ctx, entry, end)
	if err != nil && c.State == Broken {
		slog.ErrorContext(ctx, "the audit log is broken and takes no entry", "fault", c.Fault, "entry", c.Bad, "error", err)
		err = s.Store.Write(ctx, end)
	}
	return err
}

var errNoCheck = errs.New(errs.NotFound, "not-found")
