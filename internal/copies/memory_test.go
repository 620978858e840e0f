package copies

import (
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime/debug"
	"strconv"
	"testing"
	"time"

	"truepenny/internal/ids"
	"truepenny/internal/privacy"
	"truepenny/internal/testkit"
)

const (
	benchItems = 50
	benchItem  = 4_000_000 // bytes
	// mostMemory is what making or sending a copy may take on top of what the
	// process holds, whatever the size of the copy.
	mostMemory = 100.0 // MB
)

// BenchmarkZIPOf200MBInConstantMemory makes and sends a copy of 50 sealed items of
// 4 MB and fails when the process grows by more than mostMemory meanwhile.
//
//	go test ./internal/copies -run '^$' -bench ZIPOf200MB -benchtime 1x
func BenchmarkZIPOf200MBInConstantMemory(b *testing.B) {
	if _, err := os.Stat("/proc/self/clear_refs"); err != nil {
		b.Skip("this system does not tell a process how much memory it took at most")
	}
	h := newHouse(b, testkit.Store(b))
	for i := range benchItems {
		h.hold(privacy.PurposeDocuments, fmt.Sprintf("picture-%02d.jpg", i), ids.Bytes(benchItem))
	}
	var making, sending time.Duration
	var makingPeak, sendingPeak float64
	for b.Loop() {
		var c Copy
		making, makingPeak = measured(b, func() { c = h.made() })
		var n count
		sending, sendingPeak = measured(b, func() { h.ok(h.Send(b.Context(), h.marit.Actor(), c.ID, &n)) })
		if int64(n) != c.Bytes || n < benchItems*benchItem {
			b.Fatalf("%d bytes came of %d", n, c.Bytes)
		}
	}
	b.ReportMetric(making.Seconds(), "s-making")
	b.ReportMetric(sending.Seconds(), "s-sending")
	b.ReportMetric(makingPeak, "MB-peak-making")
	b.ReportMetric(sendingPeak, "MB-peak-sending")
	if makingPeak > mostMemory || sendingPeak > mostMemory {
		b.Errorf("memory grew by %.0f MB and %.0f MB, at most %.0f may be", makingPeak, sendingPeak, mostMemory)
	}
}

// count counts what is written to it.
type count int64

func (n *count) Write(b []byte) (int, error) {
	*n += count(len(b))
	return len(b), nil
}

var _ io.Writer = new(count)

// measured runs work and returns how long it took and by how many megabytes the
// process grew at most meanwhile.
func measured(b *testing.B, work func()) (time.Duration, float64) {
	b.Helper()
	debug.FreeOSMemory()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil { // forget the peak so far
		b.Skip("the peak of this process cannot be reset: ", err)
	}
	before := memory(b, "VmRSS")
	start := time.Now()
	work()
	return time.Since(start), memory(b, "VmHWM") - before
}

func memory(b *testing.B, name string) float64 {
	b.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Fatal(err)
	}
	found := regexp.MustCompile(`(?m)^` + name + `:\s+(\d+) kB$`).FindSubmatch(status)
	if found == nil {
		b.Fatal("no ", name)
	}
	kib, _ := strconv.ParseFloat(string(found[1]), 64)
	return kib * 1024 / 1e6
}
