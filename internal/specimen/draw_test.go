package specimen

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"truepenny/internal/biometrics/document"
	"truepenny/internal/biometrics/document/aamva"
	"truepenny/internal/biometrics/document/barcode"
)

func fonts(t testing.TB) *Fonts {
	t.Helper()
	f, err := OpenFonts(filepath.Join("..", "..", "build", "engine", "fonts"))
	if err != nil {
		t.Skip("OCR-B is not installed on this machine; set-up brings it (Debian package fonts-ocr-b)")
	}
	return f
}

// head is a stand-in portrait: what matters here is where it lands.
func head() image.Image {
	img := image.NewRGBA(image.Rect(0, 0, 300, 400))
	draw.Draw(img, img.Bounds(), image.NewUniform(color.RGBA{200, 210, 220, 255}), image.Point{}, draw.Src)
	draw.Draw(img, image.Rect(80, 100, 220, 300), image.NewUniform(color.RGBA{220, 40, 40, 255}), image.Point{}, draw.Src)
	return img
}

func spec(k Kind) Spec {
	return Spec{Kind: k, Portrait: head(), Surname: "Traveller", GivenNames: "Specimen One", Number: "UT4711081", Sex: "F",
		Born:    time.Date(1984, 2, 29, 0, 0, 0, 0, time.UTC),
		Issued:  time.Date(2024, 5, 6, 0, 0, 0, 0, time.UTC),
		Expires: time.Date(2034, 5, 5, 0, 0, 0, 0, time.UTC)}
}

var kinds = []Kind{Passport, CardFront, CardBack, LicenceFront, LicenceBack, UtilityBill}

// keep writes the picture where TRUEPENNY_SPECIMENS says, to be looked at.
func keep(t *testing.T, name string, img image.Image) {
	dir := os.Getenv("TRUEPENNY_SPECIMENS")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
}

func TestEveryKindIsDrawnAndMarked(t *testing.T) {
	f := fonts(t)
	for _, k := range kinds {
		img, err := Draw(f, spec(k))
		if err != nil {
			t.Fatalf("%s: %v", k, err)
		}
		keep(t, string(k), img)
		if b := img.Bounds(); b.Dx() != 1240 || b.Dy() < 782 {
			t.Errorf("%s: %v", k, b)
		}
		// The mark is the only red print on these pages.
		if marked := count(img, func(c color.RGBA) bool { return c.R > 150 && c.G < 60 && c.B < 70 }); marked < 300 {
			t.Errorf("%s: %d pixels of the mark SPECIMEN", k, marked)
		}
	}
}

func count(img *image.RGBA, is func(color.RGBA) bool) int {
	n := 0
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			if is(img.RGBAAt(x, y)) {
				n++
			}
		}
	}
	return n
}

func TestThePortraitIsLargeEnoughForAFaceEngine(t *testing.T) {
	f := fonts(t)
	for _, k := range []Kind{Passport, CardFront, LicenceFront} {
		img, err := Draw(f, spec(k))
		if err != nil {
			t.Fatal(err)
		}
		// The red block is 140 of 300 pixels of the portrait given.
		if n := count(img, func(c color.RGBA) bool { return c == color.RGBA{220, 40, 40, 255} }); n < 150*200 {
			t.Errorf("%s: face of %d pixels in all", k, n)
		}
	}
}

func TestTheZoneVerifiesAndSaysWhatThePageSays(t *testing.T) {
	for k, format := range map[Kind]document.Format{Passport: document.TD3, CardBack: document.TD1} {
		m, err := spec(k).MRZ()
		if err != nil {
			t.Fatal(err)
		}
		if m.Format != format || !m.Verified() || m.IssuingState != "UTO" || m.Number != "UT4711081" || m.BirthDate != "840229" || m.Surname != "TRAVELLER" {
			t.Errorf("%s: %+v", k, m)
		}
	}
}

func TestDrawRefusesAnIncompleteSpec(t *testing.T) {
	f := fonts(t)
	faceless, nameless, long, odd := spec(Passport), spec(Passport), spec(Passport), spec("library card")
	faceless.Portrait, nameless.Surname, long.Number = nil, "", "UT47110812345"
	for name, s := range map[string]Spec{"no face": faceless, "no name": nameless, "unknown kind": odd} {
		if _, err := Draw(f, s); !errors.Is(err, ErrSpec) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Draw(f, long); !errors.Is(err, document.ErrMRZ) {
		t.Errorf("long number: %v", err)
	}
	if _, err := spec(UtilityBill).MRZ(); !errors.Is(err, ErrSpec) {
		t.Errorf("zone of a bill: %v", err)
	}
}

func TestTheSameShotGivesTheSamePixels(t *testing.T) {
	f := fonts(t)
	page, err := Draw(f, spec(Passport))
	if err != nil {
		t.Fatal(err)
	}
	shot := Casual(7)
	shot.Width, shot.Height = 400, 300
	a, err := Photograph(page, shot)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := Photograph(page, shot)
	shot.Seed = 8
	c, _ := Photograph(page, shot)
	if string(a.Pix) != string(b.Pix) {
		t.Error("the same seed gave another photograph")
	}
	if string(a.Pix) == string(c.Pix) {
		t.Error("another seed gave the same photograph")
	}
}

func TestPhotographsToLookAt(t *testing.T) {
	if os.Getenv("TRUEPENNY_SPECIMENS") == "" {
		t.Skip("set TRUEPENNY_SPECIMENS to a folder to get the pictures")
	}
	f := fonts(t)
	page, _ := Draw(f, spec(Passport))
	for name, s := range map[string]Shot{"casual": Casual(1), "turned": {Seed: 2, Turns: 1, Degrees: 3}, "glare": {Glare: 1}, "dark": {Light: 0.2, Noise: 8}, "blurred": {Blur: 4}} {
		img, err := Photograph(page, s)
		if err != nil {
			t.Fatal(err)
		}
		keep(t, "photo-"+name, img)
	}
}

func TestTheBarCodeOfALicenceSaysWhatItsFrontSays(t *testing.T) {
	f := fonts(t)
	s := spec(LicenceBack)
	page, err := Draw(f, s)
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(6) {
		shot := Casual(seed)
		shot.Width, shot.Height = 1280, 960
		photo, err := Photograph(page, shot)
		if err != nil {
			t.Fatal(err)
		}
		codes := barcode.Read(photo)
		if len(codes) != 1 {
			keep(t, fmt.Sprintf("licence-%d", seed), photo)
			t.Errorf("photograph %d: %d codes", seed, len(codes))
			continue
		}
		l, err := aamva.Parse(codes[0].Content.Text)
		if err != nil || l.FamilyName != "TRAVELLER" || l.GivenNames() != "SPECIMEN ONE" || l.Number != s.Number || !l.Born.Equal(s.Born) ||
			!l.Expires.Equal(s.Expires) || l.Address.City != "AMAUROT" || l.Elements["ZUA"] != "SPECIMEN" {
			t.Errorf("photograph %d: %+v, %v", seed, l, err)
		}
	}
}
