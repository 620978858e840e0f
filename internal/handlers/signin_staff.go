package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"truepenny/internal/audit"
	"truepenny/internal/errs"
	"truepenny/internal/sessions"
	"truepenny/views/kit"
	"truepenny/views/paths"
	"truepenny/views/signin"
	"truepenny/views/words"
)

// Attempts within doorPeriod.
const (
	codesPerNetwork = 50
	codesPerPerson  = 10
)

func (s *Server) staffDoor(c echo.Context) error {
	next := c.QueryParam("next")
	if visitorOf(c).isStaff() {
		return seeOther(c, localPath(next, paths.Console()))
	}
	return render(c, http.StatusOK, signin.Staff(signin.StaffProps{
		Page: s.doorPage(c, words.StaffSignInTitle), Finish: paths.With(paths.StaffPasskey(), "next", next),
	}))
}

func (s *Server) beginStaffPasskey(c echo.Context) error {
	if err := s.limitDoor(c, "passkey", passkeysPerNetwork); err != nil {
		return err
	}
	options, err := s.Passkeys.BeginSignIn(c.Request().Context(), audit.KindStaff)
	return answerOptions(c, options, err)
}

func (s *Server) finishStaffPasskey(c echo.Context) error {
	answer, err := passkeyAnswer(c)
	if err != nil {
		return err
	}
	holder, err := s.Passkeys.FinishSignIn(c.Request().Context(), audit.KindStaff, answer, s.Staff.Admit)
	if err != nil {
		return err
	}
	if err := s.begin(c, holder, sessions.ByPasskey); err != nil {
		return err
	}
	return goNext(c, localPath(c.QueryParam("next"), paths.Console()))
}

func (s *Server) recoveryForm(c echo.Context) error {
	return s.renderRecovery(c, http.StatusOK, nil)
}

func (s *Server) renderRecovery(c echo.Context, status int, wrong kit.Errors) error {
	return render(c, status, signin.Recovery(signin.RecoveryProps{
		Page: s.page(c, words.RecoveryTitle), Email: c.FormValue("email"), Errors: wrong,
	}))
}

// recover takes a recovery code and leads to registering a new passkey.
func (s *Server) recover(c echo.Context) error {
	email := c.FormValue("email")
	if err := s.limitDoor(c, "code", codesPerNetwork); err != nil {
		return err
	}
	if err := s.limitPerson(c, "code", email, codesPerPerson); err != nil {
		return err
	}
	token, err := s.Staff.Recover(c.Request().Context(), email, c.FormValue("code"))
	if errs.CodeOf(err) == errs.Unauthenticated && err != nil {
		return s.renderRecovery(c, http.StatusUnprocessableEntity, kit.Errors{"code": words.Reason(errs.ReasonOf(err))})
	}
	if err != nil {
		return err
	}
	return seeOther(c, paths.StaffInvite(token))
}
