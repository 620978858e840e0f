package handlers

import (
	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/passkeys"
	"truepenny/internal/sessions"
	"truepenny/views/paths"
)

// access is what somebody sees of their own ways in.
type access struct {
	keys   []passkeys.Passkey
	live   []sessions.Session
	locked bool // must sign in by passkey before changing anything
}

func (s *Server) ownAccess(c echo.Context) (access, error) {
	h, ctx := visitorOf(c).session.Holder, c.Request().Context()
	keys, err := s.Passkeys.List(ctx, h)
	if err != nil {
		return access{}, err
	}
	live, err := s.Sessions.List(ctx, h)
	return access{keys: keys, live: live, locked: locked(visitorOf(c), keys)}, err
}

// locked: a session that began by mail is weaker than one by passkey, so where
// there is a passkey it may not change how people get in (NIST SP 800-63B-4,
// section 4.1.2).
func locked(v visitor, keys []passkeys.Passkey) bool {
	return v.session.Method == sessions.ByMailLink && len(keys) > 0
}

func (s *Server) mayChangeAccess(c echo.Context) error {
	v := visitorOf(c)
	keys, err := s.Passkeys.List(c.Request().Context(), v.session.Holder)
	if err == nil && locked(v, keys) {
		return errs.New(errs.Forbidden, "passkey.sign-in-first")
	}
	return err
}

func (s *Server) beginOwnPasskey(c echo.Context) error {
	if err := s.mayChangeAccess(c); err != nil {
		return err
	}
	v := visitorOf(c)
	email := v.account.Email + v.member.Email // one of them
	options, err := s.Passkeys.BeginRegistration(c.Request().Context(), v.session.Holder, email)
	return answerOptions(c, options, err)
}

func (s *Server) addOwnPasskey(c echo.Context) error {
	if err := s.mayChangeAccess(c); err != nil {
		return err
	}
	answer, err := passkeyAnswer(c)
	if err != nil {
		return err
	}
	v, name := visitorOf(c), c.QueryParam("label")
	if v.isStaff() {
		_, err = s.Staff.AddPasskey(c.Request().Context(), v.member, answer, name)
	} else {
		_, err = s.Accounts.AddPasskey(c.Request().Context(), v.account, answer, name)
	}
	if err != nil {
		return err
	}
	return goNext(c, paths.With(ownPage(c), "done", "added"))
}

func (s *Server) renameOwnPasskey(c echo.Context) error {
	if err := s.mayChangeAccess(c); err != nil {
		return err
	}
	v := visitorOf(c)
	err := s.Passkeys.Rename(c.Request().Context(), v.actor(), v.session.Holder, c.Param("id"), c.FormValue("name"))
	if err != nil {
		return err
	}
	return ownDone(c, "renamed")
}

// removeOwnPasskey takes a passkey away: sellers still get in by mail, staff
// keep at least one.
func (s *Server) removeOwnPasskey(c echo.Context) error {
	if err := s.mayChangeAccess(c); err != nil {
		return err
	}
	v := visitorOf(c)
	err := s.Passkeys.Remove(c.Request().Context(), v.actor(), v.session.Holder, c.Param("id"), v.isSeller())
	if err != nil {
		return err
	}
	return ownDone(c, "removed")
}

func (s *Server) endOwnSession(c echo.Context) error {
	if err := s.Sessions.End(c.Request().Context(), visitorOf(c).session.Holder, c.Param("id")); err != nil {
		return err
	}
	return ownDone(c, "ended")
}

func (s *Server) endOtherSessions(c echo.Context) error {
	v := visitorOf(c)
	if _, err := s.Sessions.EndOthers(c.Request().Context(), v.session.Holder, v.session.ID); err != nil {
		return err
	}
	return ownDone(c, "ended-others")
}
