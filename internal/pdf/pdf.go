package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"strconv"
	"time"

	"truepenny/internal/biometrics/picture"
	"truepenny/internal/biometrics/text"
	"truepenny/internal/bounded"
)

// What can be wrong with a file. ErrMissing says that poppler is not installed
// (Debian package poppler-utils).
var (
	ErrMissing  = errors.New("pdf: poppler's programs are not installed (Debian package poppler-utils)")
	ErrFormat   = errors.New("pdf: not a PDF file")
	ErrLocked   = errors.New("pdf: needs a password")
	ErrCorrupt  = errors.New("pdf: cannot be read")
	ErrTooLarge = errors.New("pdf: too large")
)

// Limits bound what one file may cost.
type Limits struct {
	Bytes  int           // of the file
	Pages  int           // that are read; later ones are left out
	Words  int           // in all
	Time   time.Duration // for each program
	Memory int           // bytes, for each program
	Pixels int           // of a drawn page
}

// DefaultLimits let through any bill or letter that a person would send.
var DefaultLimits = Limits{Bytes: 15 << 20, Pages: 20, Words: 40_000, Time: 20 * time.Second, Memory: 768 << 20, Pixels: 12e6}

// Reader runs the programs; safe for concurrent use.
type Reader struct {
	text, draw *bounded.Program
	limits     Limits
}

// Open finds the programs: pdftotext and pdftoppm of poppler.
func Open(lim Limits) (*Reader, error) {
	each := bounded.Limits{Time: lim.Time, Memory: lim.Memory, Output: mostOutput}
	text, err := bounded.Find("pdftotext", each)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrMissing, err)
	}
	draw, err := bounded.Find("pdftoppm", each)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrMissing, err)
	}
	return &Reader{text, draw, lim}, nil
}

// Is tells from its first bytes whether a file claims to be a PDF; the mark may
// stand anywhere in the first kilobyte (ISO 32000-1, annex H, note 13).
func Is(data []byte) bool {
	return bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-"))
}

// Read gives the words of the first pages with their places.
func (r *Reader) Read(ctx context.Context, data []byte) ([]text.Page, error) {
	out, err := r.run(ctx, data, r.text, "-bbox-layout", "-enc", "UTF-8", "-l", strconv.Itoa(r.limits.Pages), "-", "-")
	if err != nil {
		return nil, err
	}
	return parse(bytes.NewReader(out), r.limits)
}

// Draw gives one page, counted from 1, as a picture whose longer side has side pixels.
func (r *Reader) Draw(ctx context.Context, data []byte, page, side int) (*image.RGBA, error) {
	if page < 1 || page > r.limits.Pages || side < 1 || side*side > r.limits.Pixels {
		return nil, fmt.Errorf("%w: page %d at %d pixels", ErrTooLarge, page, side)
	}
	n := strconv.Itoa(page)
	out, err := r.run(ctx, data, r.draw, "-png", "-f", n, "-l", n, "-singlefile", "-scale-to", strconv.Itoa(side), "-")
	if err != nil {
		return nil, err
	}
	p, err := picture.Decode(out, picture.Limits{Bytes: mostOutput, Pixels: r.limits.Pixels, Side: side + 1})
	if err != nil {
		return nil, fmt.Errorf("%w: page %d: %w", ErrCorrupt, page, err)
	}
	return p.RGBA, nil
}

// mostOutput is how much a program may write, in bytes.
const mostOutput = 48 << 20

// run gives a program the file and returns what it writes.
func (r *Reader) run(ctx context.Context, data []byte, program *bounded.Program, args ...string) ([]byte, error) {
	switch {
	case !Is(data):
		return nil, ErrFormat
	case len(data) > r.limits.Bytes:
		return nil, fmt.Errorf("%w: %d bytes, at most %d", ErrTooLarge, len(data), r.limits.Bytes)
	}
	out, said, err := program.Run(ctx, data, args...)
	switch {
	case bytes.Contains(said, []byte("Incorrect password")):
		return nil, ErrLocked
	case errors.Is(err, bounded.ErrTime), errors.Is(err, bounded.ErrOutput):
		return nil, fmt.Errorf("%w: %w", ErrTooLarge, err)
	case errors.Is(err, context.Canceled):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	return out, nil
}
