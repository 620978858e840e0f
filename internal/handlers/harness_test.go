package handlers_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"truepenny/internal/accounts"
	"truepenny/internal/audit"
	"truepenny/internal/biometrics/document"
	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/experiments"
	"truepenny/internal/handlers"
	"truepenny/internal/inference/enginetest"
	"truepenny/internal/laboratory"
	"truepenny/internal/privacy"
	"truepenny/internal/ratelimit"
	"truepenny/internal/requests"
	"truepenny/internal/sellers"
	"truepenny/internal/staff"
	"truepenny/internal/testkit"
	"truepenny/internal/testkit/people"
	"truepenny/internal/testkit/vaults"
	"truepenny/views/paths"
)

// market is a whole marketplace behind a real server: who may come in, the
// sellers' feature, and Marit, a seller who is signed in.
type market struct {
	house
	cases    *sellers.Service
	lab      *laboratory.Service
	consents *privacy.Consents
	requests *requests.Service
	tests    *experiments.Service
	account  accounts.Account
	marit    *person
	rights   rights
	said     said
}

// addresses looks mail addresses up where they are kept.
type addresses struct{ *people.People }

func (a addresses) EmailOf(ctx context.Context, kind audit.Kind, id string) (string, error) {
	if kind == audit.KindStaff {
		m, err := a.Staff.Get(ctx, id)
		return m.Email, err
	}
	account, err := a.Accounts.Get(ctx, id)
	return account.Email, err
}

// openMarket builds it without engines; adjust may plug them in.
func openMarket(t *testing.T, adjust ...func(*sellers.Parts)) *market {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	base := "http://localhost:" + strings.TrimPrefix(server.Listener.Addr().String(), "127.0.0.1:")
	p := people.At(t, testkit.Store(t), base)
	consents := privacy.NewConsents(p.Store, p.Log, p.Clock)
	parts := sellers.Parts{
		Store: p.Store, Audit: p.Log, Vault: vaults.New(t, p.Store, p.Log, p.Clock), Jobs: p.Queue,
		Mail: p.Outbox, Consents: consents, Clock: p.Clock, People: addresses{p},
		Link: func(id string) string { return base + paths.ApplicationPage(id) },
	}
	m := &market{house: house{p, base}, consents: consents}
	m.tests = experiments.NewService(experiments.Parts{Store: p.Store, Audit: p.Log, Jobs: p.Queue, Clock: p.Clock, Outcomes: testOutcomes{m}, Light: true})
	parts.Tests = m.tests
	for _, f := range adjust {
		f(&parts)
	}
	own := openErasures(t, parts)
	parts.Eraser = own.erasures
	m.cases = sellers.New(parts)
	m.requests = openRequests(m, parts.Vault)
	own.fill(m, parts)
	m.requests.Eraser, m.requests.Copier = own.erasures, own.copies
	m.rights = own
	measured := laboratory.Parts{Store: p.Store, Audit: p.Log, Vault: parts.Vault, Jobs: p.Queue, Clock: p.Clock, Fingerprint: "of the test", Live: liveFaces{m.cases}}
	if engine, real := parts.Faces.(*face.Engine); real {
		measured.Faces = engine
	}
	m.lab = laboratory.New(measured)
	m.said = openSaid(m)
	server.Config.Handler = handlers.New(handlers.Deps{
		Refusals: m.said.refusals, Registers: m.said.registers, Answers: m.said.answers,
		BaseURL: base, Development: true, Clock: p.Clock, Log: slog.New(slog.DiscardHandler), Audit: p.Log, Sessions: p.Sessions,
		Consents: consents, Requests: m.requests, Sellers: m.cases, Lab: m.lab, Experiments: m.tests, Vault: parts.Vault, Register: own.register, Erasures: own.erasures, Holds: own.holds, Copies: own.copies, Passkeys: p.Passkeys, Staff: p.Staff, Accounts: p.Accounts, Outbox: p.Outbox,
		Limiter: ratelimit.New(p.Store, p.Clock, make([]byte, 32)), OpenLog: openLog(p),
	})
	*m.said.program = server.Config.Handler
	server.Start()
	t.Cleanup(server.Close)
	m.account = p.Seller(t, "marit@seller.example")
	m.marit = m.as(t, m.account.Holder())
	return m
}

