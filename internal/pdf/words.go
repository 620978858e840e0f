package pdf

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Box is a place on a page, in shares of its width and height from the top left.
type Box struct{ X, Y, W, H float64 }

// Word is one word with its place.
type Word struct {
	Text string
	Box  Box
}

// Line is a run of words that stand beside each other.
type Line struct {
	Words []Word
	Block int // lines of one block stand together, as an address does
}

// Text is the line's words with single spaces.
func (l Line) Text() string {
	words := make([]string, len(l.Words))
	for i, w := range l.Words {
		words[i] = w.Text
	}
	return strings.Join(words, " ")
}

// Page is one page's lines in reading order. Width and Height are points.
type Page struct {
	Width, Height float64
	Lines         []Line
}

// parse reads what pdftotext -bbox-layout writes. It takes damaged output as
// far as it goes: a file's text must not be able to stop the reading.
func parse(r io.Reader, lim Limits) ([]Page, error) {
	d := xml.NewDecoder(r)
	d.Strict = false
	d.AutoClose = xml.HTMLAutoClose
	d.Entity = xml.HTMLEntity
	var pages []Page
	block, words := 0, 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return pages, nil
		}
		if err != nil {
			return pages, fmt.Errorf("%w: %w", ErrCorrupt, err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		n := len(pages)
		switch start.Name.Local {
		case "page":
			if n == lim.Pages {
				return pages, nil
			}
			pages = append(pages, Page{Width: number(start, "width"), Height: number(start, "height")})
		case "block":
			block++
		case "line":
			if n > 0 {
				pages[n-1].Lines = append(pages[n-1].Lines, Line{Block: block})
			}
		case "word":
			var text string
			if err := d.DecodeElement(&text, &start); err != nil {
				return pages, fmt.Errorf("%w: %w", ErrCorrupt, err)
			}
			if words++; words > lim.Words {
				return pages, nil
			}
			if n > 0 {
				pages[n-1].add(start, text)
			}
		}
	}
}

// longestWord bounds a word, in bytes; what is longer is no word.
const longestWord = 200

func (p *Page) add(at xml.StartElement, text string) {
	text = strings.TrimSpace(text)
	if len(p.Lines) == 0 || text == "" || len(text) > longestWord || !utf8.ValidString(text) || p.Width <= 0 || p.Height <= 0 {
		return
	}
	l := &p.Lines[len(p.Lines)-1]
	x, y := number(at, "xMin"), number(at, "yMin")
	l.Words = append(l.Words, Word{text, Box{x / p.Width, y / p.Height,
		(number(at, "xMax") - x) / p.Width, (number(at, "yMax") - y) / p.Height}})
}

func number(e xml.StartElement, name string) float64 {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			if v, err := strconv.ParseFloat(a.Value, 64); err == nil && v > -1e5 && v < 1e5 {
				return v
			}
		}
	}
	return 0
}
