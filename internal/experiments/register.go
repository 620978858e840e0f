package experiments

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
	"truepenny/internal/jobs"
	"truepenny/internal/staff"
)

// Outcome is how one application went that was in a test.
type Outcome struct {
	Application string
	Sent        bool
	Open        bool // sent and still waiting
	Decided     bool
	Approved    bool
	Wait        float64 // working days to the first decision, or so far
}

// Outcomes tells how applications went; the feature that keeps them does.
type Outcomes interface {
	Outcomes(ctx context.Context, applications []string) ([]Outcome, error)
}

// Parts is what the service is built from. Outcomes may be nil: then results
// hold no figures but how many people are in each arm.
type Parts struct {
	Store    *db.Store
	Audit    *audit.Log
	Jobs     *jobs.Queue
	Clock    clock.Clock
	Outcomes Outcomes
	Light    bool // coloured light is offered at all; without it there is nothing to test
}

// Service is the register.
type Service struct {
	store    *db.Store
	log      *audit.Log
	clock    clock.Clock
	outcomes Outcomes
	light    bool
}

// New makes the service, and lets tests be ended at their date.
func NewService(p Parts) *Service {
	s := &Service{store: p.Store, log: p.Audit, clock: p.Clock, outcomes: p.Outcomes, light: p.Light}
	p.Jobs.Handle(endJob, s.endDue)
	p.Jobs.Every(endJob, time.Hour)
	return s
}

// Readers see the register, Keepers change it.
var (
	Readers = []staff.Role{staff.Privacy, staff.Lead, staff.Auditor, staff.Administrator}
	Keepers = []staff.Role{staff.Privacy, staff.Lead, staff.Administrator}
)

func has(actor audit.Actor, roles ...staff.Role) bool {
	if actor.Kind != audit.KindStaff {
		return false
	}
	return slices.ContainsFunc(strings.Split(actor.Role, ","), func(r string) bool { return slices.Contains(roles, staff.Role(r)) })
}

func allowed(actor audit.Actor, roles []staff.Role) error {
	if !has(actor, roles...) {
		return errs.New(errs.Forbidden, "forbidden")
	}
	return nil
}

// Register writes a test down. It does not run before somebody else approves
// it. Errors: Forbidden "forbidden"; Invalid with the fields name, why, change,
// share, audience, start, end; Conflict "experiment.light-off".
func (s *Service) Register(ctx context.Context, actor audit.Actor, n New) (Experiment, error) {
	if err := allowed(actor, Keepers); err != nil {
		return Experiment{}, err
	}
	now := s.clock.Now()
	n.Name, n.Why = strings.TrimSpace(n.Name), strings.TrimSpace(n.Why)
	if err := errs.Fields(n.check(midnight(now))); err != nil {
		return Experiment{}, err
	}
	if n.Change == Light && !s.light {
		return Experiment{}, errs.New(errs.Conflict, "experiment.light-off")
	}
	codes := arms[n.Change]
	e := Experiment{
		ID: ids.New("exp"), Name: n.Name, Why: n.Why, Change: n.Change, Audience: n.Audience,
		Arms:    []Arm{{codes[0], 100 - n.TestShare}, {codes[1], n.TestShare}},
		StartAt: midnight(n.StartDay), EndAt: midnight(n.EndDay).AddDate(0, 0, 1),
		RegisteredBy: actor.ID, RegisteredAt: now, privacyFirst: has(actor, staff.Privacy),
	}
	entry := audit.Entry{Actor: actor, Action: "experiment.registered", Subject: e.subject(), Details: map[string]string{
		"change": string(n.Change), "share": strconv.Itoa(n.TestShare), "audience": string(n.Audience),
		"start": e.StartAt.Format(time.DateOnly), "end": n.EndDay.Format(time.DateOnly),
	}}
	return e, s.log.Record(ctx, entry, func(tx *db.Tx) error { return insertExperiment(tx, e) })
}

