package specimen

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"os"
	"path/filepath"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/gomonobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// ErrFonts says that OCR-B was found in none of the folders. Debian's package
// fonts-ocr-b brings it.
var ErrFonts = errors.New("specimen: OCR-B fonts (OCRB.otf, OCRBS.otf) not found; Debian package fonts-ocr-b brings them")

// systemFolder is where Debian's fonts-ocr-b puts its files.
const systemFolder = "/usr/share/fonts/opentype/ocr-b"

// FontFiles are the files that set-up copies into the engine's font folder.
var FontFiles = []string{"OCRB.otf", "OCRBS.otf"}

// Fonts draws text. It is for one goroutine at a time.
type Fonts struct {
	round, sharp, regular, bold, italic, mono, monoBold *opentype.Font

	faces map[faceKey]font.Face
}

type faceKey struct {
	font *opentype.Font
	size float64
}

// OpenFonts reads OCR-B from the first of the folders that holds it, then from
// where Debian puts it. The other faces are compiled in.
func OpenFonts(folders ...string) (*Fonts, error) {
	f := &Fonts{faces: map[faceKey]font.Face{}}
	var err error
	for _, dir := range append(folders, systemFolder) {
		if f.round, err = parseFile(filepath.Join(dir, FontFiles[0])); err != nil {
			continue
		}
		if f.sharp, err = parseFile(filepath.Join(dir, FontFiles[1])); err == nil {
			break
		}
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFonts, err)
	}
	for _, c := range []struct {
		to  **opentype.Font
		ttf []byte
	}{{&f.regular, goregular.TTF}, {&f.bold, gobold.TTF}, {&f.italic, goitalic.TTF},
		{&f.mono, gomono.TTF}, {&f.monoBold, gomonobold.TTF}} {
		if *c.to, err = opentype.Parse(c.ttf); err != nil {
			return nil, fmt.Errorf("specimen: compiled-in font: %w", err)
		}
	}
	return f, nil
}

func parseFile(name string) (*opentype.Font, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return opentype.Parse(b)
}

func (f *Fonts) face(of *opentype.Font, size float64) font.Face {
	key := faceKey{of, size}
	if face, ok := f.faces[key]; ok {
		return face
	}
	// NewFace fails on no option that is used here: it only stores them.
	face, err := opentype.NewFace(of, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic(err)
	}
	f.faces[key] = face
	return face
}

// ocrAdvance is the width of every OCR-B glyph in ems.
const ocrAdvance = 0.723

// OCR draws one line in OCR-B with its base line at y and exactly pitch pixels
// from character to character, as a document printer does. Sharp chooses the
// cut with square stroke ends. Characters that OCR-B lacks leave a gap.
func (f *Fonts) OCR(dst draw.Image, x, y, pitch float64, sharp bool, c color.Color, line string) {
	// The x/image reader cannot follow one operator (flex1) in the round cut's
	// "8" and "<"; these two then come from the sharp cut, which has the same skeleton.
	size := pitch / ocrAdvance
	first, second := f.face(f.round, size), f.face(f.sharp, size)
	if sharp {
		first = second
	}
	for i, r := range []rune(line) {
		dot := fixed.Point26_6{X: toFixed(x + float64(i)*pitch), Y: toFixed(y)}
		dr, mask, mp, _, ok := first.Glyph(dot, r)
		if !ok {
			dr, mask, mp, _, ok = second.Glyph(dot, r)
		}
		if ok {
			draw.DrawMask(dst, dr, image.NewUniform(c), image.Point{}, mask, mp, draw.Over)
		}
	}
}

// Typefaces is how many faces Typed knows.
const Typefaces = 4

// Typed draws one line in a face that is not OCR-B, as some offices print their
// zones: a typewriter's (0, bold 1) or a sans-serif one (2, bold 3). Each
// character stands in the middle of its pitch; capitals are height pixels tall.
func (f *Fonts) Typed(dst draw.Image, x, y, pitch, height float64, typeface int, c color.Color, line string) {
	of := [Typefaces]*opentype.Font{f.mono, f.monoBold, f.regular, f.bold}[typeface]
	// Capitals of all four are 0.72 of the size.
	d := font.Drawer{Dst: dst, Src: image.NewUniform(c), Face: f.face(of, height/0.72)}
	for i, r := range line {
		wide := float64(d.MeasureString(string(r))) / 64
		d.Dot = fixed.Point26_6{X: toFixed(x + (float64(i)+0.5)*pitch - wide/2), Y: toFixed(y)}
		d.DrawString(string(r))
	}
}

func toFixed(v float64) fixed.Int26_6 { return fixed.Int26_6(v*64 + 0.5) }

// text draws with the base line at y and returns the x where it ends.
func (f *Fonts) text(dst draw.Image, of *opentype.Font, size, x, y float64, c color.Color, s string) float64 {
	d := font.Drawer{Dst: dst, Src: image.NewUniform(c), Face: f.face(of, size), Dot: fixed.Point26_6{X: toFixed(x), Y: toFixed(y)}}
	d.DrawString(s)
	return float64(d.Dot.X) / 64
}

func (f *Fonts) width(of *opentype.Font, size float64, s string) float64 {
	return float64(font.MeasureString(f.face(of, size), s)) / 64
}
