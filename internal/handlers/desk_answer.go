package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/form"
	"truepenny/internal/requests"
	deskview "truepenny/views/desk"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// bindAnswer reads the form of the answer.
func bindAnswer(c echo.Context) (requests.Answer, typedRequest, error) {
	raw, err := c.FormParams()
	if err != nil {
		return requests.Answer{}, typedRequest{}, errs.Wrap(errs.Invalid, "form.unreadable", err)
	}
	v := form.New(raw)
	a := requests.Answer{Template: short(v.Raw("template"), 60), Words: v.Raw("words"), Outcome: requests.Outcome(v.Raw("outcome"))}
	a.Version, _ = strconv.ParseInt(v.Raw("version"), 10, 64)
	return a, typedRequest{template: a.Template, outcome: string(a.Outcome), words: a.Words}, nil
}

// previewAnswer shows what the person would get, without sending anything.
func (s *Server) previewAnswer(c echo.Context) error {
	a, typed, err := bindAnswer(c)
	if err != nil {
		return err
	}
	r, err := s.Requests.Get(c.Request().Context(), visitorOf(c).actor(), c.Param("id"))
	if err != nil {
		return err
	}
	if a, err = a.Check(); err != nil {
		typed.problem = err
		return s.renderRequest(c, http.StatusUnprocessableEntity, typed)
	}
	typed.preview = words.RightsAnswerText(r.Label(), string(a.Outcome), a.Words)
	return s.renderRequest(c, http.StatusOK, typed)
}

func (s *Server) sendAnswer(c echo.Context) error {
	a, typed, err := bindAnswer(c)
	if err != nil {
		return err
	}
	_, err = s.Requests.Answer(c.Request().Context(), visitorOf(c).actor(), c.Param("id"), a)
	return s.requestOr(c, err, "answered", typed)
}

func (s *Server) extendRequest(c echo.Context) error {
	months, _ := strconv.Atoi(c.FormValue("months"))
	typed := typedRequest{months: c.FormValue("months"), reason: c.FormValue("reason")}
	_, err := s.Requests.Extend(c.Request().Context(), visitorOf(c).actor(), c.Param("id"), months, typed.reason)
	return s.requestOr(c, err, "extended", typed)
}

func (s *Server) eraseForRequest(c echo.Context) error {
	_, err := s.Requests.Erase(c.Request().Context(), visitorOf(c).actor(), c.Param("id"))
	return s.requestOr(c, err, "erased", typedRequest{})
}

func (s *Server) copyForRequest(c echo.Context) error {
	_, err := s.Requests.Copy(c.Request().Context(), visitorOf(c).actor(), c.Param("id"))
	return s.requestOr(c, err, "copied", typedRequest{})
}

// answerTemplates lists the wordings of answers.
func (s *Server) answerTemplates(c echo.Context) error {
	list, err := s.Requests.Templates(c.Request().Context())
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, deskview.Templates(s.presentTemplates(c, list)))
}

func (s *Server) showTemplate(c echo.Context) error {
	t, err := s.Requests.Template(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, deskview.Template(s.presentTemplate(c, t, nil)))
}

func (s *Server) saveTemplate(c echo.Context) error {
	version, _ := strconv.Atoi(c.FormValue("version"))
	t, err := s.Requests.SaveTemplate(c.Request().Context(), visitorOf(c).actor(), c.Param("id"), version, c.FormValue("body"))
	if code := errs.CodeOf(err); err != nil && (code == errs.Invalid || code == errs.Conflict) {
		t.Body = short(c.FormValue("body"), 6000)
		return render(c, statusOf[code], deskview.Template(s.presentTemplate(c, t, err)))
	}
	if err != nil {
		return err
	}
	return seeOther(c, paths.With(paths.AnswerTemplate(t.Code), "done", "saved"))
}
