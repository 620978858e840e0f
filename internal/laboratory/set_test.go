package laboratory

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/testkit"
)

func TestAnUploadedSetIsSealedAndNamesNobody(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store, withTones)
		set := h.added(t, crowd(6))
		if set.State != Ready || set.Kind != Face || set.Pictures != 12 || set.People != 6 || len(set.Columns) != 1 || set.Columns[0] != "group" {
			t.Fatalf("%+v", set)
		}
		items := must(h.parts.Vault.Describe(t.Context(), set.ID))(t)
		if len(items) != 13 { // the pictures and the labels; the upload is gone
			t.Errorf("%d items are sealed", len(items))
		}
		for _, i := range items {
			if !i.KeepUntil.Equal(set.ExpiresAt) {
				t.Errorf("%s is kept until %v", i.Slot.Column, i.KeepUntil)
			}
		}
	})
}

func TestNoNameOfAFileOrPersonIsOnTheDisk(t *testing.T) {
	dir := t.TempDir()
	store := testkit.Open(t, "sqlite:"+testkit.StorePath(dir))
	ok(t, store.Migrate(t.Context()))
	h := newHouse(t, store, withTones)
	files := crowd(4)
	files["Person A0/mark.jpg"] = plain(1, 2, 3)
	files[manifestName] = append(files[manifestName], "Person A0/mark.jpg,Waldemar Unverwechselbar,left\n"...)
	set := h.added(t, files)
	run := h.finished(t, Face, set.ID, Options{})
	if strings.Contains(string(run.Report), "Person") {
		t.Error("the report names a file or a person")
	}
	entries, err := os.ReadDir(dir)
	ok(t, err)
	for _, e := range entries {
		raw, err := os.ReadFile(filepath.Join(dir, e.Name()))
		ok(t, err)
		if bytes.Contains(raw, []byte("Unverwechselbar")) || bytes.Contains(raw, []byte("mark.jpg")) {
			t.Errorf("%s holds a name", e.Name())
		}
	}
}

func TestPicturesGoAtTheirDayAndReportsStay(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store, withTones)
		set := h.added(t, crowd(6))
		run := h.finished(t, Face, set.ID, Options{})
		h.Clock.Advance(31 * 24 * time.Hour)
		n, err := h.Source().Expire(t.Context(), audit.System("retention"), h.Clock.Now())
		if err != nil || n != 1 {
			t.Fatal(n, err)
		}
		if items := must(h.parts.Vault.Describe(t.Context(), set.ID))(t); len(items) > 0 {
			t.Errorf("%d items are still there", len(items))
		}
		if now := must(h.Set(t.Context(), h.ada, set.ID))(t); now.State != Ended || now.EndedAt.IsZero() {
			t.Errorf("%+v", now)
		}
		if now := must(h.Run(t.Context(), h.ada, run.ID))(t); len(now.Report) == 0 {
			t.Error("the report is gone too")
		}
		_, err = h.Start(t.Context(), h.lea, Face, set.ID, Options{})
		want(t, err, errs.Conflict, "lab.set.not-ready")
		if n, err := h.Source().Expire(t.Context(), audit.System("retention"), h.Clock.Now()); n != 0 || err != nil {
			t.Error("ended twice", n, err)
		}
	})
}

func TestASetThatCannotBeReadSaysWhyAndKeepsNothing(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withTones)
	for name, c := range map[string]struct {
		change func(files map[string][]byte)
		reason string
		line   int
	}{
		"missing": {func(f map[string][]byte) { f[manifestName] = []byte("file,subject\na.jpg,A\nb.jpg,B\n") }, "lab.file.missing", 2},
		"unreadable": {func(f map[string][]byte) {
			f["x.jpg"] = []byte("no picture")
			f[manifestName] = append(f[manifestName], "x.jpg,X,left\n"...)
		}, "lab.file.unreadable", 10},
		"outside": {func(f map[string][]byte) { f[manifestName] = []byte("file,subject\n../a.jpg,A\n") }, "lab.labels.name", 2},
		"twice":   {func(f map[string][]byte) { f[manifestName] = []byte("file,subject\na.jpg,A\na.jpg,B\n") }, "lab.labels.twice", 3},
		"columns": {func(f map[string][]byte) { f[manifestName] = []byte("picture,who\na.jpg,A\n") }, "lab.labels.columns", 1},
		"empty":   {func(f map[string][]byte) { f[manifestName] = []byte("file,subject\n") }, "lab.labels.empty", 0},
		"quotes":  {func(f map[string][]byte) { f[manifestName] = []byte("file,subject\n\"a.jpg,A\n") }, "lab.labels.csv", 2},
	} {
		files := crowd(4)
		c.change(files)
		set := h.added(t, files)
		if set.State != Refused || set.Reason != c.reason || set.Line != c.line {
			t.Errorf("%s: %s %q line %d", name, set.State, set.Reason, set.Line)
		}
		if items := must(h.parts.Vault.Describe(t.Context(), set.ID))(t); len(items) > 0 {
			t.Errorf("%s: %d items are kept", name, len(items))
		}
	}
}

