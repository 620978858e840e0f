package archtest

import (
	"slices"
	"strings"
	"testing"
)

// base packages hold one idea each and know nothing of persons.
var base = []string{"errs", "clock", "ids", "config", "csvout", "form", "coarse", "interval"}

// trust packages keep what everything else relies on.
var trust = []string{"audit", "vault", "jobs", "mail", "ratelimit", "sessions", "passkeys", "staff", "accounts", "privacy"}

// features are the rooms of the house; none may know another.
var features = []string{"sellers", "obligations", "guard", "contacts", "palmpay", "lab", "laboratory", "requests", "experiments", "refusals", "registers", "answers", "copies", "openlog"}

// mayImport lists, for a package of ours (by folder prefix under internal/),
// which other packages of ours it may import. The longest matching prefix holds.
var mayImport = map[string][]string{
	"errs": {}, "clock": {}, "ids": {}, "config": {}, "csvout": {}, "coarse": {}, "interval": {},
	"form":       {"errs", "clock"},
	"inference":  {},
	"biometrics": {"inference", "biometrics", "ids"},
	"bounded":    {},
	"pdf":        {"bounded", "biometrics/picture", "biometrics/text"},
	"ocr":        {"bounded", "biometrics/text"},
	"specimen":   {"biometrics", "ids"},
	"db":         {"config", "errs", "clock"},
	"audit":      {"errs", "clock", "ids", "db", "audit"},
	"vault":      {"errs", "clock", "ids", "db", "audit", "jobs", "config"},
	"jobs":       {"errs", "clock", "ids", "db"},
	"mail":       {"errs", "clock", "ids", "db", "audit", "jobs", "config"},
	"ratelimit":  {"errs", "clock", "ids", "db"},
	"sessions":   {"errs", "clock", "ids", "db", "audit", "config"},
	"passkeys":   {"errs", "clock", "ids", "db", "audit", "config", "sessions"},
	"staff":      slices.Concat(base, []string{"db", "audit", "vault", "jobs", "mail", "ratelimit", "sessions", "passkeys"}),
	"accounts":   slices.Concat(base, []string{"db", "audit", "vault", "jobs", "mail", "ratelimit", "sessions", "passkeys"}),
	"privacy":    slices.Concat(base, []string{"db", "audit", "vault", "jobs"}),
	"sellers":    slices.Concat(base, trust, []string{"db", "pdf", "ocr", "biometrics"}),
	"lab":        slices.Concat(base, []string{"biometrics", "inference", "specimen", "pdf", "ocr", "bounded"}),
	// The feature around the lab stores what the lab measures; the measuring
	// itself stays without storage, so that the command needs no database.
	"laboratory": slices.Concat(base, trust, []string{"db", "biometrics", "lab"}),
	"requests":   slices.Concat(base, trust, []string{"db"}),
	"copies":     slices.Concat(base, trust, []string{"db"}),
	"openlog":    slices.Concat(base, []string{"db", "audit", "jobs", "mail"}),
	// What is said in public: checks of what is refused, registers, answers.
	"refusals":    slices.Concat(base, trust, []string{"db"}),
	"registers":   slices.Concat(base, trust, []string{"db"}),
	"answers":     slices.Concat(base, trust, []string{"db"}),
	"experiments": slices.Concat(base, trust, []string{"db"}),
	"demo":        slices.Concat(base, trust, features, []string{"db", "biometrics", "specimen", "inference"}),
	"handlers":    slices.Concat(base, trust, features, []string{"demo", "biometrics/face", "biometrics/liveness", "biometrics/document"}),
	"testkit":     {"*"},
	"archtest":    {},
}

// forbidden lists outside modules that a package of ours must not know.
var forbidden = map[string][]string{
	"biometrics": {"gorm.io", "github.com/labstack", "github.com/a-h/templ", "net/http", "database/sql"},
	"inference":  {"gorm.io", "github.com/labstack", "github.com/a-h/templ", "net/http", "database/sql"},
	"bounded":    {"gorm.io", "github.com", "net/http", "database/sql"},
	"pdf":        {"gorm.io", "github.com", "net/http", "database/sql"},
	"ocr":        {"gorm.io", "github.com", "net/http", "database/sql"},
	"specimen":   {"gorm.io", "github.com/labstack", "github.com/a-h/templ", "net/http", "database/sql"},
	"config":     {"gorm.io", "github.com"},
	"sellers":    {"github.com/labstack", "github.com/a-h/templ", "net/http"},
	"lab":        {"github.com/labstack", "github.com/a-h/templ", "net/http"},
	"laboratory": {"github.com/labstack", "github.com/a-h/templ", "net/http"},
	"privacy":    {"github.com/labstack", "github.com/a-h/templ", "net/http"},
	"handlers":   {"gorm.io"},
	"views":      {"gorm.io", "github.com/labstack"},
}

