package bounded

import (
	"errors"
	"strings"
	"testing"
	"time"
)

var little = Limits{Time: 10 * time.Second, Memory: 256 << 20, Output: 1 << 10}

func find(t *testing.T, name string, lim Limits) *Program {
	t.Helper()
	p, err := Find(name, lim)
	if err != nil {
		t.Skip(err)
	}
	return p
}

func TestAProgramGetsTheDataAndNoneOfOurSettings(t *testing.T) {
	t.Setenv("TRUEPENNY_SECRET", "nobody else's")
	out, _, err := find(t, "cat", little).Run(t.Context(), []byte("hello"))
	if err != nil || string(out) != "hello" {
		t.Fatalf("%q, %v", out, err)
	}
	out, _, err = find(t, "env", little).Run(t.Context(), nil)
	if err != nil || strings.Contains(string(out), "TRUEPENNY") {
		t.Fatalf("%q, %v", out, err)
	}
}

func TestAProgramThatWritesOrTakesTooMuchIsStopped(t *testing.T) {
	if _, _, err := find(t, "yes", little).Run(t.Context(), nil); !errors.Is(err, ErrOutput) {
		t.Errorf("endless output: %v", err)
	}
	short := little
	short.Time = 50 * time.Millisecond
	if _, _, err := find(t, "tail", short).Run(t.Context(), nil, "-f", "/dev/null"); !errors.Is(err, ErrTime) {
		t.Errorf("no end: %v", err)
	}
	if _, said, err := find(t, "cat", little).Run(t.Context(), nil, "/no/such/file"); err == nil || len(said) == 0 {
		t.Errorf("a failure: %q, %v", said, err)
	}
	if _, err := Find("no-such-program-anywhere", little); !errors.Is(err, ErrMissing) {
		t.Errorf("what is not there: %v", err)
	}
}
