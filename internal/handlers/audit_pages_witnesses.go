package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/openlog"
	"truepenny/views/auditlog"
	"truepenny/views/paths"
)

func (s *Server) showWitnesses(c echo.Context) error {
	list, err := s.OpenLog.Witnesses(c.Request().Context())
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, auditlog.Witnesses(s.presentWitnesses(c, list)))
}

func (s *Server) witnessForm(c echo.Context) error {
	return render(c, http.StatusOK, auditlog.NewWitness(s.presentWitnessForm(c, openlog.NewWitness{}, nil)))
}

func (s *Server) addWitness(c echo.Context) error {
	n := openlog.NewWitness{Name: c.FormValue("name"), Verifier: c.FormValue("verifier"), Email: c.FormValue("email")}
	_, err := s.OpenLog.AddWitness(c.Request().Context(), visitorOf(c).actor(), n)
	if errs.CodeOf(err) == errs.Invalid && err != nil {
		return render(c, http.StatusUnprocessableEntity, auditlog.NewWitness(s.presentWitnessForm(c, n, err)))
	}
	if err != nil {
		return err
	}
	return witnessDone(c, "added")
}

func (s *Server) endWitness(c echo.Context) error {
	if err := s.OpenLog.EndWitness(c.Request().Context(), visitorOf(c).actor(), c.Param("id")); err != nil {
		return err
	}
	return witnessDone(c, "ended")
}

func (s *Server) publishCheckpoint(c echo.Context) error {
	if _, err := s.OpenLog.Publish(c.Request().Context(), visitorOf(c).actor(), openlog.Asked); err != nil {
		return err
	}
	return witnessDone(c, "published")
}

func witnessDone(c echo.Context, what string) error {
	return seeOther(c, paths.With(paths.Witnesses(), "done", what))
}