func TestWhatIsNoSetIsRefusedBesideTheField(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withTones)
	bomb := map[string][]byte{manifestName: []byte("file,subject\na.jpg,A\n"), "a.jpg": make([]byte, 10<<20)}
	for name, c := range map[string]struct {
		raw    []byte
		reason string
	}{
		"no zip":    {[]byte("hello"), "lab.zip.unreadable"},
		"no labels": {zipped(t, map[string][]byte{"a.jpg": plain(1, 2, 3)}), "lab.labels.missing"},
		"bomb":      {zipped(t, bomb), "lab.zip.bomb"},
		"outside":   {zipped(t, map[string][]byte{"../../etc/passwd": []byte("x"), manifestName: []byte("file,subject\na,A\n")}), "lab.zip.path"},
		"backslash": {zipped(t, map[string][]byte{`..\x`: []byte("x")}), "lab.zip.path"},
		"too large": {zipped(t, map[string][]byte{"a.jpg": noise(mostFile + 1)}), "lab.zip.file"},
	} {
		_, err := h.AddZip(t.Context(), h.lea, about(h), c.raw)
		if errs.CodeOf(err) != errs.Invalid || errs.FieldsOf(err)["zip"] != c.reason {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// noise does not shrink.
func noise(n int) []byte {
	out, x := make([]byte, n), uint32(1)
	for i := range out {
		x = x*1664525 + 1013904223
		out[i] = byte(x >> 24)
	}
	return out
}

func TestOnlyLeadsAndAdministratorsAddSets(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withTones)
	raw := zipped(t, crowd(3))
	for _, who := range []audit.Actor{h.petra, h.ada, h.ann, audit.Nobody()} {
		_, err := h.AddZip(t.Context(), who, about(h), raw)
		want(t, err, errs.Forbidden, "lab.role")
	}
	for _, who := range []audit.Actor{h.ann, audit.Nobody()} {
		_, err := h.Sets(t.Context(), who)
		want(t, err, errs.Forbidden, "forbidden")
	}
	n := about(h)
	n.Name, n.Origin, n.Basis, n.Expires = " ", strings.Repeat("x", 501), "hearsay", h.Clock.Now().Add(3*365*24*time.Hour)
	_, err := h.AddZip(t.Context(), h.lea, n, raw)
	if f := errs.FieldsOf(err); f["name"] != "form.required" || f["origin"] != "form.too-long" || f["basis"] != "form.choose" || f["expires"] != "lab.expires.far" {
		t.Errorf("%v", err)
	}
}

func TestAFolderIsAddedAtOnceByTheCommand(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withTones)
	steps := 0
	wrapped := map[string][]byte{}
	for name, raw := range crowd(30) {
		wrapped["outer/"+name] = raw
	}
	set, err := h.AddFolder(t.Context(), about(h), folder(wrapped), func(done, total int) { steps = done * 1000 / total })
	if err != nil || set.State != Ready || set.Pictures != 60 || steps != 1000 {
		t.Fatalf("%+v %v, %d", set, err, steps)
	}
	_, err = h.AddFolder(t.Context(), about(h), folder(map[string][]byte{manifestName: []byte("file,subject\ngone.jpg,A\n")}), func(int, int) {})
	if err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("%v", err)
	}
}

func TestReadingGoesOnAfterTheProgramWasStopped(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withTones)
	set, err := h.AddZip(t.Context(), h.lea, about(h), zipped(t, crowd(30)))
	ok(t, err)
	stopped, cancel := context.WithCancel(t.Context())
	b, err := openZip(zipped(t, crowd(30)))
	ok(t, err)
	err = h.fill(stopped, reader, set, b, func(int, int) { cancel() }) // killed after the first pictures
	if err == nil {
		t.Fatal("it did not stop")
	}
	_, err = h.Queue.Drain(t.Context())
	ok(t, err)
	if set = must(h.Set(t.Context(), h.lea, set.ID))(t); set.State != Ready || set.Pictures != 60 {
		t.Fatalf("%+v", set)
	}
	if items := must(h.parts.Vault.Describe(t.Context(), set.ID))(t); len(items) != 61 {
		t.Errorf("%d items", len(items))
	}
}

func FuzzAnUploadIsReadOrRefused(f *testing.F) {
	f.Add(zipped(f, crowd(2)))
	f.Add(zipped(f, map[string][]byte{"a/labels.csv": []byte("image,format,line1,line2,line3\nx.jpg,TD3,A,B,\n")}))
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		b, err := openZip(raw)
		if err != nil {
			return
		}
		l, err := readLabels(b.name, b.raw)
		if err != nil {
			return
		}
		for _, name := range l.files {
			if strings.Contains(name, "..") && !plainName(name) || strings.HasPrefix(name, "/") {
				t.Errorf("%q leads out", name)
			}
			if content, err := readFile(b.files, name, mostFile); err == nil && len(content) > mostFile {
				t.Errorf("%q has %d bytes", name, len(content))
			}
		}
	})
}

func FuzzLabelsLoseEveryName(f *testing.F) {
	f.Add(manifestName, []byte("file,subject,age\na/b.jpg,Ann,20\nc.jpg,Ben,30\n"))
	f.Add(labelsName, []byte("file,person,kind,attack\nx.mp4,Ann,live,\n"))
	f.Fuzz(func(t *testing.T, name string, raw []byte) {
		l, err := readLabels(name, raw)
		if err != nil {
			return
		}
		ids := make([]string, len(l.files))
		for i := range ids {
			ids[i] = "lpf_" + itoa(int64(i))
		}
		out, err := l.renamed(ids)
		if err != nil {
			t.Fatal(err)
		}
		again, err := readLabels(name, out)
		if err != nil || len(again.files) != len(l.files) || again.kind != l.kind {
			t.Fatalf("%v\n%s", err, out)
		}
		for _, file := range again.files {
			if !strings.HasPrefix(file, "lpf_") {
				t.Errorf("%q stayed", file)
			}
		}
	})
}
