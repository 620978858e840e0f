package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/requests"
	deskview "truepenny/views/desk"
	"truepenny/views/kit"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// listCorrections are the rectifications that wait for a reviewer.
func (s *Server) listCorrections(c echo.Context) error {
	list, err := s.Requests.Corrections(c.Request().Context(), visitorOf(c).actor())
	if err != nil {
		return err
	}
	p := deskview.CorrectionsProps{Frame: s.console(c, words.DeskCorrections), Messages: messages(words.RequestDone(c.QueryParam("done")))}
	for _, r := range list {
		p.Rows = append(p.Rows, deskview.CorrectionRow{Label: r.Label(), Href: paths.Correction(r.ID), Field: words.DeskField(r.Field),
			Came: words.Date(r.OpenedAt), Due: words.Date(r.DueAt), State: s.requestBadge(r)})
	}
	return render(c, http.StatusOK, deskview.Corrections(p))
}

func (s *Server) showCorrection(c echo.Context) error {
	return s.renderCorrection(c, http.StatusOK, "", nil)
}

// renderCorrection shows what is held beside what should stand there.
func (s *Server) renderCorrection(c echo.Context, status int, reason string, problem error) error {
	x, err := s.Requests.Correction(c.Request().Context(), visitorOf(c).actor(), c.Param("id"))
	if err != nil {
		return err
	}
	p := deskview.CorrectionProps{
		Frame: s.console(c, words.RequestTitle(x.Label(), string(x.Kind))), Messages: conflictMessage(problem), Errors: kit.Errors(fieldSentences(problem)),
		ID: x.ID, Words: x.Words, Version: strconv.FormatInt(x.Version, 10), Reason: reason, Evidence: paths.Case(x.Application, paths.QueueQuery{}),
		Facts: []kit.SummaryRow{
			{Key: words.RequestFieldIs, Value: words.DeskField(x.Field)}, {Key: words.CorrectionHeld, Value: x.Held},
			{Key: words.CorrectionProposed, Value: x.Value}, {Key: words.RequestDue, Value: words.Date(x.DueAt)},
		},
	}
	return render(c, status, deskview.Correction(p))
}

// decideCorrection corrects, or leaves it as it is for a reason.
func (s *Server) decideCorrection(c echo.Context) error {
	version, _ := strconv.ParseInt(c.FormValue("version"), 10, 64)
	accept, reason := c.FormValue("decision") == "accept", short(c.FormValue("reason"), 5000)
	r, err := s.Requests.Correct(c.Request().Context(), visitorOf(c).actor(), c.Param("id"), accept, reason, version)
	if code := errs.CodeOf(err); err != nil && (code == errs.Invalid || code == errs.Conflict) {
		return s.renderCorrection(c, statusOf[code], reason, err)
	}
	if err != nil {
		return err
	}
	what := map[bool]string{true: "corrected", false: "left"}[r.Outcome == requests.Granted]
	return seeOther(c, paths.With(paths.Corrections(), "done", what))
}
