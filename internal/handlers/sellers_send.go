package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/views/paths"
	viewsellers "truepenny/views/sellers"
)

func (s *Server) showCheck(c echo.Context) error {
	app, err := s.editable(c)
	if err != nil {
		return standAside(c, err)
	}
	page, err := s.presentCheck(c, app)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, viewsellers.Check(page))
}

// submitApplication sends what the person saw. Sent twice, it was sent once;
// answers that changed in another tab are shown before they are sent.
func (s *Server) submitApplication(c echo.Context) error {
	app, err := s.ownApplication(c)
	if err != nil {
		return err
	}
	check := paths.ApplicationCheck(app.ID)
	if app.State.Editable() && c.FormValue("version") != strconv.FormatInt(app.Version, 10) {
		return seeOther(c, paths.With(check, "changed", "1"))
	}
	_, err = s.Sellers.Submit(c.Request().Context(), visitorOf(c).actor(), app.ID)
	switch errs.ReasonOf(err) {
	case "application.changed", "application.incomplete":
		return seeOther(c, paths.With(check, "changed", "1"))
	}
	if err != nil {
		return standAside(c, err)
	}
	return seeOther(c, paths.With(paths.ApplicationPage(app.ID), "said", "sent"))
}
