package ocr

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"slices"
	"strings"
	"time"

	"golang.org/x/image/draw"

	"truepenny/internal/biometrics/text"
	"truepenny/internal/bounded"
)

// What can be wrong. ErrMissing says that Tesseract is not installed (Debian
// package tesseract-ocr).
var (
	ErrMissing  = errors.New("ocr: Tesseract is not installed (Debian package tesseract-ocr)")
	ErrTooLarge = errors.New("ocr: the picture is too large")
	ErrFailed   = errors.New("ocr: the picture could not be read")
)

// Limits bound what one picture may cost.
type Limits struct {
	Pixels int
	Words  int
	Time   time.Duration
	Memory int // bytes
}

// DefaultLimits let through the photograph of a page.
var DefaultLimits = Limits{Pixels: 24e6, Words: 10_000, Time: 45 * time.Second, Memory: 1 << 30}

// wanted are the languages that are read where their models are installed, by
// Tesseract's names. Debian's package brings the first; others are packages of
// their own, such as tesseract-ocr-deu.
var wanted = []string{"eng", "deu", "fra", "nld", "spa", "ita"}

// Reader runs the program; safe for concurrent use.
type Reader struct {
	program   *bounded.Program
	languages string
	limits    Limits
}

// Open finds the program and the languages that it knows.
func Open(ctx context.Context, lim Limits) (*Reader, error) {
	p, err := bounded.Find("tesseract", bounded.Limits{Time: lim.Time, Memory: lim.Memory, Output: 16 << 20})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrMissing, err)
	}
	out, _, err := p.Run(ctx, nil, "--list-langs")
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrMissing, err)
	}
	known := strings.Fields(string(out))
	var have []string
	for _, name := range wanted {
		if slices.Contains(known, name) {
			have = append(have, name)
		}
	}
	if len(have) == 0 {
		return nil, fmt.Errorf("%w: it knows none of %s", ErrMissing, strings.Join(wanted, ", "))
	}
	return &Reader{p, strings.Join(have, "+"), lim}, nil
}

// smallSheet is the longer side, in pixels, of a picture of a page whose small
// print is likely to be too low to read: a page rarely fills the picture.
const smallSheet = 2400

// Layout says what a picture shows, which changes how lines are looked for
// (Tesseract's page segmentation modes).
type Layout string

const (
	Sheet Layout = "3" // a page with columns and blocks
	Block Layout = "6" // one block of text, such as a field of a card
	Row   Layout = "7" // one line
)

// Read gives the words of a picture that stands upright.
func (r *Reader) Read(ctx context.Context, img *image.RGBA, l Layout) (text.Page, error) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	if w < 1 || h < 1 || w*h > r.limits.Pixels {
		return text.Page{}, fmt.Errorf("%w: %d x %d pixels", ErrTooLarge, w, h)
	}
	if l == Sheet && max(w, h) < smallSheet { // small print is read better enlarged
		big := image.NewRGBA(image.Rect(0, 0, 2*w, 2*h))
		draw.CatmullRom.Scale(big, big.Rect, img, img.Rect, draw.Src, nil)
		img, w, h = big, 2*w, 2*h
	}
	out, _, err := r.program.Run(ctx, grey(img), "stdin", "stdout", "-l", r.languages, "--psm", string(l), "tsv")
	switch {
	case errors.Is(err, bounded.ErrTime), errors.Is(err, bounded.ErrOutput):
		return text.Page{}, fmt.Errorf("%w: %w", ErrTooLarge, err)
	case errors.Is(err, context.Canceled):
		return text.Page{}, err
	case err != nil:
		return text.Page{}, fmt.Errorf("%w: %w", ErrFailed, err)
	}
	return parse(bytes.NewReader(out), w, h, r.limits.Words)
}

// grey writes the picture as a PGM: no codec stands between the pixels and the
// program, and there is nothing of the upload left in it but its light.
func grey(img *image.RGBA) []byte {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	out := make([]byte, 0, w*h+32)
	out = fmt.Appendf(out, "P5\n%d %d\n255\n", w, h)
	for y := range h {
		row := img.Pix[img.PixOffset(img.Rect.Min.X, img.Rect.Min.Y+y):]
		for x := range w {
			p := row[4*x : 4*x+3]
			out = append(out, uint8((299*int(p[0])+587*int(p[1])+114*int(p[2])+500)/1000)) // ITU-R BT.601
		}
	}
	return out
}
