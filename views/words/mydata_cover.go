package words

import (
	"strings"
	"unicode"
)

// Words of the page inside a person's copy of their data.
const (
	CoverTitle     = "A copy of your data"
	CoverMade      = "Made on"
	CoverLead      = "This is everything that was held about you then. Times are in UTC."
	CoverOriginals = "Your pictures and what was sealed with them"
	CoverNothing   = "Nothing."
	CoverJSON      = "the same for programs"
)

// SourceName is the heading of one part of a person's data.
func SourceName(name string) string {
	return orCode(map[string]string{
		"accounts": "Your account", "sellers": "Your applications", "consents": "What you agreed to and declined", "vault": "What is sealed, and until when",
		"mail": "Mails that were sent to you", "sessions": "Where you are signed in", "passkeys": "Your passkeys", "copies": "Copies that you asked for",
		"requests": "What you asked the privacy officer", "erasures": "What was deleted", "holds": "Legal holds", "experiments": "Tests that you are or were part of",
		"looks": "Who looked at your data, and what was done with it", "laboratory": "The lab", "ratelimit": "Counters",
	}, name)
}

// FieldTitle makes a name of a program readable: "GivenNames" is "Given names".
func FieldTitle(name string) string {
	var b strings.Builder
	for i, r := range strings.ReplaceAll(name, "_", " ") {
		if i > 0 && unicode.IsUpper(r) && !strings.HasSuffix(b.String(), " ") && b.Len() > 0 && !unicode.IsUpper(rune(name[i-1])) {
			b.WriteByte(' ')
			r = unicode.ToLower(r)
		}
		b.WriteRune(r)
	}
	return upperFirst(b.String())
}
