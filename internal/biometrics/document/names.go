package document

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// expanded lists the Latin letters that ICAO Doc 9303-3, section 6, table A
// writes as other letters; all remaining accents are dropped.
var expanded = strings.NewReplacer(
	"Ä", "AE", "Å", "AA", "Æ", "AE", "Ö", "OE", "Ø", "OE", "Œ", "OE", "Ü", "UE", "ß", "SS", "ẞ", "SS",
	"Đ", "D", "Ð", "D", "Ħ", "H", "ı", "I", "Ĳ", "IJ", "Ł", "L", "Ŋ", "N", "Þ", "TH", "Ŧ", "T", "ĸ", "Q")

// plain drops the accent where expanded adds a letter: the other spelling
// that the same table allows.
var plain = strings.NewReplacer("Ä", "A", "Å", "A", "Ö", "O", "Ø", "O", "Ü", "U")

// Transliterate writes a name with A-Z and single spaces, as the zone does.
// Hyphens become spaces, apostrophes, commas and full stops vanish; letters of
// other scripts, which have tables of their own, are left out.
func Transliterate(name string) string {
	return letter(expanded.Replace(upper(name)))
}

// SameName tells whether a name as a person writes it and a name as the zone
// prints it can be the same: equal under either spelling of letters such as Ü.
// Capitals, accents, hyphens and apostrophes do not count. Both being empty is
// no agreement.
func SameName(written, printed string) bool {
	p := Transliterate(printed)
	if p == "" {
		return false
	}
	return p == Transliterate(written) || p == letter(expanded.Replace(plain.Replace(upper(written))))
}

func upper(s string) string { return strings.ToUpper(norm.NFC.String(s)) }

func letter(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case r >= 'A' && r <= 'Z':
			b.WriteRune(r)
		case unicode.IsSpace(r), r == '-', r == '‐', r == '–', r == '<':
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
