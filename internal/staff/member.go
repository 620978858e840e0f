package staff

import (
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"truepenny/internal/audit"
	"truepenny/internal/errs"
	"truepenny/internal/sessions"
)

// Role is what a member may do; a member may have several.
type Role string

const (
	Administrator Role = "administrator" // sets up: members, roles, policies, thresholds
	Lead          Role = "lead"          // second person of a refusal, distributes work
	Reviewer      Role = "reviewer"      // decides cases
	Associate     Role = "associate"     // verifies by video call
	Agent         Role = "agent"         // customer service
	Security      Role = "security"      // incidents
	Privacy       Role = "privacy"       // consents, retention, requests
	Auditor       Role = "auditor"       // reads, changes nothing
)

// Roles is the closed list, in the order pages show it.
var Roles = []Role{Administrator, Lead, Reviewer, Associate, Agent, Security, Privacy, Auditor}

// State is where a member stands.
type State string

const (
	Invited  State = "invited" // has not registered a passkey yet
	Active   State = "active"
	Disabled State = "disabled" // cannot sign in; what they did stays
)

// Member is one person who works here.
type Member struct {
	ID        string
	Name      string // empty only before the first administrator has said it
	Email     string
	Roles     []Role // in the order of the list
	State     State
	CreatedAt time.Time
}

// Has reports whether the member has one of the roles.
func (m Member) Has(roles ...Role) bool {
	return slices.ContainsFunc(roles, func(r Role) bool { return slices.Contains(m.Roles, r) })
}

// Actor is the member as the audit log names it: all roles, comma-separated.
func (m Member) Actor() audit.Actor {
	return audit.Actor{Kind: audit.KindStaff, ID: m.ID, Role: joinRoles(m.Roles)}
}

// Holder is the member as sessions and passkeys name it.
func (m Member) Holder() sessions.Holder {
	return sessions.Holder{Kind: audit.KindStaff, ID: m.ID}
}

// Details are what a person says about a member.
type Details struct {
	Name, Email string
	Roles       []Role
}

// check cleans the details and names every field that is wrong.
func (d Details) check() (Details, error) {
	wrong := map[string]string{}
	d.Name, d.Email = strings.Join(strings.Fields(d.Name), " "), strings.ToLower(strings.TrimSpace(d.Email))
	switch {
	case d.Name == "":
		wrong["name"] = "form.required"
	case utf8.RuneCountInString(d.Name) > 100:
		wrong["name"] = "form.too-long"
	}
	if d.Email == "" {
		wrong["email"] = "form.required"
	} else if a, err := mail.ParseAddress(d.Email); err != nil || a.Address != d.Email || len(d.Email) > 254 {
		wrong["email"] = "form.email"
	}
	roles, ok := sortRoles(d.Roles)
	if d.Roles = roles; !ok {
		wrong["roles"] = "staff.roles-required"
	}
	return d, errs.Fields(wrong)
}

// sortRoles puts roles in the order of the list, each once; not ok when there is
// none or one that does not exist.
func sortRoles(given []Role) (sorted []Role, ok bool) {
	for _, r := range Roles {
		if slices.Contains(given, r) {
			sorted = append(sorted, r)
		}
	}
	for _, r := range given {
		if !slices.Contains(Roles, r) {
			return sorted, false
		}
	}
	return sorted, len(sorted) > 0
}

func joinRoles(roles []Role) string {
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = string(r)
	}
	return strings.Join(names, ",")
}
