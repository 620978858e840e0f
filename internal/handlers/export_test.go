package handlers

import (
	"strings"

	"truepenny/internal/staff"
)

// Row is a row of the table of routes, for the tests that walk all of them.
type Row struct {
	Method, Path, Name string
	Seller             bool
	Roles              []staff.Role
	Camera             bool
}

// Open reports whether anybody may pass.
func (r Row) Open() bool { return !r.Seller && len(r.Roles) == 0 }

// Who says in words who may pass.
func (r Row) Who() string {
	if r.Open() {
		return "anyone"
	}
	var names []string
	if r.Seller {
		names = append(names, "seller")
	}
	if len(r.Roles) == len(staff.Roles) {
		return strings.Join(append(names, "staff"), " ")
	}
	for _, role := range r.Roles {
		names = append(names, string(role))
	}
	return strings.Join(names, " ")
}

// Rows lists the table of routes.
func Rows(d Deps) []Row {
	var out []Row
	for _, r := range (&Server{Deps: d}).routes() {
		out = append(out, Row{r.method, r.path, r.name, r.who.seller, r.who.roles, r.camera})
	}
	return out
}

// ConfigSaid reports whether the practice statement says a setting.
func ConfigSaid(field string) bool { return configSentences[field] != nil }
