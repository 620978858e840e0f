package form

import (
	"net/mail"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"truepenny/internal/errs"
)

// Errors is the reason id of each field that was not accepted.
type Errors map[string]string

// Values reads a submitted form. Every getter returns the clean value and notes
// what is wrong with its field; of several reasons the first stays. What was
// typed comes back even when it is wrong, so that the form can show it again.
type Values struct {
	raw    url.Values
	errors Errors
}

// New wraps what was submitted.
func New(raw url.Values) *Values { return &Values{raw: raw, errors: Errors{}} }

// Refuse notes that a field is wrong for a reason of the caller's.
func (v *Values) Refuse(field, reason string) {
	if _, known := v.errors[field]; !known {
		v.errors[field] = reason
	}
}

// Errors returns what is wrong, empty when nothing is.
func (v *Values) Errors() Errors { return v.errors }

// OK reports whether every field read so far was accepted.
func (v *Values) OK() bool { return len(v.errors) == 0 }

// Err is the errors as one error of the kind that handlers know, nil when
// every field was accepted.
func (v *Values) Err() error { return errs.Fields(v.errors) }

// Raw returns a field as it was typed, trimmed and normalised but not checked.
func (v *Values) Raw(field string) string {
	return strings.TrimSpace(norm.NFC.String(strings.ToValidUTF8(v.raw.Get(field), "\uFFFD")))
}

// Text reads one line of at least min and at most max characters (Unicode code
// points after normalisation to NFC). With min 0 it may be empty, with min 1 it
// is required.
func (v *Values) Text(field string, min, max int) string {
	text := v.Raw(field)
	v.checkText(field, text, min, max, false)
	return text
}

// Lines is Text that may have several lines; line breaks become "\n".
func (v *Values) Lines(field string, min, max int) string {
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(v.Raw(field))
	v.checkText(field, text, min, max, true)
	return text
}

func (v *Values) checkText(field, text string, min, max int, lines bool) {
	n := utf8.RuneCountInString(text)
	switch {
	case n == 0 && min > 0:
		v.Refuse(field, Required)
	case n > max:
		v.Refuse(field, TooLong)
	case !utf8.ValidString(v.raw.Get(field)), strings.ContainsFunc(text, func(r rune) bool { return forbidden(r, lines) }):
		v.Refuse(field, Characters)
	case n > 0 && n < min:
		v.Refuse(field, TooShort)
	}
}

// forbidden are control characters, and the invisible ones that let a text
// look different from what it is: direction overrides and isolates, line and
// paragraph separators, byte order mark. Joiners stay: Persian needs them.
func forbidden(r rune, lines bool) bool {
	switch {
	case lines && (r == '\n' || r == '\t'):
		return false
	case unicode.IsControl(r), r == utf8.RuneError, r == '\ufeff':
		return true
	case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\u2028', r == '\u2029':
		return true
	}
	return false
}

// Email reads a required address of at most 254 characters (RFC 5321, 4.5.3.1)
// at a host with a dot. The host comes back in lower case.
func (v *Values) Email(field string) string {
	text := v.Text(field, 1, 254)
	if _, wrong := v.errors[field]; wrong {
		return text
	}
	address, err := mail.ParseAddress(text)
	if err != nil || address.Name != "" || address.Address != text || strings.ContainsAny(text, " \t\"<>") {
		v.Refuse(field, WrongEmail)
		return text
	}
	at := strings.LastIndexByte(text, '@')
	local, host := text[:at], strings.ToLower(text[at+1:])
	if len(local) > 64 || !isHost(host) {
		v.Refuse(field, WrongEmail)
	}
	return local + "@" + host
}

func isHost(host string) bool {
	labels := strings.Split(host, ".")
	for _, label := range labels {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
	}
	return len(labels) > 1
}

// Date reads a required day from the fields NAME-day, NAME-month and NAME-year
// and returns midnight UTC. It must be a day of the calendar, not before from
// and not after to; a zero limit does not limit.
func (v *Values) Date(field string, from, to time.Time) time.Time {
	day, given := v.OptionalDate(field, from, to)
	if !given {
		v.Refuse(field, Required)
	}
	return day
}

// OptionalDate is Date that may be left empty; the second result says whether
// something was entered. A wrong date comes back as the zero time.
func (v *Values) OptionalDate(field string, from, to time.Time) (time.Time, bool) {
	parts := [3]string{v.Raw(field + "-year"), v.Raw(field + "-month"), v.Raw(field + "-day")}
	if parts == [3]string{} {
		return time.Time{}, false
	}
	day, ok := calendarDay(parts)
	switch {
	case !ok:
		v.Refuse(field, WrongDate)
		return time.Time{}, true
	case !from.IsZero() && day.Before(from):
		v.Refuse(field, DateEarly)
	case !to.IsZero() && day.After(to):
		v.Refuse(field, DateLate)
	}
	return day, true
}

func calendarDay(parts [3]string) (time.Time, bool) {
	var n [3]int
	for i, text := range parts {
		value, err := strconv.ParseUint(text, 10, 16)
		if err != nil {
			return time.Time{}, false
		}
		n[i] = int(value)
	}
	if len(parts[0]) != 4 || n[0] < 1000 { // "85" could be two centuries
		return time.Time{}, false
	}
	day := time.Date(n[0], time.Month(n[1]), n[2], 0, 0, 0, 0, time.UTC)
	return day, day.Year() == n[0] && int(day.Month()) == n[1] && day.Day() == n[2]
}

// Choice reads one of a closed list; "" may be in it.
func (v *Values) Choice(field string, allowed ...string) string {
	text := v.Raw(field)
	switch {
	case slices.Contains(allowed, text):
		return text
	case text == "":
		v.Refuse(field, Required)
	default:
		v.Refuse(field, WrongChoice)
	}
	return ""
}

// Bool reads a check box: on, true, yes or 1 is true, everything else false.
func (v *Values) Bool(field string) bool {
	return slices.Contains([]string{"on", "true", "yes", "1"}, strings.ToLower(v.Raw(field)))
}

// Int reads a required whole number from min to max.
func (v *Values) Int(field string, min, max int) int {
	text := v.Raw(field)
	if text == "" {
		v.Refuse(field, Required)
		return 0
	}
	n, err := strconv.Atoi(text)
	switch {
	case err != nil:
		v.Refuse(field, WrongNumber)
		return 0
	case n < min, n > max:
		v.Refuse(field, NumberRange)
	}
	return n
}

// Country reads a required country, given by its two- or three-letter code of
// ISO 3166-1, and returns the two-letter one.
func (v *Values) Country(field string) string {
	text := v.Raw(field)
	if text == "" {
		v.Refuse(field, Required)
		return ""
	}
	country, ok := CountryOf(text)
	if !ok {
		v.Refuse(field, WrongCode)
		return ""
	}
	return country.Alpha2
}
