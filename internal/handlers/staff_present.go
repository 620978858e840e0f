package handlers

import (
	"github.com/labstack/echo/v4"

	"truepenny/internal/passkeys"
	"truepenny/internal/sessions"
	"truepenny/internal/staff"
	"truepenny/views/kit"
	"truepenny/views/paths"
	staffview "truepenny/views/staff"
	"truepenny/views/words"
)

func (s *Server) presentMembers(c echo.Context, f staff.Filter, list []staff.Member) staffview.MembersProps {
	props := staffview.MembersProps{
		Frame: s.console(c, words.MembersTitle), Messages: messages(words.MemberDone(c.QueryParam("done"))),
		Text: f.Query, Role: string(f.Role), State: string(f.State), On: memberFiltersOn(f),
		Roles:  []kit.Option{{Label: words.MembersAnyRole}},
		States: []kit.Option{{Label: words.MembersAnyState}},
		Pager: kit.PagerProps{
			From: min(1, len(list)), To: len(list), Total: len(list), Noun: words.MemberOne, Nouns: words.MemberMany,
			CSV: membersPath(paths.MembersCSV(), f),
		},
	}
	for _, r := range staff.Roles {
		props.Roles = append(props.Roles, kit.Option{Value: string(r), Label: words.RoleName(string(r))})
	}
	for _, st := range memberStates {
		props.States = append(props.States, kit.Option{Value: string(st), Label: words.MemberStateName(string(st))})
	}
	me := visitorOf(c).member.ID
	for _, m := range list {
		props.Rows = append(props.Rows, staffview.MemberRow{
			Name: m.Name, Email: m.Email, Href: paths.Member(m.ID), Roles: roleNames(m.Roles),
			State: memberBadge(m.State), Since: words.Date(m.CreatedAt), You: m.ID == me,
		})
	}
	return props
}

func membersPath(path string, f staff.Filter) string {
	return paths.With(path, "q", f.Query, "role", string(f.Role), "state", string(f.State))
}

// memberFiltersOn are the filters in use, each with the address without it.
func memberFiltersOn(f staff.Filter) []kit.FilterOn {
	var on []kit.FilterOn
	add := func(text string, without staff.Filter) {
		on = append(on, kit.FilterOn{Text: text, Remove: membersPath(paths.Members(), without)})
	}
	if f.Query != "" {
		add("“"+f.Query+"”", staff.Filter{Role: f.Role, State: f.State})
	}
	if f.Role != "" {
		add(words.RoleName(string(f.Role)), staff.Filter{Query: f.Query, State: f.State})
	}
	if f.State != "" {
		add(words.MemberStateName(string(f.State)), staff.Filter{Query: f.Query, Role: f.Role})
	}
	return on
}

func memberBadge(st staff.State) kit.BadgeProps {
	b := kit.BadgeProps{Text: words.MemberStateName(string(st)), Icon: kit.GlyphCheck, Tone: kit.ToneGood}
	switch st {
	case staff.Invited:
		b.Icon, b.Tone = kit.GlyphMail, kit.ToneInfo
	case staff.Disabled:
		b.Icon, b.Tone = kit.GlyphLock, kit.ToneWarn
	}
	return b
}

func (s *Server) presentInvitation(c echo.Context, d staff.Details, problem error) staffview.InvitationProps {
	return staffview.InvitationProps{
		Frame: s.console(c, words.InvitationTitle), Name: d.Name, Email: d.Email, Roles: asText(d.Roles),
		Choices: roleChoices(), Errors: kit.Errors(fieldSentences(problem)),
	}
}

func (s *Server) presentMember(c echo.Context, m staff.Member, keys []passkeys.Passkey, live []sessions.Session, typed []staff.Role, problem error) staffview.MemberProps {
	title := m.Name
	if title == "" {
		title = words.RoleName(string(staff.Administrator))
	}
	roles := m.Roles
	if problem != nil {
		roles = typed
	}
	return staffview.MemberProps{
		Frame: s.console(c, title), Messages: messages(words.MemberDone(c.QueryParam("done"))),
		ID: m.ID, State: memberBadge(m.State), Roles: asText(roles), Choices: roleChoices(), Errors: kit.Errors(fieldSentences(problem)),
		Invited: m.State == staff.Invited, Disabled: m.State == staff.Disabled, You: m.ID == visitorOf(c).member.ID,
		Facts: []kit.SummaryRow{
			{Key: words.MemberEmail, Value: m.Email},
			{Key: words.MemberSince, Value: words.Date(m.CreatedAt)},
			{Key: words.MemberPasskeys, Value: words.Number(len(keys))},
			{Key: words.MemberSessions, Value: words.Number(len(live))},
		},
	}
}

func roleChoices() []kit.Choice {
	list := make([]kit.Choice, len(staff.Roles))
	for i, r := range staff.Roles {
		list[i] = kit.Choice{Value: string(r), Title: words.RoleName(string(r)), Help: words.RoleHelp(string(r))}
	}
	return list
}

// messages is the list with one good message, empty for none.
func messages(text string) []kit.Message {
	if text == "" {
		return nil
	}
	return []kit.Message{{Tone: kit.ToneGood, Text: text}}
}
