package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"truepenny/internal/audit"
	"truepenny/internal/biometrics/face"
	"truepenny/internal/clock"
	"truepenny/internal/inference/enginetest"
	"truepenny/internal/laboratory"
	"truepenny/internal/staff"
)

func TestAConfirmedThresholdGovernsLiveFaceChecks(t *testing.T) {
	a := openApp(t, clock.NewFixed(noon))
	ctx := t.Context()
	member := func(name string, role staff.Role) audit.Actor {
		m, err := a.staff.Enrol(ctx, audit.System("test"), staff.Details{Name: name, Email: strings.ToLower(name) + "@market.example", Roles: []staff.Role{role}})
		if err != nil {
			t.Fatal(err)
		}
		return m.Actor()
	}
	lea, adam := member("Lea", staff.Lead), member("Adam", staff.Administrator)
	live := governed{a.engine.faces, a.lab}
	if got := live.Thresholds(); got.Accept != face.StandardThresholds.Accept {
		t.Fatalf("before: %v", got.Accept)
	}
	set, err := a.lab.AddFolder(ctx, laboratory.NewSet{Name: "demo", Origin: "The engine's package", Basis: "public", Expires: noon.AddDate(0, 1, 0)}, os.DirFS(labelledPhotographs(t)), func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	run, err := a.lab.Start(ctx, lea, laboratory.Face, set.ID, laboratory.Options{Accept: 0.4, Review: 0.7})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.queue.Drain(ctx); err != nil {
		t.Fatal(err)
	}
	proposed, err := a.lab.Propose(ctx, lea, run.ID, "Stricter.")
	if err != nil {
		t.Fatal(err)
	}
	if err := a.lab.Confirm(ctx, adam, proposed.ID, ""); err != nil {
		t.Fatal(err)
	}
	if got := live.Thresholds(); got.Accept != 0.4 || got.Review != 0.7 || !strings.HasPrefix(got.Report.Name, "lab report 1") {
		t.Errorf("live checks are judged by %+v", got)
	}
}

// labelledPhotographs is a folder with two copies of two photographs that the
// face engine's package brings.
func labelledPhotographs(t *testing.T) string {
	t.Helper()
	from, dir := filepath.Join(enginetest.Packages(t), "@vladmandic", "face-api", "demo"), t.TempDir()
	manifest := "file,subject\n"
	for _, name := range []string{"sample1", "sample2"} {
		raw, err := os.ReadFile(filepath.Join(from, name+".jpg"))
		if err != nil {
			t.Fatal(err)
		}
		for _, copied := range []string{"-a.jpg", "-b.jpg"} {
			if err := os.WriteFile(filepath.Join(dir, name+copied), raw, 0o600); err != nil {
				t.Fatal(err)
			}
			manifest += name + copied + "," + name + "\n"
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "manifest.csv"), []byte(manifest), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestTheFingerprintChangesWithEveryNetworkThatTakesPart(t *testing.T) {
	rt := enginetest.Open(t)
	first, err := fingerprint(rt)
	if err != nil || len(first) != 64 {
		t.Fatal(first, err)
	}
	again, err := fingerprint(rt)
	if err != nil || again != first {
		t.Errorf("the same networks have another fingerprint: %s, %s, %v", first, again, err)
	}
}

func TestASetIsAddedByCommand(t *testing.T) {
	t.Setenv("TRUEPENNY_DATA", t.TempDir())
	t.Setenv("TRUEPENNY_ENGINE", enginetest.Open(t).Dir())
	dir := labelledPhotographs(t)
	call := func(args ...string) (string, int) {
		var out, trouble bytes.Buffer
		code := run(context.Background(), append([]string{"lab", "add-set"}, args...), &out, &trouble)
		return out.String() + trouble.String(), code
	}
	if said, code := call(dir, "--origin", "The engine's package", "--consent", "public", "--expires", "2999-01-01"); code == 0 || !strings.Contains(said, "lab.expires.far") {
		t.Errorf("kept for ever: %d %s", code, said)
	}
	for _, args := range [][]string{{}, {dir, "--expires", "tomorrow"}, {dir, "--consent", "hearsay", "--expires", "2027-01-01"}, {dir, dir}} {
		if said, code := call(args...); code == 0 {
			t.Errorf("%v: %s", args, said)
		}
	}
	soon := clock.System.Now().AddDate(0, 3, 0).Format("2006-01-02")
	if said, code := call(dir, "--name", "two people", "--origin", "The engine's package", "--consent", "public", "--expires", soon); code != 0 || !strings.Contains(said, "two people: 4 files of 2 people") {
		t.Errorf("%d %s", code, said)
	}
}
