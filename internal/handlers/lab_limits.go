package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/views/lab"
	"truepenny/views/paths"
)

func (s *Server) showLimits(c echo.Context) error { return s.renderLimits(c, http.StatusOK, nil) }

func (s *Server) renderLimits(c echo.Context, status int, problem error) error {
	all, err := s.Lab.Activations(c.Request().Context(), visitorOf(c).actor())
	if err != nil {
		return err
	}
	page, err := s.presentLimits(c, all, problem)
	if err != nil {
		return err
	}
	return render(c, status, lab.Limits(page))
}

func (s *Server) confirmLimits(c echo.Context) error {
	return s.limitsDone(c, s.Lab.Confirm(c.Request().Context(), visitorOf(c).actor(), c.Param("id"), c.FormValue("words")), "confirmed")
}

func (s *Server) returnLimits(c echo.Context) error {
	return s.limitsDone(c, s.Lab.Return(c.Request().Context(), visitorOf(c).actor(), c.Param("id"), c.FormValue("words")), "returned")
}

func (s *Server) signLimits(c echo.Context) error {
	return s.limitsDone(c, s.Lab.Sign(c.Request().Context(), visitorOf(c).actor(), c.Param("id"), c.FormValue("reason")), "signed")
}

func (s *Server) limitsDone(c echo.Context, err error, done string) error {
	if errs.CodeOf(err) == errs.Invalid && err != nil {
		return s.renderLimits(c, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return seeOther(c, paths.With(paths.LabThresholds(), "done", done))
}
