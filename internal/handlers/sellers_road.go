package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/privacy"
	"truepenny/internal/sellers"
	"truepenny/views/paths"
	viewsellers "truepenny/views/sellers"
)

func (s *Server) showRoad(c echo.Context) error {
	app, err := s.editable(c)
	if err != nil {
		return standAside(c, err)
	}
	page, err := s.presentRoad(c, app)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, viewsellers.Road(page))
}

// chooseRoad takes the road on documents at once; the one with the camera
// begins with its notice.
func (s *Server) chooseRoad(c echo.Context) error {
	app, err := s.editable(c)
	if err != nil {
		return standAside(c, err)
	}
	road := sellers.Road(c.FormValue("road"))
	if road == sellers.RoadFace {
		return seeOther(c, paths.ApplicationConsent(app.ID))
	}
	if _, err := s.Sellers.ChooseRoad(c.Request().Context(), visitorOf(c).actor(), app.ID, road); err != nil {
		return standAside(c, err)
	}
	return s.goOn(c, app.ID, "papers")
}

// showConsent is open while a given consent can be taken back, also after the
// application was sent.
func (s *Server) showConsent(c echo.Context) error {
	app, err := s.ownApplication(c)
	if err != nil {
		return err
	}
	consent, answered, err := s.Consents.Current(c.Request().Context(), app.AccountID, privacy.PurposeFace)
	if err != nil {
		return err
	}
	page, err := s.presentConsent(c, app, consent, answered)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, viewsellers.Consent(page))
}

// answerConsent keeps a yes or a no; both lead on.
func (s *Server) answerConsent(c echo.Context) error {
	answer := c.FormValue("answer")
	if answer != "yes" && answer != "no" {
		return errs.New(errs.Invalid, "form.unreadable")
	}
	app, err := s.Sellers.AnswerConsent(c.Request().Context(), visitorOf(c).actor(), c.Param("id"), c.FormValue("notice"), answer == "yes")
	if err != nil {
		return standAside(c, err)
	}
	if answer == "no" {
		answer = "papers"
	}
	return s.goOn(c, app.ID, answer)
}

func (s *Server) withdrawConsent(c echo.Context) error {
	done, err := s.Sellers.WithdrawConsent(c.Request().Context(), visitorOf(c).actor(), c.Param("id"))
	if err != nil {
		return err
	}
	said := "withdrawn"
	if done.Receipt == "" { // a legal hold is in the way of deleting
		said = "withdrawn-held"
	}
	return seeOther(c, paths.With(paths.ApplicationPage(done.ID), "said", said, "receipt", done.Receipt))
}
