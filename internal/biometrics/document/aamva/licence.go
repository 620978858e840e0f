package aamva

import (
	"errors"
	"strings"
	"time"
)

// Licence is what the bar code says. What it does not say is empty or zero.
type Licence struct {
	Kind         string // subfile: "DL" licence, "ID" identity card, "EN" enhanced licence
	IIN          string // six digits that name the issuer
	Version      int    // of the standard; 0 is older than the first
	Jurisdiction string // issuer, as in postal addresses: "AZ", "NB"
	Country      string // "USA", "CAN" ...; ISO 3166-1 alpha-3

	FamilyName  string
	FirstName   string
	MiddleNames string
	Suffix      string
	// Cut names the parts that the issuer says are cut off for lack of room:
	// "family", "first", "middle".
	Cut []string

	Born, Issued, Expires time.Time // days, UTC
	Number                string
	Sex                   string // "M", "F" or "X"
	Address               Address

	// Elements are all fields by their three-letter designators, also those of
	// jurisdictions' own subfiles (Zxx) and unknown ones.
	Elements map[string]string
}

// Address is where the holder lives.
type Address struct {
	Line1, Line2, City, Region, Postcode string
}

// GivenNames are the first and middle names together.
func (l Licence) GivenNames() string {
	return strings.TrimSpace(l.FirstName + " " + l.MiddleNames)
}

// ErrFormat says that a text is none of a licence.
var ErrFormat = errors.New("aamva: not the text of a licence")

// Longest text that is looked at: PDF417 carries at most 2,710 digits.
const maxText = 8 << 10

// Parse reads the text of a bar code. It is lenient where issuers are known to
// differ from the standard: separators, headers, missing subfile marks, order
// of dates. It never guesses a value.
func Parse(text string) (Licence, error) {
	if len(text) > maxText {
		return Licence{}, ErrFormat
	}
	h, body, ok := header(text)
	if !ok {
		return Licence{}, ErrFormat
	}
	l := Licence{IIN: h.iin, Version: h.version, Kind: h.kind}
	var kind string
	if l.Elements, kind = elements(body); len(l.Elements) == 0 {
		return Licence{}, ErrFormat
	}
	if l.Kind == "" {
		l.Kind = kind
	}
	l.names()
	l.Born, l.Issued, l.Expires = day(l.Elements["DBB"]), day(l.Elements["DBD"]), day(l.Elements["DBA"])
	l.Number = l.Elements["DAQ"]
	l.Sex = map[string]string{"1": "M", "M": "M", "2": "F", "F": "F", "9": "X", "X": "X"}[l.Elements["DBC"]]
	l.Jurisdiction = issuers[l.IIN]
	if l.Jurisdiction == "" {
		l.Jurisdiction = l.first("DAJ", "DAO")
	}
	l.Country = l.country()
	l.address()
	return l, nil
}

// first gives the first of some elements that says something.
func (l Licence) first(designators ...string) string {
	for _, d := range designators {
		if v := said(l.Elements[d]); v != "" {
			return v
		}
	}
	return ""
}

// said drops the words that stand for nothing.
func said(v string) string {
	switch strings.ToUpper(v) {
	case "NONE", "UNAVL", "UNAVAIL", "N/A":
		return ""
	}
	return v
}

func (l Licence) country() string {
	if c := l.first("DCG"); len(c) == 3 {
		return c
	}
	switch {
	case provinces[l.Jurisdiction]:
		return "CAN"
	case issuers[l.IIN] != "":
		return "USA"
	}
	return ""
}

// names come apart (DCS, DAC, DAD), given names together (DCT), or all in one
// (DAA: family, first, middle, suffix), depending on version and issuer.
func (l *Licence) names() {
	l.FamilyName, l.FirstName = l.first("DCS", "DAB"), l.first("DAC")
	l.MiddleNames, l.Suffix = l.first("DAD"), l.first("DCU", "DAE")
	if whole := l.first("DAA"); whole != "" && (l.FamilyName == "" || l.FirstName == "") {
		parts := apart(whole)
		for len(parts) < 4 {
			parts = append(parts, "")
		}
		l.FamilyName, l.FirstName, l.MiddleNames = parts[0], parts[1], parts[2]
		if l.Suffix == "" {
			l.Suffix = parts[3]
		}
		if l.MiddleNames == "" {
			l.FirstName, l.MiddleNames, _ = strings.Cut(l.FirstName, " ")
		}
	}
	if given := l.first("DCT"); given != "" && l.FirstName == "" {
		parts := apart(given)
		if len(parts) == 1 {
			parts = strings.Fields(given)
		}
		l.FirstName, l.MiddleNames = parts[0], strings.Join(parts[1:], " ")
	}
	for _, part := range []struct{ designator, name string }{{"DDE", "family"}, {"DDF", "first"}, {"DDG", "middle"}} {
		if l.Elements[part.designator] == "T" {
			l.Cut = append(l.Cut, part.name)
		}
	}
}

// apart splits names at commas or, as some issuers wrote, dollar signs.
func apart(v string) (parts []string) {
	for p := range strings.SplitSeq(strings.NewReplacer("$", ",", "@", ",").Replace(v), ",") {
		parts = append(parts, strings.Join(strings.Fields(p), " "))
	}
	return parts
}

// day reads MMDDCCYY or CCYYMMDD: the former is the rule for the United States
// since version 2, the latter for Canada and before, and some do it the other
// way. The year begins with 18 to 21, which is no month, so only one can be meant.
func day(v string) time.Time {
	for _, layout := range []string{"01022006", "20060102"} {
		if d, err := time.Parse(layout, v); err == nil && d.Year() >= 1800 && d.Year() < 2200 {
			return d
		}
	}
	return time.Time{}
}

// address takes the mailing address or, in the first version, the residence.
func (l *Licence) address() {
	l.Address = Address{Line1: l.first("DAG", "DAL"), Line2: l.first("DAH", "DAM"), City: l.first("DAI", "DAN"),
		Region: l.first("DAJ", "DAO"), Postcode: postcode(l.first("DAK", "DAP"), l.Country)}
}

// postcode writes five digits, or five and four, in the United States; unused
// digits are zeros, and some issuers fill up with more of them.
func postcode(v, country string) string {
	if country == "CAN" {
		return v
	}
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, v)
	if len(digits) < 5 || strings.Trim(v, "0123456789- ") != "" {
		return v
	}
	if more := digits[5:]; len(more) == 4 && more != "0000" {
		return digits[:5] + "-" + more
	}
	return digits[:5]
}

// Missing names what every card has to say and this one does not: "family-name",
// "given-names", "birth-date", "expiry", "number", "address", "jurisdiction".
func (l Licence) Missing() (names []string) {
	for _, f := range []struct {
		name string
		said bool
	}{
		{"family-name", l.FamilyName != ""}, {"given-names", l.FirstName != ""}, {"birth-date", !l.Born.IsZero()},
		{"expiry", !l.Expires.IsZero()}, {"number", l.Number != ""}, {"address", l.Address.Line1 != "" && l.Address.City != ""},
		{"jurisdiction", l.Jurisdiction != ""},
	} {
		if !f.said {
			names = append(names, f.name)
		}
	}
	return names
}
