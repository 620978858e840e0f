package sellers

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"

	"truepenny/internal/audit"
	"truepenny/internal/errs"
	"truepenny/internal/jobs"
	"truepenny/internal/privacy"
	"truepenny/internal/vault"
)

// purpose is under which key it is sealed what a check compared.
func (k CheckKind) purpose() vault.Purpose {
	if k == CheckPortrait || k == CheckCapture || k == CheckFace {
		return privacy.PurposeFace
	}
	return privacy.PurposeDocuments
}

// Analysis tells the person how far the checks of the current round are. It
// shows whether a check ran and what it needs, never a score.
func (s *Service) Analysis(ctx context.Context, actor audit.Actor, id string) (Analysis, error) {
	app, err := s.own(ctx, actor, id)
	if err != nil {
		return Analysis{}, err
	}
	checks, err := s.checksOf(ctx, app.ID, app.Round)
	if err != nil {
		return Analysis{}, err
	}
	done := map[CheckKind]Check{}
	for _, c := range checks {
		done[c.Kind] = c
	}
	a := Analysis{State: app.State, Done: app.Round > 0 && app.State != Analysing}
	for _, kind := range CheckKinds {
		c, ran := done[kind]
		a.Steps = append(a.Steps, Step{Kind: kind, Done: ran, Outcome: c.Outcome, Reason: c.Reason})
	}
	return a, nil
}

// analyse is the job: it runs the checks that the round does not have yet and
// hands the case to people, whatever came out. Run again after it was killed it
// goes on where it stopped. When its last attempt fails too, what is left is
// "not run", so that nobody waits for a broken part.
func (s *Service) analyse(ctx context.Context, job jobs.Job) error {
	var p analysePayload
	if err := job.Decode(&p); err != nil {
		return err
	}
	app, err := s.readApplication(ctx, p.Application)
	if errs.CodeOf(err) == errs.NotFound {
		return nil // erased meanwhile
	}
	if err != nil {
		return err
	}
	if app.State != Analysing || app.Round != p.Round {
		return nil // cancelled, or done by an attempt whose end was not seen
	}
	if err := s.runChecks(ctx, app, job.Last); err != nil {
		return err
	}
	return s.handOver(ctx, app, p.Again)
}

func (s *Service) runChecks(ctx context.Context, app Application, last bool) error {
	have, err := s.checksOf(ctx, app.ID, app.Round)
	if err != nil {
		return err
	}
	done := map[CheckKind]bool{}
	for _, c := range have {
		done[c.Kind] = true
	}
	r := &run{s: s, ctx: ctx, app: app}
	for _, kind := range CheckKinds {
		if done[kind] {
			continue
		}
		if on, err := s.stillOn(ctx, app); err != nil || !on {
			return err // withdrawn or cancelled meanwhile: nothing more is opened
		}
		c, err := r.check(kind)
		if errs.CodeOf(err) == errs.NotFound { // what it was looking at was erased under it
			if on, gone := s.stillOn(ctx, app); gone != nil || !on {
				return gone
			}
		}
		if err != nil && !last {
			return fmt.Errorf("check %s: %w", kind, err)
		}
		if err != nil {
			slog.ErrorContext(ctx, "a check could not be run", "application", app.ID, "check", kind, "error", err)
			c = Check{Outcome: NotRun, Reason: "engine.failed"}
		}
		c.Kind = kind
		if err := s.record(ctx, app, c); err != nil {
			return err
		}
	}
	return nil
}

// stillOn reports whether the round is still being looked at. A person may take
// their consent back, or cancel, between any two checks and during one.
func (s *Service) stillOn(ctx context.Context, app Application) (bool, error) {
	now, err := s.readApplication(ctx, app.ID)
	if errs.CodeOf(err) == errs.NotFound {
		return false, nil // erased
	}
	return now.State == Analysing && now.Round == app.Round, err
}

// analyst is who acts when the machine looks.
var analyst = audit.System("analysis")

// record keeps one check with its entry, once.
func (s *Service) record(ctx context.Context, app Application, c Check) error {
	_, err := s.edit(ctx, analyst, app, "check.recorded", c.Reason, func(e *edit) error {
		e.quiet = true
		if e.app.State != Analysing || e.app.Round != app.Round {
			return errUnchanged
		}
		c.Round, c.At = app.Round, e.now
		if err := s.forgetUnasked(e, &c); err != nil {
			return err
		}
		if len(c.Compared) > 0 {
			var err error
			c.item, err = s.sealJSON(e, c.Kind.purpose(), checkSlot(c.Round, c.Kind), c.Compared)
			if err != nil {
				return err
			}
		}
		fresh, err := insertCheck(e.tx, *e.app, c)
		if err == nil && !fresh {
			err = errUnchanged
		}
		e.details["check"], e.details["outcome"], e.details["round"] = string(c.Kind), string(c.Outcome), strconv.Itoa(c.Round)
		return err
	})
	return err
}

// forgetUnasked drops what a check found in a face when the consent to it was
// taken back while it ran: nothing of it is written.
func (s *Service) forgetUnasked(e *edit, c *Check) error {
	if !c.Kind.ofFace() {
		return nil
	}
	consent, _, err := s.consents.CurrentIn(e.tx, e.app.AccountID, privacy.PurposeFace)
	if err == nil && !consent.Given() {
		*c = Check{Kind: c.Kind, Round: c.Round, At: c.At, Outcome: NotRun, Reason: reasonDeclined}
	}
	return err
}

// actionRechecked says that checks were repeated after a correction.
const actionRechecked = "application.rechecked"

// handOver puts the case before people. There is no other way out of here: a
// machine neither approves nor refuses.
func (s *Service) handOver(ctx context.Context, app Application, again bool) error {
	action := "application.analysed"
	if again {
		action = actionRechecked
	}
	_, err := s.edit(ctx, analyst, app, action, "", func(e *edit) error {
		if e.app.State != Analysing || e.app.Round != app.Round {
			return errUnchanged
		}
		checks, err := listChecks(e.tx.DB(), app.ID, app.Round)
		if err != nil {
			return err
		}
		e.app.Outcome = worst(checks)
		e.details["round"], e.details["outcome"] = strconv.Itoa(app.Round), string(e.app.Outcome)
		return e.app.move(Waiting)
	})
	return err
}
