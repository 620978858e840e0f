package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"truepenny/views/lab"
)

func (s *Server) showDrift(c echo.Context) error {
	d, err := s.Lab.Drift(c.Request().Context(), visitorOf(c).actor())
	if err != nil {
		return err
	}
	page, err := s.presentDrift(c, d)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, lab.Drift(page))
}
