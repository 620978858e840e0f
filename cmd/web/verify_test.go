package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/testkit"
)

func TestAProofFileIsCheckedOffline(t *testing.T) {
	log, err := audit.New(testkit.Store(t), clock.System, make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	if err := log.Note(t.Context(), audit.Entry{Actor: audit.System("test"), Action: "test.done", Subject: "test:1"}); err != nil {
		t.Fatal(err)
	}
	proof, err := log.Inclusion(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "proof.json")
	if err := os.WriteFile(file, proof.File(), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, problems bytes.Buffer
	verified := func(args ...string) int {
		out.Reset()
		problems.Reset()
		return run(t.Context(), append([]string{"verify", "proof"}, args...), &out, &problems)
	}
	for _, args := range [][]string{{file, "-key", log.VerifierKey()}, {"-key", log.VerifierKey(), file}, {file}} {
		if code := verified(args...); code != 0 || !strings.Contains(out.String(), "The proof holds: entry 0 of 1") {
			t.Fatalf("%v: %d %s%s", args, code, out.String(), problems.String())
		}
	}
	if !strings.Contains(out.String(), "give -key") {
		t.Error("nothing says that the key was only the file's own")
	}
	if err := os.WriteFile(file, bytes.Replace(proof.File(), []byte(`"index": 0`), []byte(`"index": 1`), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	if code := verified(file); code != 1 || !strings.Contains(problems.String(), "does NOT hold") {
		t.Fatalf("a changed file: %d %s", code, problems.String())
	}
	for _, args := range [][]string{nil, {file, "second"}, {filepath.Join(t.TempDir(), "none")}} {
		if code := verified(args...); code != 1 {
			t.Errorf("%v: %d", args, code)
		}
	}
}
