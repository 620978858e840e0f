package refusals

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"truepenny/internal/privacy"
)

// look is one check at work.
type look struct {
	Program
	seen  Seen
	found []Finding
}

func (l *look) find(where, what string) { l.found = append(l.found, Finding{where, what}) }

// need notes how many of a kind there were. A check that had nothing to look at
// has shown nothing, so none is a finding.
func (l *look) need(seen *int, what string, n int) {
	*seen = n
	if n == 0 {
		l.find("nothing", what)
	}
}

// names looks for words in everything that has a name: tables, columns, routes,
// form fields, purposes, commands. A word of two parts ("lie detector") stands
// for the two behind each other.
func (l *look) names(words ...string) {
	l.schema(words...)
	l.need(&l.seen.Routes, "routes", len(l.Routes))
	for _, r := range l.Routes {
		if named(r.Path, words) || named(r.Name, words) {
			l.find("route", r.Method+" "+r.Path)
		}
	}
	for _, p := range l.opened() {
		l.seen.Fields += len(p.Fields)
		for _, f := range p.Fields {
			if named(f, words) {
				l.find("field", f+" "+p.Path)
			}
		}
	}
	l.purposes(func(p privacy.Purpose) string {
		if named(string(p.ID), words) || named(p.Why, words) || slices.ContainsFunc(p.Uses, func(u string) bool { return named(u, words) }) {
			return string(p.ID)
		}
		return ""
	})
	l.need(&l.seen.Commands, "commands", len(l.Commands))
	for _, c := range l.Commands {
		if named(c, words) {
			l.find("command", c)
		}
	}
}

// opened are the pages that opened: an error page shows neither the forms nor the
// sources of the page that it stands for. One that broke has shown nothing.
func (l *look) opened() []Page {
	var out []Page
	for _, p := range l.Pages {
		switch {
		case p.Status == http.StatusOK:
			out = append(out, p)
		case p.Status >= http.StatusInternalServerError:
			l.find("page", p.Path+": "+strconv.Itoa(p.Status))
		}
	}
	l.need(&l.seen.Pages, "pages", len(out))
	return out
}

// schema looks for words in the names of tables and columns.
func (l *look) schema(words ...string) {
	l.tables(func(t Table) {
		if named(t.Name, words) {
			l.find("table", t.Name)
		}
		for _, c := range t.Columns {
			if named(c, words) {
				l.find("column", t.Name+"."+c)
			}
		}
	})
}

func (l *look) tables(each func(Table)) {
	l.need(&l.seen.Tables, "tables", len(l.Schema))
	l.seen.Columns = 0
	for _, t := range l.Schema {
		l.seen.Columns += len(t.Columns)
		each(t)
	}
}

// purposes asks about every purpose; an answer that is not empty is a finding.
func (l *look) purposes(wrong func(privacy.Purpose) string) {
	l.need(&l.seen.Purposes, "purposes", len(l.Purposes))
	for _, p := range l.Purposes {
		if what := wrong(p); what != "" {
			l.find("purpose", what)
		}
	}
}

// never finds purposes that do not rule a use out; of those that measure a body
// when bodily is set.
func (l *look) never(use string, bodily bool) {
	l.purposes(func(p privacy.Purpose) string {
		if bodily && !p.Modality.Biometric() || slices.Contains(p.Never, use) {
			return ""
		}
		return string(p.ID) + ": " + use
	})
}

// networks finds networks whose name is not on the list.
func (l *look) networks(known map[string]string) {
	l.need(&l.seen.Networks, "networks", len(l.Networks))
	for _, n := range l.Networks {
		if known[n] == "" {
			l.find("network", n)
		}
	}
}

// shut finds pages whose Permissions-Policy leaves a feature open. Only the page
// that the table of routes gives the camera to may open it, and never for staff.
func (l *look) shut(as string, features ...string) {
	n := 0
	for _, p := range l.Pages {
		if as != "" && p.As != as {
			continue
		}
		n++
		for _, f := range features {
			allowed := f == "camera" && p.Camera && p.As != AsStaff
			if !strings.Contains(p.PermissionsPolicy, f+"=()") && !allowed {
				l.find("page", p.Path+": "+f)
			}
		}
	}
	l.need(&l.seen.Pages, "pages", n)
}

// part splits names at everything that is no letter or digit, and before
// capitals ("StaffWebcam").
var part = regexp.MustCompile(`[A-Z]?[a-z0-9]+|[A-Z]+`)

// named reports whether a name holds one of the words, as a whole word or its
// plural.
func named(name string, words []string) bool {
	parts := part.FindAllString(name, -1)
	for i := range parts {
		parts[i] = strings.ToLower(parts[i])
	}
	whole := " " + strings.Join(parts, " ") + " "
	return slices.ContainsFunc(words, func(w string) bool {
		return strings.Contains(whole, " "+w+" ") || strings.Contains(whole, " "+w+"s ")
	})
}