// withEngines plugs in the real networks and the real reader.
func withEngines(t *testing.T) func(*sellers.Parts) {
	t.Helper()
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
	return func(p *sellers.Parts) { p.Faces, p.Meshes, p.Documents = faces, meshes, reader }
}

// signInSeller opens an account and signs its holder in.
func (m *market) signInSeller(t *testing.T, email string) *person {
	t.Helper()
	return m.as(t, m.Seller(t, email).Holder())
}

// signInStaff adds a member with these roles and signs them in.
func (m *market) signInStaff(t *testing.T, name string, roles ...staff.Role) (*person, audit.Actor) {
	t.Helper()
	member := m.Member(t, name, roles...)
	return m.as(t, member.Holder()), member.Actor()
}

// file is one file of a form.
type file struct {
	field string
	bytes []byte
}

// send posts a form with files, as a browser does or, with script, as a page's
// script does. Fields come in pairs.
func (p *person) send(path string, script bool, files []file, pairs ...string) answer {
	p.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i < len(pairs); i += 2 {
		_ = form.WriteField(pairs[i], pairs[i+1])
	}
	for i, f := range files {
		part, _ := form.CreateFormFile(f.field, "picture-"+strconv.Itoa(i)+".jpg")
		_, _ = part.Write(f.bytes)
	}
	_ = form.Close()
	r, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.house.url+path, &body)
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Origin", p.house.url)
	if script {
		r.Header.Set("Accept", "application/json")
	}
	w, err := p.client.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer w.Body.Close()
	text, err := io.ReadAll(w.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return answer{p.t, w.StatusCode, w.Header.Get("Location"), w.Header, string(text)}
}

// autosave posts a form as the page's script does while it is typed.
func (p *person) autosave(path string, pairs ...string) answer {
	p.t.Helper()
	return p.send(path, true, nil, pairs...)
}

// page reads the answer's HTML.
func (a answer) page() *goquery.Document {
	a.t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(a.body))
	if err != nil {
		a.t.Fatal(err)
	}
	return doc
}

// value is the value of the first control with this name.
func (a answer) value(name string) string {
	a.t.Helper()
	v, found := a.page().Find(`[name="` + name + `"]`).First().Attr("value")
	if !found {
		a.t.Fatalf("the page has no field %q:\n%s", name, a.body)
	}
	return v
}

// leadsUnder checks where a redirect leads, whatever its query says.
func (a answer) leadsUnder(path string) answer {
	a.t.Helper()
	to, _, _ := strings.Cut(a.is(http.StatusSeeOther).to, "?")
	if to != path {
		a.t.Fatalf("leads to %s, want %s", a.to, path)
	}
	return a
}

// wantAudit fails unless the log holds the action, n times in all.
func (m *market) wantAudit(t *testing.T, action string, n int) {
	t.Helper()
	rows, err := m.Log.List(t.Context(), audit.Filter{Action: action, Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != n {
		t.Errorf("the log holds %q %d times, want %d", action, len(rows), n)
	}
}

// sheet is a picture of something printed, different for each seed.
func sheet(seed int) []byte {
	img := image.NewRGBA(image.Rect(0, 0, 900, 640))
	draw.Draw(img, img.Rect, image.NewUniform(color.RGBA{244, 242, 236, 255}), image.Point{}, draw.Src)
	ink := image.NewUniform(color.RGBA{30, 30, 40, 255})
	letter := uint32(seed + 1)
	for y := 50; y < 590; y += 30 {
		for x := 50; x < 840; x += 14 {
			letter = letter*1664525 + 1013904223
			if letter>>29 == 0 {
				continue // between two words
			}
			draw.Draw(img, image.Rect(x, y, x+2, y+14), ink, image.Point{}, draw.Src)
			at := y + int(letter>>28)%12
			draw.Draw(img, image.Rect(x, at, x+8, at+2), ink, image.Point{}, draw.Src)
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 92}); err != nil {
		panic(err)
	}
	return b.Bytes()
}
