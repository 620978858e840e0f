package refusals

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/jobs"
	"truepenny/internal/mail"
)

// CheckJob runs every check, once a day; the program also runs them when it
// starts.
const CheckJob = "refusals.check"

// lateAfter is how old a result may be before it is shown as late.
const lateAfter = 36 * time.Hour

// mostFindings is how many findings of one check are kept.
const mostFindings = 20

// Parts is what the service is built from.
type Parts struct {
	Store *db.Store
	Audit *audit.Log
	Clock clock.Clock
	Jobs  *jobs.Queue
	Mail  *mail.Outbox
	// Examine looks at the running program.
	Examine func(ctx context.Context) (Program, error)
	// Administrators are the addresses of who is told of a change.
	Administrators func(ctx context.Context) ([]string, error)
	// Letter words the mail to them: the codes of the checks that fail now, and of
	// those that hold again.
	Letter func(failing, holding []string, at time.Time) (subject, text string)
}

// Service runs the checks and keeps what they came to.
type Service struct {
	Parts
}

// New makes the service and takes over CheckJob.
func New(p Parts) *Service {
	s := &Service{p}
	s.Jobs.Handle(CheckJob, func(ctx context.Context, _ jobs.Job) error { return s.Run(ctx) })
	s.Jobs.Every(CheckJob, 24*time.Hour)
	return s
}

// Result is what a check came to the last time.
type Result struct {
	Code  string
	Known bool // false: it has not run yet
	Holds bool
	Found []Finding
	More  int // findings that were left out
	Seen  Seen
	At    time.Time
	Since time.Time // that it has held, or failed
	Late  bool      // it should have run again since
	Turns []Turn    // every change, newest first
}

// Turn is one change of a result.
type Turn struct {
	Holds bool
	Found []Finding
	At    time.Time
}

// Codes lists the refusals in the order they are shown.
func Codes() []string {
	out := make([]string, len(checks))
	for i, c := range checks {
		out[i] = c.code
	}
	return out
}

// judge runs every check on a program.
func judge(p Program) []Result {
	out := make([]Result, len(checks))
	for i, c := range checks {
		l := &look{Program: p}
		c.look(l)
		out[i] = Result{Code: c.code, Known: true, Seen: l.seen}
		for _, f := range l.found {
			if slices.Contains(out[i].Found, f) {
				continue
			}
			if len(out[i].Found) == mostFindings {
				out[i].More++
				continue
			}
			out[i].Found = append(out[i].Found, f)
		}
		out[i].Holds = len(out[i].Found) == 0
	}
	return out
}

// Run looks at the program, keeps the results and, when one has changed, tells
// the administrators, once.
func (s *Service) Run(ctx context.Context) error {
	p, err := s.Examine(ctx)
	if err != nil {
		return fmt.Errorf("examine the program: %w", err)
	}
	to, err := s.Administrators(ctx)
	if err != nil {
		return err
	}
	results := judge(p)
	entry := audit.Entry{Actor: audit.System("refusals"), Action: "refusals.checked", Subject: "refusals", Details: counted(results)}
	return s.Audit.Record(ctx, entry, func(tx *db.Tx) error { return s.keep(tx, results, statement(p), to) })
}

func counted(results []Result) map[string]string {
	failing := 0
	for _, r := range results {
		if !r.Holds {
			failing++
		}
	}
	return map[string]string{"checks": strconv.Itoa(len(results)), "failing": strconv.Itoa(failing)}
}

// keep stores the results. A first result that holds is no news; a first one
// that fails is.
func (s *Service) keep(tx *db.Tx, results []Result, search Search, to []string) error {
	now := s.Clock.Now()
	var failing, holding []string
	for _, r := range results {
		before, known, err := lastResult(tx, r.Code)
		if err != nil {
			return err
		}
		r.At, r.Since = now, now
		if known && before.Holds == r.Holds {
			r.Since = before.Since
		} else if err := insertTurn(tx, r); err != nil {
			return err
		}
		if err := saveResult(tx, r); err != nil {
			return err
		}
		action := ""
		switch {
		case !r.Holds && (!known || before.Holds):
			failing, action = append(failing, r.Code), "refusals.failing"
		case r.Holds && known && !before.Holds:
			holding, action = append(holding, r.Code), "refusals.holding"
		default:
			continue
		}
		entry := audit.Entry{Actor: audit.System("refusals"), Action: action, Subject: "refusal:" + r.Code, Details: map[string]string{"findings": strconv.Itoa(len(r.Found) + r.More)}}
		if err := s.Audit.Append(tx, entry); err != nil {
			return err
		}
	}
	if err := saveSearch(tx, search); err != nil {
		return err
	}
	return s.tell(tx, failing, holding, to, now)
}

func (s *Service) tell(tx *db.Tx, failing, holding, to []string, at time.Time) error {
	if len(failing)+len(holding) == 0 {
		return nil
	}
	subject, text := s.Letter(failing, holding, at)
	for _, address := range to {
		if err := s.Mail.Send(tx, mail.Message{To: address, Subject: subject, Text: text, Kind: "refusals.changed"}); err != nil {
			return err
		}
	}
	return nil
}

// Register is every refusal with its last result, in the order they are shown.
func (s *Service) Register(ctx context.Context) ([]Result, error) {
	kept, err := s.results(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Result, len(checks))
	for i, c := range checks {
		r, known := kept[c.code]
		r.Code, r.Known = c.code, known
		r.Late = known && s.Clock.Now().Sub(r.At) > lateAfter
		out[i] = r
	}
	return out, nil
}

// Search is the statement of who may search by face, as the last run found it.
func (s *Service) Search(ctx context.Context) (Search, error) { return s.search(ctx) }

// Schema is the tables of the main database with their columns, as they are.
func (s *Service) Schema(ctx context.Context) ([]Table, error) { return s.schema(ctx) }
