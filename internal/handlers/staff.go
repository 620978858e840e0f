package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/staff"
	"truepenny/views/paths"
	staffview "truepenny/views/staff"
	"truepenny/views/words"
)

// memberFilter reads the filter from the address; what it does not know counts
// as not said.
func memberFilter(c echo.Context) staff.Filter {
	v := c.QueryParams()
	return staff.Filter{
		Query: short(v.Get("q"), 100),
		Role:  staff.Role(known(v, "role", asText(staff.Roles))),
		State: staff.State(known(v, "state", asText(memberStates))),
	}
}

var memberStates = []staff.State{staff.Active, staff.Invited, staff.Disabled}

func (s *Server) listMembers(c echo.Context) error {
	f := memberFilter(c)
	list, err := s.Staff.List(c.Request().Context(), f)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, staffview.Members(s.presentMembers(c, f, list)))
}

// exportMembers writes everybody whom the filter shows.
func (s *Server) exportMembers(c echo.Context) error {
	list, err := s.Staff.Export(c.Request().Context(), visitorOf(c).member, memberFilter(c))
	if err != nil {
		return err
	}
	out, err := startCSV(c, "members.csv", words.MembersCSV()...)
	for i := 0; err == nil && i < len(list); i++ {
		m := list[i]
		err = out.Row(m.ID, m.Name, m.Email, roleNames(m.Roles), words.MemberStateName(string(m.State)), m.CreatedAt)
	}
	return s.endCSV(c, out, err)
}

func (s *Server) invitationForm(c echo.Context) error {
	return render(c, http.StatusOK, staffview.Invitation(s.presentInvitation(c, staff.Details{}, nil)))
}

func (s *Server) inviteMember(c echo.Context) error {
	roles, err := pickedRoles(c)
	if err != nil {
		return err
	}
	d := staff.Details{Name: c.FormValue("name"), Email: c.FormValue("email"), Roles: roles}
	m, err := s.Staff.Invite(c.Request().Context(), visitorOf(c).member, d)
	if errs.CodeOf(err) == errs.Invalid && err != nil {
		return render(c, http.StatusUnprocessableEntity, staffview.Invitation(s.presentInvitation(c, d, err)))
	}
	if err != nil {
		return err
	}
	return memberDone(c, m.ID, "invited")
}

func (s *Server) showMember(c echo.Context) error {
	return s.renderMember(c, http.StatusOK, nil, nil)
}

// renderMember shows a member; typed are the roles of a form that came back.
func (s *Server) renderMember(c echo.Context, status int, typed []staff.Role, problem error) error {
	ctx := c.Request().Context()
	m, err := s.Staff.Get(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	keys, err := s.Passkeys.List(ctx, m.Holder())
	if err != nil {
		return err
	}
	live, err := s.Sessions.List(ctx, m.Holder())
	if err != nil {
		return err
	}
	return render(c, status, staffview.Member(s.presentMember(c, m, keys, live, typed, problem)))
}

func (s *Server) saveRoles(c echo.Context) error {
	roles, err := pickedRoles(c)
	if err != nil {
		return err
	}
	err = s.Staff.SetRoles(c.Request().Context(), visitorOf(c).member, c.Param("id"), roles)
	if errs.CodeOf(err) == errs.Invalid && err != nil {
		return s.renderMember(c, http.StatusUnprocessableEntity, roles, err)
	}
	return doneOr(c, err, "roles")
}

func (s *Server) inviteAgain(c echo.Context) error {
	return doneOr(c, s.Staff.InviteAgain(c.Request().Context(), visitorOf(c).member, c.Param("id")), "invited")
}

func (s *Server) disableMember(c echo.Context) error {
	return doneOr(c, s.Staff.Disable(c.Request().Context(), visitorOf(c).member, c.Param("id")), "disabled")
}

func (s *Server) enableMember(c echo.Context) error {
	return doneOr(c, s.Staff.Enable(c.Request().Context(), visitorOf(c).member, c.Param("id")), "enabled")
}

func doneOr(c echo.Context, err error, what string) error {
	if err != nil {
		return err
	}
	return memberDone(c, c.Param("id"), what)
}

func memberDone(c echo.Context, id, what string) error {
	return seeOther(c, paths.With(paths.Member(id), "done", what))
}

func pickedRoles(c echo.Context) ([]staff.Role, error) {
	form, err := c.FormParams()
	if err != nil {
		return nil, errs.Wrap(errs.Invalid, "form.unreadable", err)
	}
	roles := make([]staff.Role, len(form["roles"]))
	for i, r := range form["roles"] {
		roles[i] = staff.Role(r)
	}
	return roles, nil
}
