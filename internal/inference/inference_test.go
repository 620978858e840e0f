package inference_test

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"truepenny/internal/inference"
	"truepenny/internal/inference/convert"
	"truepenny/internal/inference/enginetest"
)

func load(t testing.TB, r *inference.Runtime, name string) *inference.Network {
	t.Helper()
	e, ok := r.Manifest().Network(name)
	if !ok {
		t.Fatalf("the manifest has no network %s", name)
	}
	n, err := r.Load(e.File, []string{convert.Input}, []string{convert.Output})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// pattern fills a tensor with values that no layer maps to a constant.
func pattern(shape ...int64) inference.Tensor {
	n := int64(1)
	for _, d := range shape {
		n *= d
	}
	t := inference.Tensor{Shape: shape, Data: make([]float32, n)}
	for i := range t.Data {
		t.Data[i] = float32(i*7919%256)/255 - 0.5
	}
	return t
}

func TestEveryNetworkLoadsAndGivesItsShape(t *testing.T) {
	r := enginetest.Open(t)
	for name, c := range map[string]struct{ in, out []int64 }{
		convert.Descriptor: {[]int64{1, 3, 150, 150}, []int64{1, 128}},
		convert.Detector:   {[]int64{1, 3, 416, 416}, []int64{1, 25, 13, 13}},
		convert.Landmarks:  {[]int64{1, 3, 112, 112}, []int64{1, 136}},
	} {
		out, err := load(t, r, name).Run(pattern(c.in...))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(out) != 1 || !equal(out[0].Shape, c.out) {
			t.Errorf("%s: shape %v, want %v", name, out[0].Shape, c.out)
		}
		for _, v := range out[0].Data {
			if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
				t.Fatalf("%s: output is not finite", name)
			}
		}
	}
}

func TestDetectorTakesASmallerInputToo(t *testing.T) {
	out, err := load(t, enginetest.Open(t), convert.Detector).Run(pattern(1, 3, 320, 320))
	if err != nil {
		t.Fatal(err)
	}
	if !equal(out[0].Shape, []int64{1, 25, 10, 10}) {
		t.Errorf("shape %v", out[0].Shape)
	}
}

func TestWrongInputIsAnErrorAndNotACrash(t *testing.T) {
	n := load(t, enginetest.Open(t), convert.Descriptor)
	if _, err := n.Run(pattern(1, 3, 149, 150)); err == nil {
		t.Error("a wrong side was accepted")
	}
	if _, err := n.Run(); err == nil {
		t.Error("no input was accepted")
	}
	short := pattern(1, 3, 10, 10)
	short.Shape = []int64{1, 3, 150, 150}
	if _, err := n.Run(short); err == nil {
		t.Error("too little data was accepted")
	}
}

func TestConcurrentRunsGiveTheSameValues(t *testing.T) {
	n := load(t, enginetest.Open(t), convert.Landmarks)
	in := pattern(1, 3, 112, 112)
	want, err := n.Run(in)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 5 {
				got, err := n.Run(in)
				if err != nil {
					t.Error(err)
					return
				}
				for i, v := range got[0].Data {
					if v != want[0].Data[i] {
						t.Errorf("value %d differs: %v, want %v", i, v, want[0].Data[i])
						return
					}
				}
			}
		})
	}
	wg.Wait()
}

func TestAfterCloseARunIsRefused(t *testing.T) {
	r := enginetest.Open(t)
	n := load(t, r, convert.Landmarks)
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := n.Run(pattern(1, 3, 112, 112)); err == nil {
		t.Error("a closed network ran")
	}
	if _, err := r.Load("x.onnx", nil, nil); err == nil {
		t.Error("a closed runtime loaded")
	}
	if err := r.Close(); err != nil {
		t.Errorf("second close: %v", err)
	}
}

func TestAMissingEngineNamesTheFix(t *testing.T) {
	_, err := inference.Open(t.TempDir())
	if !errors.Is(err, inference.ErrMissing) {
		t.Fatalf("error %v", err)
	}
	for _, word := range []string{"task engine", "TRUEPENNY_ENGINE"} {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q does not name %q", err, word)
		}
	}
}

func TestAFolderForAnotherPlatformIsRefused(t *testing.T) {
	dir := t.TempDir()
	zero := strings.Repeat("0", 64)
	raw := `{"runtime":{"file":"lib.so","sha256":"` + zero + `","platform":"plan9-mips"}}`
	for name, content := range map[string]string{inference.ManifestFile: raw, "lib.so": "x"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := inference.Open(dir); !errors.Is(err, inference.ErrMissing) || !strings.Contains(err.Error(), "plan9-mips") {
		t.Errorf("error %v", err)
	}
}

func TestAChangedNetworkIsRefused(t *testing.T) {
	source := enginetest.Open(t).Dir()
	dir := t.TempDir()
	files, err := os.ReadDir(source)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		// Links suffice: only one file is to differ.
		if err := os.Symlink(filepath.Join(source, f.Name()), filepath.Join(dir, f.Name())); err != nil {
			t.Fatal(err)
		}
	}
	name := convert.Landmarks + ".onnx"
	if err := os.Remove(filepath.Join(dir, name)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), []byte("not a network"), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := inference.Open(dir)
	if err == nil {
		defer r.Close()
		_, err = r.Load(name, []string{convert.Input}, []string{convert.Output})
	}
	if !errors.Is(err, inference.ErrMissing) {
		t.Errorf("error %v", err)
	}
}

func TestFolderPrefersTheSetting(t *testing.T) {
	if got := inference.Folder("elsewhere"); got != "elsewhere" {
		t.Errorf("folder %q", got)
	}
	t.Chdir(t.TempDir())
	if got := inference.Folder(""); got != filepath.Join("build", "engine") {
		t.Errorf("folder %q", got)
	}
}

func FuzzParseManifest(f *testing.F) {
	zero := strings.Repeat("0", 64)
	f.Add([]byte(`{"runtime":{"file":"lib.so","sha256":"` + zero + `"},"networks":[{"file":"a.onnx","sha256":"` + zero + `","name":"a","version":"1"}]}`))
	f.Add([]byte(`{"runtime":{"file":"../lib.so"}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := inference.ParseManifest(raw)
		if err != nil {
			return
		}
		for _, n := range m.Networks {
			if n.File != filepath.Base(n.File) || n.Name == "" {
				t.Errorf("accepted %+v", n)
			}
		}
	})
}

func equal(a, b []int64) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
