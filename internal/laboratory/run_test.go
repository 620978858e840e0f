package laboratory

import (
	"context"
	"encoding/json"
	"errors"
	"image"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/biometrics/face"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/inference/enginetest"
	"truepenny/internal/lab"
	"truepenny/internal/testkit"
)

// numbers takes away what may differ between two runs of the same thing: when,
// how fast, and under which names files and people stand.
func numbers(t *testing.T, raw []byte) map[string]any {
	t.Helper()
	var m map[string]any
	ok(t, json.Unmarshal(raw, &m))
	for _, key := range []string{"at", "seconds", "ms_per_image", "cached", "set", "s_per_document", "missed", "false_matches", "false_non_matches", "seed"} {
		delete(m, key)
	}
	return m
}

func TestThePageGivesTheNumbersOfTheCommand(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store, withTones)
		files := crowd(20)
		run := h.finished(t, Face, h.added(t, files).ID, Options{Seed: 7})
		set, err := lab.ReadSet(write(t, files))
		ok(t, err)
		byCommand, err := lab.Face(t.Context(), h.parts.Faces, set, lab.Options{Clock: clock.System, Seed: 7})
		ok(t, err)
		raw, err := json.Marshal(byCommand)
		ok(t, err)
		got, want := numbers(t, run.Report), numbers(t, raw)
		for key := range want {
			if key != "calibration" && !reflect.DeepEqual(got[key], want[key]) {
				t.Errorf("%s: the page says %v, the command %v", key, got[key], want[key])
			}
		}
		if run.Network != "toned" || run.Version != "1" || run.Fingerprint != "these" || run.Code == "" || run.Machine == "" || run.Seed != 7 {
			t.Errorf("made with %+v", run)
		}
	})
}

func TestThePageGivesTheNumbersOfTheCommandOnRealFaces(t *testing.T) {
	dir := enginetest.Shared(t, "face-london")
	h := newHouse(t, testkit.Store(t), realFaces(t))
	set, err := h.AddFolder(t.Context(), about(h), os.DirFS(dir), func(int, int) {})
	ok(t, err)
	run := h.finished(t, Face, set.ID, Options{Seed: 1})
	onDisk, err := lab.ReadSet(dir)
	ok(t, err)
	byCommand, err := lab.Face(t.Context(), h.parts.Faces, onDisk, lab.Options{Clock: clock.System, Seed: 1})
	ok(t, err)
	var byPage lab.FaceReport
	ok(t, json.Unmarshal(run.Report, &byPage))
	if byPage.EER != byCommand.EER || byPage.FMR != byCommand.FMR || byPage.FNMR != byCommand.FNMR || byPage.Genuine != byCommand.Genuine ||
		byPage.Impostor != byCommand.Impostor || !reflect.DeepEqual(byPage.DET, byCommand.DET) {
		t.Errorf("the page says EER %v FMR %v FNMR %v, the command %v %v %v", byPage.EER, byPage.FMR, byPage.FNMR, byCommand.EER, byCommand.FMR, byCommand.FNMR)
	}
}

func TestDocumentsAreMeasuredFromThePageAsByTheCommand(t *testing.T) {
	dir := enginetest.Shared(t, "document-mrz-specimens")
	files := map[string][]byte{}
	for _, name := range []string{"labels.csv", "imgjs_id1.jpg", "kyc_France_-_ePassport__2019___014.jpg"} {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		ok(t, err)
		files[name] = raw
	}
	labels, err := readLabels(labelsName, files[labelsName])
	ok(t, err)
	kept := "image,format,line1,line2,line3\n"
	for _, row := range labels.rows {
		if files[row[labels.file]] != nil {
			kept += row[0] + "," + row[2] + "," + row[4] + "," + row[5] + "," + row[6] + "\n"
		}
	}
	kept += "imgjs_id1.jpg,TD3,P<UTOWRONG,LABEL,\n" // one that cannot be right
	files[labelsName] = []byte(kept)
	h := newHouse(t, testkit.Store(t))
	run := h.finished(t, Document, h.added(t, files).ID, Options{})
	byCommand, err := lab.Document(t.Context(), write(t, files), clock.System)
	ok(t, err)
	raw, err := json.Marshal(byCommand)
	ok(t, err)
	if got, want := numbers(t, run.Report), numbers(t, raw); !reflect.DeepEqual(got, want) {
		t.Errorf("the page says %v, the command %v", got, want)
	}
	if run.Failures == 0 || run.failuresItem == "" {
		t.Errorf("what was read wrong is not kept beside the pictures: %+v", run)
	}
	cases := must(h.DocumentCases(t.Context(), h.lea, run.ID))(t)
	if len(cases) != run.Failures || len(cases[0].Image) < 20 {
		t.Errorf("%+v", cases)
	}
}

