package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/sellers"
	"truepenny/views/paths"
	viewsellers "truepenny/views/sellers"
)

// showStanding shows where an application stands, as a page or, when htmx looks
// again, as the part of it that changed.
func (s *Server) showStanding(c echo.Context) error {
	app, err := s.ownApplication(c)
	if err != nil {
		return err
	}
	page, err := s.presentStanding(c, app)
	if err != nil {
		return err
	}
	if fragment(c) {
		return render(c, http.StatusOK, viewsellers.StandingPart(page.Standing))
	}
	return render(c, http.StatusOK, viewsellers.Status(page))
}

func (s *Server) showHistory(c echo.Context) error {
	app, err := s.ownApplication(c)
	if err != nil {
		return err
	}
	events, err := s.Sellers.Timeline(c.Request().Context(), visitorOf(c).actor(), app.ID)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, viewsellers.History(s.presentHistory(c, app, events)))
}

func (s *Server) askCancel(c echo.Context) error {
	app, err := s.ownApplication(c)
	if err != nil {
		return err
	}
	if !app.State.Open() {
		return seeOther(c, paths.ApplicationPage(app.ID))
	}
	return render(c, http.StatusOK, viewsellers.Cancel(s.presentCancel(c, app)))
}

func (s *Server) cancelApplication(c echo.Context) error {
	app, err := s.Sellers.Cancel(c.Request().Context(), visitorOf(c).actor(), c.Param("id"))
	if err != nil {
		return standAside(c, err)
	}
	return seeOther(c, paths.With(paths.ApplicationPage(app.ID), "said", "cancelled"))
}

func (s *Server) showAppeal(c echo.Context) error { return s.appealPage(c, http.StatusOK, nil) }

// appealPage is open while an appeal is possible.
func (s *Server) appealPage(c echo.Context, status int, wrong error) error {
	app, err := s.ownApplication(c)
	if err != nil {
		return err
	}
	result, found, err := s.Sellers.Result(c.Request().Context(), visitorOf(c).actor(), app.ID)
	if err != nil {
		return err
	}
	if !found || app.State != sellers.Refused || !s.clock.Now().Before(result.AppealUntil) {
		return seeOther(c, paths.ApplicationPage(app.ID))
	}
	return render(c, status, viewsellers.Appeal(s.presentAppeal(c, app, result, wrong)))
}

func (s *Server) sendAppeal(c echo.Context) error {
	app, err := s.Sellers.Appeal(c.Request().Context(), visitorOf(c).actor(), c.Param("id"), c.FormValue("words"))
	if errs.FieldsOf(err) != nil {
		return s.appealPage(c, http.StatusUnprocessableEntity, err)
	}
	if errs.ReasonOf(err) == "appeal.used" {
		return seeOther(c, paths.ApplicationPage(c.Param("id")))
	}
	if err != nil {
		return standAside(c, err)
	}
	return seeOther(c, paths.With(paths.ApplicationPage(app.ID), "said", "appealed"))
}

// reapply starts anew after a refusal.
func (s *Server) reapply(c echo.Context) error {
	app, err := s.Sellers.Reapply(c.Request().Context(), visitorOf(c).actor(), c.Param("id"))
	if err != nil {
		return standAside(c, err)
	}
	return s.goOn(c, app.ID, "started")
}
