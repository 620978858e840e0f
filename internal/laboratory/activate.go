package laboratory

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"truepenny/internal/audit"
	"truepenny/internal/biometrics/face"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
)

const mostWords = 1000

// Propose asks for the thresholds that a report was measured at. Another person
// confirms them. Errors: those of the report, Conflict "lab.proposal.open" when
// one waits already, Invalid with the field words.
func (s *Service) Propose(ctx context.Context, actor audit.Actor, runID, words string) (Activation, error) {
	if err := mayRun(actor); err != nil {
		return Activation{}, err
	}
	words, err := said(words, "words", true)
	if err != nil {
		return Activation{}, err
	}
	run, err := s.readRun(ctx, runID)
	if err != nil {
		return Activation{}, err
	}
	report, limits, err := s.backing(run)
	if err != nil {
		return Activation{}, err
	}
	a := Activation{
		ID: ids.New("act"), RunID: run.ID, Network: run.Network, Version: run.Version, Thresholds: limits, Words: words,
		Standing: Proposed, Worse: worseGroups(report), ProposedBy: actor.ID, ProposedAt: s.clock.Now(),
	}
	entry := audit.Entry{Actor: actor, Action: "lab.threshold-proposed", Subject: subject("labrun", run.ID), Details: a.details()}
	return a, s.log.Record(ctx, entry, func(tx *db.Tx) error { return insertActivation(tx, a) })
}