// halting fails or waits after a number of pictures.
type halting struct {
	lab.Describer
	after int
	seen  *int
	do    func()
}

func (e halting) Describe(img *image.RGBA, f face.Face) (face.Descriptor, error) {
	if *e.seen++; *e.seen == e.after {
		e.do()
	}
	return e.Describer.Describe(img, f)
}

func TestARunGoesOnWhereTheProgramWasStopped(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withTones)
	set := h.added(t, crowd(120))
	whole := h.finished(t, Face, set.ID, Options{Seed: 3})

	stopped, stop := context.WithCancel(t.Context())
	seen := 0
	h.Service.faces = halting{toned{}, 150, &seen, stop}
	run, err := h.Start(t.Context(), h.lea, Face, set.ID, Options{Seed: 3})
	ok(t, err)
	_, err = h.Queue.Drain(stopped)
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("the job ended with %v", err)
	}
	half := must(h.Run(t.Context(), h.lea, run.ID))(t)
	if half.State != Running || half.keptItem == "" || half.Done < 100 {
		t.Fatalf("%+v", half)
	}
	seen = 1000
	_, err = h.Queue.Drain(t.Context())
	ok(t, err)
	again := must(h.Run(t.Context(), h.lea, run.ID))(t)
	if again.State != Done || again.Resumed != 1 || again.keptItem != "" {
		t.Fatalf("%s resumed %d kept %q: %s", again.State, again.Resumed, again.keptItem, again.Message)
	}
	if fresh := seen - 1000; fresh >= 240 {
		t.Errorf("%d pictures were described again", fresh)
	}
	if got, want := numbers(t, again.Report), numbers(t, whole.Report); !reflect.DeepEqual(got["det"], want["det"]) || got["eer"] != want["eer"] {
		t.Error("a run that was resumed gives other numbers")
	}
	for _, item := range must(h.parts.Vault.Describe(t.Context(), set.ID))(t) {
		if item.Slot.Column == "kept_item" {
			t.Error("descriptors stayed after the run")
		}
	}
}

func TestACancelledRunEndsAndKeepsNothing(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withTones)
	set := h.added(t, crowd(40))
	seen := 0
	var id string
	h.Service.faces = halting{toned{}, 30, &seen, func() { ok(t, h.Cancel(t.Context(), h.adam, id)) }}
	run, err := h.Start(t.Context(), h.lea, Face, set.ID, Options{})
	ok(t, err)
	id = run.ID
	next, err := h.Start(t.Context(), h.lea, Face, set.ID, Options{})
	ok(t, err)
	_, err = h.Queue.Drain(t.Context())
	ok(t, err)
	if run = must(h.Run(t.Context(), h.lea, run.ID))(t); run.State != Cancelled || run.keptItem != "" || len(run.Report) > 0 {
		t.Errorf("%+v", run)
	}
	if next = must(h.Run(t.Context(), h.lea, next.ID))(t); next.State != Done {
		t.Errorf("the run after it is %s", next.State)
	}
	want(t, h.Cancel(t.Context(), h.lea, run.ID), errs.Conflict, "lab.run.over")
	want(t, h.Cancel(t.Context(), h.ada, next.ID), errs.Forbidden, "lab.role")
}

func TestARunWhoseProcessDiedIsTakenUpAgain(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withTones)
	set := h.added(t, crowd(10))
	run, err := h.Start(t.Context(), h.lea, Face, set.ID, Options{})
	ok(t, err)
	_, found, err := h.claim(t.Context(), "job_of_a_process_that_died") // and its job with it
	if err != nil || !found {
		t.Fatal(found, err)
	}
	h.Clock.Advance(time.Hour)
	ok(t, h.Queue.Schedule(t.Context()))
	_, err = h.Queue.Drain(t.Context())
	ok(t, err)
	if run = must(h.Run(t.Context(), h.lea, run.ID))(t); run.State != Done || run.Resumed != 1 {
		t.Errorf("%s, resumed %d", run.State, run.Resumed)
	}
}

