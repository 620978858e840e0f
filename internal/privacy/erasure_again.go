package privacy

import (
	"context"
	"errors"
	"fmt"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/privacy/receipt"
	"truepenny/internal/vault"
)

// Again says what EraseAgain did.
type Again struct {
	People   int // erased altogether
	Purposes int // of people who stay
	Left     int // of people who have agreed anew since, or been photographed anew
}

// EraseAgain erases anew what an old copy of the main database has brought back:
// everybody who was erased altogether, and what was erased of others for one
// purpose. The key store, which is younger, knows what that is. What is younger
// than an erasure is not touched by it.
func (e *Erasures) EraseAgain(ctx context.Context) (Again, error) {
	var did Again
	if e.known == nil {
		return did, nil
	}
	err := e.vault.EachErased(ctx, func(people []string) error {
		back, err := e.known(ctx, people)
		if err != nil {
			return err
		}
		for _, person := range back {
			if _, err := e.Erase(ctx, audit.System("restore"), person, ""); err != nil {
				return err
			}
			did.People++
		}
		return nil
	})
	if err != nil {
		return did, err
	}
	return did, e.vault.EachErasedFor(ctx, func(marks []vault.Mark) error { return e.repeatSome(ctx, marks, &did) })
}

// repeatSome repeats the erasures that the main database does not know.
func (e *Erasures) repeatSome(ctx context.Context, marks []vault.Mark, did *Again) error {
	people, erasures := make([]string, len(marks)), make([]string, len(marks))
	for i, m := range marks {
		people[i], erasures[i] = m.Person, m.Erasure
	}
	back, err := e.known(ctx, people)
	if err != nil {
		return err
	}
	done, err := knownErasures(e.store.Reader(ctx), erasures)
	if err != nil {
		return err
	}
	here := map[string]bool{}
	for _, person := range back {
		here[person] = true
	}
	for _, m := range marks {
		if !here[m.Person] || done[m.Erasure] {
			continue
		}
		newer, err := e.newerThan(ctx, m)
		if err != nil {
			return err
		}
		if newer {
			did.Left++ // what is older was sealed by keys that are gone, and is swept
			continue
		}
		if err := e.repeat(ctx, m); err != nil {
			return fmt.Errorf("repeat erasure %s: %w", m.Erasure, err)
		}
		did.Purposes++
	}
	return nil
}

// newerThan reports whether the person has agreed since, or been photographed:
// then the database went on being used after it was put back, and an erasure of
// the whole purpose would take what nobody asked to have erased.
func (e *Erasures) newerThan(ctx context.Context, m vault.Mark) (bool, error) {
	consent, _, err := latest(e.store.Reader(ctx), m.Person, m.Purpose)
	if err != nil || (consent.Given() && consent.At.After(m.At)) {
		return err == nil, err
	}
	items, err := e.vault.Describe(ctx, m.Person)
	for _, item := range items {
		if item.Purpose == m.Purpose && item.CreatedAt.After(m.At) {
			return true, err
		}
	}
	return false, err
}

// repeat runs an erasure once more under its own id, so that no start does it
// again. A consent that came back with the old copy is taken back with it.
func (e *Erasures) repeat(ctx context.Context, m vault.Mark) error {
	if err := e.unconsent(ctx, m); err != nil {
		return err
	}
	erasure := Erasure{ID: m.Erasure, Person: m.Person, Purpose: m.Purpose, Occasion: receipt.Asked, State: ErasureAsked, AskedAt: m.At}
	begun := e.begin(ctx, audit.System("restore"), erasure)
	if _, err := e.complete(ctx, m.Erasure); err != nil { // when another process was faster, it has begun it
		return errors.Join(begun, err)
	}
	return nil
}

// unconsent writes down that a yes of before the erasure holds no more: whether
// it was taken back then is not known here, so the person is asked anew.
func (e *Erasures) unconsent(ctx context.Context, m vault.Mark) error {
	current, _, err := latest(e.store.Reader(ctx), m.Person, m.Purpose)
	if err != nil || !current.Given() {
		return err
	}
	current = current.takenBack(e.clock.Now())
	return e.log.Record(ctx, current.entry(audit.System("restore")), func(tx *db.Tx) error { return insertConsent(tx, current) })
}
