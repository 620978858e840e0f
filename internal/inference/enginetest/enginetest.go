// Package enginetest gives tests the real engine of this repository.
package enginetest

import (
	"os"
	"path/filepath"
	"testing"

	"truepenny/internal/inference"
	"truepenny/internal/inference/convert"
)

// Open opens the engine that lies in build/engine, making it first when the
// npm packages are there. A test without either is skipped, under CI it fails.
func Open(t testing.TB) *inference.Runtime {
	t.Helper()
	dir := filepath.Join(Root(t), "build", "engine")
	if setting := os.Getenv("TRUEPENNY_ENGINE"); setting != "" {
		dir = setting
	} else {
		build(t, dir)
	}
	r, err := inference.Open(dir)
	if err != nil {
		t.Fatalf("open the engine: %v", err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func build(t testing.TB, dir string) {
	t.Helper()
	packages := Packages(t)
	if _, err := convert.Make(packages, dir, inference.Platform()); err != nil {
		t.Fatalf("make the engine: %v", err)
	}
}

// Packages is the folder with the npm packages. Without it the test is
// skipped, under CI it fails.
func Packages(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(Root(t), "node_modules")
	if _, err := os.Stat(filepath.Join(dir, "@vladmandic", "face-api")); err != nil {
		Absent(t, "the npm packages are not there; bring them in with `npm install`")
	}
	return dir
}

// Shared is a folder of public measuring data beside the repository (or where
// TRUEPENNY_SHARED says). Without it the test is skipped.
func Shared(t testing.TB, name string) string {
	t.Helper()
	base := os.Getenv("TRUEPENNY_SHARED")
	if base == "" {
		base = filepath.Join(Root(t), "..", "shared")
	}
	dir := filepath.Join(base, "data", name)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("the measuring set %s is not there; set TRUEPENNY_SHARED to measure on it", name)
	}
	return dir
}

// Absent skips a test for want of something that set-up brings in. Under CI
// (CI=true) nothing may be missing, so it fails there.
func Absent(t testing.TB, why string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(why)
	}
	t.Skip(why)
}

// Root is the repository's root: the nearest folder above with a go.mod.
func Root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if filepath.Dir(dir) == dir {
			t.Fatal("no go.mod above the working folder")
		}
		dir = filepath.Dir(dir)
	}
}
