package laboratory

import (
	"archive/zip"
	"bytes"
	"image"
	"image/color"
	"math"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/inference/enginetest"
	"truepenny/internal/staff"
	"truepenny/internal/testkit/people"
	"truepenny/internal/testkit/vaults"
)

// house is the lab on a real database.
type house struct {
	*Service
	*people.People
	parts            Parts
	lea, adam, petra audit.Actor // a lead, an administrator, a privacy officer
	ada, ann         audit.Actor // an auditor, a reviewer
}

func newHouse(t *testing.T, store *db.Store, adjust ...func(*Parts)) *house {
	t.Helper()
	p := people.New(t, store)
	h := &house{People: p, parts: Parts{
		Store: store, Audit: p.Log, Vault: vaults.New(t, store, p.Log, p.Clock), Jobs: p.Queue, Clock: p.Clock, Fingerprint: "these",
	}}
	for _, f := range adjust {
		f(&h.parts)
	}
	h.Service = New(h.parts)
	member := func(name string, roles ...staff.Role) audit.Actor { return p.Member(t, name, roles...).Actor() }
	h.lea, h.adam = member("Lea Lead", staff.Lead), member("Adam Administrator", staff.Administrator)
	h.petra, h.ada = member("Petra Privacy", staff.Privacy), member("Ada Auditor", staff.Auditor)
	h.ann = member("Ann Reviewer", staff.Reviewer)
	return h
}

// realFaces plugs in the real networks.
func realFaces(t *testing.T) func(*Parts) {
	t.Helper()
	e, err := face.Open(enginetest.Open(t), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return func(p *Parts) { p.Faces = e }
}

// toned is a face engine whose descriptor of a picture is its colour: enough to
// count with, and as fast as a test with thousands of pairs needs.
type toned struct{ limits face.Thresholds }

func (toned) Find(img *image.RGBA) ([]face.Face, error) {
	if c := img.RGBAAt(0, 0); c.R > 250 && c.G > 250 && c.B > 250 {
		return nil, nil // white: nobody there
	}
	return []face.Face{{Box: face.Box{Width: 80, Height: 80}}}, nil
}

func (toned) Describe(img *image.RGBA, _ face.Face) (face.Descriptor, error) {
	c := img.RGBAAt(0, 0)
	values := []float32{float32(c.R) / 255, float32(c.G) / 255, float32(c.B) / 255}
	return face.Descriptor{Network: "toned", Version: "1", Values: values}, nil
}

func (toned) Network() (string, string) { return "toned", "1" }

func (e toned) Thresholds() face.Thresholds {
	if e.limits.Accept == 0 {
		return face.Thresholds{Accept: 0.1, Review: 0.2, Report: face.Report{Name: "built in"}}
	}
	return e.limits
}

func withTones(p *Parts) { p.Faces = toned{} }

// plain is a picture of one colour as PNG, so that it stays exact.
func plain(r, g, b uint8) []byte {
	img := image.NewRGBA(image.Rect(0, 0, 8, 8))
	for i := range 64 {
		img.Set(i%8, i/8, color.RGBA{r, g, b, 255})
	}
	data, err := picture.EncodeJPEG(img, 100)
	if err != nil {
		panic(err)
	}
	return data
}

// crowd is a set of n people with two pictures each, of two groups.
func crowd(n int) map[string][]byte {
	files := map[string][]byte{}
	manifest := "file,subject,group\n"
	for i := range n {
		a := 2 * math.Pi * float64(i) / float64(n)
		r, g := uint8(120+100*math.Cos(a)), uint8(120+100*math.Sin(a))
		for k := range 2 {
			name := "Person " + string(rune('A'+i%26)) + itoa(int64(i)) + "/" + itoa(int64(k)) + ".jpg"
			files[name] = plain(r, g, uint8(60+4*k))
			manifest += name + ",Person " + itoa(int64(i)) + "," + []string{"left", "right"}[i%2] + "\n"
		}
	}
	files[manifestName] = []byte(manifest)
	return files
}

func zipped(t testing.TB, files map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func folder(files map[string][]byte) fstest.MapFS {
	out := fstest.MapFS{}
	for name, content := range files {
		out[name] = &fstest.MapFile{Data: content}
	}
	return out
}

// write puts a set into a folder, for the command.
func write(t *testing.T, files map[string][]byte) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "crowd")
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func about(h *house) NewSet {
	return NewSet{Name: "crowd", Origin: "Drawn by the test", Basis: "made", Expires: h.Clock.Now().Add(30 * 24 * time.Hour)}
}

// added is a set that was uploaded and read.
func (h *house) added(t *testing.T, files map[string][]byte) Set {
	t.Helper()
	set, err := h.AddZip(t.Context(), h.lea, about(h), zipped(t, files))
	ok(t, err)
	_, err = h.Queue.Drain(t.Context())
	ok(t, err)
	return must(h.Set(t.Context(), h.lea, set.ID))(t)
}

// finished asks for a run and does it.
func (h *house) finished(t *testing.T, kind Kind, set string, o Options) Run {
	t.Helper()
	run, err := h.Start(t.Context(), h.lea, kind, set, o)
	ok(t, err)
	_, err = h.Queue.Drain(t.Context())
	ok(t, err)
	run = must(h.Run(t.Context(), h.lea, run.ID))(t)
	if run.State != Done {
		t.Fatalf("the run is %s: %s %s", run.State, run.Reason, run.Message)
	}
	return run
}

func want(t *testing.T, err error, code errs.Code, reason string) {
	t.Helper()
	if err == nil || errs.CodeOf(err) != code || errs.ReasonOf(err) != reason {
		t.Fatalf("got %v, want %s: %s", err, code, reason)
	}
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		ok(t, err)
		return v
	}
}
