package requests

import (
	"context"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
)

// Erase deletes what an erasure asks for, once who asks is recognised, and keeps
// the id of the receipt. Conflict "request.held" when a legal hold keeps a part:
// what is not held is gone then.
func (s *Service) Erase(ctx context.Context, actor audit.Actor, id string) (Request, error) {
	r, err := s.mayAct(ctx, actor, id, Erasure)
	if err != nil {
		return r, err
	}
	if s.Eraser == nil {
		return r, errs.New(errs.Unavailable, "request.part-missing")
	}
	if r.Erasure != "" {
		return r, errs.New(errs.Conflict, "request.erased")
	}
	if err := s.keepAddress(ctx, actor, r); err != nil {
		return r, err
	}
	erasure, err := s.Eraser.EraseFor(ctx, actor, r.Person, r.Purpose)
	if err != nil {
		return r, err
	}
	if erasure == "" { // a legal hold is in the way: the rest follows by itself at its end
		return r, errs.New(errs.Conflict, "request.held")
	}
	return s.edit(ctx, actor, id, "request.erased", func(_ *db.Tx, r *Request, details map[string]string) error {
		details["erasure"] = erasure
		r.Erasure = erasure
		return nil
	})
}

// keepAddress seals where to answer, because the account may be gone after the
// deletion.
func (s *Service) keepAddress(ctx context.Context, actor audit.Actor, r Request) error {
	to, err := s.address(ctx, actor, r.ID)
	if err != nil {
		return err
	}
	_, err = s.edit(ctx, actor, r.ID, "request.erasure-started", func(tx *db.Tx, r *Request, _ map[string]string) (err error) {
		r.contact, err = s.seal(tx, *r, "contact", to)
		return err
	})
	return err
}

// Copy makes a copy of everything held ready for who asks for access; they fetch
// it in their own room.
func (s *Service) Copy(ctx context.Context, actor audit.Actor, id string) (Request, error) {
	r, err := s.mayAct(ctx, actor, id, Access)
	if err != nil {
		return r, err
	}
	if s.Copier == nil {
		return r, errs.New(errs.Unavailable, "request.part-missing")
	}
	if err := s.Copier.CopyFor(ctx, actor, r.Person); err != nil {
		return r, err
	}
	return s.edit(ctx, actor, id, "request.copy-started", func(*db.Tx, *Request, map[string]string) error { return nil })
}

// mayAct returns an open request of a kind, of somebody who is recognised.
func (s *Service) mayAct(ctx context.Context, actor audit.Actor, id string, kind Kind) (Request, error) {
	if err := officerOnly(actor); err != nil {
		return Request{}, err
	}
	r, err := s.read(ctx, id)
	if err != nil {
		return r, err
	}
	if err := r.stillOpen(); err != nil {
		return r, err
	}
	if r.Kind != kind {
		return r, errs.New(errs.Conflict, "request.kind")
	}
	if r.Identity == Unchecked || r.Person == "" {
		return r, errs.New(errs.Conflict, "request.identity")
	}
	return r, nil
}
