package words

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// sources are the program's own Go files, without tests.
func sources(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir("../../internal", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		out[path] = string(text)
		return err
	})
	if err != nil || len(out) < 50 {
		t.Fatal(len(out), err)
	}
	return out
}

var reasonOf = regexp.MustCompile(`errs\.(?:New|Wrap)\(errs\.\w+, "([a-z][a-z.-]+)"`)

func TestEveryReasonInTheProgramHasASentence(t *testing.T) {
	for path, text := range sources(t) {
		for _, m := range reasonOf.FindAllStringSubmatch(text, -1) {
			if Reasons[m[1]] == "" {
				t.Errorf("%s gives the reason %q, which has no sentence", path, m[1])
			}
		}
	}
}

var actionOf = regexp.MustCompile(`Action(?::| =) *"([a-z]+\.[a-z.-]+)"|\.edit\(ctx, [\w.]+, \w+, "([a-z]+\.[a-z-]+)"`)

func TestEveryActionInTheLogHasWords(t *testing.T) {
	for path, text := range sources(t) {
		if strings.Contains(path, "testkit") {
			continue
		}
		for _, m := range actionOf.FindAllStringSubmatch(text, -1) {
			if action := m[1] + m[2]; logActions[action] == "" {
				t.Errorf("%s logs %q, which has no words", path, action)
			}
		}
	}
}

func TestEveryKindOfCheckIsNamed(t *testing.T) {
	for kind := range checkTitles {
		for _, outcome := range []string{"pass", "review", "fail", "not run"} {
			if s := CheckText(kind, outcome, ""); !strings.HasSuffix(s, ".") {
				t.Errorf("%s, %s: %q is not a sentence", kind, outcome, s)
			}
		}
	}
	for reason, s := range checkTexts {
		if !strings.HasSuffix(s, ".") {
			t.Errorf("%s: %q is not a sentence", reason, s)
		}
	}
}
