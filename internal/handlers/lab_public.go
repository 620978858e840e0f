package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"truepenny/views/lab"
)

func (s *Server) showReports(c echo.Context) error {
	runs, err := s.Lab.PublicRuns(c.Request().Context())
	if err != nil {
		return err
	}
	page, err := s.presentReports(c, runs)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, lab.Reports(page))
}

func (s *Server) showReport(c echo.Context) error {
	run, err := s.Lab.PublicRun(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	page, err := s.presentPublicReport(c, run)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, lab.Public(page))
}