func (a Activation) details() map[string]string {
	return map[string]string{
		"activation": a.ID, "accept": number(a.Thresholds.Accept), "review": number(a.Thresholds.Review),
		"network": a.Network, "version": a.Version, "worse-groups": strconv.Itoa(len(a.Worse)),
	}
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

func said(words, field string, required bool) (string, error) {
	words = strings.TrimSpace(words)
	switch {
	case words == "" && required:
		return "", errs.Fields(map[string]string{field: "form.required"})
	case utf8.RuneCountInString(words) > mostWords:
		return "", errs.Fields(map[string]string{field: "form.too-long"})
	}
	return words, nil
}

// Confirm puts a proposed threshold in force; the one before it ends. Nobody
// confirms what they proposed. Errors: Forbidden "lab.four-eyes"; Conflict
// "lab.group.worse", "lab.proposal.gone", and those of the report, which is
// looked at again.
func (s *Service) Confirm(ctx context.Context, actor audit.Actor, id, words string) error {
	words, err := said(words, "words", false)
	if err != nil {
		return err
	}
	return s.settle(ctx, actor, id, "lab.threshold-confirmed", func(tx *db.Tx, a *Activation) error {
		if a.ProposedBy == actor.ID {
			return errs.New(errs.Forbidden, "lab.four-eyes")
		}
		if a.Blocked() {
			return errs.New(errs.Conflict, "lab.group.worse")
		}
		run, err := takeRun(tx, a.RunID)
		if err != nil {
			return err
		}
		if _, _, err := s.backing(run); err != nil {
			return err
		}
		if err := endActive(tx, Replaced, s.clock.Now()); err != nil {
			return err
		}
		a.Standing, a.SettledBy, a.SettledAt, a.Answer = Active, actor.ID, s.clock.Now(), words
		if len(a.Worse) > 0 && !run.Public() { // the exception is public, so its report is
			run.PublishedBy, run.PublishedAt = actor.ID, s.clock.Now()
			return saveRun(tx, run)
		}
		return nil
	})
}

// Return gives a proposal back, or takes an own one back, with a reason.
func (s *Service) Return(ctx context.Context, actor audit.Actor, id, words string) error {
	words, err := said(words, "words", true)
	if err != nil {
		return err
	}
	return s.settle(ctx, actor, id, "lab.threshold-returned", func(_ *db.Tx, a *Activation) error {
		a.Standing, a.SettledBy, a.SettledAt, a.Answer, a.EndedAt = Returned, actor.ID, s.clock.Now(), words, s.clock.Now()
		return nil
	})
}

// settle changes a proposal that still waits.
func (s *Service) settle(ctx context.Context, actor audit.Actor, id, action string, change func(tx *db.Tx, a *Activation) error) error {
	if err := mayRun(actor); err != nil {
		return err
	}
	return s.changeProposal(ctx, actor, id, action, change)
}

func (s *Service) changeProposal(ctx context.Context, actor audit.Actor, id, action string, change func(tx *db.Tx, a *Activation) error) error {
	entry := audit.Entry{Actor: actor, Action: action, Details: map[string]string{}}
	a, err := s.readActivation(ctx, id)
	if err != nil {
		return err
	}
	entry.Subject, entry.Details = subject("labrun", a.RunID), a.details()
	return s.log.Record(ctx, entry, func(tx *db.Tx) error {
		a, err := takeActivation(tx, id)
		if err != nil {
			return err
		}
		if a.Standing != Proposed {
			return errs.New(errs.Conflict, "lab.proposal.gone")
		}
		if err := change(tx, &a); err != nil {
			return err
		}
		return saveActivation(tx, a)
	})
}

// Sign accepts a worse group for a dated reason. A lead gives the reason, then a
// privacy officer signs the same words; they are two people. Errors: Forbidden
// "lab.sign.role", "lab.four-eyes"; Conflict "lab.sign.none", "lab.sign.order",
// "lab.sign.done".
func (s *Service) Sign(ctx context.Context, actor audit.Actor, id, reason string) error {
	if !has(actor, roleLead, rolePrivacy) {
		return errs.New(errs.Forbidden, "lab.sign.role")
	}
	return s.changeProposal(ctx, actor, id, "lab.exception-signed", func(_ *db.Tx, a *Activation) error {
		switch {
		case len(a.Worse) == 0:
			return errs.New(errs.Conflict, "lab.sign.none")
		case a.Excepted():
			return errs.New(errs.Conflict, "lab.sign.done")
		case a.LeadAt.IsZero() && !has(actor, roleLead):
			return errs.New(errs.Conflict, "lab.sign.order")
		case a.LeadAt.IsZero():
			words, err := said(reason, "reason", true)
			if err != nil {
				return err
			}
			a.Exception, a.LeadBy, a.LeadAt = words, actor.ID, s.clock.Now()
			return nil
		case !has(actor, rolePrivacy):
			return errs.New(errs.Forbidden, "lab.sign.role")
		case a.LeadBy == actor.ID:
			return errs.New(errs.Forbidden, "lab.four-eyes")
		}
		a.PrivacyBy, a.PrivacyAt = actor.ID, s.clock.Now()
		return nil
	})
}

// Activations lists all of them, newest first.
func (s *Service) Activations(ctx context.Context, actor audit.Actor) ([]Activation, error) {
	if err := mayRead(actor); err != nil {
		return nil, err
	}
	return s.listActivations(ctx)
}

// ActivationsOf lists those that rest on a report, for its page.
func (s *Service) ActivationsOf(ctx context.Context, runID string) ([]Activation, error) {
	all, err := s.listActivations(ctx)
	var out []Activation
	for _, a := range all {
		if a.RunID == runID {
			out = append(out, a)
		}
	}
	return out, err
}

// Thresholds are those in force for the networks that are loaded: the confirmed
// ones, or else those that the networks came with. When the database cannot be
// asked, no distance says anything: every face goes to a person.
func (s *Service) Thresholds(ctx context.Context) face.Thresholds {
	if s.faces == nil {
		return face.Thresholds{}
	}
	own := s.faces.Thresholds()
	a, found, err := s.InForce(ctx)
	if err != nil {
		own.Report = face.Report{}
		return own
	}
	if !found {
		return own
	}
	return a.Thresholds
}

// InForce is the activation behind Thresholds; false when the networks' own
// thresholds govern. A confirmed one governs only the networks that it was
// measured with, down to the bytes of their files.
func (s *Service) InForce(ctx context.Context) (Activation, bool, error) {
	a, found, err := s.active(ctx)
	if err != nil || !found || s.faces == nil {
		return Activation{}, false, err
	}
	if network, version := s.faces.Network(); a.Network != network || a.Version != version {
		return a, false, nil
	}
	measured, err := s.fingerprintOf(ctx, a.RunID)
	return a, measured == s.fingerprint, err
}

// Backs returns the thresholds that a report could put in force and the groups
// that would block them, or the reason why it cannot back any: Conflict
// "lab.report.unfit", "lab.report.other-network", "lab.report.older".
func (s *Service) Backs(run Run) (face.Thresholds, []WorseGroup, error) {
	report, limits, err := s.backing(run)
	if err != nil {
		return face.Thresholds{}, nil, err
	}
	return limits, worseGroups(report), nil
}

// Network names the descriptor network that is loaded.
func (s *Service) Network() (name, version string) {
	if s.faces == nil {
		return "", ""
	}
	return s.faces.Network()
}
