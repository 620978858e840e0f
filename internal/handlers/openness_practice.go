package handlers

import (
	"cmp"
	"net/http"
	"reflect"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/config"
	"truepenny/internal/privacy"
	"truepenny/internal/sellers"
	"truepenny/views/openness"
	"truepenny/views/words"
)

func (s *Server) showPractice(c echo.Context) error {
	return render(c, http.StatusOK, openness.Practice(s.presentPractice(c)))
}

// presentPractice writes the statement from the settings in force: each field of
// the policy, of the installation's settings and of the list of purposes.
func (s *Server) presentPractice(c echo.Context) openness.PracticeProps {
	p := openness.PracticeProps{PublicProps: s.open(c, words.PracticeTitle)}
	p.Wide = false
	settings := policyLines(s.Sellers.Policy)
	for _, code := range words.PracticeSections {
		section := openness.Section{ID: code, Title: words.PracticeSection(code), Lines: append(append([]string{}, words.PracticeLines(code)...), settings[code]...)}
		switch code {
		case "evidence":
			section.Lines = append([]string{acceptedPapers()}, section.Lines...)
		case "purposes":
			section.Table = purposeLines()
		case "security":
			section.Lines = append(section.Lines, configLines(s.Config)...)
		}
		p.Sections = append(p.Sections, section)
	}
	return p
}

// policyLines words every field of the policy, by section. A field that nobody
// has worded is left out; a test fails for it.
func policyLines(policy sellers.Policy) map[string][]string {
	out := map[string][]string{}
	v := reflect.ValueOf(policy)
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		if section, text, worded := words.PracticeSetting(name, settingValue(name, v.Field(i))); worded {
			out[section] = append(out[section], text)
		}
	}
	return out
}

func settingValue(name string, v reflect.Value) string {
	switch x := v.Interface().(type) {
	case time.Duration:
		return words.Length(x)
	case bool:
		return yesNo(x)
	case int:
		if strings.HasSuffix(name, "Bytes") {
			return words.Megabytes(x)
		}
		return words.Number(x)
	case float64:
		return words.Points(x)
	}
	return v.String()
}

func acceptedPapers() string {
	var names []string
	for _, k := range sellers.DocumentKinds {
		names = append(names, words.Within(words.DocumentKindName(string(k))))
	}
	for _, k := range sellers.PaperKinds {
		names = append(names, words.Within(words.PaperKindName(string(k))))
	}
	return words.PracticeAccepted(strings.Join(names, ", "))
}

func purposeLines() []openness.Line {
	var out []openness.Line
	for _, p := range privacy.Purposes() {
		line := openness.Line{Key: words.PurposeName(string(p.ID)), Value: words.PracticeNotOffered}
		if p.Offered {
			line.Value = words.PracticePurpose(words.PurposeUses(p.Uses), words.PurposeWhy(p.Why), words.PurposeBasis(string(p.Basis)),
				words.PurposeSeenBy(p.SeenBy), words.PurposeKept(p.KeptDays, p.Clock))
		}
		out = append(out, line)
	}
	return out
}

// configLines words every setting of the installation, in the order of
// config.Config.
func configLines(cfg config.Config) []string {
	var out []string
	t := reflect.TypeOf(cfg)
	for i := range t.NumField() {
		if say := configSentences[t.Field(i).Name]; say != nil {
			out = append(out, say(cfg))
		}
	}
	return out
}

func always(text string) func(config.Config) string {
	return func(config.Config) string { return text }
}

// configSentences say each setting; where its value is nobody's business, without
// it.
var configSentences = map[string]func(config.Config) string{
	"Addr":      always(words.PracticeListen),
	"Data":      always(words.PracticeFolder),
	"Database":  func(c config.Config) string { return words.SayDatabase(dialectOf(c.Database)) },
	"Keys":      always(words.PracticeKeys),
	"MasterKey": always(words.PracticeMaster),
	"PreviousMasterKey": func(c config.Config) string {
		if c.PreviousMasterKey.Given() {
			return words.PracticeRotating
		}
		return words.PracticeNotRotating
	},
	"Engine": always(words.PracticeEngine),
	"Mail": func(c config.Config) string {
		if c.Mail.Catch || c.Mail.Host == "" {
			return words.PracticeMailCaught
		}
		return words.PracticeMail(c.Mail.Host)
	},
	"Light": func(c config.Config) string {
		if c.Light {
			return words.PracticeLight
		}
		return words.PracticeNoLight
	},
	"BaseURL": func(c config.Config) string {
		if c.BaseURL == nil || c.Development() {
			return words.PracticeLocal
		}
		return words.PracticeAddress + c.BaseURL.Host + ". " + words.PracticeTLS
	},
}

func dialectOf(database string) string {
	if strings.HasPrefix(cmp.Or(database, "sqlite:"), "postgres") {
		return "postgres"
	}
	return "sqlite"
}
