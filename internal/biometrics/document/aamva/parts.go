package aamva

import (
	"regexp"
	"strconv"
	"strings"
)

type head struct {
	iin     string
	version int
	kind    string
}

var (
	// The file type, "AAMVA" in the earliest cards, then the issuer and version.
	// From version 2 on the issuer's own version follows, then the number of
	// subfiles.
	headPattern = regexp.MustCompile(`(?:ANSI|AAMVA) ?(\d{6})(\d{2})`)
	// A subfile in the list of them: its type, where it begins, how long it is.
	listed = regexp.MustCompile(`^([A-Z]{2})\d{8}`)
	// Where the first subfile begins, when the list is broken.
	begins = regexp.MustCompile(`(?:DL|ID|EN)(?:D[A-D][A-Z]|[\r\n|])`)
	// A mark of a subfile, and a designator of an element.
	designator = regexp.MustCompile(`^(?:D[A-Z]{2}|Z[A-Z]{2}|P[A-Z]{2})`)
)

// maxHeader is how far into the text the header may begin.
const maxHeader = 40

// header finds who issued the card and where its elements begin. The offsets
// in the list of subfiles are not believed: a third of issuers get them wrong.
func header(text string) (h head, body string, ok bool) {
	at := headPattern.FindStringSubmatchIndex(text)
	if at == nil || at[0] > maxHeader {
		return head{}, "", false
	}
	h.iin = text[at[2]:at[3]]
	h.version, _ = strconv.Atoi(text[at[4]:at[5]]) // two digits
	rest := text[at[1]:]
	skip := 2 // number of subfiles
	if h.version >= 2 {
		skip = 4
	}
	for skip > 0 && rest != "" && rest[0] >= '0' && rest[0] <= '9' {
		rest, skip = rest[1:], skip-1
	}
	for {
		m := listed.FindStringSubmatch(rest)
		if m == nil {
			break
		}
		if h.kind == "" {
			h.kind = m[1]
		}
		rest = rest[len(m[0]):]
	}
	if h.kind == "" { // the list is broken
		if i := begins.FindStringIndex(rest); i != nil {
			h.kind, rest = rest[i[0]:i[0]+2], rest[i[0]:]
		}
	}
	return h, rest, true
}

// maxElements bounds what is kept of one card; the standard knows about 90.
const maxElements = 400

// elements takes the fields apart; kind is the first subfile's type when the
// text names it.
func elements(body string) (out map[string]string, kind string) {
	separators := "\n\r\x1e"
	if !strings.Contains(body, "\n") {
		separators += "|" // printed by some readers for the control characters
	}
	out = map[string]string{}
	for field := range strings.FieldsFuncSeq(body, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		field = strings.TrimLeft(field, " ")
		if rest, mark := unmarked(field); mark != "" {
			if kind == "" {
				kind = mark
			}
			field = rest
		}
		id := designator.FindString(field)
		if id == "" || len(out) == maxElements {
			continue
		}
		value := strings.TrimSpace(field[len(id):])
		if out[id] == "" { // the first that says something
			out[id] = value
		}
	}
	return out, kind
}

// unmarked takes the type of a subfile from the front of its first field.
func unmarked(field string) (rest, mark string) {
	if len(field) < 2 {
		return field, ""
	}
	mark, rest = field[:2], field[2:]
	switch {
	case mark == "DL" || mark == "ID" || mark == "EN":
		if rest == "" || designator.MatchString(rest) {
			return rest, mark
		}
	case mark[0] == 'Z' && (rest == "" || strings.HasPrefix(rest, mark)):
		return rest, mark
	}
	return field, ""
}
