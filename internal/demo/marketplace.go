package demo

import (
	"context"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
)

// Marketplace is a seeded demo, as the pages see it.
type Marketplace struct {
	store *db.Store
	audit *audit.Log
}

// Open returns the demo that the database holds, nil when it holds none.
func Open(ctx context.Context, store *db.Store, log *audit.Log) (*Marketplace, error) {
	seeded, err := Seeded(ctx, store)
	if err != nil || !seeded {
		return nil, err
	}
	return &Marketplace{store, log}, nil
}

// People lists whom a newcomer can enter as.
func (m *Marketplace) People(ctx context.Context) ([]Person, error) { return People(ctx, m.store) }

// Enter notes that a newcomer looks around as the person at a position.
// Error: NotFound "demo.unknown".
func (m *Marketplace) Enter(ctx context.Context, position int) (Person, error) {
	people, err := m.People(ctx)
	if err != nil {
		return Person{}, err
	}
	for _, p := range people {
		if p.Position == position {
			return p, m.note(ctx, p)
		}
	}
	return Person{}, errs.New(errs.NotFound, "demo.unknown")
}

func (m *Marketplace) note(ctx context.Context, p Person) error {
	subject := string(p.Kind) + ":" + p.HolderID
	return m.audit.Note(ctx, audit.Entry{Actor: audit.Nobody(), Action: "demo.entered", Subject: subject})
}
