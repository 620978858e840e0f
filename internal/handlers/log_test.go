package handlers_test

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"truepenny/internal/audit"
	"truepenny/internal/audit/verify"
	"truepenny/internal/audit/witness"
	"truepenny/internal/openlog"
	"truepenny/internal/staff"
	"truepenny/internal/testkit"
	"truepenny/internal/testkit/people"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// openLog shows the log of a test to the outside.
func openLog(p *people.People) *openlog.Service {
	return openlog.New(openlog.Parts{
		Store: p.Store, Audit: p.Log, Jobs: p.Queue, Mail: p.Outbox, Clock: p.Clock,
		Letter: func(size int64, checkpoint string) (string, string) {
			return words.MailCheckpoint("http://localhost", size, checkpoint)
		},
		Watchers: func(context.Context) ([]string, error) { return nil, nil },
		Alarm:    func(openlog.CheckRun) (string, string) { return "", "" },
	})
}

func (h house) note(t *testing.T, n int) {
	t.Helper()
	for range n {
		if err := h.Log.Note(t.Context(), audit.Entry{Actor: audit.System("test"), Action: "test.counted"}); err != nil {
			t.Fatal(err)
		}
	}
}

// ask is a program without a session or an origin.
func (h house) ask(t *testing.T, method, path, body string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, h.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept", "application/json")
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Body.Close()
	text, err := io.ReadAll(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.StatusCode, string(text)
}

func TestTheLogShowsItsSealToEverybodyAndNoEntry(t *testing.T) {
	h := openHouse(t)
	anyone := h.somebody(t)
	anyone.get(paths.PublicLog()).is(200).shows(words.LogNone)
	anyone.get(paths.LogCheckpoint()).is(404)
	anyone.get(paths.LogCosigned()).is(404)
	h.note(t, 7)
	head, err := h.Log.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := anyone.get(paths.LogCheckpoint()).is(200); got.body != head || !strings.HasPrefix(got.header.Get("Content-Type"), "text/plain") {
		t.Fatalf("got %q as %s", got.body, got.header.Get("Content-Type"))
	}
	opened, err := verify.OpenCheckpoint(head, h.Log.VerifierKey())
	if err != nil {
		t.Fatal(err)
	}
	page := anyone.get(paths.PublicLog()).is(200)
	page.shows(opened.Root.String(), h.Log.VerifierKey(), words.LogNoWitness, "truepenny witness new")
	page.hides("test.counted")
}

func TestProofsOfTheLogAreGivenToWhoAsks(t *testing.T) {
	h := openHouse(t)
	h.note(t, 9)
	status, body := h.ask(t, "GET", paths.LogConsistency(4, 9), "")
	var grown struct{ Hashes []tlog.Hash }
	if status != 200 || json.Unmarshal([]byte(body), &grown) != nil {
		t.Fatal(status, body)
	}
	first, _ := h.Log.Root(t.Context(), 4)
	second, _ := h.Log.Root(t.Context(), 9)
	if err := verify.Consistency(4, 9, first, second, grown.Hashes); err != nil {
		t.Fatal(err)
	}
	proof, err := h.Log.Inclusion(t.Context(), 5)
	if err != nil {
		t.Fatal(err)
	}
	hash := tlog.RecordHash(proof.Leaf)
	for _, text := range []string{hex.EncodeToString(hash[:]), hash.String()} {
		status, body := h.ask(t, "GET", paths.LogProof(text), "")
		var got audit.Proof
		if status != 200 || json.Unmarshal([]byte(body), &got) != nil || got.Leaf != nil || got.Index != 5 {
			t.Fatal(status, body)
		}
		got.Leaf = proof.Leaf
		if _, err := verify.Inclusion(got.File(), h.Log.VerifierKey()); err != nil {
			t.Fatal(err)
		}
	}
	for path, want := range map[string]int{
		paths.LogConsistency(0, 9): 422, paths.LogConsistency(5, 4): 422, paths.LogConsistency(4, 10): 422, "/log/consistency": 422,
		"/log/consistency?from=a&to=b": 422, "/log/proof": 422, paths.LogProof("zz"): 422,
		paths.LogProof(strings.Repeat("0", 64)): 404, paths.LogPublished(9): 404, "/log/checkpoints/x": 404,
	} {
		if status, body := h.ask(t, "GET", path, ""); status != want {
			t.Errorf("%s answers %d, want %d: %s", path, status, want, body)
		}
	}
}

// outside is a witness on another machine.
type outside struct {
	key     witness.Key
	options witness.Options
}

func newOutside(t *testing.T, h house) outside {
	t.Helper()
	folder := t.TempDir()
	key, err := witness.CreateKey(filepath.Join(folder, "witness.key"), "witness.example/one")
	if err != nil {
		t.Fatal(err)
	}
	return outside{key, witness.Options{URL: h.url, Verifier: h.Log.VerifierKey(), Memory: filepath.Join(folder, "state"), Clock: h.Clock}}
}

func TestAWitnessCosignsOverTheNetworkAndThePageSaysSo(t *testing.T) {
	h := openHouse(t)
	w := newOutside(t, h)
	h.note(t, 5)
	if _, err := w.key.Follow(t.Context(), w.options); err == nil || !strings.Contains(err.Error(), "403") {
		t.Fatalf("a witness whom nobody registered: %v", err)
	}
	keeper := h.as(t, h.Member(t, "Ada Auditor", staff.Auditor).Holder())
	keeper.post(paths.Witnesses(), "name", "The Amaurot Courier", "verifier", w.key.Verifier(), "email", "").leadsUnder(paths.Witnesses())
	seen, err := w.key.Follow(t.Context(), w.options)
	if err != nil || seen.Before.Size != 5 {
		t.Fatalf("%+v, %v", seen, err)
	}
	h.note(t, 8)
	if seen, err = w.key.Follow(t.Context(), w.options); err != nil || seen.Now.Size <= seen.Before.Size || seen.Cosigned == "" {
		t.Fatalf("%+v, %v", seen, err)
	}
	page := h.somebody(t).get(paths.PublicLog()).is(200)
	page.shows("The Amaurot Courier", "just now", strconv.FormatInt(seen.Now.Size, 10))
	if got := h.somebody(t).get(paths.LogCosigned()).is(200); got.body != seen.Cosigned {
		t.Fatalf("got %q, want %q", got.body, seen.Cosigned)
	}
	if got := h.somebody(t).get(paths.LogPublished(seen.Now.Size)).is(200); got.body != seen.Cosigned {
		t.Fatalf("got %q", got.body)
	}
}

// The database is copied, and both go on with the same key: what a thief of the
// server would do, or an operator with two faces. Whichever the witness saw
// first, the other is found.
func TestAWitnessFindsAForkAndSignsNothingOfIt(t *testing.T) {
	h := openHouse(t)
	w := newOutside(t, h)
	h.note(t, 6)
	fork := h.fork(t)
	h.note(t, 3)
	keeper := h.as(t, h.Member(t, "Ada Auditor", staff.Auditor).Holder())
	keeper.post(paths.Witnesses(), "name", "Courier", "verifier", w.key.Verifier(), "email", "").leadsUnder(paths.Witnesses())
	seen, err := w.key.Follow(t.Context(), w.options)
	if err != nil {
		t.Fatal(err)
	}
	for _, more := range []int{1, 1, 20} { // shorter than what was seen, later longer
		fork.note(t, more)
		other := w.options
		other.URL = fork.url
		got, err := w.key.Follow(t.Context(), other)
		found, isFork := err.(*witness.Fork)
		if !isFork || got.Cosigned != "" {
			t.Fatalf("not found: %+v, %v", got, err)
		}
		for _, checkpoint := range []string{found.Seen, found.Shown} {
			if _, err := verify.OpenCheckpoint(checkpoint, h.Log.VerifierKey()); err != nil || !strings.Contains(found.Error(), checkpoint) {
				t.Fatalf("what is shown proves nothing: %v", err)
			}
		}
	}
	// The true one goes on as if nothing had been.
	if again, err := w.key.Follow(t.Context(), w.options); err != nil || again.Before.Size != seen.Now.Size {
		t.Fatalf("%+v, %v", again, err)
	}
}

// fork is the same log on another server: a copy of the database that goes on by
// itself.
func (h house) fork(t *testing.T) house {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	base := "http://localhost:" + strings.TrimPrefix(server.Listener.Addr().String(), "127.0.0.1:")
	p := people.At(t, testkit.Copy(t, h.Store), base)
	server.Config.Handler = site(t, p, base)
	server.Start()
	t.Cleanup(server.Close)
	p.Clock.Advance(time.Second) // entries at one moment would be the same on both
	return house{p, base}
}

func TestOnlyWhoKeepsTheLogChoosesItsWitnesses(t *testing.T) {
	h := openHouse(t)
	keepers := []staff.Role{staff.Auditor, staff.Administrator}
	for _, role := range staff.Roles {
		p := h.as(t, h.Member(t, "Role "+string(role), role).Holder())
		may := slices.Contains(keepers, role)
		added := p.post(paths.Witnesses(), "name", "Council "+string(role), "email", string(role)+"@council.example", "verifier", "")
		published := p.post(paths.LogPublications())
		if may {
			added.leadsUnder(paths.Witnesses())
			published.leadsUnder(paths.Witnesses())
			continue
		}
		added.is(403)
		published.is(403)
		p.get(paths.WitnessNew()).is(403)
		p.post(paths.WitnessEnd("wit_x")).is(403)
	}
	h.somebody(t).post(paths.Witnesses(), "name", "x").is(401)
	rows, err := h.Log.List(t.Context(), audit.Filter{Action: "log.witness-added"})
	if err != nil || len(rows) != len(keepers) {
		t.Fatalf("%d noted, %v", len(rows), err)
	}
	for _, r := range rows {
		if strings.Contains(r.Subject+r.Details["mail"], "@") || r.Actor.Kind != audit.KindStaff {
			t.Errorf("the log holds %+v", r)
		}
	}
	letters, err := h.Outbox.Caught(t.Context(), 10)
	if err != nil || len(letters) == 0 || !strings.Contains(letters[0].Text, "truepenny-audit/") {
		t.Fatalf("%d mails, %v", len(letters), err)
	}
}

func TestAWitnessIsAddedEndedAndItsAddressForgotten(t *testing.T) {
	h := openHouse(t)
	p := h.as(t, h.Member(t, "Ada Auditor", staff.Auditor).Holder())
	p.get(paths.Witnesses()).is(200).shows(words.WitnessesNone)
	p.post(paths.Witnesses(), "name", "", "verifier", "", "email", "").is(422).shows(words.Reason("log.witness-nothing"))
	again := p.post(paths.Witnesses(), "name", "Courier", "verifier", "nonsense", "email", "").is(422)
	if again.shows(words.Reason("log.witness-key")); again.value("verifier") != "nonsense" {
		t.Error("what was typed is lost")
	}
	p.post(paths.Witnesses(), "name", "Courier", "verifier", "", "email", "desk@courier.example").leadsUnder(paths.Witnesses())
	page := p.get(paths.Witnesses()).is(200)
	page.shows("Courier", "desk@courier.example")
	h.somebody(t).get(paths.PublicLog()).is(200).hides("desk@courier.example")
	end, _ := page.page().Find(`form[action$="/end"]`).Attr("action")
	p.post(end).leadsUnder(paths.Witnesses())
	p.post(end).is(409)
	p.get(paths.Witnesses()).is(200).shows("Courier", words.WitnessOver).hides("desk@courier.example")
}

func TestCosignaturesAreCountedByWhoSendsThem(t *testing.T) {
	h := openHouse(t)
	h.note(t, 1)
	for range 60 {
		if status, body := h.ask(t, "POST", paths.LogCosignatures(), "nonsense"); status != 422 {
			t.Fatal(status, body)
		}
	}
	if status, body := h.ask(t, "POST", paths.LogCosignatures(), "nonsense"); status != 429 {
		t.Fatal(status, body)
	}
	if status, _ := h.ask(t, "POST", paths.LogCosignatures(), strings.Repeat("x", 100_000)); status == 200 {
		t.Fatal("far too long a text was read")
	}
}
