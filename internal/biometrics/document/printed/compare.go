package printed

import (
	"strings"
	"time"

	"truepenny/internal/biometrics/document"
	"truepenny/internal/biometrics/document/bill"
	"truepenny/internal/biometrics/text"
)

// Verdict says how print and zone stand to each other.
type Verdict string

const (
	Same    Verdict = "same"
	Near    Verdict = "near"    // but for a letter or two, as readers misread on a patterned ground
	Differs Verdict = "differs" // clearly something else
	Unread  Verdict = "unread"  // nothing that could be held against the zone
)

// Compare holds the print of a part against the zone's value: a name, a number, or
// a date as 2006-01-02.
func Compare(part Part, said, zone string) Verdict {
	if strings.TrimSpace(said) == "" || zone == "" {
		return Unread
	}
	switch part {
	case BirthDate, Expiry:
		return compareDay(said, zone)
	case Number:
		number, wanted := letters(alike.Replace(strings.ToUpper(said))), letters(alike.Replace(zone))
		if lost := len(wanted) - len(number); lost > 0 && lost <= 1+len(wanted)/8 && text.Distance(number, wanted) == lost {
			return Near // a character was not read, and none is another
		}
		return compareText(number, wanted, 0)
	}
	printed, wanted := document.Transliterate(said), document.Transliterate(zone)
	if document.SameName(said, zone) || strings.Contains(" "+printed+" ", " "+wanted+" ") {
		return Same
	}
	return compareText(letters(printed), letters(wanted), 1+len(wanted)/8)
}

func compareDay(said, zone string) Verdict {
	days := bill.Days(said)
	if len(days) == 0 {
		return Unread
	}
	for _, d := range days {
		if d.Format(time.DateOnly) == zone {
			return Same
		}
	}
	return Differs
}

// alike are letters and digits that readers confuse, in numbers.
var alike = strings.NewReplacer("O", "0", "Q", "0", "D", "0", "I", "1", "L", "1", "S", "5", "B", "8", "Z", "2", "G", "6")

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// compareText allows some letters to be misread. What has another length by half
// or shares little was not read, or it is not the field.
func compareText(said, zone string, allowed int) Verdict {
	if zone == "" || len(said)*2 < len(zone) || len(said) > 2*len(zone)+8 {
		return Unread
	}
	if strings.Contains(said, zone) {
		return Same
	}
	if text.Distance(said, zone) <= allowed {
		return Near
	}
	return Differs
}
