package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/sellers"
	"truepenny/views/paths"
	viewsellers "truepenny/views/sellers"
)

// landSeller leads to the seller's application as it stands; who has none sees
// how to start one.
func (s *Server) landSeller(c echo.Context) error {
	mine, err := s.Sellers.Mine(c.Request().Context(), visitorOf(c).actor())
	if err != nil {
		return err
	}
	if len(mine) == 0 {
		return render(c, http.StatusOK, viewsellers.Start(s.presentStart(c)))
	}
	return seeOther(c, paths.ApplicationPage(current(mine).ID))
}

// current is the application that is open, else the newest one.
func current(mine []sellers.Application) sellers.Application {
	for _, app := range mine {
		if app.State.Open() {
			return app
		}
	}
	return mine[0]
}

func (s *Server) startApplication(c echo.Context) error {
	app, err := s.Sellers.Start(c.Request().Context(), visitorOf(c).actor())
	if err != nil {
		return err
	}
	if app.State != sellers.Draft {
		return seeOther(c, paths.ApplicationPage(app.ID))
	}
	return s.goOn(c, app.ID, "")
}

// ownApplication is the application in the address; of anybody else's there is
// none.
func (s *Server) ownApplication(c echo.Context) (sellers.Application, error) {
	return s.Sellers.Get(c.Request().Context(), visitorOf(c).actor(), c.Param("id"))
}

// editable is ownApplication for pages that change it.
func (s *Server) editable(c echo.Context) (sellers.Application, error) {
	app, err := s.ownApplication(c)
	if err == nil && !app.State.Editable() {
		err = errs.New(errs.Conflict, "application.state")
	}
	return app, err
}

// standAside leads somebody who comes too late, from a second tab or with the
// back button, to where their application stands. Other errors pass.
func standAside(c echo.Context, err error) error {
	if errs.ReasonOf(err) != "application.state" || wantsJSON(c) {
		return err
	}
	return seeOther(c, paths.With(paths.ApplicationPage(c.Param("id")), "said", "late"))
}

// goOn leads to the first step that is not done, or to checking the answers,
// with a word about what was just done.
func (s *Server) goOn(c echo.Context, id, said string) error {
	p, err := s.Sellers.Progress(c.Request().Context(), visitorOf(c).actor(), id)
	if err != nil {
		return err
	}
	return answerNext(c, paths.With(stepPath(id, p.Next), "said", said))
}

// next is where a script is to go.
type next struct {
	Next string `json:"next"`
}

// answerNext leads on: scripts are told where, browsers are sent there.
func answerNext(c echo.Context, path string) error {
	if wantsJSON(c) {
		return c.JSON(http.StatusOK, next{path})
	}
	return seeOther(c, path)
}

// stepPath is the page of a step.
func stepPath(id string, step sellers.StepName) string {
	switch step {
	case sellers.StepDetails:
		return paths.ApplicationDetails(id)
	case sellers.StepRoad:
		return paths.ApplicationRoad(id)
	case sellers.StepDocument:
		return paths.ApplicationDocument(id)
	case sellers.StepCapture:
		return paths.ApplicationFace(id)
	case sellers.StepPaper:
		return paths.ApplicationPaper(id)
	case sellers.StepSend:
		return paths.ApplicationCheck(id)
	}
	return paths.ApplicationPage(id)
}
