package handlers

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"truepenny/internal/accounts"
	"truepenny/internal/audit"
	"truepenny/internal/errs"
	"truepenny/internal/sessions"
	"truepenny/internal/staff"
	"truepenny/views/paths"
)

// visitor is who makes a request, as far as a session proves it.
type visitor struct {
	session sessions.Session
	account accounts.Account
	member  staff.Member
}

func (v visitor) isSeller() bool { return v.account.ID != "" }
func (v visitor) isStaff() bool  { return v.member.ID != "" }

// actor is the visitor as services and the audit log know them.
func (v visitor) actor() audit.Actor {
	switch {
	case v.isSeller():
		return v.account.Actor()
	case v.isStaff():
		return v.member.Actor()
	}
	return audit.Nobody()
}

const visitorKey = "visitor"

func visitorOf(c echo.Context) visitor {
	v, _ := c.Get(visitorKey).(visitor)
	return v
}

// identify finds out who makes the request. A session whose person is gone or
// was disabled counts as none.
func (s *Server) identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if strings.HasPrefix(c.Request().URL.Path, "/static/") {
			return next(c)
		}
		v, err := s.visitor(c)
		if err != nil {
			return err
		}
		c.Set(visitorKey, v)
		return next(c)
	}
}

func (s *Server) visitor(c echo.Context) (visitor, error) {
	if v, examined := c.Request().Context().Value(standIn{}).(visitor); examined {
		return v, nil
	}
	session, ok, err := s.Sessions.Current(c.Request())
	if err != nil || !ok {
		return visitor{}, err
	}
	v := visitor{session: session}
	ctx := c.Request().Context()
	switch session.Holder.Kind {
	case audit.KindSeller:
		v.account, err = s.Accounts.Get(ctx, session.Holder.ID)
	case audit.KindStaff:
		v.member, err = s.Staff.Active(ctx, session.Holder.ID)
	}
	if errs.CodeOf(err) == errs.NotFound && err != nil {
		return visitor{}, nil
	}
	return v, err
}

// guard enforces a row of the table: who may pass, whether the camera may open
// and whether the answer may be kept.
func (s *Server) guard(r route) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			v := visitorOf(c)
			if !r.who.lets(v) {
				return s.refuse(c, r, v)
			}
			if r.camera {
				c.Response().Header().Set("Permissions-Policy", cameraSelf)
			}
			if r.public && !v.isSeller() && !v.isStaff() {
				c.Response().Header().Set("Cache-Control", "no-cache")
			}
			return next(c)
		}
	}
}

// refuse sends who is not signed in to the right door and comes back with them
// afterwards; who is signed in and may not pass is told so.
func (s *Server) refuse(c echo.Context, r route, v visitor) error {
	if v.isSeller() || v.isStaff() {
		return errs.New(errs.Forbidden, "forbidden")
	}
	if c.Request().Method != http.MethodGet || wantsJSON(c) || fragment(c) {
		return errs.New(errs.Unauthenticated, "unauthenticated")
	}
	door := paths.SignIn()
	if !r.who.seller {
		door = paths.StaffSignIn()
	}
	return c.Redirect(http.StatusSeeOther, paths.With(door, "next", c.Request().URL.RequestURI()))
}

// localPath returns next when it is a path of ours, else fallback: a redirect
// never leaves this origin.
func localPath(next, fallback string) string {
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(u.Path, "/") ||
		strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") {
		return fallback
	}
	return next
}
