package handlers

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/sellers"
	"truepenny/views/paths"
	viewsellers "truepenny/views/sellers"
)

// showDocument asks for the kind of document first, then shows its sides.
func (s *Server) showDocument(c echo.Context) error {
	app, err := s.editable(c)
	if err != nil {
		return standAside(c, err)
	}
	if app.Road == sellers.NoRoad {
		return seeOther(c, paths.ApplicationRoad(app.ID))
	}
	if kind := sellers.DocumentKind(c.QueryParam("kind")); len(kind.Sides()) > 0 {
		return seeOther(c, sidePath(app.ID, kind.Sides()[0], kind))
	}
	page, err := s.presentDocument(c, app)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, viewsellers.Document(page))
}

func sidePath(id string, side sellers.Side, kind sellers.DocumentKind) string {
	return paths.With(paths.ApplicationSide(id, string(side)), "kind", string(kind))
}

func (s *Server) showSide(c echo.Context) error {
	app, err := s.editable(c)
	if err != nil {
		return standAside(c, err)
	}
	if app.Road == sellers.NoRoad {
		return seeOther(c, paths.ApplicationRoad(app.ID))
	}
	kind, side, ok := sideOf(c, app)
	if !ok {
		return seeOther(c, paths.ApplicationDocument(app.ID))
	}
	page, err := s.presentSide(c, app, kind, side, nil)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, viewsellers.Side(page))
}

// sideOf is the side that the address and the form speak of.
func sideOf(c echo.Context, app sellers.Application) (sellers.DocumentKind, sellers.Side, bool) {
	kind := sellers.DocumentKind(c.FormValue("kind"))
	if kind == "" {
		kind = app.DocumentKind
	}
	side := sellers.Side(c.Param("part"))
	return kind, side, slices.Contains(kind.Sides(), side)
}

// addSide keeps a picture. With findings it leads back to the page, which says
// them and lets the person choose; without any it leads on.
func (s *Server) addSide(c echo.Context) error {
	app, err := s.editable(c)
	if err != nil {
		return standAside(c, err)
	}
	bytes, err := uploaded(c, "picture")
	if err != nil {
		return s.refuseSide(c, app, err)
	}
	kind, side, _ := sideOf(c, app)
	added, err := s.Sellers.AddDocument(c.Request().Context(), visitorOf(c).actor(), app.ID,
		sellers.DocumentUpload{Kind: kind, Side: side, Bytes: bytes, Key: uploadKey(c)})
	if err != nil {
		return s.refuseSide(c, app, err)
	}
	if len(added.Findings) > 0 {
		return answerNext(c, sidePath(app.ID, side, kind))
	}
	return s.afterSide(c, app.ID)
}

// refuseSide says beside the field what is wrong with a picture. Scripts get it
// as any other error.
func (s *Server) refuseSide(c echo.Context, app sellers.Application, cause error) error {
	kind, side, ok := sideOf(c, app)
	if wantsJSON(c) || !ok || !aboutUpload(cause) {
		return standAside(c, cause)
	}
	page, err := s.presentSide(c, app, kind, side, cause)
	if err != nil {
		return err
	}
	return render(c, statusOf[errs.CodeOf(cause)], viewsellers.Side(page))
}

// afterSide leads to the next side, and after the last one to what was read.
func (s *Server) afterSide(c echo.Context, id string) error {
	to, err := s.nextOfDocument(c, id)
	if err != nil {
		return err
	}
	return answerNext(c, paths.With(to, "said", "document"))
}

// nextOfDocument is the next side that is needed, or what was read from all.
func (s *Server) nextOfDocument(c echo.Context, id string) (string, error) {
	app, err := s.ownApplication(c)
	if err != nil {
		return "", err
	}
	p, err := s.Sellers.Progress(c.Request().Context(), visitorOf(c).actor(), id)
	if err != nil {
		return "", err
	}
	for _, todo := range todoOf(p, sellers.StepDocument) {
		if side := sellers.Side(todo); slices.Contains(app.DocumentKind.Sides(), side) {
			return paths.With(paths.ApplicationSide(id, todo), "kind", string(app.DocumentKind), "again", "1"), nil
		}
	}
	return paths.ApplicationReading(id), nil
}

func todoOf(p sellers.Progress, step sellers.StepName) []string {
	for _, have := range p.Steps {
		if have.Name == step {
			return have.Todo
		}
	}
	return nil
}
