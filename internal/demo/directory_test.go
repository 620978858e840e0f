package demo_test

import (
	"context"
	"testing"

	"truepenny/internal/accounts"
	"truepenny/internal/audit"
	"truepenny/internal/demo"
	"truepenny/internal/staff"
)

type directory struct {
	accounts *accounts.Service
	staff    *staff.Service
}

func (d directory) EmailOf(ctx context.Context, kind audit.Kind, id string) (string, error) {
	if kind == audit.KindStaff {
		m, err := d.staff.Get(ctx, id)
		return m.Email, err
	}
	a, err := d.accounts.Get(ctx, id)
	return a.Email, err
}

// actor is the demo's lead.
func actor(t *testing.T, p demo.Parts, people []demo.Person) audit.Actor {
	t.Helper()
	for _, person := range people {
		if person.Kind != audit.KindStaff {
			continue
		}
		if m, err := p.Staff.Active(t.Context(), person.HolderID); err == nil && m.Has(staff.Lead) {
			return m.Actor()
		}
	}
	t.Fatal("no lead")
	return audit.Actor{}
}
