package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/sellers"
	"truepenny/views/paths"
	viewsellers "truepenny/views/sellers"
)

// takesPapers is the seller's own application if a paper can be added now.
func (s *Server) takesPapers(c echo.Context) (sellers.Application, error) {
	app, err := s.ownApplication(c)
	if err == nil && !app.State.TakesPapers() {
		err = errs.New(errs.Conflict, "application.state")
	}
	return app, err
}

func (s *Server) showPaper(c echo.Context) error {
	app, err := s.takesPapers(c)
	if err != nil {
		return standAside(c, err)
	}
	if app.State.Editable() && app.Road != sellers.RoadDocuments {
		return seeOther(c, paths.ApplicationRoad(app.ID))
	}
	page, err := s.presentPaper(c, app, nil)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, viewsellers.Paper(page))
}

func (s *Server) addPaper(c echo.Context) error {
	app, err := s.takesPapers(c)
	if err != nil {
		return standAside(c, err)
	}
	bytes, err := uploaded(c, "picture")
	if err == nil {
		_, err = s.Sellers.AddPaper(c.Request().Context(), visitorOf(c).actor(), app.ID,
			sellers.PaperUpload{Kind: sellers.PaperKind(c.FormValue("kind")), Bytes: bytes, Key: uploadKey(c)})
	}
	if err != nil {
		return s.refusePaper(c, app, err)
	}
	return answerNext(c, paths.With(paths.ApplicationPaper(app.ID), "said", "paper"))
}

func (s *Server) refusePaper(c echo.Context, app sellers.Application, cause error) error {
	if wantsJSON(c) || !aboutUpload(cause) {
		return standAside(c, cause)
	}
	page, err := s.presentPaper(c, app, cause)
	if err != nil {
		return err
	}
	return render(c, statusOf[errs.CodeOf(cause)], viewsellers.Paper(page))
}
