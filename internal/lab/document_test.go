package lab

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"truepenny/internal/biometrics/picture"
	"truepenny/internal/clock"
)

// blankSet is a folder with one empty picture and the labels given.
func blankSet(t *testing.T, labels string) string {
	t.Helper()
	dir := t.TempDir()
	img := image.NewRGBA(image.Rect(0, 0, 200, 150))
	draw.Draw(img, img.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	data, err := picture.EncodeJPEG(img, 80)
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{"a.jpg": data, "labels.csv": []byte(labels)} {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestADocumentThatIsNotFoundCountsAsWrong(t *testing.T) {
	dir := blankSet(t, "image,format,line1,line2,line3\na.jpg,TD2,I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<,D231458907UTO7408122F1204159<<<<<<<6,\na.jpg,none,,,\na.jpg,not-transcribed,,,\n")
	r, err := Document(context.Background(), dir, clock.NewFixed(time.Unix(0, 0)))
	if err != nil {
		t.Fatal(err)
	}
	if r.Documents != 1 || r.Exact != 0 || r.ChecksOK != 0 || r.FalseSure != 0 || r.CharErrorRate < 1 || r.Without != 1 || r.FalseZones != 0 || r.Unlabelled != 1 {
		t.Errorf("%+v", r)
	}
	var out bytes.Buffer
	if err := r.Print(&out); err != nil || !strings.Contains(out.String(), "a.jpg: no zone found") {
		t.Errorf("%v\n%s", err, out.String())
	}
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"set", "documents", "exact", "checks_ok", "false_sure", "char_error_rate", "s_per_document"} {
		if !bytes.Contains(raw, []byte(`"`+key+`":`)) {
			t.Errorf("no key %s in %s", key, raw)
		}
	}
}

func TestLabelsMustBeThereAndStayInTheirFolder(t *testing.T) {
	for name, labels := range map[string]string{
		"no columns": "", "other columns": "file,text\na.jpg,x\n", "outside": "image,format,line1,line2,line3\n../a.jpg,none,,,\n",
	} {
		if _, err := Document(context.Background(), blankSet(t, labels), clock.System); !errors.Is(err, ErrLabels) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Document(context.Background(), t.TempDir(), clock.System); !errors.Is(err, ErrLabels) {
		t.Errorf("no labels: %v", err)
	}
}

// The bar of the reader on real specimens: nearly all right, and never surely wrong.
func TestTheReaderOnCollectedSpecimens(t *testing.T) {
	shared := os.Getenv("TRUEPENNY_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	dir := filepath.Join(shared, "data", "document-mrz-specimens")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the collected specimens are not on this machine (TRUEPENNY_SHARED)")
	}
	r, err := Document(context.Background(), dir, clock.System)
	if err != nil {
		t.Fatal(err)
	}
	if r.FalseSure != 0 {
		t.Errorf("%d surely wrong readings", r.FalseSure)
	}
	if r.Exact < 16.0/18 || r.FalseZones != 0 {
		t.Errorf("exact %.3f, zones where there are none: %d", r.Exact, r.FalseZones)
	}
}
