package pdf417

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// ErrParts says that symbols of one message do not make a whole.
var ErrParts = errors.New("pdf417: parts are missing")

// macroBlock reads the control block: segment, file and optional fields
// (ISO/IEC 15438, annex H).
func (d *decoder) macroBlock() error {
	index, err := d.take(2)
	if err != nil {
		return err
	}
	digits, err := number(index)
	if err != nil {
		return err
	}
	m := &Macro{}
	if m.Segment, err = strconv.Atoi(digits); err != nil {
		return fmt.Errorf("%w: segment", ErrContent)
	}
	for _, w := range d.run() {
		m.File += fmt.Sprintf("%03d", w)
	}
	for len(d.rest) > 0 && d.rest[0] == macroField {
		d.rest = d.rest[1:]
		if err := d.macroField(m); err != nil {
			return err
		}
	}
	if len(d.rest) > 0 && d.rest[0] == macroEnd {
		m.Last = true
		d.rest = d.rest[1:]
	}
	d.macro = m
	return nil
}

// macroField passes over an optional field; of these only the number of
// segments matters to a reader.
func (d *decoder) macroField(m *Macro) error {
	which, err := d.take(1)
	if err != nil {
		return err
	}
	for len(d.rest) > 0 && d.rest[0] != macroField && d.rest[0] != macroEnd {
		if d.rest[0] >= textLatch { // a mode; numbers may be announced or not
			d.rest = d.rest[1:]
			continue
		}
		run := d.run()
		if which[0] != segmentField {
			continue
		}
		digits, err := number(run)
		if err != nil {
			return err
		}
		if m.Segments, err = strconv.Atoi(digits); err != nil {
			return fmt.Errorf("%w: number of segments", ErrContent)
		}
	}
	return nil
}

// Join puts the parts of one message together, in any order and with repeats.
// It returns ErrParts when one is missing or they belong to several messages.
func Join(parts []Content) (Content, error) {
	if len(parts) == 1 && parts[0].Macro == nil {
		return parts[0], nil
	}
	bySegment := map[int]Content{}
	segments, file := 0, ""
	for _, p := range parts {
		m := p.Macro
		switch {
		case m == nil, file != "" && m.File != file:
			return Content{}, fmt.Errorf("%w: not of one message", ErrParts)
		case m.Last:
			segments = m.Segment + 1
		case m.Segments > 0 && segments == 0:
			segments = m.Segments
		}
		file = m.File
		bySegment[m.Segment] = p
	}
	if segments == 0 || len(bySegment) != segments {
		return Content{}, fmt.Errorf("%w: %d of %d", ErrParts, len(bySegment), segments)
	}
	var out Content
	var text strings.Builder
	for i := range segments {
		p, ok := bySegment[i]
		if !ok {
			return Content{}, fmt.Errorf("%w: segment %d", ErrParts, i)
		}
		out.Bytes = slices.Concat(out.Bytes, p.Bytes)
		text.WriteString(p.Text)
	}
	out.Text = text.String()
	return out, nil
}
