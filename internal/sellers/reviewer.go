package sellers

import (
	"context"
	"slices"
	"strings"

	"truepenny/internal/audit"
	"truepenny/internal/errs"
	"truepenny/internal/privacy"
)

// hasRole reports whether a member of staff has one of the roles. A member with
// several carries them comma-separated.
func hasRole(actor audit.Actor, roles ...string) bool {
	if actor.Kind != audit.KindStaff || actor.ID == "" {
		return false
	}
	for _, have := range strings.Split(actor.Role, ",") {
		if slices.Contains(roles, have) {
			return true
		}
	}
	return false
}

// reviewerOnly lets those through who decide cases.
func reviewerOnly(actor audit.Actor) error {
	if !hasRole(actor, "reviewer", "lead") {
		return errs.New(errs.Forbidden, "role.reviewer")
	}
	return nil
}

// readerOnly also lets those through who only read the queue.
func readerOnly(actor audit.Actor) error {
	if !hasRole(actor, "reviewer", "lead", "auditor") {
		return errs.New(errs.Forbidden, "role.reviewer")
	}
	return nil
}

// readCase returns an application that was sent at least once: a draft is the
// person's own and no case.
func (s *Service) readCase(ctx context.Context, id string) (Application, error) {
	app, err := s.readApplication(ctx, id)
	if err == nil && app.Round == 0 {
		err = errs.New(errs.NotFound, reasonUnknown)
	}
	return app, err
}

// connection returns why the actor may not touch a case: "case.connected" when
// they are, or said they are, connected to its person, "" when they may.
func (s *Service) connection(ctx context.Context, actor audit.Actor, app Application) (reason, sellerEmail string, err error) {
	sellerEmail, err = s.people.EmailOf(ctx, audit.KindSeller, app.AccountID)
	if err != nil {
		return "", "", err
	}
	own, err := s.people.EmailOf(ctx, audit.KindStaff, actor.ID)
	if err != nil {
		return "", "", err
	}
	if strings.EqualFold(strings.TrimSpace(own), strings.TrimSpace(sellerEmail)) {
		return "case.connected", sellerEmail, nil
	}
	declared, err := s.declared(ctx, actor.ID, app.AccountID)
	if declared {
		reason = "case.connected"
	}
	return reason, sellerEmail, err
}

// mayDecide returns the case when the actor may decide it, and the address to
// tell the person at.
func (s *Service) mayDecide(ctx context.Context, actor audit.Actor, id string) (Application, string, error) {
	app, to, err := s.unconnected(ctx, actor, id)
	if err != nil || !app.Appealed {
		return app, to, err
	}
	decisions, err := s.decisionsOf(ctx, app.ID)
	if err != nil {
		return app, "", err
	}
	for _, d := range decisions {
		if d.Standing == Overruled && (d.By == actor.ID || d.SecondBy == actor.ID) {
			return app, "", errs.New(errs.Forbidden, "case.took-part")
		}
	}
	return app, to, nil
}

// unconnected returns the case when the actor is a reviewer without a
// connection to its person.
func (s *Service) unconnected(ctx context.Context, actor audit.Actor, id string) (Application, string, error) {
	if err := reviewerOnly(actor); err != nil {
		return Application{}, "", err
	}
	app, err := s.readCase(ctx, id)
	if err != nil {
		return Application{}, "", err
	}
	reason, to, err := s.connection(ctx, actor, app)
	if err == nil && reason != "" {
		err = errs.New(errs.Forbidden, reason)
	}
	return app, to, err
}

// Claim takes a case into the actor's hands, or renews it. A claim ends by
// itself after the policy's idle time. Conflict "case.claimed" when another
// holds it, "application.state" when there is nothing to decide.
func (s *Service) Claim(ctx context.Context, actor audit.Actor, id string) (Application, error) {
	app, _, err := s.unconnected(ctx, actor, id)
	if err != nil {
		return Application{}, err
	}
	return s.edit(ctx, actor, app, "case.claimed", "", func(e *edit) error {
		e.quiet = true
		if e.app.State != Waiting && e.app.State != Second {
			return errs.New(errs.Conflict, reasonState)
		}
		holder := e.app.Claimed(e.now, s.Policy)
		if holder != "" && holder != actor.ID {
			return errs.New(errs.Conflict, "case.claimed")
		}
		e.app.ClaimedBy, e.app.ClaimedAt = actor.ID, e.now
		return nil
	})
}

// Release gives a case back. One's own, or, for a lead, anybody's; a case that
// nobody holds stays as it is.
func (s *Service) Release(ctx context.Context, actor audit.Actor, id string) error {
	if err := reviewerOnly(actor); err != nil {
		return err
	}
	app, err := s.readCase(ctx, id)
	if err != nil {
		return err
	}
	_, err = s.edit(ctx, actor, app, "case.released", "", func(e *edit) error {
		e.quiet = true
		holder := e.app.Claimed(e.now, s.Policy)
		if holder == "" {
			return errUnchanged
		}
		if holder != actor.ID && !hasRole(actor, "lead") {
			return errs.New(errs.Forbidden, "case.claimed")
		}
		e.release()
		return nil
	})
	return err
}

// OpenEvidence opens one picture of a case for a reviewer. The look is in the
// log, with its reason, before the picture is handed out, and the person sees it.
func (s *Service) OpenEvidence(ctx context.Context, actor audit.Actor, id, evidenceID, reason string) (Opened, error) {
	app, _, err := s.unconnected(ctx, actor, id)
	if err != nil {
		return Opened{}, err
	}
	if reason == "" {
		return Opened{}, errs.New(errs.Invalid, "look.reason")
	}
	item, err := s.readEvidence(ctx, app.ID, evidenceID)
	if errs.CodeOf(err) == errs.NotFound { // it may be a copy kept for a dispute
		return first(s.openDisputed(ctx, actor, app, func(e Evidence) bool { return e.ID == evidenceID }, reason))
	}
	if err != nil {
		return Opened{}, err
	}
	if len(sent(app, []Evidence{item})) == 0 {
		return Opened{}, errs.New(errs.NotFound, "evidence.unknown")
	}
	return s.openEvidence(ctx, actor, app, evidenceID, reason)
}

// sent leaves out what the person is putting together and has not sent yet: it
// is their own like a draft.
func sent(app Application, list []Evidence) []Evidence {
	return slices.DeleteFunc(list, func(e Evidence) bool { return e.Round > app.Round })
}

// OpenCapture opens every frame of a capture for a reviewer, in the order of
// time: one look, one entry. A capture whose frames are gone is NotFound
// "vault.gone".
func (s *Service) OpenCapture(ctx context.Context, actor audit.Actor, id, captureID, reason string) ([]Opened, error) {
	app, _, err := s.unconnected(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	if reason == "" {
		return nil, errs.New(errs.Invalid, "look.reason")
	}
	evidence, err := s.evidenceOf(ctx, app)
	if err != nil {
		return nil, err
	}
	var items []string
	for _, e := range sent(app, evidence) {
		if e.Kind == EvidenceFrame && e.CaptureID == captureID {
			items = append(items, e.item)
		}
	}
	if len(items) == 0 {
		return s.openDisputed(ctx, actor, app, func(e Evidence) bool { return e.CaptureID == captureID }, reason)
	}
	opened, err := s.vault.OpenAll(ctx, actor, items, privacy.PurposeFace, reason)
	if err != nil {
		return nil, err
	}
	out := make([]Opened, len(opened))
	for i, o := range opened {
		out[i] = Opened(o)
	}
	return out, nil
}
