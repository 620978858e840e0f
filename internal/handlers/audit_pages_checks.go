package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/openlog"
	"truepenny/views/auditlog"
	"truepenny/views/paths"
)

// checksShown is how many checks the page lists.
const checksShown = 100

func (s *Server) auditChecks(c echo.Context) error {
	checks, err := s.OpenLog.Checks(c.Request().Context(), checksShown)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, auditlog.Checks(s.presentChecks(c, checks)))
}

func (s *Server) startCheck(c echo.Context) error {
	check, err := s.OpenLog.AskCheck(c.Request().Context(), visitorOf(c).actor())
	if err != nil {
		return err
	}
	return seeOther(c, paths.AuditCheck(check.ID))
}

func (s *Server) auditCheck(c echo.Context) error {
	check, err := s.OpenLog.Check(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, auditlog.Check(s.presentLogCheck(c, check)))
}

// checkProgress is the part of the page that asks again; when the check has
// ended, the page is loaded anew.
func (s *Server) checkProgress(c echo.Context) error {
	check, err := s.OpenLog.Check(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	if check.State != openlog.Waiting {
		c.Response().Header().Set("HX-Refresh", "true")
	}
	return render(c, http.StatusOK, auditlog.Progress(checkWorking(check)))
}

// auditProof hands out the inclusion proof of an entry.
func (s *Server) auditProof(c echo.Context) error {
	index, err := strconv.ParseInt(c.Param("index"), 10, 64)
	if err != nil {
		return errs.New(errs.NotFound, "page.missing")
	}
	proof, err := s.Audit.Inclusion(c.Request().Context(), index)
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="entry-`+strconv.FormatInt(index, 10)+`-proof.json"`)
	return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, proof.File())
}
