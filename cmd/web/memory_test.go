package main

import (
	"bufio"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"truepenny/internal/inference/enginetest"
)

// BenchmarkIdleMemory measures what the real program holds of the machine's
// memory while nobody does anything: a fresh start on an empty folder with every
// network loaded, after it has answered once.
//
//	go test ./cmd/web -run '^$' -bench IdleMemory -benchtime 1x
func BenchmarkIdleMemory(b *testing.B) {
	if _, err := os.Stat("/proc/self/status"); err != nil {
		b.Skip("this system has no /proc/PID/status to read memory from")
	}
	engine := enginetest.Open(b).Dir()
	binary := filepath.Join(b.TempDir(), "truepenny")
	if out, err := exec.CommandContext(b.Context(), "go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		b.Fatalf("build: %v\n%s", err, out)
	}
	var idle, peak float64
	b.ResetTimer()
	for range b.N {
		idle, peak = serveIdle(b, binary, engine)
	}
	b.ReportMetric(idle, "idle-MB")
	b.ReportMetric(peak, "peak-MB")
}

// serveIdle runs the program until its memory has stood still for a while.
func serveIdle(b *testing.B, binary, engine string) (idle, peak float64) {
	serve := exec.CommandContext(b.Context(), binary, "serve")
	serve.Env = []string{"HOME=" + b.TempDir(), "TRUEPENNY_ADDR=localhost:0", "TRUEPENNY_DATA=" + b.TempDir(), "TRUEPENNY_ENGINE=" + engine}
	said, err := serve.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := serve.Start(); err != nil {
		b.Fatal(err)
	}
	defer func() {
		_ = serve.Process.Signal(syscall.SIGTERM)
		if err := serve.Wait(); err != nil {
			b.Errorf("the program ended with: %v", err)
		}
	}()
	address := ""
	for lines := bufio.NewScanner(said); address == "" && lines.Scan(); {
		if _, rest, found := strings.Cut(lines.Text(), "listening on "); found {
			address, _, _ = strings.Cut(rest, ")")
		}
	}
	answer, err := http.Get("http://" + address + "/")
	if err != nil {
		b.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		b.Fatalf("the front page answers %d", answer.StatusCode)
	}
	return whenStill(b, serve.Process.Pid)
}

// whenStill returns the resident memory of a process, in megabytes of a million
// bytes, once it has stayed within 1 % for three seconds; and the most it ever
// had.
func whenStill(b *testing.B, pid int) (idle, peak float64) {
	look := time.NewTicker(100 * time.Millisecond)
	defer look.Stop()
	for still := 0; still < 30; {
		before := idle
		idle, peak = resident(b, pid)
		if still++; idle < 0.99*before || idle > 1.01*before {
			still = 0
		}
		select {
		case <-look.C:
		case <-b.Context().Done():
			b.Fatal(b.Context().Err())
		}
	}
	return idle, peak
}

var sizes = regexp.MustCompile(`(?m)^(VmRSS|VmHWM):\s+(\d+) kB$`)

func resident(b *testing.B, pid int) (now, most float64) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		b.Fatal(err)
	}
	found := map[string]float64{}
	for _, m := range sizes.FindAllStringSubmatch(string(status), -1) {
		kib, _ := strconv.ParseFloat(m[2], 64)
		found[m[1]] = kib * 1024 / 1e6
	}
	return found["VmRSS"], found["VmHWM"]
}
