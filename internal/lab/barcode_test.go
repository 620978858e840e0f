package lab

import (
	"bytes"
	"encoding/json"
	"errors"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/boombuler/barcode/pdf417"

	"truepenny/internal/clock"
)

// barcodeSet is a folder with the pictures and labels given; a picture's value
// is what its code says.
func barcodeSet(t *testing.T, pictures, labels map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range pictures {
		code, err := pdf417.Encode(text, 3)
		if err != nil {
			t.Fatal(err)
		}
		b := code.Bounds()
		img := image.NewRGBA(image.Rect(0, 0, 3*(b.Dx()+20), 3*(b.Dy()+20)))
		draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
		for y := range 3 * b.Dy() {
			for x := range 3 * b.Dx() {
				img.Set(x+30, y+30, code.At(x/3, y/3))
			}
		}
		var out bytes.Buffer
		if err := png.Encode(&out, img); err != nil {
			t.Fatal(err)
		}
		putFile(t, filepath.Join(dir, name), out.Bytes())
	}
	for name, text := range labels {
		putFile(t, filepath.Join(dir, name), []byte(text))
	}
	return dir
}

func putFile(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestBarcodesCountOnlyWhenTheyAreReadToTheLastCharacter(t *testing.T) {
	dir := barcodeSet(t, map[string]string{"a/01.png": "A specimen of a text", "a/02.png": "Another text", "03.png": "not labelled"},
		map[string]string{"a/01.txt": "A specimen of a text", "a/02.bin": "Another text."})
	r, err := Barcode(t.Context(), dir, clock.System)
	if err != nil {
		t.Fatal(err)
	}
	if r.Pictures != 2 || r.Read != 1 || r.Upright != 1 || r.Turn270 != 1 || r.Tilted5 != 1 || r.Tilted10 != 1 || r.Wrong != 8 || r.Unlabelled != 1 {
		t.Errorf("%+v", r)
	}
	var keys map[string]any
	raw, err := json.Marshal(r)
	if err != nil || json.Unmarshal(raw, &keys) != nil {
		t.Fatal(err)
	}
	for _, k := range []string{"pictures", "read", "read_tilted_5", "read_tilted_10"} {
		if _, ok := keys[k].(float64); !ok {
			t.Errorf("no number %q in %s", k, raw)
		}
	}
	var out strings.Builder
	if err := r.Print(&out); err != nil || !strings.Contains(out.String(), "02.png, upright: something else") || !strings.Contains(out.String(), "1 of 2 (50.0 %)") {
		t.Errorf("%s, %v", out.String(), err)
	}
}

func TestAMessageOverSeveralPicturesNeedsItsLabelOnce(t *testing.T) {
	dir := barcodeSet(t, map[string]string{"02-01.png": "whole", "02-02.png": "whole"}, map[string]string{"02.txt": "whole"})
	r, err := Barcode(t.Context(), dir, clock.System)
	if err != nil || r.Pictures != 2 || r.Read != 2 {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestLicenceTextsAreCounted(t *testing.T) {
	dir := barcodeSet(t, nil, map[string]string{
		"a.txt": "@\n\x1e\rANSI 636026100001DL00310200DLDCSSPECIMEN\nDACPAT\nDBB02281990\nDBA12052031\nDAQS1\nDAG1 SPECIMEN WAY\nDAISAMPLETOWN\nDAJAZ\n",
		"b.txt": "@\n\x1e\rANSI 636026100001DL00310200DLDCSSPECIMEN\n", "readme.txt": "something else"})
	r, err := Barcode(t.Context(), dir, clock.System)
	if err != nil || r.Licences == nil || r.Licences.Texts != 2 || r.Licences.Parsed != 1 || len(r.Licences.Failed) != 1 {
		t.Fatalf("%+v, %v", r.Licences, err)
	}
	var out strings.Builder
	if err := r.Print(&out); err != nil || !strings.Contains(out.String(), "b.txt: no given-names") {
		t.Errorf("%s, %v", out.String(), err)
	}
}

func TestAFolderWithoutBarcodesIsRefused(t *testing.T) {
	if _, err := Barcode(t.Context(), t.TempDir(), clock.System); !errors.Is(err, ErrBarcodes) {
		t.Error(err)
	}
}
