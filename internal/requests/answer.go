package requests

import (
	"context"
	"net/url"
	"regexp"
	"slices"
	"strconv"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/form"
)

// Answer is what the person is told.
type Answer struct {
	Template string // code of the template it began as; "" for none
	Words    string
	Outcome  Outcome
	Version  int64 // of the request it answers; 0 for whichever
}

// mostMonths is the longest an answer may take longer (GDPR 12(3)).
const mostMonths = 2

// Extend gives an answer one or two more months, once, inside the first month
// only, with the reason, which is sent to the person (GDPR 12(3)). Errors:
// Conflict "request.extended", "request.too-late"; Invalid with fields months,
// reason.
func (s *Service) Extend(ctx context.Context, actor audit.Actor, id string, months int, reason string) (Request, error) {
	if err := officerOnly(actor); err != nil {
		return Request{}, err
	}
	v := form.New(url.Values{"reason": {reason}})
	reason = v.Lines("reason", 10, longestWords)
	if months < 1 || months > mostMonths {
		v.Refuse("months", form.WrongChoice)
	}
	to, err := s.address(ctx, actor, id)
	if wrong := v.Err(); wrong != nil {
		return Request{}, wrong
	}
	if err != nil {
		return Request{}, err
	}
	return s.edit(ctx, actor, id, "request.extended", func(tx *db.Tx, r *Request, details map[string]string) error {
		if err := r.mayExtend(s); err != nil {
			return err
		}
		details["months"] = strconv.Itoa(months)
		item, err := s.seal(tx, *r, "reason", reason)
		if err != nil {
			return err
		}
		r.reason, r.ExtendedAt, r.DueAt = item, s.Clock.Now(), DueAt(r.OpenedAt, 1+months)
		return s.send(tx, *r, to, "extended", func() (string, string) { return s.Letters.Extended(*r, reason) })
	})
}

// mayExtend says why a request cannot be given more time.
func (r Request) mayExtend(s *Service) error {
	switch {
	case r.State != Open:
		return errs.New(errs.Conflict, "request.answered")
	case !r.ExtendedAt.IsZero():
		return errs.New(errs.Conflict, "request.extended")
	case s.Clock.Now().After(r.DueAt):
		return errs.New(errs.Conflict, "request.too-late")
	}
	return nil
}

// MayExtend reports whether a request can be given more time now.
func (s *Service) MayExtend(r Request) bool { return r.mayExtend(s) == nil }

// Answer ends a request: the words are sealed, mailed and shown in the person's
// room. Errors: Conflict "request.answered", "request.changed",
// "request.identity" (somebody not recognised yet), "request.erase-first",
// "request.reviewer"; Invalid with fields words, outcome.
func (s *Service) Answer(ctx context.Context, actor audit.Actor, id string, a Answer) (Request, error) {
	if err := officerOnly(actor); err != nil {
		return Request{}, err
	}
	r, err := s.read(ctx, id)
	if err != nil {
		return r, err
	}
	if r.ForReviewer() {
		return r, errs.New(errs.Conflict, "request.reviewer")
	}
	return s.answer(ctx, actor, id, a)
}

// placeholder is what a wording leaves for the officer to fill in: "[reason]".
var placeholder = regexp.MustCompile(`\[[^\]\n]+\]`)

// Check says what is wrong with an answer before it is sent.
func (a Answer) Check() (Answer, error) {
	v := form.New(url.Values{"words": {a.Words}})
	if a.Words = v.Lines("words", 10, longestWords); placeholder.MatchString(a.Words) {
		v.Refuse("words", "request.brackets")
	}
	if !slices.Contains(Outcomes, a.Outcome) {
		v.Refuse("outcome", form.Required)
	}
	return a, v.Err()
}

func (s *Service) answer(ctx context.Context, actor audit.Actor, id string, a Answer) (Request, error) {
	a, err := a.Check()
	if err != nil {
		return Request{}, err
	}
	to, err := s.address(ctx, actor, id)
	if err != nil {
		return Request{}, err
	}
	return s.edit(ctx, actor, id, "request.answered", func(tx *db.Tx, r *Request, details map[string]string) error {
		if err := r.mayAnswer(a); err != nil {
			return err
		}
		details["outcome"], details["template"] = string(a.Outcome), a.Template
		r.State, r.Outcome, r.Template, r.AnsweredBy, r.AnsweredAt = Answered, a.Outcome, a.Template, actor.ID, s.Clock.Now()
		r.KeepUntil = r.AnsweredAt.Add(kept())
		if r.answer, err = s.seal(tx, *r, "answer", a.Words); err != nil {
			return err
		}
		if err := s.keep(tx, *r); err != nil {
			return err
		}
		if err := s.Vault.Remove(tx, r.contact); err != nil { // it was for this answer alone
			return err
		}
		r.contact = ""
		return s.send(tx, *r, to, "answered", func() (string, string) { return s.Letters.Answered(*r, a.Words) })
	})
}

func (r Request) mayAnswer(a Answer) error {
	switch {
	case r.State != Open:
		return errs.New(errs.Conflict, "request.answered")
	case a.Version != 0 && a.Version != r.Version:
		return errs.New(errs.Conflict, "request.changed")
	case r.Identity == Unchecked && a.Outcome != NothingHeld:
		return errs.New(errs.Conflict, "request.identity")
	case r.Identity != Unchecked && a.Outcome == NothingHeld:
		return errs.Fields(map[string]string{"outcome": "request.somebody"})
	case r.Kind == Erasure && r.Erasure == "" && a.Outcome == Granted:
		return errs.New(errs.Conflict, "request.erase-first")
	}
	return nil
}

// keep sets the end of everything sealed of an answered request.
func (s *Service) keep(tx *db.Tx, r Request) error {
	for _, item := range []string{r.words, r.reason} {
		if item == "" {
			continue
		}
		if err := s.Vault.KeepUntil(tx, item, r.KeepUntil); err != nil && errs.ReasonOf(err) != "vault.gone" {
			return err
		}
	}
	return nil
}

// address is where to write: to who is recognised at the address on file, as
// long as the account exists; to anybody else where the letter says.
func (s *Service) address(ctx context.Context, actor audit.Actor, id string) (string, error) {
	r, err := s.read(ctx, id)
	if err != nil {
		return "", err
	}
	if r.Identity != Unchecked {
		to, err := s.People.EmailOf(ctx, audit.KindSeller, r.Person)
		if err == nil || errs.CodeOf(err) != errs.NotFound {
			return to, err
		}
	}
	var l Letter
	if err := s.open(ctx, actor, r.words, "request.answer", &l); err != nil || r.contact == "" {
		return l.Contact, err
	}
	return l.Contact, s.open(ctx, actor, r.contact, "request.answer", &l.Contact)
}
