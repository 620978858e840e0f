package csvout

import (
	"bytes"
	"encoding/csv"
	"errors"
	"math"
	"strings"
	"testing"
	"testing/quick"
	"time"
)

func write(t *testing.T, header []string, rows ...[]any) string {
	t.Helper()
	var out bytes.Buffer
	w, err := New(&out, header...)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if err := w.Row(r...); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if w.Count() != len(rows) {
		t.Fatalf("counts %d of %d rows", w.Count(), len(rows))
	}
	return out.String()
}

func TestATableOfEveryKindOfCell(t *testing.T) {
	at := time.Date(2026, 3, 1, 13, 0, 0, 0, time.FixedZone("", 3600))
	got := write(t, []string{"Case", "Age", "Share", "Open", "Due"},
		[]any{`Ada "the first", Ltd`, -3, -0.25, true, at},
		[]any{"two\nlines", int64(7), math.NaN(), false, time.Time{}},
		[]any{"", nil, math.Inf(1), nil, nil})
	want := "\"Case\",\"Age\",\"Share\",\"Open\",\"Due\"\r\n" +
		"\"Ada \"\"the first\"\", Ltd\",-3,-0.25,yes,2026-03-01T12:00:00Z\r\n" +
		"\"two\nlines\",7,,no,\r\n" +
		"\"\",,,,\r\n"
	if got != want {
		t.Fatalf("%q\nwant\n%q", got, want)
	}
}

func TestTextThatASpreadsheetWouldCalculateIsDisarmed(t *testing.T) {
	for _, text := range []string{
		"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\n=1", "  =1", "\u00a0=1", "＝1", "＋1", "－1", "＠x",
		`=HYPERLINK("http://x.example","click")`, "=", "-2+3+cmd|' /C calc'!A0",
	} {
		if got := write(t, []string{"h"}, []any{text}); !strings.HasPrefix(got, "\"h\"\r\n\"'") {
			t.Errorf("%q leaves as %q", text, got)
		}
	}
	for _, text := range []string{"Ada", "a=b", "", "   ", "'quoted", "3-4", "1", "ada@shop.example"} {
		if Safe(text) != text {
			t.Errorf("%q was changed to %q", text, Safe(text))
		}
	}
	if got := write(t, []string{"=h"}); got != "\"'=h\"\r\n" {
		t.Errorf("the header leaves as %q", got)
	}
}

// Whatever the cells hold: a reader finds the same rows and cells again, no
// text begins like a formula, and nothing but the apostrophe was added.
func TestAnyTextSurvivesAndNoneIsAFormula(t *testing.T) {
	property := func(a, b string, lead uint8, n int64) bool {
		leads := []string{"", "=", "+", "-", "@", "\t", "\r", " =", "\n", `"`, ",", ";", "'"}
		cells := []string{leads[int(lead)%len(leads)] + a, b}
		text := write(t, []string{"a", "b", "n"}, []any{cells[0], cells[1], n})
		// encoding/csv turns \r\n inside a cell into \n; everything else is exact.
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil || len(rows) != 2 || len(rows[1]) != 3 {
			return false
		}
		for i, cell := range cells {
			got, original := rows[1][i], strings.ReplaceAll(cell, "\r\n", "\n")
			if got != original && got != "'"+original {
				return false
			}
			if got != "" && strings.ContainsAny(got[:1], "=+-@\t\r\n") {
				return false
			}
		}
		return !strings.ContainsAny(rows[1][2], "'\"")
	}
	if err := quick.Check(property, &quick.Config{MaxCount: 2000}); err != nil {
		t.Fatal(err)
	}
}

func TestARowOfTheWrongWidthOrKindIsRefusedWhole(t *testing.T) {
	var out bytes.Buffer
	w, err := New(&out, "a", "b")
	if err != nil {
		t.Fatal(err)
	}
	if w.Row("x") == nil || w.Row("x", "y", "z") == nil || w.Row("x", []int{1}) == nil {
		t.Fatal("taken")
	}
	if err := w.Close(); err != nil || w.Count() != 0 || out.String() != "\"a\",\"b\"\r\n" {
		t.Fatalf("%q %d %v", out.String(), w.Count(), err)
	}
}

// full takes a number of bytes and then fails, like a connection that breaks.
type full struct{ left int }

var errBroken = errors.New("broken pipe")

func (f *full) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errBroken
	}
	return len(p), nil
}

func TestABrokenConnectionIsToldAtTheEndAndStopsTheCount(t *testing.T) {
	w, err := New(&full{left: 10_000}, "a")
	if err != nil {
		t.Fatal(err)
	}
	var first error
	for range 10_000 {
		if first = w.Row("some text of a cell"); first != nil {
			break
		}
	}
	counted := w.Count()
	if !errors.Is(first, errBroken) || counted == 10_000 {
		t.Fatalf("wrote on after %v, %d rows", first, counted)
	}
	if !errors.Is(w.Row("x"), errBroken) || !errors.Is(w.Close(), errBroken) || w.Count() != counted {
		t.Fatal("the end hides that rows are missing")
	}
	short, err := New(&full{}, "a")
	if err != nil {
		t.Fatal(err)
	}
	if !errors.Is(short.Close(), errBroken) {
		t.Fatal("what stood in the buffer was lost silently")
	}
}

func TestFlushHandsOnWhatWasWritten(t *testing.T) {
	var out bytes.Buffer
	w, err := New(&out, "a")
	if err != nil || w.Row(1) != nil || w.Flush() != nil || !strings.HasSuffix(out.String(), "1\r\n") {
		t.Fatal(out.String(), err)
	}
}
