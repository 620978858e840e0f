package lab

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"
)

// Provenance says what a report was made with, so that it can be made again.
type Provenance struct {
	Network string    `json:"network"` // of the descriptors, "" where none took part
	Version string    `json:"version"` // of that network
	Code    string    `json:"code"`    // of this program: revision, or the module's version
	Machine string    `json:"machine"`
	Seed    uint64    `json:"seed"` // of everything that is drawn
	At      time.Time `json:"at"`   // when the run began
	Seconds float64   `json:"seconds"`
}

func provenance(network, version string, o Options) Provenance {
	return Provenance{Network: network, Version: version, Code: codeVersion(), Machine: machine(), Seed: o.Seed, At: o.Clock.Now()}
}

// name is network and version in one.
func (p Provenance) name() string { return strings.TrimSpace(p.Network + " " + p.Version) }

// codeVersion reads what the linker noted of the source.
func codeVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	revision, changed := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = ", changed"
		}
	}
	if revision == "" {
		revision = info.Main.Version + ", built without its revision"
	}
	return revision + changed + ", " + info.GoVersion
}

// machine names the processor, because speed and the last digit depend on it.
func machine() string {
	m := fmt.Sprintf("%s/%s, %d processors", runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	f, err := os.Open("/proc/cpuinfo")
	if err != nil {
		return m
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if name, value, ok := strings.Cut(lines.Text(), ":"); ok && strings.TrimSpace(name) == "model name" {
			return m + ", " + strings.TrimSpace(value)
		}
	}
	return m
}
