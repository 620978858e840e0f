package handlers_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"truepenny/internal/audit/verify"
	"truepenny/internal/audit/witness"
	"truepenny/internal/clock"
	"truepenny/internal/jobs"
	"truepenny/internal/openlog"
	"truepenny/internal/staff"
	"truepenny/internal/testkit"
	"truepenny/internal/testkit/people"
	"truepenny/views/paths"
)

const childSetting = "TRUEPENNY_TEST_WITNESS" // folder, address and key for the process below

// TestWitnessProcess is the witness of the test below, as a process of its own.
func TestWitnessProcess(t *testing.T) {
	folder, rest, found := strings.Cut(os.Getenv(childSetting), "\n")
	if !found {
		t.Skip("runs only as a process of another test")
	}
	url, verifier, _ := strings.Cut(rest, "\n")
	key, err := witness.LoadKey(filepath.Join(folder, "key"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := key.Follow(t.Context(), witness.Options{URL: url, Verifier: verifier, Memory: filepath.Join(folder, "state"), Clock: clock.NewFixed(people.Start)}); err != nil {
		t.Fatal(err)
	}
}

// The witness is killed with SIGKILL at each of its requests in turn, while it
// waits for the answer. Whatever it had done by then, the next run ends well,
// and a forked log is still found.
func TestAWitnessThatIsKilledAnywhereGoesOnRightly(t *testing.T) {
	server := httptest.NewUnstartedServer(nil)
	base := "http://localhost:" + strings.TrimPrefix(server.Listener.Addr().String(), "127.0.0.1:")
	p := people.At(t, testkit.Store(t), base)
	inner := site(t, p, base)
	var victim atomic.Pointer[exec.Cmd]
	var at atomic.Pointer[string] // path at whose request the witness is killed
	var after atomic.Bool         // once the log has done its part
	server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		doomed := at.Load() != nil && *at.Load() == r.URL.Path
		if doomed && !after.Load() {
			_ = victim.Load().Process.Kill()
			return
		}
		if doomed {
			inner.ServeHTTP(httptest.NewRecorder(), r)
			_ = victim.Load().Process.Kill()
			return
		}
		inner.ServeHTTP(w, r)
	})
	server.Start()
	t.Cleanup(server.Close)
	h, folder := house{p, base}, t.TempDir()
	key, err := witness.CreateKey(filepath.Join(folder, "key"), "witness.example/killed")
	if err != nil {
		t.Fatal(err)
	}
	service := openlog.New(openlog.Parts{Store: p.Store, Audit: p.Log, Jobs: jobs.New(p.Store, p.Clock), Mail: p.Outbox, Clock: p.Clock})
	if _, err := service.AddWitness(t.Context(), h.Member(t, "Ada Auditor", staff.Auditor).Actor(), openlog.NewWitness{Name: "Killed", Verifier: key.Verifier()}); err != nil {
		t.Fatal(err)
	}
	run := func() error {
		c := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestWitnessProcess$", "-test.count=1")
		c.Env = append(os.Environ(), childSetting+"="+folder+"\n"+base+"\n"+h.Log.VerifierKey())
		victim.Store(c)
		return c.Run()
	}
	step := func(path string, late bool) {
		t.Helper()
		h.note(t, 3)
		at.Store(&path)
		after.Store(late)
		if err := run(); err == nil {
			t.Fatalf("at %s the witness was not killed", path)
		}
		at.Store(nil)
		if err := run(); err != nil {
			t.Fatalf("after a kill at %s: %v", path, err)
		}
		newest, found, err := service.NewestCosigned(t.Context())
		if err != nil || !found {
			t.Fatal(found, err)
		}
		if _, err := verify.OpenCheckpoint(newest.Note, h.Log.VerifierKey()); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{paths.LogCheckpoint(), paths.LogCosignatures(), "/log/consistency", paths.LogCheckpoint(), paths.LogCosignatures()} {
		for _, late := range []bool{false, true} {
			step(path, late)
		}
	}
	fork := h.fork(t)
	h.note(t, 1)
	if err := run(); err != nil {
		t.Fatal(err)
	}
	fork.note(t, 9)
	_, err = key.Follow(t.Context(), witness.Options{URL: fork.url, Verifier: h.Log.VerifierKey(), Memory: filepath.Join(folder, "state"), Clock: clock.NewFixed(people.Start)})
	if _, isFork := err.(*witness.Fork); !isFork {
		t.Fatalf("the fork was not found: %v", err)
	}
}
