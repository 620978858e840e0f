package pdf

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"truepenny/internal/biometrics/text"
)

// parse reads what pdftotext -bbox-layout writes. It takes damaged output as
// far as it goes: a file's text must not be able to stop the reading.
func parse(r io.Reader, lim Limits) ([]text.Page, error) {
	d := xml.NewDecoder(r)
	d.Strict = false
	d.AutoClose = xml.HTMLAutoClose
	d.Entity = xml.HTMLEntity
	var pages []text.Page
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
			pages = append(pages, text.Page{Width: number(start, "width"), Height: number(start, "height")})
		case "block":
			block++
		case "line":
			if n > 0 {
				pages[n-1].Lines = append(pages[n-1].Lines, text.Line{Block: block})
			}
		case "word":
			var said string
			if err := d.DecodeElement(&said, &start); err != nil {
				return pages, fmt.Errorf("%w: %w", ErrCorrupt, err)
			}
			if words++; words > lim.Words {
				return pages, nil
			}
			if n > 0 {
				add(&pages[n-1], start, said)
			}
		}
	}
}

func add(p *text.Page, at xml.StartElement, said string) {
	said = strings.TrimSpace(said)
	if len(p.Lines) == 0 || said == "" || len(said) > text.Longest || !utf8.ValidString(said) || p.Width <= 0 || p.Height <= 0 {
		return
	}
	l := &p.Lines[len(p.Lines)-1]
	x, y := number(at, "xMin"), number(at, "yMin")
	l.Words = append(l.Words, text.Word{Text: said, Box: text.Box{X: x / p.Width, Y: y / p.Height,
		W: (number(at, "xMax") - x) / p.Width, H: (number(at, "yMax") - y) / p.Height}})
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
