package handlers

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"

	"truepenny/internal/sellers"
	"truepenny/views/review"
)

// marked writes spans with what differs in brackets.
func marked(list []review.Span) string {
	var b strings.Builder
	for _, s := range list {
		if s.Differs {
			b.WriteString("[" + s.Text + "]")
		} else {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

func TestOnlyWhatDiffersIsMarked(t *testing.T) {
	for _, c := range []struct{ a, b, left, right string }{
		{"LINDQVIST", "Lindqvist", "LINDQVIST", "Lindqvist"},
		{"LINDQVIST", "Lindkvist", "LIND[Q]VIST", "Lind[k]vist"},
		{"MARIT ELISABET", "Marit", "MARIT[ ELISABET]", "Marit"},
		{"MARIT ELISABET", "Elisabet Marit", "[MARIT] ELISABET", "Elisabet[ Marit]"},
		{"21 June 2026", "6 November 2026", "[21 June] 2026", "[6 November] 2026"},
		{"14 March 1989", "14 March 1998", "14 March 19[8]9", "14 March 199[8]"},
		{"UT4711081", "UT4711087", "UT471108[1]", "UT471108[7]"},
		{"", "Marit", "", "[Marit]"},
		{"Ärla", "ärlå", "Ärl[a]", "ärl[å]"},
		{"ANNA", "OTTO", "[ANNA]", "[OTTO]"},
	} {
		left, right := differences(c.a, c.b)
		if got := marked(left); strings.ReplaceAll(got, "[ ", " [") != strings.ReplaceAll(c.left, "[ ", " [") {
			t.Errorf("%q against %q: %s, want %s", c.a, c.b, got, c.left)
		}
		if got := marked(right); strings.ReplaceAll(got, "[ ", " [") != strings.ReplaceAll(c.right, "[ ", " [") {
			t.Errorf("%q against %q: %s, want %s", c.b, c.a, got, c.right)
		}
	}
}

func TestDifferencesLoseNothing(t *testing.T) {
	for _, c := range [][2]string{{"a b  c", "a c"}, {"ÅÄÖ ß", "åäö"}, {strings.Repeat("x ", 300), "y"}, {"👩‍🚀 Ada", "Ada"}} {
		left, right := differences(c[0], c[1])
		for i, spans := range [][]review.Span{left, right} {
			text := ""
			for _, s := range spans {
				text += s.Text
			}
			if strings.Join(strings.Fields(text), " ") != strings.Join(strings.Fields(c[i]), " ") {
				t.Errorf("%q became %q", c[i], text)
			}
		}
	}
}

func frame(t *testing.T, w, h int, c color.Color) sellers.Opened {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.Set(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return sellers.Opened{Plain: b.Bytes(), MIME: "image/jpeg"}
}

func TestSheetHoldsEveryFrameInItsCell(t *testing.T) {
	red, blue := color.RGBA{R: 255, A: 255}, color.RGBA{B: 255, A: 255}
	var frames []sellers.Opened
	for i := range 8 {
		frames = append(frames, frame(t, 640, 480, red))
		if i == 7 {
			frames[i] = frame(t, 300, 900, blue) // a tall one fills its cell too
		}
	}
	raw, err := frameSheet(frames)
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := jpeg.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if b := sheet.Bounds(); b.Dx() != sheetColumns*cellWidth || b.Dy() != 2*cellHeight {
		t.Fatalf("sheet is %v", b)
	}
	at := func(cell int) (r, b uint32) {
		r, _, b, _ = sheet.At(cell%sheetColumns*cellWidth+8, cell/sheetColumns*cellHeight+8).RGBA()
		return r >> 8, b >> 8
	}
	for cell := range 8 {
		r, b := at(cell)
		if wantBlue := cell == 7; (b > 200) != wantBlue || (r > 200) == wantBlue {
			t.Errorf("cell %d is red %d, blue %d", cell, r, b)
		}
	}
	if _, err := frameSheet([]sellers.Opened{{Plain: []byte("no picture")}}); err == nil {
		t.Error("a frame that is no picture is drawn")
	}
}
