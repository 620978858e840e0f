package document

import "strings"

// Outcome of one check digit.
type Outcome string

// A check digit holds, contradicts what it covers, or is not there (a filler
// stands in its place), in which case its field is not protected.
const (
	OK         Outcome = "ok"
	Refuted    Outcome = "refuted"
	NotPrinted Outcome = "not printed"
)

// Check is one check digit with what it said.
type Check struct {
	Field    string // "number", "birth-date", "expiry-date", "optional" or "composite"
	Line     int    // where the digit is printed, from 0
	Column   int
	Printed  byte // as read; '<' when not printed
	Computed byte // the digit that the covered characters ask for
	Outcome  Outcome
	// Required: without this digit the zone cannot count as verified.
	Required bool
}

// CheckDigit computes the digit of ICAO Doc 9303-3, 4.9: weights 7, 3, 1
// repeating, modulo 10; 0-9 count as themselves, A-Z as 10 to 35, < as 0.
func CheckDigit(s string) byte {
	sum := 0
	for i := range len(s) {
		sum += value(s[i]) * [3]int{7, 3, 1}[i%3]
	}
	return byte('0' + sum%10)
}

func value(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'A' && c <= 'Z':
		return int(c-'A') + 10
	}
	return 0
}

// Undetectable tells whether no check digit can notice that a was read as b:
// their values are equal modulo 10 (such as 0, A, K, U and <). Two different
// digits are always told apart.
func Undetectable(a, b byte) bool { return (value(a)-value(b))%10 == 0 }

// checks judges every digit of the layout; number is the long document number
// with its digit when the layout has one in use.
func (l *layout) checks(lines []string) []Check {
	out := make([]Check, 0, len(l.rules))
	for _, r := range l.rules {
		if r.field == fieldNumber {
			if long, digit, at, ok := l.longNumber(lines); ok {
				out = append(out, judge(r, long, digit, at))
				continue
			}
		}
		covered := ""
		for _, s := range r.over {
			covered += s.of(lines)
		}
		out = append(out, judge(r, covered, r.at.of(lines)[0], r.at))
	}
	return out
}

func judge(r rule, covered string, printed byte, at span) Check {
	c := Check{Field: r.field, Line: at.line, Column: at.from, Printed: printed, Computed: CheckDigit(covered)}
	empty := strings.Trim(covered, "<") == ""
	c.Required = !(r.mayMiss && empty)
	switch {
	case printed == '<':
		c.Outcome = NotPrinted
	case printed == c.Computed:
		c.Outcome = OK
	default:
		c.Outcome = Refuted
	}
	return c
}

// longNumber returns a document number that runs on into the optional data,
// its check digit and where that digit stands.
func (l *layout) longNumber(lines []string) (number string, digit byte, at span, ok bool) {
	if l.long == nil {
		return "", 0, span{}, false
	}
	var r rule
	for _, r = range l.rules {
		if r.field == fieldNumber {
			break
		}
	}
	rest, _, _ := strings.Cut(l.long.of(lines), "<")
	if r.at.of(lines) != "<" || rest == "" {
		return "", 0, span{}, false
	}
	digit = rest[len(rest)-1]
	if digit < '0' || digit > '9' {
		return "", 0, span{}, false
	}
	col := l.long.from + len(rest) - 1
	return r.over[0].of(lines) + rest[:len(rest)-1], digit, span{l.long.line, col, col + 1}, true
}

// backed is the set of positions that a check digit covers, and the digits' own.
func (l *layout) backed() map[Pos]bool {
	out := map[Pos]bool{}
	for _, r := range l.rules {
		for _, s := range append([]span{r.at}, r.over...) {
			for c := s.from; c < s.to; c++ {
				out[Pos{s.line, c}] = true
			}
		}
	}
	return out
}
