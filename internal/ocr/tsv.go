package ocr

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"truepenny/internal/biometrics/text"
)

// leastSure is the confidence, of 100, below which Tesseract sees letters in
// smudges and rules.
const leastSure = 20

// parse reads Tesseract's table of words: level, page, block, paragraph, line and
// word number, left, top, width, height, confidence, text. Rows that do not fit
// are left out: a picture must not be able to stop the reading.
func parse(r io.Reader, w, h, words int) (text.Page, error) {
	page := text.Page{Width: float64(w), Height: float64(h)}
	rows := bufio.NewScanner(r)
	rows.Buffer(make([]byte, 64<<10), 1<<20)
	last := ""
	for rows.Scan() {
		c := strings.Split(rows.Text(), "\t")
		if len(c) != 12 || c[0] != "5" || words == 0 {
			continue
		}
		word, sure, ok := wordOf(c, page)
		if !ok || sure < leastSure {
			continue
		}
		words--
		if line := strings.Join(c[1:5], " "); line != last || len(page.Lines) == 0 {
			block, _ := strconv.Atoi(c[2])
			paragraph, _ := strconv.Atoi(c[3])
			page.Lines = append(page.Lines, text.Line{Block: block<<12 + paragraph})
			last = line
		}
		l := &page.Lines[len(page.Lines)-1]
		l.Words = append(l.Words, word)
	}
	if err := rows.Err(); err != nil {
		return page, fmt.Errorf("%w: %w", ErrFailed, err)
	}
	return page, nil
}

func wordOf(c []string, page text.Page) (w text.Word, sure float64, ok bool) {
	var at [4]float64
	for i := range at {
		n, err := strconv.Atoi(c[6+i])
		if err != nil || n < 0 || n > 1e6 {
			return w, 0, false
		}
		at[i] = float64(n)
	}
	sure, err := strconv.ParseFloat(c[10], 64)
	said := strings.TrimSpace(c[11])
	if err != nil || said == "" || len(said) > text.Longest || !utf8.ValidString(said) || page.Width < 1 || page.Height < 1 {
		return w, 0, false
	}
	box := text.Box{X: at[0] / page.Width, Y: at[1] / page.Height, W: at[2] / page.Width, H: at[3] / page.Height}
	return text.Word{Text: said, Box: box}, sure, true
}
