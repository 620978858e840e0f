package requests

import (
	"context"
	"net/url"

	"truepenny/internal/audit"
	"truepenny/internal/errs"
	"truepenny/internal/form"
)

// Proposal is a rectification as a reviewer sees it: what is held, what should
// stand there and why.
type Proposal struct {
	Request
	Held    string
	Value   string
	Words   string
	Version int64 // of the application; a decision names it
}

// ForReviewer reports whether a reviewer decides: a field of an application, of
// somebody who is recognised.
func (r Request) ForReviewer() bool {
	return r.Kind == Rectification && r.Field != OtherField && r.State == Open && r.Identity != Unchecked
}

func reviewerOnly(actor audit.Actor) error {
	if !hasRole(actor, "reviewer", "lead") {
		return errs.New(errs.Forbidden, "role.reviewer")
	}
	return nil
}

// Corrections lists the rectifications that wait for a reviewer, by their due
// date.
func (s *Service) Corrections(ctx context.Context, actor audit.Actor) ([]Request, error) {
	if err := reviewerOnly(actor); err != nil {
		return nil, err
	}
	all, err := s.list(ctx, Filter{Kind: Rectification, State: Open})
	var out []Request
	for _, r := range all {
		if r.ForReviewer() {
			out = append(out, r)
		}
	}
	return out, err
}

// Correction opens one rectification for a reviewer. Errors: NotFound
// "request.unknown", Unavailable "request.part-missing".
func (s *Service) Correction(ctx context.Context, actor audit.Actor, id string) (Proposal, error) {
	if err := reviewerOnly(actor); err != nil {
		return Proposal{}, err
	}
	r, err := s.read(ctx, id)
	if err == nil && !r.ForReviewer() {
		err = errs.New(errs.NotFound, "request.unknown")
	}
	if err == nil && s.Corrector == nil {
		err = errs.New(errs.Unavailable, "request.part-missing")
	}
	if err != nil {
		return Proposal{}, err
	}
	p := Proposal{Request: r}
	var l Letter
	if err := s.open(ctx, actor, r.words, "request.correction", &l); err != nil {
		return p, err
	}
	p.Value, p.Words = l.Value, l.Words
	p.Held, p.Version, err = s.Corrector.Correctable(ctx, r.Person, r.Application, r.Field, l.Value)
	if errs.CodeOf(err) == errs.Invalid && err != nil {
		err = nil // the rules changed since it was asked; the reviewer sees what was
	}
	return p, err
}

// Correct decides a rectification: accepted, the value is put in place, else the
// reason is told. Either way the person has their answer with it. After a
// no the same field is looked at by somebody else. Errors: Invalid with field
// "reason", Conflict "case.changed", "request.same-person".
func (s *Service) Correct(ctx context.Context, actor audit.Actor, id string, accept bool, reason string, version int64) (Request, error) {
	p, err := s.Correction(ctx, actor, id)
	if err != nil {
		return Request{}, err
	}
	if err := s.otherThanBefore(ctx, actor, p.Request); err != nil {
		return p.Request, err
	}
	v, least := form.New(url.Values{"reason": {reason}}), 10
	if accept {
		least = 0
	}
	reason = v.Lines("reason", least, longestWords-1000)
	if err := v.Err(); err != nil {
		return p.Request, err
	}
	a := Answer{Template: "rectification.refused", Outcome: Refused, Words: s.Letters.Corrected(accept, reason)}
	if accept {
		a.Template, a.Outcome = "rectification.granted", Granted
		if err := s.Corrector.ApplyCorrection(ctx, actor, p.Application, p.Field, p.Value, version); err != nil {
			return p.Request, err
		}
	}
	return s.answer(ctx, actor, id, a)
}

// otherThanBefore refuses who left the same field as it was before: the person was
// told that somebody else would look.
func (s *Service) otherThanBefore(ctx context.Context, actor audit.Actor, r Request) error {
	all, err := s.ofPerson(ctx, r.Person)
	for _, before := range all {
		if before.Kind == r.Kind && before.Application == r.Application && before.Field == r.Field && before.Outcome == Refused && before.AnsweredBy == actor.ID {
			return errs.New(errs.Conflict, "request.same-person")
		}
	}
	return err
}
