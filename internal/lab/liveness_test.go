package lab

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/clock"
	"truepenny/internal/inference/enginetest"
	"truepenny/internal/specimen/sitter"
)

// livenessParts opens the networks and the people of the package face-api.
func livenessParts(t *testing.T) LivenessParts {
	t.Helper()
	rt := enginetest.Open(t)
	faces, err := face.Open(rt, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { faces.Close() })
	meshes, err := mesh.Open(rt, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { meshes.Close() })
	people, err := sitter.Portraits(filepath.Join(enginetest.Packages(t), "@vladmandic", "face-api", "demo"), faces)
	if err != nil {
		t.Fatal(err)
	}
	return LivenessParts{Faces: faces, Meshes: meshes, People: people[:7], Few: true}
}

// labelled is a folder with the files given.
func labelled(t *testing.T, files map[string][]byte) string {
	t.Helper()
	dir := t.TempDir()
	for name, raw := range files {
		if err := os.WriteFile(filepath.Join(dir, name), raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestGeneratedAttacksAreRefusedAndLivingPeoplePass(t *testing.T) {
	p := livenessParts(t)
	p.Only = []string{"still-photograph", "wrong-gestures", "late-gestures", "unordered-gestures", "replay-of-another-capture", puppetKind}
	picture, err := picture.EncodeJPEG(p.People[4].Image, 90)
	if err != nil {
		t.Fatal(err)
	}
	dir := labelled(t, map[string][]byte{"a.jpg": picture, "labels.csv": []byte("file,person,kind,attack\na.jpg,a,live,\n")})
	steps := 0
	r, err := Liveness(t.Context(), dir, p, Options{Clock: clock.System, Seed: 1, Progress: func(done, total int) { steps++ }})
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []LivenessPart{r.LivenessPart, r.WithoutLight} {
		if len(part.Attacks) != len(p.Only) || part.Live < fewPresentations {
			t.Fatalf("%d kinds, %d live", len(part.Attacks), part.Live)
		}
		if part.Attacks[0].Kind != puppetKind || part.Attacks[0].Accepted < fewPresentations*9/10 {
			t.Errorf("a rendered puppet passes, and must be said to: %+v", part.Attacks[0])
		}
		for _, a := range part.Attacks[1:] {
			if a.Accepted != 0 || a.Presented != fewPresentations || a.High < 0.2 {
				t.Errorf("%+v", a)
			}
		}
	}
	if len(r.Stills) != 1 || r.Stills[0].Faces != 1 || steps != r.Films || r.LiveReal.Pairs != 0 {
		t.Errorf("stills %+v, films %d of %d", r.Stills, steps, r.Films)
	}
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"set", "live", "bpcer", "attacks", "kind", "presented", "accepted", "iapar", "low", "high", "seed", "machine", "without_light"} {
		if !bytes.Contains(raw, []byte(`"`+key+`":`)) {
			t.Errorf("no key %s", key)
		}
	}
	var out bytes.Buffer
	if err := r.Print(&out); err != nil || !strings.Contains(out.String(), "rendered-puppet") {
		t.Errorf("%v %s", err, out.String())
	}
}

func TestFilmedClipsAreJudgedByWhatNeedsNoChallenge(t *testing.T) {
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		t.Skip("ffmpeg is not installed, so no video can be read")
	}
	dir := enginetest.Shared(t, "face-liveness")
	p := livenessParts(t)
	labels, err := livenessLabels(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	var r LivenessReport
	if _, err := r.real(t.Context(), os.DirFS(dir), labels, p); err != nil {
		t.Fatal(err)
	}
	if len(r.Clips) == 0 || len(r.Stills) == 0 {
		t.Fatal("nothing was judged")
	}
	for _, c := range r.Clips {
		t.Logf("%+v", c)
		if !c.Long || c.Accepted != c.Live {
			t.Errorf("%s: accepted %v, long enough %v, %s", c.File, c.Accepted, c.Long, c.Reason)
		}
	}
}

func TestLabelsOfClipsMustBeThereAndStayInTheirFolder(t *testing.T) {
	for name, labels := range map[string]string{
		"nothing": "", "other columns": "image,kind\n", "another kind": "file,person,kind,attack\na.mp4,a,maybe,\n", "outside": "file,person,kind,attack\n../a.mp4,a,live,\n",
	} {
		dir := labelled(t, map[string][]byte{"labels.csv": []byte(labels)})
		if _, err := livenessLabels(os.DirFS(dir)); !errors.Is(err, ErrLivenessLabels) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := livenessLabels(os.DirFS(t.TempDir())); !errors.Is(err, ErrLivenessLabels) {
		t.Errorf("no labels: %v", err)
	}
}
