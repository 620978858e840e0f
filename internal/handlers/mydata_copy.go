package handlers

import (
	"context"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"truepenny/internal/copies"
	"truepenny/internal/errs"
	"truepenny/views/mydata"
	"truepenny/views/paths"
)

// showMyCopy shows the copy of everything: how to get one, how far it is, the way
// to fetch it. htmx asks for the part that changes alone.
func (s *Server) showMyCopy(c echo.Context) error {
	have, found, err := s.Copies.Of(c.Request().Context(), visitorOf(c).account.ID)
	if err != nil {
		return err
	}
	page := s.presentCopy(c, have, found && have.State != copies.Ending)
	if fragment(c) {
		return render(c, http.StatusOK, mydata.CopyPart(page.Copy))
	}
	return render(c, http.StatusOK, mydata.CopyPage(page))
}

func (s *Server) askMyCopy(c echo.Context) error {
	if err := s.limitPerson(c, "copy", visitorOf(c).account.ID, copiesPerPerson); err != nil {
		return err
	}
	_, err := s.Copies.Ask(c.Request().Context(), visitorOf(c).actor())
	if err != nil && errs.ReasonOf(err) != "copy.asked" { // asked for twice at once
		return err
	}
	return seeOther(c, paths.MyDataCopy())
}

// copiesPerPerson bounds how often one person has a copy made within doorPeriod.
const copiesPerPerson = 5

// sendMyCopy sends the file, one sealed part in memory at a time. The link in the
// mail leads here; who is not signed in comes back after they are.
func (s *Server) sendMyCopy(c echo.Context) error {
	ctx, actor := c.Request().Context(), visitorOf(c).actor()
	have, err := s.Copies.Own(ctx, actor, c.Param("id"))
	if err != nil {
		return err
	}
	if have.State != copies.Ready {
		return errs.New(errs.Conflict, "copy.not-ready")
	}
	h := c.Response().Header()
	if c.Request().Method == http.MethodHead {
		return c.NoContent(http.StatusOK)
	}
	h.Set(echo.HeaderContentType, "application/zip")
	h.Set(echo.HeaderContentLength, strconv.FormatInt(have.Bytes, 10))
	h.Set(echo.HeaderContentDisposition, `attachment; filename="my-data-`+have.ReadyAt.Format("2006-01-02")+`.zip"`)
	return s.Copies.Send(ctx, actor, have.ID, c.Response())
}

func (s *Server) removeMyCopy(c echo.Context) error {
	err := s.Copies.Remove(c.Request().Context(), visitorOf(c).actor(), c.Param("id"))
	if err != nil && errs.ReasonOf(err) != "copy.unknown" { // removed in another tab
		return err
	}
	return seeOther(c, paths.MyDataCopy())
}

// streamMyCopy tells how far the copy is, like the progress of an application.
func (s *Server) streamMyCopy(c echo.Context) error {
	actor := visitorOf(c).actor()
	have, err := s.Copies.Own(c.Request().Context(), actor, c.Param("id"))
	if err != nil {
		return err
	}
	return s.streamSteps(c, copyView(have), func(ctx context.Context) (progressView, error) {
		now, err := s.Copies.Own(ctx, actor, have.ID)
		return copyView(now), err
	})
}

func copyView(c copies.Copy) progressView {
	return progressView{steps: presentCopySteps(c), done: c.State != copies.Waiting && c.State != copies.Making}
}
