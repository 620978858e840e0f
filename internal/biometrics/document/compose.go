package document

import (
	"fmt"
	"strings"
)

// Compose writes the lines for the fields of m in m.Format, check digits
// included; m.Lines and m.Checks are ignored. Names are transliterated and cut
// to the room there is; any other field that does not fit is an error. It is
// for specimens and tests.
func Compose(m MRZ) ([]string, error) {
	l, ok := layouts[m.Format]
	if !ok {
		return nil, fmt.Errorf("%w: format %q", ErrMRZ, m.Format)
	}
	lines := make([][]byte, l.lines)
	for i := range lines {
		lines[i] = []byte(strings.Repeat("<", l.width))
	}
	number, optional := m.Number, m.Optional
	if l.long != nil && len(number) > 9 {
		optional = number[9:] + string(CheckDigit(fillers(number))) + "<" + optional
		number = number[:9]
	}
	for _, f := range l.fields {
		text, err := m.text(f, number, optional)
		if err != nil {
			return nil, err
		}
		copy(lines[f.span.line][f.span.from:f.span.to], text)
	}
	for _, r := range l.rules { // the composite digit comes last and covers the others
		covered := ""
		for _, s := range r.over {
			covered += string(lines[s.line][s.from:s.to])
		}
		long := r.field == fieldNumber && number != m.Number
		if !long && !(r.mayMiss && strings.Trim(covered, "<") == "") {
			lines[r.at.line][r.at.from] = CheckDigit(covered)
		}
	}
	out := make([]string, len(lines))
	for i := range lines {
		out[i] = string(lines[i])
	}
	return out, nil
}

func (m MRZ) text(f field, number, optional string) (string, error) {
	room := f.span.to - f.span.from
	text := map[string]string{
		fieldType: m.DocumentType, fieldState: m.IssuingState, fieldNumber: number,
		fieldNationality: m.Nationality, fieldBirth: m.BirthDate, fieldExpiry: m.ExpiryDate,
		fieldOptional: optional, fieldOptional2: m.Optional2,
	}[f.name]
	switch f.name {
	case fieldNames:
		return cut(fillers(Transliterate(m.Surname))+"<<"+fillers(Transliterate(m.GivenNames)), room), nil
	case fieldSurname:
		return cut(fillers(Transliterate(m.Surname)), room), nil
	case fieldGiven:
		return cut(fillers(Transliterate(m.GivenNames)), room), nil
	case fieldSex:
		if text = m.Sex; text != "M" && text != "F" {
			text = "<"
		}
	}
	text = fillers(text)
	if len(text) > room {
		return "", fmt.Errorf("%w: %s %q has more than %d characters", ErrMRZ, f.name, text, room)
	}
	for i := range len(text) {
		if !f.kind.allows(text[i]) {
			return "", fmt.Errorf("%w: %s %q", ErrMRZ, f.name, text)
		}
	}
	return text, nil
}

func fillers(s string) string { return strings.ReplaceAll(s, " ", "<") }

func cut(s string, n int) string { return s[:min(len(s), n)] }
