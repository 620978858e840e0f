package handlers

import (
	"github.com/labstack/echo/v4"

	"truepenny/internal/passkeys"
	"truepenny/internal/sessions"
	"truepenny/views/account"
	"truepenny/views/kit"
	"truepenny/views/paths"
	"truepenny/views/words"
)

func (s *Server) presentAccount(c echo.Context, a access, problem error) account.SellerProps {
	frame := s.public(c, words.AccountTitle)
	frame.Flash = messages(words.OwnDone(c.QueryParam("done")))
	for i, l := range frame.Nav {
		frame.Nav[i].Current = l.Href == paths.Account()
	}
	return account.SellerProps{
		Frame:  frame,
		Access: presentAccess(c, a, words.PasskeysSeller, paths.SignIn()),
		Email:  visitorOf(c).account.Email, Wish: c.FormValue("email"), Errors: kit.Errors(fieldSentences(problem)),
	}
}

func (s *Server) presentSecurity(c echo.Context, a access, left int) account.StaffProps {
	return account.StaffProps{
		Frame: s.console(c, words.SecurityTitle), Messages: messages(words.OwnDone(c.QueryParam("done"))),
		Access: presentAccess(c, a, words.PasskeysStaff, paths.StaffSignIn()), Codes: left,
	}
}

func (s *Server) presentCodes(c echo.Context, codes []string) account.CodesProps {
	title := words.CodesTitle
	if codes == nil {
		title = words.CodesFirst
	}
	return account.CodesProps{
		Frame: s.console(c, title), Codes: codes, Name: visitorOf(c).member.Name, Made: words.Date(s.clock.Now()),
	}
}

func presentAccess(c echo.Context, a access, lead, door string) account.AccessProps {
	v := visitorOf(c)
	idle, overall := sessions.Limits(v.session.Holder.Kind)
	props := account.AccessProps{PasskeysLead: lead, Limits: words.SessionLimits(idle, overall), Page: ownPage(c)}
	if a.locked {
		props.StepUp = paths.With(door, "again", "yes", "next", ownPage(c))
	}
	for _, k := range a.keys {
		props.Passkeys = append(props.Passkeys, presentPasskey(k, v.isStaff() && len(a.keys) == 1))
	}
	for _, l := range a.live {
		props.Sessions = append(props.Sessions, account.SessionRow{
			ID: l.ID, Device: words.SessionDeviceName(l.Browser, l.System), How: words.SessionMethod(string(l.Method)),
			Since: words.SessionSince(l.CreatedAt), Seen: words.SessionSeen(l.SeenAt), This: l.ID == v.session.ID,
		})
	}
	return props
}

func presentPasskey(k passkeys.Passkey, single bool) account.PasskeyRow {
	row := account.PasskeyRow{
		ID: k.ID, Name: k.Name, Where: words.PasskeyBound, Made: words.PasskeyMade(k.CreatedAt), Used: words.PasskeyUsed(k.UsedAt), Single: single,
	}
	if row.Name == "" {
		row.Name = words.PasskeyUnnamed
	}
	if k.Synced {
		row.Where = words.PasskeySynced
	}
	return row
}