// Approve lets a test run, as the second person; one of the two is a privacy
// officer. Errors: Forbidden "forbidden", "experiment.four-eyes",
// "experiment.privacy"; NotFound "experiment.unknown"; Conflict
// "experiment.state", and "experiment.overlap" when another test of the same
// thing runs in its time.
func (s *Service) Approve(ctx context.Context, actor audit.Actor, id string) error {
	return s.change(ctx, actor, id, "experiment.approved", func(tx *db.Tx, e *Experiment) error {
		now := s.clock.Now()
		switch {
		case e.State(now) != Planned || e.Approved():
			return errs.New(errs.Conflict, "experiment.state")
		case e.RegisteredBy == actor.ID:
			return errs.New(errs.Forbidden, "experiment.four-eyes")
		case !e.privacyFirst && !has(actor, staff.Privacy):
			return errs.New(errs.Forbidden, "experiment.privacy")
		}
		others, err := listExperiments(tx.DB().Where("change = ? AND approved_by <> '' AND id <> ?", string(e.Change), e.ID))
		if err != nil {
			return err
		}
		for _, o := range others {
			if o.State(now) != Ended && o.StartAt.Before(e.EndAt) && e.StartAt.Before(o.EndAt) {
				return errs.New(errs.Conflict, "experiment.overlap")
			}
		}
		e.ApprovedBy, e.ApprovedAt = actor.ID, now
		return nil
	})
}

// End ends a test before its date, or takes a planned one back, and says what
// came of it. Errors: Invalid with the field result; Conflict "experiment.state".
func (s *Service) End(ctx context.Context, actor audit.Actor, id, result string) error {
	result, err := said(result)
	if err != nil {
		return err
	}
	return s.change(ctx, actor, id, "experiment.ended", func(_ *db.Tx, e *Experiment) error {
		now := s.clock.Now()
		if e.State(now) == Ended {
			return errs.New(errs.Conflict, "experiment.state")
		}
		e.EndedBy, e.EndedAt, e.Result, e.ResultBy = actor.ID, now, result, actor.ID
		return nil
	})
}

// Conclude says in words what came of a test that its date ended. Once said it
// stands. Errors: Invalid with the field result; Conflict "experiment.state".
func (s *Service) Conclude(ctx context.Context, actor audit.Actor, id, result string) error {
	result, err := said(result)
	if err != nil {
		return err
	}
	return s.change(ctx, actor, id, "experiment.concluded", func(_ *db.Tx, e *Experiment) error {
		if e.State(s.clock.Now()) != Ended || e.Result != "" {
			return errs.New(errs.Conflict, "experiment.state")
		}
		e.Result, e.ResultBy = result, actor.ID
		return nil
	})
}

func (s *Service) change(ctx context.Context, actor audit.Actor, id, action string, change func(*db.Tx, *Experiment) error) error {
	if err := allowed(actor, Keepers); err != nil {
		return err
	}
	entry := audit.Entry{Actor: actor, Subject: "experiment:" + id}
	entry.Action = action
	return s.log.Record(ctx, entry, func(tx *db.Tx) error {
		e, err := takeExperiment(tx, id)
		if err != nil {
			return err
		}
		if err := change(tx, &e); err != nil {
			return err
		}
		return saveExperiment(tx, e)
	})
}

func (e Experiment) subject() string { return "experiment:" + e.ID }

func midnight(t time.Time) time.Time {
	t = t.UTC()
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

func words(wrong map[string]string, field, text string, least, most int) {
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		wrong[field] = "field.required"
	case n < least:
		wrong[field] = "field.too-short"
	case n > most:
		wrong[field] = "field.too-long"
	}
}

func said(result string) (string, error) {
	result = strings.TrimSpace(result)
	wrong := map[string]string{}
	words(wrong, "result", result, 10, 1000)
	return result, errs.Fields(wrong)
}
