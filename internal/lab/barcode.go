package lab

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"truepenny/internal/biometrics/document/barcode"
	"truepenny/internal/biometrics/document/barcode/pdf417"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/clock"
)

// BarcodeReport says how many pictures of bar codes are read to the last
// character, as they are, turned and tilted. Counts are of Pictures.
type BarcodeReport struct {
	Set      string `json:"set"`
	Pictures int    `json:"pictures"` // that have a label
	Read     int    `json:"read"`     // the least of the four quarter turns
	Upright  int    `json:"read_0"`
	Turn90   int    `json:"read_90"`
	Turn180  int    `json:"read_180"`
	Turn270  int    `json:"read_270"`
	Tilted5  int    `json:"read_tilted_5"`  // the lesser of both senses
	Tilted10 int    `json:"read_tilted_10"` // likewise
	Rates    struct {
		Read     float64 `json:"read"`
		Tilted5  float64 `json:"read_tilted_5"`
		Tilted10 float64 `json:"read_tilted_10"`
	} `json:"rates"`
	Wrong      int             `json:"read_wrong"` // over all turns: codes whose content is not the label's
	Seconds    float64         `json:"s_per_picture"`
	Slowest    float64         `json:"s_slowest"`
	Unlabelled int             `json:"unlabelled"`
	Licences   *LicencesReport `json:"licence_texts,omitempty"` // where the folder holds any
	missed     []string
}

// ErrBarcodes says that a folder holds nothing to measure bar codes with.
var ErrBarcodes = errors.New("lab: no picture with the content of its bar code beside it (01.png and 01.txt or 01.bin; 02-01.png, 02-02.png and 02.txt when it is spread over several), and no licence texts")

// message is one label and the pictures that carry it.
type message struct {
	pictures []string
	want     []byte
	binary   bool
}

// Barcode reads every labelled picture below a folder, upright, at each quarter
// turn and tilted by 5 and 10 degrees. A message that is spread over several
// pictures counts for all of them, or for none when it is not whole.
func Barcode(ctx context.Context, dir string, c clock.Clock) (BarcodeReport, error) {
	return BarcodeFrom(ctx, filepath.Base(filepath.Clean(dir)), os.DirFS(dir), c)
}

// BarcodeFrom is Barcode on any tree of files.
func BarcodeFrom(ctx context.Context, name string, files fs.FS, c clock.Clock) (BarcodeReport, error) {
	r := BarcodeReport{Set: name}
	messages, err := r.messages(files)
	if err != nil {
		return r, err
	}
	if r.Licences, err = licences(files); err != nil {
		return r, err
	}
	if len(messages) == 0 && r.Licences == nil {
		return r, fmt.Errorf("%w: %s", ErrBarcodes, name)
	}
	tilted := func(degrees float64) func(*image.RGBA) *image.RGBA {
		return func(img *image.RGBA) *image.RGBA { return tilt(img, degrees) }
	}
	turned := func(quarters int) func(*image.RGBA) *image.RGBA {
		return func(img *image.RGBA) *image.RGBA { return picture.Rotate(img, quarters) }
	}
	var left, right [2]int
	for _, pass := range []struct {
		name string
		turn func(*image.RGBA) *image.RGBA
		read *int
	}{
		{"upright", turned(0), &r.Upright}, {"turned by 90", turned(1), &r.Turn90},
		{"turned by 180", turned(2), &r.Turn180}, {"turned by 270", turned(3), &r.Turn270},
		{"tilted by 5", tilted(5), &right[0]}, {"tilted by -5", tilted(-5), &left[0]},
		{"tilted by 10", tilted(10), &right[1]}, {"tilted by -10", tilted(-10), &left[1]},
	} {
		if *pass.read, err = r.pass(ctx, files, messages, pass.name, pass.turn, c); err != nil {
			return r, err
		}
	}
	r.Read = min(r.Upright, r.Turn90, r.Turn180, r.Turn270)
	r.Tilted5, r.Tilted10 = min(left[0], right[0]), min(left[1], right[1])
	if n := float64(r.Pictures); n > 0 {
		r.Rates.Read, r.Rates.Tilted5, r.Rates.Tilted10 = float64(r.Read)/n, float64(r.Tilted5)/n, float64(r.Tilted10)/n
		r.Seconds /= 8 * n
	}
	return r, nil
}

// messages finds the pictures and what they say.
func (r *BarcodeReport) messages(files fs.FS) ([]message, error) {
	byLabel := map[string]*message{}
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !slices.Contains([]string{".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp"}, strings.ToLower(filepath.Ext(path))) {
			return err
		}
		label, binary, err := labelOf(files, strings.TrimSuffix(path, filepath.Ext(path)))
		if err != nil {
			return err
		}
		if label == "" {
			r.Unlabelled++
			return nil
		}
		r.Pictures++
		if m := byLabel[label]; m != nil {
			m.pictures = append(m.pictures, path)
			return nil
		}
		want, err := fs.ReadFile(files, label)
		byLabel[label] = &message{[]string{path}, want, binary}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("lab: %w", err)
	}
	var out []message
	for _, m := range byLabel {
		out = append(out, *m)
	}
	slices.SortFunc(out, func(a, b message) int { return cmp.Compare(a.pictures[0], b.pictures[0]) })
	return out, nil
}

