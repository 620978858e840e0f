package bounded

import (
	"errors"
	"io"
	"os"
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

func TestAFileIsReadAsItComesAndByNobodyForLong(t *testing.T) {
	t.Setenv("TRUEPENNY_SECRET", "nobody else's")
	file, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.WriteString("hello"); err != nil {
		t.Fatal(err)
	}
	var got []byte
	all := func(r io.Reader) (err error) { got, err = io.ReadAll(r); return err }
	if _, err := find(t, "cat", little).Stream(t.Context(), file, all, "/proc/self/fd/3"); err != nil || string(got) != "hello" {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := find(t, "env", little).Stream(t.Context(), file, all); err != nil || strings.Contains(string(got), "TRUEPENNY") {
		t.Errorf("%q, %v", got, err)
	}
	enough := errors.New("enough")
	for _, want := range []error{nil, enough} {
		some := func(r io.Reader) error {
			if _, err := io.ReadFull(r, make([]byte, 1000)); err != nil {
				return err
			}
			return want
		}
		if _, err := find(t, "yes", little).Stream(t.Context(), file, some); err != want {
			t.Errorf("endless output: %v, want %v", err, want)
		}
	}
	if said, err := find(t, "cat", little).Stream(t.Context(), file, all, "/no/such/file"); err == nil || len(said) == 0 {
		t.Errorf("a failure: %q, %v", said, err)
	}
	short := little
	short.Time = 50 * time.Millisecond
	if _, err := find(t, "tail", short).Stream(t.Context(), file, all, "-f", "/dev/null"); !errors.Is(err, ErrTime) {
		t.Errorf("no end: %v", err)
	}
}
