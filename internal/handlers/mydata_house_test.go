package handlers_test

import (
	"context"
	"fmt"
	"io"
	"testing"
	"time"

	"truepenny/internal/copies"
	"truepenny/internal/privacy"
	"truepenny/internal/privacy/receipt"
	"truepenny/internal/sellers"
	"truepenny/internal/vault"
)

// rights is what a market needs so that people can see, take along and delete
// what is held about them.
type rights struct {
	register *privacy.Register
	erasures *privacy.Erasures
	holds    *privacy.Holds
	copies   *copies.Service
	vault    *vault.Vault
}

// openErasures comes before the sellers' feature, which erases through it.
func openErasures(t *testing.T, p sellers.Parts) rights {
	t.Helper()
	signer, err := receipt.NewSigner(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	r := rights{register: &privacy.Register{}, vault: p.Vault, holds: privacy.NewHolds(p.Store, p.Audit, p.Clock)}
	r.erasures = privacy.NewErasures(privacy.ErasureParts{
		Store: p.Store, Audit: p.Audit, Vault: p.Vault, Jobs: p.Jobs, Clock: p.Clock, Register: r.register, Holds: r.holds, Signer: signer,
	})
	return r
}

// fill registers what holds something, and the copies of it.
func (r *rights) fill(m *market, p sellers.Parts) {
	r.copies = copies.New(copies.Parts{
		Store: p.Store, Audit: p.Audit, Vault: p.Vault, Jobs: p.Jobs, Mail: p.Mail, Clock: p.Clock,
		Gather: func(ctx context.Context, person string) (copies.Contents, error) {
			out := copies.Contents{Data: map[string]string{"person": person}}
			own, err := m.cases.BelongingsOf(ctx, person)
			for _, b := range own {
				out.Originals = append(out.Originals, copies.Original{Item: b.ID, Purpose: b.Purpose, Name: b.What + ".jpg"})
			}
			return out, err
		},
		Cover: func(w io.Writer, _ time.Time, _ any, files []string) error {
			_, err := fmt.Fprintln(w, files)
			return err
		},
		EmailOf: func(ctx context.Context, person string) (string, error) {
			a, err := m.Accounts.Get(ctx, person)
			return a.Email, err
		},
		Letter: func(c copies.Copy) (string, string) { return "copy ready", "-" },
	})
	for _, s := range []privacy.Source{m.cases.Source(), m.requests.Source(), m.consents.Source(), r.erasures.Source(), r.copies.Source(), privacy.SourceOfVault(p.Vault)} {
		r.register.Add(s)
	}
}
