package document_test

import (
	"errors"
	"image"
	"image/color"
	"image/draw"
	"strings"
	"testing"

	"truepenny/internal/biometrics/document"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/specimen"
)

// typed draws one line by itself, in OCR-B or in a typeface of its own.
func typed(t *testing.T, text string, typeface int) *image.RGBA {
	t.Helper()
	const pitch, height = 22.0, 44
	img := image.NewRGBA(image.Rect(0, 0, int(pitch*float64(len(text)))+20, height))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	if typeface < 0 {
		fonts(t).OCR(img, 10, 33, pitch, false, color.Black, text)
	} else {
		fonts(t).Typed(img, 10, 33, pitch, 22, typeface, color.Black, text)
	}
	return img
}

const secondLine = "L898902C36UTO7408122F1204159ZE184226B<<<<<10" // Doc 9303-4, appendix A

func TestASingleLineIsReadInEveryFace(t *testing.T) {
	for typeface := -1; typeface < specimen.Typefaces; typeface++ {
		got, err := reader(t).ReadLine(typed(t, secondLine, typeface))
		if err != nil || got.Text != secondLine {
			t.Errorf("face %d: read %q, %v", typeface, got.Text, err)
		}
		if got.Format != document.TD3 || got.Part != 1 || len(got.Checks) != 5 {
			t.Errorf("face %d: held for line %d of %s with %d check digits", typeface, got.Part, got.Format, len(got.Checks))
		}
	}
}

func TestALineCutOffAtItsEndIsReadAsFarAsItGoes(t *testing.T) {
	want := secondLine[:42]
	got, err := reader(t).ReadLine(typed(t, want, -1))
	if err != nil || got.Text != want {
		t.Errorf("read %q, %v", got.Text, err)
	}
	if got.Sure {
		t.Error("a line that is cut off is called sure")
	}
}

func TestAWrongCheckDigitIsReadAsPrintedAndNeverSure(t *testing.T) {
	printed := strings.Replace(secondLine, "7408122", "7408127", 1)
	got, err := reader(t).ReadLine(typed(t, printed, -1))
	if err != nil || got.Text != printed {
		t.Fatalf("read %q, %v", got.Text, err)
	}
	if got.Sure || len(got.Corrected) > 0 {
		t.Errorf("sure %v, corrected %v", got.Sure, got.Corrected)
	}
}

func TestALineOfNoFormatIsReadAsItStands(t *testing.T) {
	want := "LND200416000201"
	got, err := reader(t).ReadLine(typed(t, want, -1))
	if err != nil || got.Text != want || got.Format != "" || got.Sure {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestPaperWithoutPrintIsNoLine(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 800, 40))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	if got, err := reader(t).ReadLine(img); !errors.Is(err, document.ErrNoZone) {
		t.Errorf("read %q, %v", got.Text, err)
	}
	if _, err := reader(t).ReadLine(picture.Resize(img, 1, 1)); !errors.Is(err, document.ErrNoZone) {
		t.Errorf("one pixel: %v", err)
	}
}
