package csvout

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
)

// Writer writes one table, row by row, in the form of RFC 4180. Every text
// stands in quotes, so that a separator of another country inside a cell does
// not start a new one.
type Writer struct {
	out     *bufio.Writer
	columns int
	rows    int
	err     error // the first one; nothing is written after it
}

// New begins a table with its header.
func New(w io.Writer, header ...string) (*Writer, error) {
	c := &Writer{out: bufio.NewWriter(w), columns: len(header)}
	cells := make([]any, len(header))
	for i, name := range header {
		cells[i] = name
	}
	err := c.line(cells)
	return c, err
}

// Row writes one row with as many cells as the header has. Text is made safe:
// one that a spreadsheet would calculate gets an apostrophe in front. Numbers
// are written as numbers, negative ones too; a time as RFC 3339 in UTC, a
// boolean as yes or no; nil and the zero time as an empty cell.
func (c *Writer) Row(cells ...any) error {
	if c.err == nil && len(cells) != c.columns {
		return fmt.Errorf("csvout: %d cells in a table of %d columns", len(cells), c.columns)
	}
	if err := c.line(cells); err != nil {
		return err
	}
	c.rows++
	return nil
}

// Count is the number of rows written, the header not among them.
func (c *Writer) Count() int { return c.rows }

// Flush hands on what was written so far, so that a long table keeps moving.
func (c *Writer) Flush() error {
	if c.err == nil {
		c.err = c.out.Flush()
	}
	return c.err
}

// Close ends the table. Its error, or that of a row before, means that the
// reader did not get all of it.
func (c *Writer) Close() error { return c.Flush() }

func (c *Writer) line(cells []any) error {
	if c.err != nil {
		return c.err
	}
	texts := make([]string, len(cells))
	for i, cell := range cells {
		text, err := format(cell)
		if err != nil {
			return err // nothing of the row was written
		}
		texts[i] = text
	}
	_, c.err = c.out.WriteString(strings.Join(texts, ",") + "\r\n")
	return c.err
}

func format(cell any) (string, error) {
	switch v := cell.(type) {
	case nil:
		return "", nil
	case string:
		return quote(Safe(v)), nil
	case bool:
		if v {
			return "yes", nil
		}
		return "no", nil
	case int:
		return strconv.Itoa(v), nil
	case int64:
		return strconv.FormatInt(v, 10), nil
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return "", nil
		}
		return strconv.FormatFloat(v, 'f', -1, 64), nil
	case time.Time:
		if v.IsZero() {
			return "", nil
		}
		return v.UTC().Format(time.RFC3339), nil
	}
	return "", fmt.Errorf("csvout: a cell cannot be a %T", cell)
}

func quote(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }

// Safe puts an apostrophe before a text that a spreadsheet would take for a
// formula: one that begins with = + - @ (also in full width), a tab or a line
// break, with or without spaces in front.
func Safe(text string) string {
	first := strings.TrimLeft(text, " \u00a0\u3000\ufeff")
	if first != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(first)[0]) {
		return "'" + text
	}
	return text
}
