package sellers

import (
	"context"
	"slices"

	"truepenny/internal/audit"
	"truepenny/internal/db"
)

// Tests knows which arm of a registered test a seller is in. What an arm may
// change stands here and nowhere else, and none of it refuses or lowers anything.
type Tests interface {
	// Assign draws the arms of the running tests for an application that begins,
	// in its transaction. again says that the person applied before.
	Assign(tx *db.Tx, actor audit.Actor, application string, again bool) error
	// Arm is the arm that holds for an account now; "" where the default does.
	Arm(ctx context.Context, account, change string) (string, error)
}

// What a test may change, and the arms that are not the default.
const (
	TestRoadOrder     = "road-order" // which road stands first on the page of the roads
	TestLight         = "light"      // whether coloured screen light is offered
	ArmDocumentsFirst = "documents-first"
	ArmNoLight        = "no-light"
)

// assign puts an application that begins into the tests that run.
func (s *Service) assign(tx *db.Tx, actor audit.Actor, app Application) error {
	if s.tests == nil {
		return nil
	}
	all, err := applicationIDs(tx, app.AccountID)
	if err != nil {
		return err
	}
	return s.tests.Assign(tx, actor, app.ID, len(all) > 1)
}

// arm is the arm that holds for an application's account.
func (s *Service) arm(ctx context.Context, app Application, change string) (string, error) {
	if s.tests == nil {
		return "", nil
	}
	return s.tests.Arm(ctx, app.AccountID, change)
}

// RoadOrder is the order in which the roads stand on an application's page.
func (s *Service) RoadOrder(ctx context.Context, app Application) ([]Road, error) {
	order := slices.Clone(Roads)
	arm, err := s.arm(ctx, app, TestRoadOrder)
	if arm == ArmDocumentsFirst {
		slices.Reverse(order)
	}
	return order, err
}

// LightOffered reports whether coloured screen light is offered to an
// application.
func (s *Service) LightOffered(ctx context.Context, app Application) (bool, error) {
	arm, err := s.arm(ctx, app, TestLight)
	return s.Policy.Light && arm != ArmNoLight, err
}
