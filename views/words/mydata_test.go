package words

import (
	"regexp"
	"testing"
)

var (
	holdingOf = regexp.MustCompile(`(?:Holding\{+What: *|\bheld\()"([a-z-]+)"`)
	keptOf    = regexp.MustCompile(`Kept\{What: *"([a-z-]+)", Law: *"([a-z0-9-]+)"`)
)

func TestEverythingThatIsHeldHasAName(t *testing.T) {
	found := 0
	for path, text := range sources(t) {
		for _, m := range holdingOf.FindAllStringSubmatch(text, -1) {
			if found++; m[1] != "evidence-" && holdingNames[m[1]] == "" {
				t.Errorf("%s holds %q, which has no name", path, m[1])
			}
		}
		for _, m := range keptOf.FindAllStringSubmatch(text, -1) {
			if StaysName(m[1]) == m[1] || LawName(m[2]) == m[2] {
				t.Errorf("%s keeps %q by %q, which has no words", path, m[1], m[2])
			}
		}
	}
	if found < 8 {
		t.Fatalf("only %d kinds were found", found)
	}
}

func TestEveryCheckIsToldToItsPersonInWords(t *testing.T) {
	for kind := range checkTitles {
		if ComparisonWith(kind) == kind || ComparisonName(kind) == kind {
			t.Errorf("%s has no words for its person", kind)
		}
		for _, outcome := range []string{"pass", "review", "fail", "not run"} {
			if ComparisonText(kind, outcome, "") == "" || ComparisonOutcome(outcome) == outcome {
				t.Errorf("%s %s has no words", kind, outcome)
			}
		}
	}
}
