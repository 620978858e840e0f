package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/sessions"
	"truepenny/internal/staff"
	"truepenny/views/kit"
	"truepenny/views/paths"
	"truepenny/views/signin"
	"truepenny/views/words"
)

// showInvite shows what an invitation leads to; it stays unused. The first
// administrator is asked who they are before.
func (s *Server) showInvite(c echo.Context) error {
	inv, err := s.Staff.Invitation(c.Request().Context(), c.Param("token"))
	if err != nil {
		return s.inviteGone(c, err)
	}
	if inv.Member.Email == "" {
		return s.renderIntroduce(c, http.StatusOK, nil)
	}
	return render(c, http.StatusOK, signin.Invite(s.presentInvite(c, inv)))
}

func (s *Server) presentInvite(c echo.Context, inv staff.Invitation) signin.InviteProps {
	props := signin.InviteProps{Token: c.Param("token"), Until: words.InviteUntil(inv.Until)}
	if inv.Purpose == staff.Recover {
		props.Page, props.Lead = s.page(c, words.InviteRecoverTitle), words.InviteRecoverLead
		return props
	}
	props.Page, props.Lead = s.page(c, words.InviteHello(inv.Member.Name)), words.InviteLead
	for _, r := range inv.Member.Roles {
		props.Roles = append(props.Roles, words.RoleName(string(r)))
	}
	return props
}

func (s *Server) renderIntroduce(c echo.Context, status int, problem error) error {
	return render(c, status, signin.Introduce(signin.IntroduceProps{
		Page: s.page(c, words.InviteFirstTitle), Token: c.Param("token"), Name: c.FormValue("name"), Email: c.FormValue("email"),
		Errors: kit.Errors(fieldSentences(problem)),
	}))
}

// introduce takes name and address of the first administrator.
func (s *Server) introduce(c echo.Context) error {
	d := staff.Details{Name: c.FormValue("name"), Email: c.FormValue("email")}
	err := s.Staff.Introduce(c.Request().Context(), c.Param("token"), d)
	switch {
	case err == nil:
		return seeOther(c, paths.StaffInvite(c.Param("token")))
	case errs.CodeOf(err) == errs.Invalid:
		return s.renderIntroduce(c, http.StatusUnprocessableEntity, err)
	}
	return s.inviteGone(c, err)
}

func (s *Server) beginInvite(c echo.Context) error {
	options, err := s.Staff.BeginAccept(c.Request().Context(), c.Param("token"))
	return answerOptions(c, options, err)
}

// acceptInvite registers the passkey and signs the member in. Who has no
// recovery codes yet is led to them.
func (s *Server) acceptInvite(c echo.Context) error {
	answer, err := passkeyAnswer(c)
	if err != nil {
		return err
	}
	m, err := s.Staff.Accept(c.Request().Context(), c.Param("token"), answer)
	if err != nil {
		return err
	}
	if err := s.begin(c, m.Holder(), sessions.ByPasskey); err != nil {
		return err
	}
	left, err := s.Staff.CodesLeft(c.Request().Context(), m)
	if err != nil || left > 0 {
		return goNext(c, paths.Console())
	}
	return goNext(c, paths.RecoveryCodes())
}

func (s *Server) inviteGone(c echo.Context, err error) error {
	if errs.CodeOf(err) != errs.Gone {
		return err
	}
	return render(c, http.StatusGone, signin.End(signin.EndProps{
		Page: s.page(c, words.InviteGoneTitle), Lead: words.InviteGoneLead, Hint: words.InviteFirstGoneHint,
		Label: words.RecoveryBack, Href: paths.StaffSignIn(),
	}))
}
