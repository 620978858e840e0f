package sellers

import (
	"context"
	"errors"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
)

// Start returns the seller's open application, or begins one. An account has at
// most one that is open. While a refusal's waiting time runs, a new one is
// Conflict "application.too-soon"; a verified seller needs none: Conflict
// "application.approved".
func (s *Service) Start(ctx context.Context, actor audit.Actor) (Application, error) {
	if err := sellerOnly(actor); err != nil {
		return Application{}, err
	}
	open, err := s.openApplicationOf(ctx, actor.ID)
	if errs.CodeOf(err) != errs.NotFound {
		return open, err
	}
	all, err := s.applicationsOf(ctx, actor.ID)
	if err != nil {
		return Application{}, err
	}
	var previous Application
	for _, a := range all { // newest first
		if a.State == Approved {
			return Application{}, errs.New(errs.Conflict, "application.approved")
		}
		if a.State == Refused {
			previous = a
			break
		}
	}
	if previous.ID != "" && s.clock.Now().Before(previous.ReapplyAt) {
		return Application{}, errs.New(errs.Conflict, "application.too-soon")
	}
	draft := Application{Details: previous.Details, PreviousID: previous.ID}
	if len(all) > 0 { // beginning anew ends no pause
		draft.FailedCaptures, draft.CapturePause = all[0].FailedCaptures, all[0].CapturePause
	}
	return s.begin(ctx, actor, draft)
}

// begin creates a draft with what is carried over: the details of a refused
// application, never its evidence.
func (s *Service) begin(ctx context.Context, actor audit.Actor, app Application) (Application, error) {
	now := s.clock.Now()
	app.ID, app.AccountID, app.State, app.Version = ids.New("app"), actor.ID, Draft, 1
	app.CreatedAt, app.UpdatedAt = now, now
	if app.Kind == "" {
		app.Kind = Person
	}
	entry := audit.Entry{Actor: actor, Action: "application.started", Subject: app.Subject(), Person: actor.ID}
	err := s.log.Record(ctx, entry, func(tx *db.Tx) error {
		var err error
		if app.Number, err = nextNumber(tx); err != nil { // from here on one at a time
			return err
		}
		if open, err := hasOpen(tx, actor.ID); err != nil || open {
			return errors.Join(err, errTwin)
		}
		if err := insertApplication(tx, app); err != nil {
			return err
		}
		return s.assign(tx, actor, app)
	})
	if errors.Is(err, errTwin) { // a second tab was faster
		return s.openApplicationOf(ctx, actor.ID)
	}
	if err != nil {
		return Application{}, err
	}
	return app, nil
}

// Mine lists the seller's applications, newest first.
func (s *Service) Mine(ctx context.Context, actor audit.Actor) ([]Application, error) {
	if err := sellerOnly(actor); err != nil {
		return nil, err
	}
	return s.applicationsOf(ctx, actor.ID)
}

// Get returns one of the seller's applications.
func (s *Service) Get(ctx context.Context, actor audit.Actor, id string) (Application, error) {
	return s.own(ctx, actor, id)
}

// Reapply begins a new application after a refused one, from its ReapplyAt on;
// before it is Conflict "application.too-soon". Of any other state it is
// Conflict "application.state".
func (s *Service) Reapply(ctx context.Context, actor audit.Actor, id string) (Application, error) {
	app, err := s.own(ctx, actor, id)
	if err != nil {
		return Application{}, err
	}
	if app.State != Refused {
		return Application{}, errs.New(errs.Conflict, reasonState)
	}
	return s.Start(ctx, actor)
}
