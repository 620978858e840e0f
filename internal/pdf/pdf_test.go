package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

func open(t testing.TB, lim Limits) *Reader {
	t.Helper()
	r, err := Open(lim)
	if errors.Is(err, ErrMissing) {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// file writes a PDF of one A5 page with a line of text, as ISO 32000-1, annex H.2 shows.
func file(text string) []byte {
	content := fmt.Sprintf("BT /F1 24 Tf 72 300 Td (%s) Tj ET", text)
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}

func TestWordsComeWithTheirPlaces(t *testing.T) {
	pages, err := open(t, DefaultLimits).Read(t.Context(), file("Harbour Power"))
	if err != nil || len(pages) != 1 || len(pages[0].Lines) != 1 {
		t.Fatalf("got %+v, %v", pages, err)
	}
	if got := pages[0].Lines[0].Text(); got != "Harbour Power" {
		t.Errorf("read %q", got)
	}
	box := pages[0].Lines[0].Words[0].Box
	if box.X < 0.16 || box.X > 0.18 || box.Y < 0.44 || box.Y > 0.5 || box.W <= 0 || box.H <= 0 {
		t.Errorf("the first word stands at %+v", box)
	}
}

func TestAPageIsDrawnAtTheSizeAskedFor(t *testing.T) {
	img, err := open(t, DefaultLimits).Draw(t.Context(), file("Harbour Power"), 1, 800)
	if err != nil || img.Rect.Dy() != 800 || img.Rect.Dx() < 550 || img.Rect.Dx() > 580 {
		t.Fatalf("got %v, %v", img, err)
	}
	dark := 0
	for i := 0; i < len(img.Pix); i += 4 {
		if img.Pix[i] < 100 {
			dark++
		}
	}
	if dark < 200 {
		t.Errorf("%d dark pixels: nothing was drawn", dark)
	}
}

func TestWhatIsNoPDFOrTooMuchIsRefusedByName(t *testing.T) {
	r := open(t, DefaultLimits)
	small := DefaultLimits
	small.Bytes = 100
	for name, c := range map[string]struct {
		r    *Reader
		data []byte
		want error
	}{
		"no pdf":       {r, []byte("hello"), ErrFormat},
		"empty":        {r, nil, ErrFormat},
		"only a head":  {r, []byte("%PDF-1.7\n"), ErrCorrupt},
		"large":        {open(t, small), file("x"), ErrTooLarge},
		"cut off":      {r, file(strings.Repeat("long ", 50))[:180], ErrCorrupt},
		"out of sight": {r, append(bytes.Repeat([]byte{' '}, 2000), file("x")...), ErrFormat},
	} {
		if _, err := c.r.Read(t.Context(), c.data); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, not %v", name, err, c.want)
		}
	}
	if _, err := r.Draw(t.Context(), file("x"), 1, 100_000); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a huge drawing: %v", err)
	}
	if _, err := r.Draw(t.Context(), file("x"), 2, 500); !errors.Is(err, ErrCorrupt) {
		t.Errorf("a page that is not there: %v", err)
	}
}

func TestAProgramThatNeedsMoreThanItMayIsStopped(t *testing.T) {
	little := DefaultLimits
	little.Memory = 4 << 20
	if _, err := open(t, little).Read(t.Context(), file("x")); !errors.Is(err, ErrCorrupt) {
		t.Errorf("with 4 MB: %v", err)
	}
	short := DefaultLimits
	short.Time = time.Nanosecond
	if _, err := open(t, short).Read(t.Context(), file("x")); !errors.Is(err, ErrTooLarge) {
		t.Errorf("with no time: %v", err)
	}
}

func TestOnlyAsManyPagesAndWordsAsAllowedAreTaken(t *testing.T) {
	page := `<page width="100" height="100"><block><line><word xMin="1" yMin="2" xMax="3" yMax="4">a</word><word>b</word></line></block></page>`
	pages, err := parse(strings.NewReader("<doc>"+strings.Repeat(page, 5)+"</doc>"), Limits{Pages: 3, Words: 100})
	if err != nil || len(pages) != 3 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	pages, err = parse(strings.NewReader("<doc>"+strings.Repeat(page, 5)+"</doc>"), Limits{Pages: 9, Words: 3})
	if err != nil || len(pages) != 2 || len(pages[1].Lines[0].Words) != 1 {
		t.Fatalf("%+v, %v", pages, err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`<doc><page width="100" height="100"><block><line><word xMin="1" yMin="2" xMax="3" yMax="4">a&amp;b</word></line></block></page></doc>`))
	f.Add([]byte(`<word xMin="NaN">x</word><page><line><word>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		pages, _ := parse(bytes.NewReader(data), Limits{Pages: 3, Words: 50})
		words := 0
		for _, p := range pages {
			for _, l := range p.Lines {
				words += len(l.Words)
			}
		}
		if len(pages) > 3 || words > 50 {
			t.Fatalf("%d pages, %d words", len(pages), words)
		}
	})
}
