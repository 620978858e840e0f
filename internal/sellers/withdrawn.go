package sellers

import (
	"context"
	"fmt"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/jobs"
	"truepenny/internal/privacy"
	"truepenny/internal/vault"
)

// Eraser erases what is held of a person for one purpose, everywhere, and returns
// the id of the receipt of it.
type Eraser interface {
	EraseFor(ctx context.Context, actor audit.Actor, person string, purpose vault.Purpose) (receipt string, err error)
}

// erasureJob finishes the erasure that a withdrawal leads to, when the program
// was killed between the two.
const erasureJob = "sellers.erase-withdrawn"

type erasurePayload struct {
	Account  string
	Purposes []vault.Purpose
}

func (s *Service) queueErasure(tx *db.Tx, account string, purposes ...vault.Purpose) error {
	_, err := s.jobs.Enqueue(tx, erasureJob, erasurePayload{account, purposes}, jobs.Options{})
	return err
}

// eraseWithdrawn erases what consents that were taken back had allowed, and
// returns the receipt for the first of the purposes.
func (s *Service) eraseWithdrawn(ctx context.Context, actor audit.Actor, purposes ...vault.Purpose) (string, error) {
	var first string
	for i, purpose := range purposes {
		left, err := s.leftOf(ctx, actor.ID, purpose)
		if err != nil {
			return "", err
		}
		if !left && i > 0 {
			continue
		}
		receipt, err := s.eraser.EraseFor(ctx, actor, actor.ID, purpose)
		if err != nil {
			return "", fmt.Errorf("erase %s: %w", purpose, err)
		}
		if first == "" {
			first = receipt
		}
	}
	return first, nil
}

// runErasure is the job. What the person has agreed to again meanwhile stays.
func (s *Service) runErasure(ctx context.Context, job jobs.Job) error {
	var p erasurePayload
	if err := job.Decode(&p); err != nil {
		return err
	}
	for _, purpose := range p.Purposes {
		consent, _, err := s.consents.Current(ctx, p.Account, purpose)
		if err != nil {
			return err
		}
		if consent.Given() {
			continue
		}
		actor := audit.System("withdrawal")
		left, err := s.leftOf(ctx, p.Account, purpose)
		if err != nil {
			return err
		}
		if !left {
			continue
		}
		if _, err := s.eraser.EraseFor(ctx, actor, p.Account, purpose); err != nil {
			return fmt.Errorf("erase %s: %w", purpose, err)
		}
	}
	return nil
}

// leftOf reports whether anything sealed for a purpose is left of a person, or a
// score that was worked out for it.
func (s *Service) leftOf(ctx context.Context, person string, purpose vault.Purpose) (bool, error) {
	items, err := s.vault.Describe(ctx, person)
	if err != nil {
		return false, err
	}
	for _, item := range items {
		if item.Purpose == purpose {
			return true, nil
		}
	}
	if purpose != privacy.PurposeFace {
		return false, nil
	}
	return s.facesLeft(ctx, person)
}

// ownEraser erases what this feature and the vault hold, without a receipt: for a
// program that keeps no receipts.
type ownEraser struct{ s *Service }

func (x ownEraser) EraseFor(ctx context.Context, actor audit.Actor, person string, purpose vault.Purpose) (string, error) {
	if _, err := x.s.vault.DestroyKeys(ctx, person, purpose); err != nil {
		return "", err
	}
	entry := audit.Entry{Actor: actor, Action: "sellers.erased", Subject: "person:" + person, Person: person, Purpose: string(purpose)}
	return "", x.s.log.Record(ctx, entry, func(tx *db.Tx) error {
		if _, err := x.s.Source().Erase(tx, person, purpose); err != nil {
			return err
		}
		_, err := x.s.vault.RemoveAll(tx, person, purpose)
		return err
	})
}