func TestARunThatCannotBeMeasuredSaysSo(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withTones)
	files := map[string][]byte{"a.jpg": plain(9, 9, 9), manifestName: []byte("file,subject\na.jpg,A\n")}
	set := h.added(t, files)
	run, err := h.Start(t.Context(), h.lea, Face, set.ID, Options{})
	ok(t, err)
	_, err = h.Queue.Drain(t.Context())
	ok(t, err)
	if run = must(h.Run(t.Context(), h.lea, run.ID))(t); run.State != Failed || run.Reason != "lab.run.failed" || run.Message == "" {
		t.Errorf("%+v", run)
	}
	_, err = h.Start(t.Context(), h.lea, Document, set.ID, Options{})
	want(t, err, errs.Conflict, "lab.kind.unfit")
	_, err = h.Start(t.Context(), h.lea, Face, "", Options{Gallery: 1000, Probes: 100})
	if errs.FieldsOf(err)["set"] == "" {
		t.Errorf("faces of nobody: %v", err)
	}
	_, err = h.Start(t.Context(), h.ada, Face, set.ID, Options{})
	want(t, err, errs.Forbidden, "lab.role")
}

func TestPicturesOfErrorsAreOpenedForTheLogAndNoOthers(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withTones)
	files := crowd(30)
	files["white.jpg"] = plain(255, 255, 255)
	files[manifestName] = append(files[manifestName], "white.jpg,Person 1,left\n"...)
	set := h.added(t, files)
	run := h.finished(t, Face, set.ID, Options{})
	var r lab.FaceReport
	ok(t, json.Unmarshal(run.Report, &r))
	if len(r.Missed) != 1 {
		t.Fatalf("%+v", r.Missed)
	}
	id := FileID(r.Missed[0].File)
	if raw, err := h.Picture(t.Context(), h.petra, run.ID, id); err != nil || len(raw) == 0 {
		t.Fatal(err)
	}
	rows := must(h.Log.List(t.Context(), audit.Filter{Action: "vault.opened", ActorID: h.petra.ID}))(t)
	if len(rows) != 1 || rows[0].Reason != "lab.failure" || rows[0].Purpose != "lab-measurement" {
		t.Errorf("%+v", rows)
	}
	_, err := h.Picture(t.Context(), h.ada, run.ID, id)
	want(t, err, errs.Forbidden, "lab.role")
	named := map[string]bool{id: true}
	for _, p := range append(r.FalseMatches, r.FalseNonMatches...) {
		named[FileID(p.A)], named[FileID(p.B)] = true, true
	}
	for _, f := range must(h.filesOf(t.Context(), set.ID))(t) {
		if !named[f.ID] {
			_, err := h.Picture(t.Context(), h.lea, run.ID, f.ID)
			want(t, err, errs.NotFound, "not-found")
		}
	}
	ok(t, h.EndSet(t.Context(), h.petra, set.ID))
	_, err = h.Picture(t.Context(), h.lea, run.ID, id)
	want(t, err, errs.NotFound, "vault.gone")
}

func TestBarCodesAreMeasuredFromThePageAsByTheCommand(t *testing.T) {
	dir := enginetest.Shared(t, "barcode-pdf417")
	files := map[string][]byte{}
	for _, name := range []string{"01.png", "01.txt", "03.png", "03.txt"} {
		raw, err := os.ReadFile(filepath.Join(dir, "pdf417-1", name))
		ok(t, err)
		files["one/"+name] = raw
	}
	h := newHouse(t, testkit.Store(t))
	set := h.added(t, files)
	if set.Kind != Barcode || set.Pictures != 4 {
		t.Fatalf("%+v", set)
	}
	run := h.finished(t, Barcode, set.ID, Options{})
	byCommand, err := lab.Barcode(t.Context(), write(t, files), clock.System)
	ok(t, err)
	var byPage lab.BarcodeReport
	ok(t, json.Unmarshal(run.Report, &byPage))
	byPage.Seconds, byPage.Slowest, byPage.Set = byCommand.Seconds, byCommand.Slowest, byCommand.Set
	if byPage.Pictures != 2 || byPage.Read != byCommand.Read || byPage.Tilted5 != byCommand.Tilted5 || byPage.Tilted10 != byCommand.Tilted10 || byPage.Wrong != byCommand.Wrong {
		t.Errorf("the page says %+v, the command %+v", byPage, byCommand)
	}
}
