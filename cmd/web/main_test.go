package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestACommandThatDoesNotExistIsNamedWithThoseThatDo(t *testing.T) {
	var out, complaint bytes.Buffer
	if code := run(t.Context(), []string{"server"}, &out, &complaint); code != 2 {
		t.Errorf("exit code %d", code)
	}
	for _, want := range []string{`"server"`, "serve", "verify"} {
		if !strings.Contains(complaint.String(), want) {
			t.Errorf("%q says nothing of %s", complaint.String(), want)
		}
	}
}

func TestHelpIsNoError(t *testing.T) {
	var out, complaint bytes.Buffer
	if code := run(t.Context(), []string{"help"}, &out, &complaint); code != 0 || complaint.Len() > 0 || !strings.Contains(out.String(), "migrate") {
		t.Errorf("exit code %d, %q, %q", code, out.String(), complaint.String())
	}
}

func TestWordsThatACommandDoesNotKnowAreRefused(t *testing.T) {
	for _, command := range []string{"serve", "migrate", "config"} {
		var out, complaint bytes.Buffer
		if code := run(t.Context(), []string{command, "--port=80"}, &out, &complaint); code != 1 || !strings.Contains(complaint.String(), "--port=80") {
			t.Errorf("%s: exit code %d, %q", command, code, complaint.String())
		}
	}
}
