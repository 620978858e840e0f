package sellers

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/jobs"
)

// AnalyseJob is the kind of the job that runs the checks.
const AnalyseJob = "sellers.analyse"

// analysePayload names one round of one application.
type analysePayload struct {
	Application string
	Round       int
	Again       bool // some checks of the round are repeated, after a correction
}

// analysisKey names the analysis of one round, of which there is one.
func analysisKey(appID string, round int) string {
	return fmt.Sprintf("%s:%s:%d", AnalyseJob, appID, round)
}

// Submit sends a draft, or sends an asked application again: the checks are
// queued in the same transaction. Sent twice it changes nothing and returns the
// application. What is missing is Invalid "application.incomplete" whose fields
// name the steps.
func (s *Service) Submit(ctx context.Context, actor audit.Actor, id string) (Application, error) {
	app, err := s.own(ctx, actor, id)
	if err != nil {
		return Application{}, err
	}
	if app.State == Analysing || app.State == Waiting || app.State == Second {
		return app, nil
	}
	if !app.State.Editable() {
		return Application{}, errs.New(errs.Conflict, reasonState)
	}
	p, err := s.progressOf(ctx, app)
	if err != nil {
		return Application{}, err
	}
	if !p.Ready {
		return Application{}, incomplete(p)
	}
	action := "application.submitted"
	if app.Round > 0 {
		action = "application.resubmitted"
	}
	return s.edit(ctx, actor, app, action, "", func(e *edit) error {
		if e.app.State == Analysing || e.app.State == Waiting { // the other tab was faster
			return errUnchanged
		}
		if e.app.Version != app.Version { // what was found complete may not be any more
			return errs.New(errs.Conflict, "application.changed")
		}
		return s.send(e)
	})
}

func (s *Service) send(e *edit) error {
	if err := e.app.move(Analysing); err != nil {
		return err
	}
	e.app.Round++
	if e.app.SubmittedAt.IsZero() {
		e.app.SubmittedAt = e.now
	}
	e.app.DueAt = WorkingDays(e.now, s.Policy.DecisionDays)
	e.app.Outcome = ""
	e.details["round"], e.details["road"] = strconv.Itoa(e.app.Round), string(e.app.Road)
	if err := s.rekeep(e); err != nil {
		return err
	}
	_, err := s.jobs.Enqueue(e.tx, AnalyseJob, analysePayload{Application: e.app.ID, Round: e.app.Round},
		jobs.Options{UniqueKey: analysisKey(e.app.ID, e.app.Round)})
	return err
}

func incomplete(p Progress) error {
	fields := map[string]string{}
	for _, step := range p.Steps {
		if !step.Done && step.Name != StepSend {
			fields[string(step.Name)] = "step." + string(step.Name)
		}
	}
	err := errs.Fields(fields)
	var e *errs.Error
	if errors.As(err, &e) {
		e.Reason = "application.incomplete"
	}
	return err
}

// Cancel ends an application that is not decided. Its pictures, readings and
// checks are removed at once, and what was said of birth and address with them;
// that it was, whose it was and when it ended, stays.
func (s *Service) Cancel(ctx context.Context, actor audit.Actor, id string) (Application, error) {
	app, err := s.own(ctx, actor, id)
	if err != nil {
		return Application{}, err
	}
	return s.edit(ctx, actor, app, "application.cancelled", "", func(e *edit) error {
		if e.app.State == Cancelled {
			return errUnchanged
		}
		if err := e.app.move(Cancelled); err != nil {
			return err
		}
		e.release()
		e.app.DecidedAt = e.now
		e.app.BirthDate, e.app.Address = "", Address{}
		if err := withdrawProposal(e.tx, e.app.ID); err != nil {
			return err
		}
		return s.empty(e)
	})
}

// empty removes everything that was sealed for an application.
func (s *Service) empty(e *edit) error {
	items, err := sealedItemsOf(e.tx, e.app.ID)
	if err != nil {
		return err
	}
	if err := s.removeItems(e.tx, slices.Collect(maps.Keys(items))); err != nil {
		return err
	}
	return deleteParts(e.tx, e.app.ID)
}

// longest and shortest words that a person or a reviewer may write, characters.
const (
	shortestWords = 10
	longestWords  = 2000
)

// Appeal reopens a refused application once, with the person's words, for a
// reviewer who took no part in the refusal. Errors: Conflict "appeal.used",
// Gone "appeal.late", Invalid with the field "words".
func (s *Service) Appeal(ctx context.Context, actor audit.Actor, id, words string) (Application, error) {
	app, err := s.own(ctx, actor, id)
	if err != nil {
		return Application{}, err
	}
	words = strings.TrimSpace(words)
	if reason := checkWords(words); reason != "" {
		return Application{}, errs.Fields(map[string]string{"words": reason})
	}
	open, err := s.openApplicationOf(ctx, actor.ID)
	if err == nil && open.ID != app.ID {
		return Application{}, errs.New(errs.Conflict, "application.open")
	} else if err != nil && errs.CodeOf(err) != errs.NotFound {
		return Application{}, err
	}
	return s.edit(ctx, actor, app, "application.appealed", "", func(e *edit) error { return s.appeal(e, words) })
}

func (s *Service) appeal(e *edit, words string) error {
	if e.app.Appealed {
		return errs.New(errs.Conflict, "appeal.used")
	}
	if err := e.app.move(Waiting); err != nil {
		return err
	}
	refusal, err := takeDecision(e.tx, e.app.ID, Final)
	if err != nil {
		return err
	}
	if until := db.TimeOf(refusal.AppealUntil); e.now.After(until) {
		return errs.New(errs.Gone, "appeal.late")
	}
	refusal.Standing = string(Overruled)
	if err := saveDecision(e.tx, refusal); err != nil {
		return err
	}
	e.app.Appealed = true
	e.app.DecidedAt, e.app.ReapplyAt = timeZero, timeZero
	e.app.DueAt = WorkingDays(e.now, s.Policy.DecisionDays)
	if err := s.rekeep(e); err != nil {
		return err
	}
	return insertAppeal(e.tx, appealRow{ApplicationID: e.app.ID, AccountID: e.app.AccountID, Words: words, At: e.now})
}

func checkWords(words string) string {
	n := len([]rune(words))
	switch {
	case n == 0:
		return "field.required"
	case n < shortestWords:
		return "field.too-short"
	case n > longestWords:
		return "field.too-long"
	case !utf8.ValidString(words), strings.ContainsFunc(words, unwritable):
		return "field.characters"
	}
	return ""
}

// unwritable are control characters but line breaks and tabs; PostgreSQL keeps
// no NUL, and mails and pages none of the others.
func unwritable(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }
