package archtest

import (
	"regexp"
	"strings"
	"testing"
)

var (
	// purposeMade matches text that is made into a purpose.
	purposeMade = regexp.MustCompile(`\bvault\.Purpose\(`)
	// purposeMadeAtHome matches the same within the vault itself.
	purposeMadeAtHome = regexp.MustCompile(`(^|[^.\w])Purpose\(`)
	// purposeConst matches a purpose of the list with its name.
	purposeConst = regexp.MustCompile(`Purpose\w+ +vault\.Purpose = ("[a-z-]+")`)
	// kindOfHolding matches what is held, which may be called like its purpose.
	kindOfHolding = regexp.MustCompile(`What: +"[a-z-]+"`)
)

const purposeList = "internal/privacy/purposes.go"

// The list of purposes is closed only as long as no text becomes a purpose
// elsewhere. The vault reads back what it was given, in its store files.
func TestPurposesAreMadeInTheirListAlone(t *testing.T) {
	var names []string
	for _, m := range purposeConst.FindAllStringSubmatch(read(t, purposeList), -1) {
		names = append(names, m[1])
	}
	if len(names) < 9 {
		t.Fatalf("the list of purposes holds %q: the test looks in the wrong place", names)
	}
	for _, s := range sources(t) {
		if s.test() || s.path == purposeList || under(s.pkg, "views") || under(s.pkg, "internal/testkit") {
			continue // pages hold codes as text, and can open nothing
		}
		if under(s.pkg, "internal/vault") && !s.store() {
			if line := made(s.text, purposeMadeAtHome); line != "" {
				t.Errorf("%s makes a purpose of text: %s", s.path, line)
			}
		}
		if line := made(s.text, purposeMade); line != "" {
			t.Errorf("%s makes a purpose of text: %s; take privacy.PurposeNamed", s.path, line)
		}
		for _, name := range names {
			if strings.Contains(kindOfHolding.ReplaceAllString(s.text, ""), name) && s.path != "internal/privacy/notices_texts.go" {
				t.Errorf("%s spells the purpose %s out; take its constant", s.path, name)
			}
		}
	}
}

// made returns the first line that is no comment and matches.
func made(text string, what *regexp.Regexp) string {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "//") && what.MatchString(line) {
			return line
		}
	}
	return ""
}
