package demo_test

import (
	"errors"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"truepenny/internal/accounts"
	"truepenny/internal/audit"
	"truepenny/internal/audit/verify"
	"truepenny/internal/biometrics/document"
	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/clock"
	"truepenny/internal/config"
	"truepenny/internal/demo"
	"truepenny/internal/inference/enginetest"
	"truepenny/internal/jobs"
	"truepenny/internal/mail"
	"truepenny/internal/passkeys"
	"truepenny/internal/privacy"
	"truepenny/internal/sellers"
	"truepenny/internal/sessions"
	"truepenny/internal/specimen"
	"truepenny/internal/staff"
	"truepenny/internal/testkit"
	"truepenny/internal/testkit/vaults"
)

var now = time.Date(2026, 11, 20, 15, 0, 0, 0, time.UTC)

// parts are the real services on a database of the test's own.
func parts(t *testing.T) demo.Parts {
	t.Helper()
	store, clk := testkit.Store(t), clock.NewFixed(now)
	log, err := audit.New(store, clk, make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	queue := jobs.New(store, clk)
	outbox := mail.New(store, log, queue, clk, config.Mail{Catch: true})
	keys, err := passkeys.New(store, log, clk, sessions.New(store, clk), "http://localhost")
	if err != nil {
		t.Fatal(err)
	}
	runtime := enginetest.Open(t)
	faces, err := face.Open(runtime, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { faces.Close() })
	meshes, err := mesh.Open(runtime, "")
	if err != nil {
		t.Fatal(err)
	}
	reader, err := document.NewReader()
	if err != nil {
		t.Fatal(err)
	}
	fonts, err := specimen.OpenFonts()
	if err != nil {
		t.Fatal(err)
	}
	portraits, err := demo.Portraits(filepath.Join(enginetest.Packages(t), "@vladmandic", "face-api", "demo"), faces)
	if err != nil {
		t.Fatal(err)
	}
	members := staff.New(store, log, clk, outbox, keys, staff.Letters{})
	people := accounts.New(store, log, clk, outbox, keys, accounts.Letters{})
	return demo.Parts{
		Store: store, Audit: log, Clock: clk, Queue: queue, Staff: members, Accounts: people,
		Sellers: sellers.New(sellers.Parts{
			Store: store, Audit: log, Vault: vaults.New(t, store, log, clk), Jobs: queue, Mail: outbox,
			Consents: privacy.NewConsents(store, log, clk), Clock: clk, People: directory{people, members},
			Faces: faces, Meshes: meshes, Documents: reader,
		}),
		Portraits: portraits, Meshes: meshes, Fonts: fonts,
	}
}

func TestTheDemoHasApplicationsInEveryStateAndALogThatHolds(t *testing.T) {
	p := parts(t)
	slog.SetDefault(slog.New(slog.DiscardHandler))
	if len(p.Portraits) != 9 {
		t.Fatalf("%d portraits", len(p.Portraits))
	}
	if err := demo.Seed(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	people, err := demo.People(t.Context(), p.Store)
	if err != nil {
		t.Fatal(err)
	}
	roles, states := map[string]bool{}, map[sellers.State]int{}
	for _, person := range people {
		if person.Kind == audit.KindStaff {
			m, err := p.Staff.Active(t.Context(), person.HolderID)
			if err != nil {
				t.Fatal(err)
			}
			roles[string(m.Roles[0])] = true
		}
	}
	for _, role := range staff.Roles {
		if !roles[string(role)] {
			t.Errorf("nobody to enter as %s", role)
		}
	}
	lead := actor(t, p, people)
	rows := 0
	_, err = p.Sellers.Export(t.Context(), lead, sellers.QueueFilter{}, func(r sellers.QueueRow) error {
		states[r.State]++
		rows++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, state := range sellers.States {
		if state != sellers.Draft && states[state] == 0 {
			t.Errorf("no application is %s", state)
		}
	}
	if rows < 25 {
		t.Errorf("only %d cases", rows)
	}
	if report, err := verify.Audit(t.Context(), p.Store, p.Audit.VerifierKey()); err != nil || !report.OK() {
		t.Fatalf("audit log: %+v %v", report, err)
	}
	if err := demo.Seed(t.Context(), p); !errors.Is(err, demo.ErrInUse) {
		t.Fatalf("a second seeding: %v", err)
	}
	marketplace, err := demo.Open(t.Context(), p.Store, p.Audit)
	if err != nil || marketplace == nil {
		t.Fatalf("not known as a demo: %v", err)
	}
	if _, err := marketplace.Enter(t.Context(), 999); err == nil {
		t.Fatal("somebody who does not exist was entered as")
	}
}

func TestARealDatabaseIsNeverSeededAndNeverADemo(t *testing.T) {
	store, clk := testkit.Store(t), clock.NewFixed(now)
	log, err := audit.New(store, clk, make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	outbox := mail.New(store, log, jobs.New(store, clk), clk, config.Mail{Catch: true})
	people := accounts.New(store, log, clk, outbox, nil, accounts.Letters{})
	if _, err := people.Enrol(t.Context(), audit.System("test"), "real@example.org"); err != nil {
		t.Fatal(err)
	}
	if err := demo.Seed(t.Context(), demo.Parts{Store: store, Audit: log, Clock: clk}); !errors.Is(err, demo.ErrInUse) {
		t.Fatalf("got %v", err)
	}
	if marketplace, err := demo.Open(t.Context(), store, log); err != nil || marketplace != nil {
		t.Fatalf("got %v %v", marketplace, err)
	}
}
