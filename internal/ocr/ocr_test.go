package ocr

import (
	"errors"
	"image"
	"image/color"
	"image/draw"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"truepenny/internal/biometrics/text"
)

func open(t testing.TB, lim Limits) *Reader {
	t.Helper()
	r, err := Open(t.Context(), lim)
	if errors.Is(err, ErrMissing) && os.Getenv("CI") != "true" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// sheet writes lines of print onto white paper.
func sheet(t testing.TB, lines ...string) *image.RGBA {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 900, 600))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	parsed, err := opentype.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: 32, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range lines {
		d := font.Drawer{Dst: img, Src: image.NewUniform(color.Black), Face: face, Dot: fixed.P(80, 100+60*i)}
		d.DrawString(line)
	}
	return img
}

func TestPrintedWordsAreReadWithTheirPlaces(t *testing.T) {
	page, err := open(t, DefaultLimits).Read(t.Context(), sheet(t, "Utopia Water and Light", "Date of invoice 14 March 2026"), Sheet)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, l := range page.Lines {
		lines = append(lines, l.Text())
	}
	if got := strings.Join(lines, "|"); got != "Utopia Water and Light|Date of invoice 14 March 2026" {
		t.Fatalf("read %q", got)
	}
	b := page.Lines[0].Words[0].Box
	if b.X < 0.08 || b.X > 0.1 || b.Y < 0.1 || b.Y > 0.18 || b.W < 0.05 || b.H < 0.02 {
		t.Errorf("the first word stands at %+v", b)
	}
}

func TestAnEmptySheetHasNoWords(t *testing.T) {
	page, err := open(t, DefaultLimits).Read(t.Context(), sheet(t), Sheet)
	if err != nil || len(page.Lines) != 0 {
		t.Fatalf("%+v, %v", page, err)
	}
}

func TestWhatIsTooMuchIsRefusedByName(t *testing.T) {
	r := open(t, DefaultLimits)
	if _, err := r.Read(t.Context(), image.NewRGBA(image.Rect(0, 0, 0, 10)), Sheet); !errors.Is(err, ErrTooLarge) {
		t.Errorf("no pixels: %v", err)
	}
	if _, err := r.Read(t.Context(), image.NewRGBA(image.Rect(0, 0, 24_000, 1001)), Row); !errors.Is(err, ErrTooLarge) {
		t.Errorf("many pixels: %v", err)
	}
	short := DefaultLimits
	short.Time = 5 * time.Second
	slow := open(t, short)
	slow.limits.Pixels = 0
	if _, err := slow.Read(t.Context(), sheet(t, "x"), Sheet); !errors.Is(err, ErrTooLarge) {
		t.Errorf("beyond the limit: %v", err)
	}
}

func TestNoMoreWordsThanAllowedAndNoSmudgesAreTaken(t *testing.T) {
	row := "5\t1\t1\t1\t%\t1\t10\t10\t20\t20\t90\tword\n"
	page, err := parse(strings.NewReader(strings.Repeat(row, 5)), 100, 100, 3)
	if err != nil || len(page.Lines) != 1 || len(page.Lines[0].Words) != 3 {
		t.Fatalf("%+v, %v", page, err)
	}
	page, err = parse(strings.NewReader(strings.ReplaceAll(row, "90", "4")+"5\t1\n"+strings.ReplaceAll(row, "10", "-3")), 100, 100, 9)
	if err != nil || len(page.Lines) != 0 {
		t.Fatalf("%+v, %v", page, err)
	}
}

func FuzzTable(f *testing.F) {
	f.Add("level\tpage_num\tblock_num\n5\t1\t1\t1\t1\t1\t10\t10\t20\t20\t90\tword\n")
	f.Add("5\t1\t1\t1\t1\t1\t-10\t1e9\t20\t20\tNaN\t\xff\n")
	f.Fuzz(func(t *testing.T, table string) {
		page, _ := parse(strings.NewReader(table), 640, 480, 50)
		n := 0
		for _, l := range page.Lines {
			if len(l.Words) == 0 {
				t.Fatal("a line without words")
			}
			for _, w := range l.Words {
				n++
				if w.Text == "" || len(w.Text) > text.Longest {
					t.Fatalf("a word %q", w.Text)
				}
			}
		}
		if n > 50 {
			t.Fatalf("%d words", n)
		}
	})
}
