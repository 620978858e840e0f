package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/sellers"
	"truepenny/internal/sessions"
	"truepenny/internal/staff"
	"truepenny/internal/testkit"
	"truepenny/views/paths"
)

const (
	benchCases   = 10_000 // copies of one invented application
	benchClients = 16
	benchRound   = 1_600 // requests in one round of a benchmark
)

// BenchmarkQueue measures the list of cases as 16 reviewers' browsers ask for it
// at once: the real program on a loopback port, 10,000 waiting cases in SQLite.
//
//	go test ./cmd/web -run '^$' -bench Queue
func BenchmarkQueue(b *testing.B) {
	d := openDesk(b)
	waiting := paths.QueueQuery{State: string(sellers.Waiting)}
	for name, pages := range map[string][]paths.QueueQuery{
		"first": {waiting}, // the page that a reviewer opens
		"mixed": {
			waiting, {State: waiting.State, Sort: "name"}, {State: waiting.State, Page: 100}, {Text: "number0042"},
			{State: waiting.State, Sort: "number", Desc: true}, {Country: "PT", Held: "nobody"},
		},
	} {
		b.Run(name, func(b *testing.B) { d.measure(b, pages) })
	}
}

// desk is the running program with a list to look at.
type desk struct {
	url    string
	cookie *http.Cookie
	client *http.Client
}

func openDesk(b *testing.B) desk {
	app := openApp(b, clock.System)
	app.fill(b)
	server := httptest.NewServer(app.handler)
	b.Cleanup(server.Close)
	client := server.Client()
	client.Transport.(*http.Transport).MaxIdleConnsPerHost = benchClients
	return desk{server.URL, app.signIn(b), client}
}

// fill makes the cases: copies of one draft of an invented seller.
func (a *App) fill(b *testing.B) {
	ctx := b.Context()
	account, err := a.account.Enrol(ctx, audit.System("bench"), "runa@seller.example")
	if err != nil {
		b.Fatal(err)
	}
	draft, err := a.sellers.Start(ctx, account.Actor())
	if err != nil {
		b.Fatal(err)
	}
	details := sellers.Details{Country: "PT", Kind: sellers.Person, GivenNames: "Runa", FamilyName: "Hythlo", BirthDate: "1987-03-27",
		Address: sellers.Address{Line1: "12 Harbour Street", Postcode: "10001", City: "Amaurot"}}
	if _, err = a.sellers.SaveDetails(ctx, account.Actor(), draft.ID, details, true); err != nil {
		b.Fatal(err)
	}
	testkit.CopyCases(b, a.store, draft.ID, 1, benchCases)
}

// signIn gives the cookie of a reviewer.
func (a *App) signIn(b *testing.B) *http.Cookie {
	m, err := a.staff.Enrol(b.Context(), audit.System("bench"), staff.Details{Name: "Robin", Email: "robin@market.example", Roles: []staff.Role{staff.Reviewer}})
	if err != nil {
		b.Fatal(err)
	}
	w := httptest.NewRecorder()
	if _, err := a.session.Begin(w, httptest.NewRequestWithContext(b.Context(), http.MethodPost, "/", nil), m.Holder(), sessions.ByPasskey); err != nil {
		b.Fatal(err)
	}
	return w.Result().Cookies()[0]
}

// measure reports requests a second and how long one took, in milliseconds, at
// the median and for the slowest hundredth.
func (d desk) measure(b *testing.B, pages []paths.QueueQuery) {
	d.round(b, pages, 10*benchClients) // connections, caches
	var took []time.Duration
	began := time.Now()
	b.ResetTimer()
	for range b.N {
		took = append(took, d.round(b, pages, benchRound)...)
	}
	all := time.Since(began)
	slices.Sort(took)
	at := func(share float64) float64 {
		return float64(took[int(share*float64(len(took)-1))].Microseconds()) / 1000
	}
	b.ReportMetric(float64(len(took))/all.Seconds(), "req/s")
	b.ReportMetric(at(0.50), "p50-ms")
	b.ReportMetric(at(0.99), "p99-ms")
}

// round sends n requests by all clients, each with the next as soon as one is
// answered.
func (d desk) round(b *testing.B, pages []paths.QueueQuery, n int) []time.Duration {
	took := make([]time.Duration, n)
	var next atomic.Int64
	var clients sync.WaitGroup
	for range benchClients {
		clients.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && !b.Failed(); i = int(next.Add(1)) - 1 {
				began := time.Now()
				if err := d.ask(b.Context(), paths.Queue(pages[i%len(pages)])); err != nil {
					b.Error(err)
				}
				took[i] = time.Since(began)
			}
		})
	}
	clients.Wait()
	if b.Failed() {
		b.FailNow()
	}
	return took
}

func (d desk) ask(ctx context.Context, path string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, d.url+path, nil)
	if err != nil {
		return err
	}
	r.AddCookie(d.cookie)
	w, err := d.client.Do(r)
	if err != nil {
		return err
	}
	defer w.Body.Close()
	if _, err := io.Copy(io.Discard, w.Body); err != nil {
		return err
	}
	if w.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %d", path, w.StatusCode)
	}
	return nil
}
