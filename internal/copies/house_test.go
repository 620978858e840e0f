package copies

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"testing"
	"time"

	"truepenny/internal/accounts"
	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/privacy"
	"truepenny/internal/testkit"
	"truepenny/internal/testkit/people"
	"truepenny/internal/testkit/vaults"
	"truepenny/internal/vault"
)

// house is the feature on a real database, with a person of whom things are held.
type house struct {
	*Service
	*people.People
	t     testing.TB
	marit accounts.Account
	holds []Original // what Gather tells of her
	data  any
}

func newHouse(t testing.TB, store *db.Store) *house {
	t.Helper()
	p := people.New(t, store)
	h := &house{People: p, t: t, marit: p.Seller(t, "marit@seller.example")}
	box := vaults.New(t, store, p.Log, p.Clock)
	h.data = map[string]any{"account": map[string]string{"Email": h.marit.Email}}
	h.Service = New(Parts{
		Store: store, Audit: p.Log, Vault: box, Jobs: p.Queue, Mail: p.Outbox, Clock: p.Clock,
		Gather: func(context.Context, string) (Contents, error) { return Contents{h.data, h.holds}, nil },
		Cover: func(w io.Writer, _ time.Time, _ any, entries []string) error {
			_, err := fmt.Fprintf(w, "<!doctype html><title>cover</title>%v", entries)
			return err
		},
		EmailOf: func(ctx context.Context, id string) (string, error) {
			a, err := p.Accounts.Get(ctx, id)
			return a.Email, err
		},
		Letter: func(c Copy) (string, string) { return "copy ready", "link to " + c.ID },
	})
	return h
}

// each runs a test on SQLite and PostgreSQL.
func each(t *testing.T, test func(t *testing.T, h *house)) {
	testkit.Each(t, func(t *testing.T, store *db.Store) { test(t, newHouse(t, store)) })
}

func (h *house) ok(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) want(err error, code errs.Code, reason string) {
	h.t.Helper()
	if err == nil || errs.CodeOf(err) != code || errs.ReasonOf(err) != reason {
		h.t.Fatalf("got %v, want %s: %s", err, code, reason)
	}
}

// hold seals something of Marit's that goes into a copy.
func (h *house) hold(p vault.Purpose, name string, plain []byte) {
	h.t.Helper()
	entry := audit.Entry{Actor: audit.System("test"), Action: "test.sealed", Person: h.marit.ID}
	h.ok(h.Log.Record(context.Background(), entry, func(tx *db.Tx) error {
		id, err := h.Vault.Seal(tx, vault.Sealing{
			Person: h.marit.ID, Purpose: p, MIME: "image/jpeg", KeepUntil: h.People.Clock.Now().AddDate(1, 0, 0),
			Slot: vault.Slot{Table: "test", Row: name, Column: "item"},
		}, plain)
		h.holds = append(h.holds, Original{Item: id, Purpose: p, Name: name, Size: int64(len(plain))})
		return err
	}))
}

// made asks for a copy and lets the queue make it.
func (h *house) made() Copy {
	h.t.Helper()
	c, err := h.Ask(h.t.Context(), h.marit.Actor())
	h.ok(err)
	if _, err := h.Queue.Drain(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	c, err = h.Own(h.t.Context(), h.marit.Actor(), c.ID)
	h.ok(err)
	return c
}

func (h *house) unpacked(id string) map[string][]byte {
	h.t.Helper()
	var b bytes.Buffer
	h.ok(h.Send(h.t.Context(), h.marit.Actor(), id, &b))
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	h.ok(err)
	out := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		h.ok(err)
		plain, err := io.ReadAll(r)
		h.ok(err)
		out[f.Name] = plain
	}
	return out
}

// sealed is how many parts of copies the vault holds of Marit.
func (h *house) sealed() int {
	h.t.Helper()
	items, err := h.Vault.Describe(h.t.Context(), h.marit.ID)
	h.ok(err)
	n := 0
	for _, i := range items {
		if i.Purpose == privacy.PurposeCopy {
			n++
		}
	}
	return n
}

func (h *house) actions(action string) []audit.Row {
	h.t.Helper()
	rows, err := h.Log.List(h.t.Context(), audit.Filter{Action: action})
	h.ok(err)
	return rows
}
