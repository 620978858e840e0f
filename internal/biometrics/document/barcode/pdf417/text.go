package pdf417

import (
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// submode is a page of the text alphabet.
type submode int8

const (
	alpha submode = iota
	lower
	mixed
	punctuation
	noShift submode = -1
)

// Two values make a code word; these are the characters of the first values of
// each page. What comes after them switches pages.
var pages = [4]string{
	alpha: "ABCDEFGHIJKLMNOPQRSTUVWXYZ ",
	lower: "abcdefghijklmnopqrstuvwxyz ",
	mixed: "0123456789&\r\t,:#-.$/+%*=^",
	// The last value, 29, goes back to capitals.
	punctuation: ";<>@[\\]_`~!\r\t,:\n-.$/\"|*()?{}'",
}

// textRun reads words of two values each.
func (d *decoder) textRun(run []int) {
	for _, w := range run {
		d.textValue(w / 30)
		d.textValue(w % 30)
	}
}

func (d *decoder) textValue(v int) {
	page := d.sub
	if d.shift != noShift {
		page = d.shift
	}
	shifted := d.shift != noShift
	d.shift = noShift
	if v < len(pages[page]) {
		d.put(pages[page][v])
		return
	}
	switch {
	case page == punctuation: // 29
		if !shifted {
			d.sub = alpha
		}
	case v == 29:
		d.shift = punctuation
	case page == mixed:
		d.mixedSwitch(v)
	case v == 28:
		d.sub = mixed
	case page == alpha:
		d.sub = lower
	default: // one capital
		d.shift = alpha
	}
}

func (d *decoder) mixedSwitch(v int) {
	switch v {
	case 25:
		d.sub = punctuation
	case 26:
		d.put(' ')
	case 27:
		d.sub = lower
	case 28:
		d.sub = alpha
	}
}

// charsets are the character sets of AIM's extended channel interpretations.
var charsets = map[int]encoding.Encoding{
	0: charmap.CodePage437, 1: charmap.ISO8859_1, 2: charmap.CodePage437, 3: charmap.ISO8859_1,
	4: charmap.ISO8859_2, 5: charmap.ISO8859_3, 6: charmap.ISO8859_4, 7: charmap.ISO8859_5, 8: charmap.ISO8859_6,
	9: charmap.ISO8859_7, 10: charmap.ISO8859_8, 11: charmap.ISO8859_9, 12: charmap.ISO8859_10, 15: charmap.ISO8859_13,
	16: charmap.ISO8859_14, 17: charmap.ISO8859_15, 18: charmap.ISO8859_16, 21: charmap.Windows1250,
	22: charmap.Windows1251, 23: charmap.Windows1252, 24: charmap.Windows1256,
	25: unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
}

const utf8ECI = 26

// text reads the bytes by their character set; an unknown set is read as
// ISO 8859-1, which loses nothing.
func (p part) text() string {
	if p.eci == utf8ECI && utf8.Valid(p.bytes) {
		return string(p.bytes)
	}
	set, known := charsets[p.eci]
	if !known {
		set = charmap.ISO8859_1
	}
	out, err := set.NewDecoder().Bytes(p.bytes)
	if err != nil {
		out, _ = charmap.ISO8859_1.NewDecoder().Bytes(p.bytes) // every byte is a character of it
	}
	return string(out)
}
