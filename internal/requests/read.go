package requests

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/errs"
	"truepenny/internal/privacy"
)

// Filter narrows the list; empty fields do not narrow.
type Filter struct {
	Kind  Kind
	State State
	Mark  Mark // DueSoon or Overdue
}

// List returns requests: the open ones by their due date, then the answered,
// newest first.
func (s *Service) List(ctx context.Context, actor audit.Actor, f Filter) ([]Request, error) {
	if err := readerOnly(actor); err != nil {
		return nil, err
	}
	return s.list(ctx, f)
}

// Export is List for a file, noted in the log before anything leaves.
func (s *Service) Export(ctx context.Context, actor audit.Actor, f Filter) ([]Request, error) {
	list, err := s.List(ctx, actor, f)
	if err != nil {
		return nil, err
	}
	return list, s.Audit.Note(ctx, audit.Entry{Actor: actor, Action: "requests.exported", Subject: "requests",
		Details: map[string]string{"count": fmt.Sprint(len(list))}})
}

// Get returns a request for those who keep or read the desk.
func (s *Service) Get(ctx context.Context, actor audit.Actor, id string) (Request, error) {
	if err := readerOnly(actor); err != nil {
		return Request{}, err
	}
	return s.read(ctx, id)
}

// Of returns what a person asked for, newest first.
func (s *Service) Of(ctx context.Context, person string) ([]Request, error) {
	if person == "" {
		return nil, nil
	}
	return s.ofPerson(ctx, person)
}

// Counts says how many requests are open, and when the next answer is due.
type Counts struct {
	Open, DueSoon, Overdue int
	Corrections            int       // rectifications that wait for a reviewer
	NextDue                time.Time // zero when nothing is open
}

// Counts counts the open requests.
func (s *Service) Counts(ctx context.Context) (Counts, error) {
	open, err := s.list(ctx, Filter{State: Open})
	var n Counts
	for _, r := range open {
		n.Open++
		switch r.Mark(s.Clock.Now()) {
		case Overdue:
			n.Overdue++
		case DueSoon:
			n.DueSoon++
		}
		if r.ForReviewer() {
			n.Corrections++
		}
		if n.NextDue.IsZero() || r.DueAt.Before(n.NextDue) {
			n.NextDue = r.DueAt
		}
	}
	return n, err
}

// Letter opens what was written, for the person themselves, the copy of their data, an officer, and,
// where it is a correction, a reviewer. The look is logged.
func (s *Service) Letter(ctx context.Context, actor audit.Actor, id, reason string) (Letter, error) {
	r, err := s.mayOpenWords(ctx, actor, id)
	if err != nil {
		return Letter{}, err
	}
	var l Letter
	if err := s.open(ctx, actor, r.words, reason, &l); err != nil {
		return l, err
	}
	return l, s.noteLook(ctx, actor, r, reason)
}

// noteLook tells the person that somebody else read what they wrote: the vault
// knows it under the request only.
func (s *Service) noteLook(ctx context.Context, actor audit.Actor, r Request, reason string) error {
	if actor.Kind != audit.KindStaff {
		return nil
	}
	return s.Audit.Note(ctx, audit.Entry{Actor: actor, Action: "request.read", Subject: r.Subject(), Person: r.Person,
		Purpose: string(privacy.PurposeRights), Reason: reason})
}

// Reply is what was answered.
type Reply struct {
	Words     string
	Extension string // the reason why an answer took longer, as it was told
}

// Reply opens what was answered so far; what is not there yet is empty.
func (s *Service) Reply(ctx context.Context, actor audit.Actor, id, reason string) (Reply, error) {
	r, err := s.mayOpenWords(ctx, actor, id)
	if err != nil {
		return Reply{}, err
	}
	var out Reply
	if err := s.open(ctx, actor, r.reason, reason, &out.Extension); err != nil {
		return out, err
	}
	return out, s.open(ctx, actor, r.answer, reason, &out.Words)
}

func (s *Service) mayOpenWords(ctx context.Context, actor audit.Actor, id string) (Request, error) {
	r, err := s.read(ctx, id)
	if err != nil {
		return r, err
	}
	own := actor.Kind == audit.KindSeller && actor.ID != "" && actor.ID == r.Person
	switch {
	case own && r.Identity == Unchecked, actor.Kind == audit.KindSeller && !own: // nobody learns which ids exist
		return r, errs.New(errs.NotFound, "request.unknown")
	case own, actor == copier, hasRole(actor, "privacy"), r.ForReviewer() && hasRole(actor, "reviewer", "lead"):
		return r, nil
	}
	return r, errs.New(errs.Forbidden, "role.privacy")
}

// open reads a sealed part into v; what is not there, or not any more, leaves v
// as it is.
func (s *Service) open(ctx context.Context, actor audit.Actor, item, reason string, v any) error {
	if item == "" {
		return nil
	}
	opened, err := s.Vault.Open(ctx, actor, item, privacy.PurposeRights, reason)
	if errs.ReasonOf(err) == "vault.gone" && err != nil {
		return nil
	}
	if err != nil {
		return err
	}
	return json.Unmarshal(opened.Plain, v)
}

// Timeline returns what happened to a request, oldest first.
func (s *Service) Timeline(ctx context.Context, r Request) ([]audit.Row, error) {
	rows, err := s.Audit.List(ctx, audit.Filter{Subject: r.Subject(), Limit: 1000})
	for i, j := 0, len(rows)-1; i < j; i, j = i+1, j-1 {
		rows[i], rows[j] = rows[j], rows[i]
	}
	return rows, err
}
