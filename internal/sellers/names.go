package sellers

import (
	"slices"
	"strings"

	"truepenny/internal/biometrics/document"
)

// The ways two names are found the same, and the one in which they are not.
const (
	nameExact          = ""               // as written, but for capitals and accents
	nameTransliterated = "transliterated" // ICAO spelling: Ä as AE
	nameTruncated      = "truncated"      // cut off in the zone for want of room
	nameOrder          = "order"          // the same words in another order
	nameFewer          = "fewer"          // the form has some of the given names
	nameDiffers        = "differs"
)

// compareName holds a name of the form against the one that was read. full says
// that the zone had no room left, so that a cut-off name may be the same.
func compareName(form, read string, full bool) (same bool, note string) {
	if document.SameName(form, read) {
		if plainName(form) != plainName(read) {
			return true, nameTransliterated
		}
		return true, nameExact
	}
	for _, spelling := range spellings(form) {
		have, want := strings.Fields(spelling), strings.Fields(document.Transliterate(read))
		if len(have) == 0 || len(want) == 0 {
			continue
		}
		if full && cutOff(have, want) {
			return true, nameTruncated
		}
		if sameWords(have, want) {
			return true, nameOrder
		}
	}
	return false, nameDiffers
}

// spellings are the ICAO spelling of a name and the one that drops accents.
func spellings(name string) []string {
	return []string{document.Transliterate(name), document.Transliterate(plainName(name))}
}

func plainName(name string) string { return strings.ToUpper(fold(name)) }

// cutOff reports whether want is have with its end, or the ends of its words,
// missing (ICAO Doc 9303-3, 4.6: names are cut, given names may be initials).
func cutOff(have, want []string) bool {
	if len(want) > len(have) {
		return false
	}
	for i, w := range want {
		if !strings.HasPrefix(have[i], w) {
			return false
		}
	}
	return true
}

func sameWords(a, b []string) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(a, b)
}

// fewerGiven reports whether the given names of the form are some of those on
// the document: many people use one of theirs. A person settles it.
func fewerGiven(form, read string) bool {
	want := strings.Fields(document.Transliterate(read))
	for _, spelling := range spellings(form) {
		have := strings.Fields(spelling)
		if len(have) == 0 || len(have) >= len(want) {
			continue
		}
		all := true
		for _, w := range have {
			all = all && slices.Contains(want, w)
		}
		if all {
			return true
		}
	}
	return false
}
