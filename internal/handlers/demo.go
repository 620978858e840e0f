package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"truepenny/internal/audit"
	"truepenny/internal/errs"
	"truepenny/internal/sessions"
	"truepenny/views/paths"
)

// demoRoutes exist on a demo marketplace only; elsewhere nothing answers.
func (s *Server) demoRoutes() []route {
	if s.Demo == nil {
		return nil
	}
	return []route{
		{method: http.MethodPost, path: paths.DemoEntries(), name: "demo.entries.create", who: anyone, do: s.enterDemo},
	}
}

// enterDemo signs a newcomer in as a demo person without a proof: everything
// there is invented.
func (s *Server) enterDemo(c echo.Context) error {
	position, err := strconv.Atoi(c.FormValue("person"))
	if err != nil {
		return errs.Wrap(errs.NotFound, "demo.unknown", err)
	}
	person, err := s.Demo.Enter(c.Request().Context(), position)
	if err != nil {
		return err
	}
	holder := sessions.Holder{Kind: person.Kind, ID: person.HolderID}
	if _, err := s.Sessions.Begin(c.Response(), c.Request(), holder, sessions.ByDemo); err != nil {
		return err
	}
	if person.Kind == audit.KindStaff {
		return seeOther(c, paths.Console())
	}
	return seeOther(c, paths.Application())
}
