package document

import (
	"errors"
	"fmt"
	"strings"
)

// ErrMRZ says that lines are no machine-readable zone of a known format.
var ErrMRZ = errors.New("document: not a machine-readable zone")

// MRZ is a machine-readable zone taken apart. Fields are as printed with the
// fillers turned into spaces; nothing is corrected.
type MRZ struct {
	Format       Format
	Lines        []string
	DocumentType string // "P", "ID", "V" ...
	IssuingState string // ICAO code, such as "UTO" or "D"
	Number       string
	Surname      string
	GivenNames   string
	Nationality  string // empty where the format has none
	BirthDate    string // YYMMDD; "<<" for unknown parts; see Born
	Sex          string // "M", "F", "X" (not stated)
	ExpiryDate   string // YYMMDD; empty where the format has none; see Expires
	Optional     string
	Optional2    string
	Checks       []Check
}

// ParseMRZ takes two or three lines apart. It fails with ErrMRZ when number,
// length or characters of the lines fit no format; check digits that do not
// hold are no error but reported one by one in Checks.
func ParseMRZ(lines []string) (MRZ, error) {
	clean := make([]string, len(lines))
	for i, l := range lines {
		clean[i] = strings.TrimSpace(l)
	}
	l, err := detect(clean)
	if err != nil {
		return MRZ{}, err
	}
	for i, line := range clean {
		for j := range len(line) {
			if !either.allows(line[j]) {
				return MRZ{}, fmt.Errorf("%w: %q at line %d, column %d", ErrMRZ, line[j], i+1, j+1)
			}
		}
	}
	return l.parse(clean), nil
}

func detect(lines []string) (*layout, error) {
	for _, f := range formats {
		l := layouts[f]
		if f == IDFRA || len(lines) != l.lines || !allLong(lines, l.width) {
			continue
		}
		if l.lines == 2 && (lines[0][0] == 'V') != (f == MRVA || f == MRVB) {
			continue
		}
		if f == TD2 && strings.HasPrefix(lines[0], "IDFRA") && fitsFrenchCard(lines) {
			return layouts[IDFRA], nil
		}
		return l, nil
	}
	return nil, fmt.Errorf("%w: %d lines of %d characters", ErrMRZ, len(lines), longest(lines))
}

// fitsFrenchCard: the old card and a TD2 card of France begin alike; the
// composite digit tells them apart, and the old card is by far more common.
func fitsFrenchCard(lines []string) bool {
	td2 := layouts[TD2].checks(lines)
	old := layouts[IDFRA].checks(lines)
	return old[len(old)-1].Outcome == OK || td2[len(td2)-1].Outcome != OK
}

func allLong(lines []string, width int) bool {
	for _, l := range lines {
		if len(l) != width {
			return false
		}
	}
	return true
}

func longest(lines []string) int {
	n := 0
	for _, l := range lines {
		n = max(n, len(l))
	}
	return n
}

func (l *layout) parse(lines []string) MRZ {
	m := MRZ{Format: l.format, Lines: lines, Checks: l.checks(lines)}
	for _, f := range l.fields {
		text := f.span.of(lines)
		switch f.name {
		case fieldType:
			m.DocumentType = spaces(text)
		case fieldState:
			m.IssuingState = spaces(text)
		case fieldNumber:
			m.Number = spaces(text)
		case fieldNames:
			m.Surname, m.GivenNames = splitNames(text)
		case fieldSurname:
			m.Surname = spaces(text)
		case fieldGiven:
			m.GivenNames = spaces(text)
		case fieldNationality:
			m.Nationality = spaces(text)
		case fieldBirth:
			m.BirthDate = text
		case fieldSex:
			m.Sex = sexOf(text)
		case fieldExpiry:
			m.ExpiryDate = text
		case fieldOptional:
			m.Optional = spaces(text)
		case fieldOptional2:
			m.Optional2 = spaces(text)
		}
	}
	if long, _, at, ok := l.longNumber(lines); ok {
		m.Number = spaces(long)
		m.Optional = spaces(lines[at.line][at.to:l.long.to])
	}
	return m
}

// Verified tells whether every check digit that the format requires is
// printed and holds. Names are covered by no digit in any ICAO format.
func (m MRZ) Verified() bool {
	for _, c := range m.Checks {
		if c.Outcome == Refuted || (c.Required && c.Outcome != OK) {
			return false
		}
	}
	return len(m.Checks) > 0
}

// Check returns the check digit of a field; ok is false where the format has none.
func (m MRZ) Check(field string) (c Check, ok bool) {
	for _, c := range m.Checks {
		if c.Field == field {
			return c, true
		}
	}
	return Check{}, false
}

// spaces turns fillers into single spaces and trims the ends.
func spaces(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '<' }), " ")
}

func splitNames(s string) (surname, given string) {
	surname, given, _ = strings.Cut(s, "<<")
	return spaces(surname), spaces(given)
}

func sexOf(s string) string {
	if s == "M" || s == "F" {
		return s
	}
	return "X"
}
