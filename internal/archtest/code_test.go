package archtest

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestGormStaysInStoreFiles(t *testing.T) {
	for _, s := range sources(t) {
		if s.test() || s.store() || under(s.pkg, "internal/db") || under(s.pkg, "internal/testkit") {
			continue
		}
		for _, imported := range s.imports {
			if strings.HasPrefix(imported, "gorm.io") {
				t.Errorf("%s imports %s; database code belongs in a file named store*.go", s.path, imported)
			}
		}
	}
}

// writeCall matches the transaction opener of internal/db.
var writeCall = regexp.MustCompile(`\.Write\([^()]*func\(\w* ?\*db\.Tx\) error`)

func TestOnlyTheLogAndBookkeepingOpenTransactions(t *testing.T) {
	allowed := []string{"internal/audit", "internal/jobs", "internal/sessions", "internal/ratelimit", "internal/db", "internal/testkit"}
	for _, s := range sources(t) {
		if s.test() || slices.ContainsFunc(allowed, func(p string) bool { return under(s.pkg, p) }) {
			continue
		}
		if writeCall.MatchString(s.text) {
			t.Errorf("%s opens a transaction itself: write through audit.Log.Record, so that the change has its entry", s.path)
		}
	}
}

func TestTimeAndChanceComeFromTheirPackages(t *testing.T) {
	now := regexp.MustCompile(`\btime\.(Now|Since|Until)\(`)
	for _, s := range sources(t) {
		if s.test() || s.generated() {
			continue
		}
		if s.pkg != "internal/clock" && now.MatchString(s.text) {
			t.Errorf("%s asks the machine for the time; take a clock.Clock", s.path)
		}
		if slices.Contains([]string{"internal/ids", "internal/specimen", "internal/testkit", "internal/lab"}, s.pkg) {
			continue // specimens and reports repeat by their seed; a test's security key is not ours
		}
		for _, imported := range s.imports {
			if imported == "crypto/rand" || imported == "math/rand" || imported == "math/rand/v2" {
				t.Errorf("%s imports %s; randomness comes from internal/ids", s.path, imported)
			}
		}
	}
}

func TestNothingIsWrittenPastTheTemplates(t *testing.T) {
	for _, s := range sources(t) {
		if under(s.pkg, "internal/archtest") {
			continue
		}
		if strings.Contains(s.text, "templ.Raw(") || strings.Contains(s.text, "html/template") {
			t.Errorf("%s writes HTML past templ", s.path)
		}
	}
}

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	said := map[string]bool{}
	for _, s := range sources(t) {
		if s.test() {
			continue
		}
		said[s.pkg] = said[s.pkg] || s.file.Doc.Text() != ""
	}
	for pkg, ok := range said {
		if !ok {
			t.Errorf("%s has no package sentence (doc.go)", pkg)
		}
	}
}

func TestPackagesAreNamedAfterAnIdea(t *testing.T) {
	for _, s := range sources(t) {
		if slices.Contains([]string{"util", "utils", "common", "types", "helpers", "manager", "misc"}, s.file.Name.Name) {
			t.Errorf("%s: package %s says nothing", s.path, s.file.Name.Name)
		}
	}
}

func TestFilesStaySmall(t *testing.T) {
	for _, s := range sources(t) {
		if s.test() || s.generated() {
			continue
		}
		if n := strings.Count(s.text, "\n"); n > 400 {
			t.Errorf("%s has %d lines; which idea moves out?", s.path, n)
		}
	}
}

// evalOrInline matches what the content policy blocks in a page.
var evalOrInline = regexp.MustCompile(`(?i)\sstyle\s*=|\shx-on|\son(click|load|submit|change|input|error)\s*=|"js:|<script>|hx-trigger="[^"]*\[|href="(https?:)?//`)

func TestPagesHoldNothingThatTheContentPolicyBlocks(t *testing.T) {
	for _, path := range files(t, ".templ") {
		for i, line := range strings.Split(read(t, path), "\n") {
			if m := evalOrInline.FindString(line); m != "" {
				t.Errorf("%s:%d holds %q", path, i+1, strings.TrimSpace(m))
			}
		}
	}
}

// sentence matches running text between tags: words belong in views/words.
var sentence = regexp.MustCompile(`>\s*[A-Z][a-z']+( [a-z']+){2,}`)

func TestSentencesStandInWords(t *testing.T) {
	for _, path := range files(t, ".templ") {
		if strings.HasPrefix(path, "views/kit/showcase") {
			continue // samples for developers
		}
		for i, line := range strings.Split(read(t, path), "\n") {
			if m := sentence.FindString(line); m != "" {
				t.Errorf("%s:%d holds the sentence %q; move it to views/words", path, i+1, strings.TrimSpace(m))
			}
		}
	}
}