// labelOf finds the label of a picture, named like it or, when the picture is
// one of several, like all of them up to the hyphen.
func labelOf(files fs.FS, stem string) (file string, binary bool, err error) {
	stems := []string{stem}
	if i := strings.LastIndexByte(filepath.Base(stem), '-'); i > 0 {
		stems = append(stems, stem[:len(stem)-len(filepath.Base(stem))+i])
	}
	for _, s := range stems {
		for _, ext := range []string{".txt", ".bin"} {
			if _, err := fs.Stat(files, s+ext); err == nil {
				return s + ext, ext == ".bin", nil
			} else if !errors.Is(err, fs.ErrNotExist) {
				return "", false, err
			}
		}
	}
	return "", false, nil
}

// pass reads all messages with their pictures turned one way.
func (r *BarcodeReport) pass(ctx context.Context, files fs.FS, ms []message, name string, turn func(*image.RGBA) *image.RGBA, c clock.Clock) (read int, err error) {
	for _, m := range ms {
		var codes []pdf417.Content
		for _, file := range m.pictures {
			if err := ctx.Err(); err != nil {
				return 0, err
			}
			raw, err := fs.ReadFile(files, file)
			if err != nil {
				return 0, fmt.Errorf("lab: %w", err)
			}
			img, err := decode(raw)
			if err != nil {
				return 0, fmt.Errorf("lab: %w", err)
			}
			img = turn(img)
			begin := c.Now()
			for _, code := range barcode.Read(img) {
				codes = append(codes, code.Content)
			}
			took := c.Now().Sub(begin)
			r.Seconds += took.Seconds()
			r.Slowest = max(r.Slowest, took.Seconds())
		}
		said, wrong := m.judge(codes)
		if said {
			read += len(m.pictures)
		} else {
			r.missed = append(r.missed, fmt.Sprintf("%s, %s: %s", strings.Join(m.pictures, " "), name, notRead(codes)))
		}
		r.Wrong += wrong
	}
	return read, nil
}

func notRead(codes []pdf417.Content) string {
	if len(codes) == 0 {
		return "nothing was read"
	}
	return "something else, or not all of it, was read"
}

// judge says whether the codes of its pictures say the message, and how many
// say something else.
func (m message) judge(codes []pdf417.Content) (said bool, wrong int) {
	var parts []pdf417.Content
	for _, c := range codes {
		switch {
		case c.Macro != nil:
			parts = append(parts, c)
		case m.equal(c):
			said = true
		default:
			wrong++
		}
	}
	if len(parts) == 1 && len(m.pictures) == 1 && m.equal(parts[0]) {
		return true, wrong // the label is of this part alone
	}
	if len(parts) == 0 {
		return said, wrong
	}
	whole, err := pdf417.Join(parts)
	switch {
	case err == nil && m.equal(whole):
		said = true
	case err == nil:
		wrong++
	}
	return said, wrong
}

func (m message) equal(c pdf417.Content) bool {
	return bytes.Equal(c.Bytes, m.want) || !m.binary && c.Text == string(m.want)
}

// Print writes the report for people, with every picture that was not read.
func (r BarcodeReport) Print(out io.Writer) error {
	w := &strings.Builder{}
	if r.Pictures > 0 {
		fmt.Fprintf(w, "%s: %d pictures of bar codes with a label\n", r.Set, r.Pictures)
		for _, l := range []struct {
			name string
			n    int
		}{{"upright", r.Upright}, {"turned by 90 degrees", r.Turn90}, {"turned by 180 degrees", r.Turn180}, {"turned by 270 degrees", r.Turn270},
			{"tilted by 5 degrees", r.Tilted5}, {"tilted by 10 degrees", r.Tilted10}} {
			fmt.Fprintf(w, "  read, %-22s %d of %d (%.1f %%)\n", l.name, l.n, r.Pictures, 100*float64(l.n)/float64(r.Pictures))
		}
		fmt.Fprintf(w, "  read, but with other content %d\n", r.Wrong)
		fmt.Fprintf(w, "  seconds a picture            %.2f, slowest %.2f\n", r.Seconds, r.Slowest)
		fmt.Fprintf(w, "  tilted: the lesser of both senses, turned with cubic interpolation over white\n")
	}
	if r.Unlabelled > 0 {
		fmt.Fprintf(w, "  left out, no label           %d\n", r.Unlabelled)
	}
	r.Licences.print(w)
	if len(r.missed) > 0 {
		fmt.Fprintf(w, "\nNot read:\n  %s\n", strings.Join(r.missed, "\n  "))
	}
	_, err := io.WriteString(out, w.String())
	return err
}
