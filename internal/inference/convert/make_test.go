package convert_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"truepenny/internal/inference"
	"truepenny/internal/inference/convert"
	"truepenny/internal/inference/enginetest"
)

func TestAnEngineFolderIsCompleteAndMadeOnce(t *testing.T) {
	packages, dir := enginetest.Packages(t), filepath.Join(t.TempDir(), "engine")
	written, err := convert.Make(packages, dir, inference.Platform())
	if err != nil || !written {
		t.Fatalf("first: %v, %v", written, err)
	}
	m, err := inference.ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	files := append([]inference.FileEntry{m.Runtime.FileEntry}, m.Licences...)
	for _, n := range m.Networks {
		files = append(files, n.FileEntry)
		if n.Version == "" || len(n.Sources) != 2 {
			t.Errorf("%+v", n)
		}
	}
	for _, f := range files {
		if s, err := inference.SumFile(filepath.Join(dir, f.File)); err != nil || s != f.SHA256 {
			t.Errorf("%s: sum %s, %v", f.File, s, err)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != len(files)+1 {
		t.Errorf("%d files, %v", len(entries), err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, inference.ManifestFile))
	if err != nil || strings.Contains(string(raw), packages) {
		t.Errorf("the manifest names a place on this machine: %v", err)
	}
	if written, err := convert.Make(packages, dir, inference.Platform()); err != nil || written {
		t.Errorf("second: %v, %v", written, err)
	}
}

func TestADamagedFolderIsMadeAnew(t *testing.T) {
	packages, dir := enginetest.Packages(t), t.TempDir()
	if _, err := convert.Make(packages, dir, inference.Platform()); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{convert.Landmarks + ".onnx", inference.ManifestFile} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("{}"), 0o600); err != nil {
			t.Fatal(err)
		}
		if written, err := convert.Make(packages, dir, inference.Platform()); err != nil || !written {
			t.Errorf("%s: %v, %v", name, written, err)
		}
	}
}

func TestEveryPlatformThatNpmBringsHasItsLibrary(t *testing.T) {
	packages := enginetest.Packages(t)
	for _, platform := range []string{"linux-amd64", "linux-arm64", "darwin-arm64"} {
		if _, err := convert.Make(packages, t.TempDir(), platform); err != nil {
			t.Errorf("%s: %v", platform, err)
		}
	}
	if _, err := convert.Make(packages, t.TempDir(), "plan9-mips"); err == nil || !strings.Contains(err.Error(), "plan9-mips") {
		t.Errorf("plan9-mips: %v", err)
	}
}

func TestMissingPackagesNameTheFix(t *testing.T) {
	_, err := convert.Make(t.TempDir(), t.TempDir(), inference.Platform())
	if err == nil || !strings.Contains(err.Error(), "npm install") {
		t.Errorf("%v", err)
	}
}
