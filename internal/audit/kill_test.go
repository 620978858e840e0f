package audit_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"truepenny/internal/audit"
	"truepenny/internal/audit/verify"
	"truepenny/internal/clock"
	"truepenny/internal/db"
)

const writerSetting = "TRUEPENNY_TEST_AUDIT_WRITER" // database file of the process below

// TestWriterProcess appends until it is killed, several writers at once, and
// names each entry on its output once it was acknowledged.
func TestWriterProcess(t *testing.T) {
	file := os.Getenv(writerSetting)
	if file == "" {
		t.Skip("runs only as a process of another test")
	}
	store, err := db.Open(t.Context(), "sqlite:"+file)
	if err != nil {
		t.Fatal(err)
	}
	log, err := audit.New(store, clock.System, make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	var print sync.Mutex
	var writers sync.WaitGroup
	for w := range 4 {
		writers.Go(func() {
			for i := 0; ; i++ {
				subject := fmt.Sprintf("%d-%d-%d", os.Getpid(), w, i)
				if err := log.Note(t.Context(), audit.Entry{Actor: audit.System("test"), Action: "test.killed", Subject: subject}); err != nil {
					t.Error(err)
					return
				}
				print.Lock()
				fmt.Println("done " + subject)
				print.Unlock()
			}
		})
	}
	writers.Wait()
}

// The process is killed with SIGKILL in the middle of its work, five times over.
func TestWhatWasAcknowledgedSurvivesAKill(t *testing.T) {
	file := filepath.Join(t.TempDir(), "killed.db")
	store, err := db.Open(t.Context(), "sqlite:"+file)
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	var acknowledged []string
	for round := range 5 {
		acknowledged = append(acknowledged, killedWriter(t, file, 40+60*round)...)
	}
	if store, err = db.Open(t.Context(), "sqlite:"+file); err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	log, err := audit.New(store, clock.System, make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	report, err := verify.Audit(t.Context(), store, log.VerifierKey())
	if err != nil || !report.OK() {
		t.Fatalf("%+v, %v", report, err)
	}
	for _, subject := range acknowledged {
		rows, err := log.List(t.Context(), audit.Filter{Subject: subject})
		if err != nil || len(rows) != 1 {
			t.Fatalf("%s stands in the log %d times, %v", subject, len(rows), err)
		}
	}
	if extra := report.Entries - int64(len(acknowledged)); extra < 0 || extra > 5*4 {
		t.Fatalf("%d entries, %d acknowledged", report.Entries, len(acknowledged)) // at most one a writer was under way
	}
	t.Logf("%s acknowledged, %d in the log", strconv.Itoa(len(acknowledged)), report.Entries)
}

// killedWriter lets the process acknowledge n entries and kills it; what it
// could still say is read to the end.
func killedWriter(t *testing.T, file string, n int) []string {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestWriterProcess$", "-test.count=1")
	c.Env = append(os.Environ(), writerSetting+"="+file)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	var done []string
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if subject, found := strings.CutPrefix(lines.Text(), "done "); found {
			done = append(done, subject)
		}
		if len(done) == n {
			_ = c.Process.Kill()
		}
	}
	_ = c.Wait() // killed
	if len(done) < n {
		t.Fatalf("the writer ended after %d of %d entries", len(done), n)
	}
	return done
}
