package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/views/account"
	"truepenny/views/paths"
)

// showAccount is a seller's own page.
func (s *Server) showAccount(c echo.Context) error {
	return s.renderAccount(c, http.StatusOK, nil)
}

func (s *Server) renderAccount(c echo.Context, status int, problem error) error {
	access, err := s.ownAccess(c)
	if err != nil {
		return err
	}
	return render(c, status, account.Seller(s.presentAccount(c, access, problem)))
}

// changeAddress mails a link to the new address; nothing else changes yet.
func (s *Server) changeAddress(c echo.Context) error {
	if err := s.mayChangeAccess(c); err != nil {
		return err
	}
	v := visitorOf(c)
	if err := s.limitPerson(c, "address", v.account.ID, linksPerPerson); err != nil {
		return err
	}
	err := s.Accounts.RequestChange(c.Request().Context(), v.account, c.FormValue("email"))
	if errs.CodeOf(err) == errs.Invalid && err != nil {
		return s.renderAccount(c, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return ownDone(c, "address")
}

// showSecurity is a member's own page.
func (s *Server) showSecurity(c echo.Context) error {
	access, err := s.ownAccess(c)
	if err != nil {
		return err
	}
	left, err := s.Staff.CodesLeft(c.Request().Context(), visitorOf(c).member)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, account.Staff(s.presentSecurity(c, access, left)))
}

func (s *Server) codesForm(c echo.Context) error {
	return render(c, http.StatusOK, account.Codes(s.presentCodes(c, nil)))
}

// makeCodes shows new recovery codes, this once: the page is an answer to the
// button and has no address of its own.
func (s *Server) makeCodes(c echo.Context) error {
	codes, err := s.Staff.RenewCodes(c.Request().Context(), visitorOf(c).member)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, account.Codes(s.presentCodes(c, codes)))
}

// ownPage is where somebody looks after their own access.
func ownPage(c echo.Context) string {
	if visitorOf(c).isStaff() {
		return paths.Security()
	}
	return paths.Account()
}

func ownDone(c echo.Context, what string) error {
	return seeOther(c, paths.With(ownPage(c), "done", what))
}
