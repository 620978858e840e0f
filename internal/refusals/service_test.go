package refusals_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/privacy"
	"truepenny/internal/refusals"
	"truepenny/internal/testkit"
	"truepenny/internal/testkit/people"
)

// house is a service whose program a test changes.
type house struct {
	*refusals.Service
	*people.People
	program refusals.Program
	fault   error
}

func open(t *testing.T, store *db.Store) *house {
	t.Helper()
	h := &house{People: people.New(t, store)}
	h.Service = refusals.New(refusals.Parts{
		Store: store, Audit: h.Log, Clock: h.Clock, Jobs: h.Queue, Mail: h.Outbox,
		Examine: func(context.Context) (refusals.Program, error) { return h.program, h.fault },
		Administrators: func(context.Context) ([]string, error) {
			return []string{"ash@market.example", "bo@market.example"}, nil
		},
		Letter: func(failing, holding []string, _ time.Time) (string, string) {
			return "changed", "failing " + joined(failing) + " holding " + joined(holding)
		},
	})
	h.program = refusals.Program{
		Routes:   []refusals.Route{{Method: "GET", Path: "/", Name: "home", Who: []string{"anyone"}}},
		Commands: []string{"serve"}, Roles: []string{"auditor"}, Networks: []string{"human-iris"}, Purposes: privacy.Purposes(),
		Pages: []refusals.Page{{Path: "/console", As: refusals.AsStaff, Status: 200, Fields: []string{"q"}, ContentPolicy: "default-src 'none'",
			PermissionsPolicy: "camera=(), microphone=(), display-capture=(), geolocation=(), usb=()"}},
		Schema: []refusals.Table{{Name: "jobs", Columns: []string{"id"}}}, Join: &refusals.Join{Keys: 2, Items: 2},
	}
	return h
}

func joined(list []string) string {
	out := ""
	for _, x := range list {
		out += x + ";"
	}
	return out
}

func (h *house) result(t *testing.T, code string) refusals.Result {
	t.Helper()
	all, err := h.Register(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return all[slices.Index(refusals.Codes(), code)]
}

func TestAFailingCheckIsKeptAndToldOnceUntilItChanges(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := open(t, store)
		run := func() {
			t.Helper()
			h.Clock.Advance(24 * time.Hour)
			if err := h.Run(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if r := h.result(t, refusals.StaffWebcam); r.Known || r.Holds {
			t.Fatalf("known before it ran: %+v", r)
		}
		run()
		first := h.Clock.Now()
		if r := h.result(t, refusals.StaffWebcam); !r.Known || !r.Holds || !r.At.Equal(first) || len(h.Mails(t, "ash@market.example")) != 0 {
			t.Fatalf("got %+v", r)
		}
		h.program.Schema = append(h.program.Schema, refusals.Table{Name: "staff_webcam", Columns: []string{"id"}})
		run()
		failed := h.Clock.Now()
		run()
		r := h.result(t, refusals.StaffWebcam)
		if r.Holds || !r.Since.Equal(failed) || !r.At.Equal(h.Clock.Now()) || r.Found[0] != (refusals.Finding{Where: "table", What: "staff_webcam"}) || len(r.Turns) != 2 {
			t.Fatalf("got %+v", r)
		}
		for _, to := range []string{"ash@market.example", "bo@market.example"} {
			if n := len(h.Mails(t, to)); n != 1 {
				t.Fatalf("%d mails to %s, want 1", n, to)
			}
		}
		h.program.Schema = h.program.Schema[:1]
		run()
		if r := h.result(t, refusals.StaffWebcam); !r.Holds || len(r.Turns) != 3 || len(h.Mails(t, "bo@market.example")) != 2 {
			t.Fatalf("got %+v", r)
		}
		if got := h.Noted(t, "refusal:staff-webcam"); !slices.Equal(got, []string{"refusals.failing", "refusals.holding"}) {
			t.Fatalf("the log says %v", got)
		}
		rows, err := h.Log.List(t.Context(), audit.Filter{Action: "refusals.checked"})
		if err != nil || len(rows) != 4 || rows[1].Details["failing"] != "1" {
			t.Fatalf("got %+v %v", rows, err)
		}
	})
}

func TestAProgramThatFailsFromTheFirstDayIsTold(t *testing.T) {
	h := open(t, testkit.Store(t))
	h.program.Join.Opened = 1
	if err := h.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r := h.result(t, refusals.FacePalm); r.Holds || len(h.Mails(t, "ash@market.example")) != 1 {
		t.Fatalf("got %+v", r)
	}
}

func TestAResultThatIsNotRenewedIsShownAsLate(t *testing.T) {
	h := open(t, testkit.Store(t))
	if err := h.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.fault = errors.New("the database is away")
	h.Clock.Advance(37 * time.Hour)
	if err := h.Run(t.Context()); err == nil {
		t.Fatal("a program that could not be looked at passed")
	}
	if r := h.result(t, refusals.Emotion); !r.Late || !r.Holds {
		t.Fatalf("got %+v", r)
	}
}

func TestTheSchemaIsThatOfTheDatabase(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		tables, err := open(t, store).Schema(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		at := slices.IndexFunc(tables, func(x refusals.Table) bool { return x.Name == "refusals_results" })
		if at < 0 || !slices.Equal(tables[at].Columns, []string{"code", "holds", "found", "more", "seen", "at", "since"}) {
			t.Fatalf("got %+v", tables)
		}
	})
}
