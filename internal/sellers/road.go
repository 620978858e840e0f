package sellers

import (
	"context"

	"truepenny/internal/audit"
	"truepenny/internal/errs"
	"truepenny/internal/privacy"
)

const reasonConsent = "consent.missing"

// notAgreed says why an answer does not let anything new be collected: there is
// no yes, or the notice has changed materially since.
func notAgreed(c privacy.Consent) error {
	if c.Given() {
		return errs.New(errs.Forbidden, "consent.changed")
	}
	return errs.New(errs.Forbidden, reasonConsent)
}

// AnswerConsent records the answer to the face-match notice and puts the
// application on the road it leads to: yes to the face road, no to the road on
// documents, which counts the same.
func (s *Service) AnswerConsent(ctx context.Context, actor audit.Actor, id, noticeVersion string, given bool) (Application, error) {
	app, err := s.ownEditable(ctx, actor, id)
	if err != nil {
		return Application{}, err
	}
	var before privacy.Consent
	app, err = s.edit(ctx, actor, app, "application.road-chosen", "", func(e *edit) error {
		if err := e.editable(); err != nil {
			return err
		}
		before, _, err = s.consents.CurrentIn(e.tx, app.AccountID, privacy.PurposeFace)
		if err != nil {
			return err
		}
		if _, err := s.consents.AnswerIn(e.tx, actor, app.AccountID, privacy.PurposeFace, noticeVersion, given); err != nil {
			return err
		}
		if given {
			return s.takeRoad(e, RoadFace)
		}
		if before.Given() { // a no after a yes takes the yes back
			if err := s.stopDispute(e, actor); err != nil {
				return err
			}
			if err := s.queueErasure(e.tx, app.AccountID, privacy.PurposeFace, privacy.PurposeDispute); err != nil {
				return err
			}
			e.app.Road = RoadDocuments // the pictures go in the erasure, which tells of them
			e.details["to"] = string(RoadDocuments)
			return nil
		}
		return s.takeRoad(e, RoadDocuments)
	})
	if err != nil || given || !before.Given() {
		return app, err
	}
	if _, err := s.eraseWithdrawn(ctx, actor, privacy.PurposeFace, privacy.PurposeDispute); err != nil {
		return Application{}, err
	}
	return s.own(ctx, actor, app.ID)
}

// ChooseRoad puts the application on a road. The face road without a given
// consent is Forbidden "consent.missing" or "consent.changed". Leaving the face road removes the
// face frames; the consent stands until it is withdrawn.
func (s *Service) ChooseRoad(ctx context.Context, actor audit.Actor, id string, road Road) (Application, error) {
	if road != RoadFace && road != RoadDocuments {
		return Application{}, errs.New(errs.Invalid, "road.unknown")
	}
	app, err := s.ownEditable(ctx, actor, id)
	if err != nil {
		return Application{}, err
	}
	return s.edit(ctx, actor, app, "application.road-chosen", "", func(e *edit) error {
		if err := e.editable(); err != nil {
			return err
		}
		if road == e.app.Road {
			return errUnchanged
		}
		return s.takeRoad(e, road)
	})
}

func (s *Service) takeRoad(e *edit, road Road) error {
	if road == RoadFace {
		consent, _, err := s.consents.CurrentIn(e.tx, e.app.AccountID, privacy.PurposeFace)
		if err != nil {
			return err
		}
		if !consent.Counts() {
			return notAgreed(consent)
		}
	}
	e.details["from"], e.details["to"] = string(e.app.Road), string(road)
	e.app.Road = road
	if road == RoadDocuments {
		return s.dropFaces(e.tx, e.app.ID)
	}
	return nil
}

// Withdrawal is what taking a consent back led to.
type Withdrawal struct {
	Application
	Receipt string // id of the receipt of what was erased
}

// WithdrawConsent takes the consent to the face match back, and with it the one
// to keep copies for a dispute. From then on no machine looks at the face, and a
// case that was sent and not decided goes on on the road on documents: it becomes
// "asked" for the second paper. Then every frame of the person and the key that
// sealed them are destroyed, with a receipt. The consent is the person's, not the
// application's: taken back on the page of an older one, it is the open one that
// is changed and returned.
func (s *Service) WithdrawConsent(ctx context.Context, actor audit.Actor, id string) (Withdrawal, error) {
	app, err := s.stopFace(ctx, actor, id)
	if err != nil {
		return Withdrawal{}, err
	}
	done, err := s.eraseWithdrawn(ctx, actor, privacy.PurposeFace, privacy.PurposeDispute)
	if err != nil {
		return Withdrawal{}, err
	}
	app, err = s.own(ctx, actor, app.ID)
	return Withdrawal{app, done}, err
}

// stopFace ends the consent and takes the open case off the face road, in one
// transaction that also queues the erasure.
func (s *Service) stopFace(ctx context.Context, actor audit.Actor, id string) (Application, error) {
	app, err := s.own(ctx, actor, id)
	if err != nil {
		return Application{}, err
	}
	switch open, err := s.openApplicationOf(ctx, actor.ID); {
	case err == nil:
		app = open
	case errs.CodeOf(err) != errs.NotFound:
		return Application{}, err
	}
	return s.edit(ctx, actor, app, "application.consent-withdrawn", "", func(e *edit) error {
		if err := s.consents.WithdrawIn(e.tx, actor, app.AccountID, privacy.PurposeFace); err != nil {
			return err
		}
		if err := s.stopDispute(e, actor); err != nil {
			return err
		}
		if err := s.queueErasure(e.tx, app.AccountID, privacy.PurposeFace, privacy.PurposeDispute); err != nil {
			return err
		}
		if e.app.Road != RoadFace {
			return nil
		}
		return s.leaveFaceRoad(e)
	})
}

func (s *Service) leaveFaceRoad(e *edit) error {
	switch e.app.State {
	case Draft, Asked:
		e.app.Road = RoadDocuments
	case Analysing, Waiting, Second:
		e.app.Road = RoadDocuments
		if err := e.app.move(Asked); err != nil {
			return err
		}
		e.release()
		return withdrawProposal(e.tx, e.app.ID)
	}
	return nil // decided: the decision stands, the frames are gone
}

// release lets go of a claim.
func (e *edit) release() { e.app.ClaimedBy, e.app.ClaimedAt = "", timeZero }
