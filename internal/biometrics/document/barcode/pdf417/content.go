package pdf417

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
)

// Code words that switch (ISO/IEC 15438, 5.4.1.5).
const (
	textLatch    = 900
	byteLatch    = 901
	numberLatch  = 902
	byteShift    = 913
	readerStart  = 921
	macroEnd     = 922
	macroField   = 923
	sixLatch     = 924
	eciUser      = 925
	eciGeneral   = 926
	eciCharset   = 927
	macroBlock   = 928
	numberGroup  = 15 // code words of 44 digits
	standardECI  = 3  // ISO 8859-1
	segmentField = 1  // macro: number of segments
)

// ErrContent says that corrected code words do not follow the symbology.
var ErrContent = errors.New("pdf417: code words make no sense")

// Content is what one symbol says.
type Content struct {
	Bytes []byte // as they were encoded
	Text  string // the same, by the character sets that the symbol names
	Macro *Macro // nil when the symbol stands alone
}

// Macro says which part of a larger message a symbol carries.
type Macro struct {
	File     string // the same for all parts: three digits a code word
	Segment  int    // from 0
	Segments int    // 0: not said
	Last     bool
}

// Decode says what corrected data words mean; the first counts them, itself
// included, and words beyond that count are ignored.
func Decode(words []int) (Content, error) {
	if len(words) == 0 || words[0] < 1 || words[0] > len(words) {
		return Content{}, fmt.Errorf("%w: length", ErrContent)
	}
	d := decoder{rest: words[1:words[0]], mode: textLatch, parts: []part{{eci: standardECI}}}
	for len(d.rest) > 0 {
		if err := d.step(); err != nil {
			return Content{}, err
		}
	}
	c := Content{Macro: d.macro}
	var text strings.Builder
	for _, p := range d.parts {
		c.Bytes = append(c.Bytes, p.bytes...)
		text.WriteString(p.text())
	}
	c.Text = text.String()
	return c, nil
}

type decoder struct {
	rest  []int
	mode  int
	sub   submode
	shift submode // for one character; noShift when none
	parts []part
	macro *Macro
}

// part is a stretch of bytes in one character set.
type part struct {
	eci   int
	bytes []byte
}

func (d *decoder) put(b ...byte) {
	last := &d.parts[len(d.parts)-1]
	last.bytes = append(last.bytes, b...)
}

// run takes the data words up to the next switch.
func (d *decoder) run() []int {
	n := 0
	for n < len(d.rest) && d.rest[n] < textLatch {
		n++
	}
	run := d.rest[:n]
	d.rest = d.rest[n:]
	return run
}

// take takes n words that must follow a switch.
func (d *decoder) take(n int) ([]int, error) {
	if len(d.rest) < n {
		return nil, fmt.Errorf("%w: ends after a switch", ErrContent)
	}
	out := d.rest[:n]
	d.rest = d.rest[n:]
	return out, nil
}

func (d *decoder) step() error {
	if d.rest[0] < textLatch {
		run := d.run()
		switch d.mode {
		case textLatch:
			d.textRun(run)
		case numberLatch:
			return d.numberRun(run)
		default:
			d.byteRun(run)
		}
		return nil
	}
	code := d.rest[0]
	d.rest = d.rest[1:]
	switch code {
	case textLatch, byteLatch, numberLatch, sixLatch:
		d.mode, d.sub, d.shift = code, alpha, noShift
	case byteShift:
		b, err := d.take(1)
		if err != nil {
			return err
		}
		d.put(byte(b[0]))
	case readerStart:
	case eciCharset:
		n, err := d.take(1)
		if err != nil {
			return err
		}
		d.parts = append(d.parts, part{eci: n[0]})
	case eciUser:
		_, err := d.take(1)
		return err
	case eciGeneral:
		_, err := d.take(2)
		return err
	case macroBlock:
		return d.macroBlock()
	default:
		return fmt.Errorf("%w: reserved code word %d", ErrContent, code)
	}
	return nil
}

// byteRun unpacks bytes: five words hold six. After 901 the count of bytes is
// no multiple of six, so the words at the end hold one each.
func (d *decoder) byteRun(run []int) {
	for len(run) > 5 || len(run) == 5 && d.mode == sixLatch {
		var v uint64
		for _, w := range run[:5] {
			v = v*900 + uint64(w)
		}
		for shift := 40; shift >= 0; shift -= 8 {
			d.put(byte(v >> shift))
		}
		run = run[5:]
	}
	for _, w := range run {
		d.put(byte(w))
	}
}

func (d *decoder) numberRun(run []int) error {
	for len(run) > 0 {
		n := min(numberGroup, len(run))
		digits, err := number(run[:n])
		if err != nil {
			return err
		}
		d.put([]byte(digits)...)
		run = run[n:]
	}
	return nil
}

// number turns words of base 900 into digits; a leading 1 keeps zeros.
func number(words []int) (string, error) {
	v, base := new(big.Int), big.NewInt(900)
	for _, w := range words {
		v.Add(v.Mul(v, base), big.NewInt(int64(w)))
	}
	digits := v.String()
	if digits[0] != '1' {
		return "", fmt.Errorf("%w: number without its leading 1", ErrContent)
	}
	return digits[1:], nil
}
