package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"os/exec"
	"strconv"
	"time"

	"truepenny/internal/biometrics/picture"
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
	text, draw, bound string
	limits            Limits
}

// Open finds the programs: pdftotext and pdftoppm of poppler, and prlimit of
// util-linux, without which none is started.
func Open(lim Limits) (*Reader, error) {
	r := &Reader{limits: lim}
	for _, p := range []struct {
		to   *string
		name string
	}{{&r.text, "pdftotext"}, {&r.draw, "pdftoppm"}, {&r.bound, "prlimit"}} {
		path, err := exec.LookPath(p.name)
		if err != nil {
			return nil, fmt.Errorf("%w: %s", ErrMissing, p.name)
		}
		*p.to = path
	}
	return r, nil
}

// Is tells from its first bytes whether a file claims to be a PDF; the mark may
// stand anywhere in the first kilobyte (ISO 32000-1, annex H, note 13).
func Is(data []byte) bool {
	return bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-"))
}

// Read gives the words of the first pages with their places.
func (r *Reader) Read(ctx context.Context, data []byte) ([]Page, error) {
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

// run gives a program the file and returns what it writes. Nothing of the file
// touches the disk.
func (r *Reader) run(ctx context.Context, data []byte, program string, args ...string) ([]byte, error) {
	switch {
	case !Is(data):
		return nil, ErrFormat
	case len(data) > r.limits.Bytes:
		return nil, fmt.Errorf("%w: %d bytes, at most %d", ErrTooLarge, len(data), r.limits.Bytes)
	}
	ctx, cancel := context.WithTimeout(ctx, r.limits.Time)
	defer cancel()
	seconds := strconv.Itoa(int(r.limits.Time.Seconds()) + 1)
	cmd := exec.CommandContext(ctx, r.bound, append([]string{"--as=" + strconv.Itoa(r.limits.Memory), "--cpu=" + seconds, "--nofile=64", program}, args...)...)
	cmd.Env = []string{"LC_ALL=C", "HOME=" + os.TempDir(), "PATH=" + os.Getenv("PATH")}
	cmd.Dir = os.TempDir()
	cmd.Stdin = bytes.NewReader(data)
	var said bytes.Buffer
	cmd.Stderr = &capped{w: &said, left: 4096}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	if err := cmd.Start(); err != nil && ctx.Err() == nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	got, readErr := io.ReadAll(io.LimitReader(out, mostOutput+1))
	if len(got) > mostOutput {
		cancel()
	}
	err = cmd.Wait()
	switch {
	case len(got) > mostOutput:
		return nil, fmt.Errorf("%w: what it holds", ErrTooLarge)
	case bytes.Contains(said.Bytes(), []byte("Incorrect password")):
		return nil, ErrLocked
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return nil, fmt.Errorf("%w: takes longer than %s", ErrTooLarge, r.limits.Time)
	case err != nil || readErr != nil:
		return nil, fmt.Errorf("%w: %w", ErrCorrupt, errors.Join(err, readErr))
	}
	return got, nil
}

// capped takes the beginning of what a program complains about.
type capped struct {
	w    io.Writer
	left int
}

func (c *capped) Write(b []byte) (int, error) {
	keep := b[:min(len(b), c.left)]
	c.left -= len(keep)
	if _, err := c.w.Write(keep); err != nil {
		return 0, err
	}
	return len(b), nil
}