func TestImportsFollowTheHouseRules(t *testing.T) {
	for _, s := range sources(t) {
		if s.test() {
			continue
		}
		for _, imported := range s.imports {
			if problem := judge(s.pkg, imported); problem != "" {
				t.Errorf("%s imports %s: %s", s.path, imported, problem)
			}
		}
	}
}

func TestJudgeRefusesWhatTheRulesForbid(t *testing.T) {
	for _, c := range []struct{ pkg, imported string }{
		{"internal/sellers", "truepenny/internal/guard"},
		{"internal/sellers", "truepenny/internal/handlers"},
		{"internal/errs", "truepenny/internal/clock"},
		{"internal/biometrics/face", "truepenny/internal/db"},
		{"internal/biometrics/face", "gorm.io/gorm"},
		{"internal/biometrics/mesh", "truepenny/internal/specimen"},
		{"views/sellers", "truepenny/internal/sellers"},
		{"views/sellers", "truepenny/views/staff"},
		{"internal/handlers", "gorm.io/gorm"},
		{"internal/handlers", "truepenny/internal/db"},
		{"internal/audit", "truepenny/internal/staff"},
	} {
		if judge(c.pkg, c.imported) == "" {
			t.Errorf("%s may import %s", c.pkg, c.imported)
		}
	}
	for _, c := range []struct{ pkg, imported string }{
		{"internal/sellers", "truepenny/internal/vault"},
		{"internal/sellers", "truepenny/internal/biometrics/face"},
		{"internal/biometrics/mesh", "truepenny/internal/biometrics/face"},
		{"internal/biometrics/mesh", "truepenny/internal/inference/convert"},
		{"views/sellers", "truepenny/views/kit"},
		{"cmd/web", "truepenny/internal/db"},
	} {
		if problem := judge(c.pkg, c.imported); problem != "" {
			t.Errorf("%s may not import %s: %s", c.pkg, c.imported, problem)
		}
	}
}

// judge says what is wrong with an import, "" when nothing is.
func judge(pkg, imported string) string {
	pkg = strings.TrimPrefix(pkg, "internal/")
	ours, isOurs := strings.CutPrefix(imported, module)
	if strings.HasPrefix(pkg, "views") {
		return judgeView(ours, isOurs, imported)
	}
	for prefix, list := range forbidden {
		if under(pkg, prefix) && slices.ContainsFunc(list, func(f string) bool { return strings.HasPrefix(imported, f) }) {
			return "this package must not know it"
		}
	}
	if !isOurs || strings.HasPrefix(pkg, "cmd/") || pkg == "static" {
		return ""
	}
	return judgeOurs(pkg, ours)
}

func judgeView(ours string, isOurs bool, imported string) string {
	if isOurs && !strings.HasPrefix(ours, "views/kit") && !strings.HasPrefix(ours, "views/layout") &&
		!strings.HasPrefix(ours, "views/paths") && !strings.HasPrefix(ours, "views/words") && ours != "static" {
		return "views may import only kit, layout, paths, words and static"
	}
	if strings.HasPrefix(imported, "gorm.io") || strings.HasPrefix(imported, "github.com/labstack") {
		return "views know neither database nor router"
	}
	return ""
}

func judgeOurs(pkg, ours string) string {
	if strings.HasPrefix(ours, "views/") || ours == "static" {
		if under(pkg, "handlers") || under(pkg, "testkit") {
			return ""
		}
		return "only handlers and cmd/web know views and static files"
	}
	target := strings.TrimPrefix(ours, "internal/")
	first, _, _ := strings.Cut(pkg, "/")
	allowed, known := mayImport[first]
	if !known {
		return "package " + first + " has no rule: add one to archtest and docs/architecture.md"
	}
	for _, a := range allowed {
		if a == "*" || under(target, a) {
			return ""
		}
	}
	if under(target, first) { // a package and its own sub-packages
		return ""
	}
	return "the rule for " + first + " does not name it"
}

func under(pkg, prefix string) bool { return pkg == prefix || strings.HasPrefix(pkg, prefix+"/") }
