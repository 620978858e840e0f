package handlers

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/laboratory"
	"truepenny/views/lab"
	"truepenny/views/paths"
)

var (
	labKinds     = asText(laboratory.Kinds)
	labRunStates = asText([]laboratory.RunState{laboratory.Waiting, laboratory.Running, laboratory.Done, laboratory.Failed, laboratory.Cancelled})
)

func labQuery(c echo.Context) paths.LabQuery {
	v := c.QueryParams()
	return paths.LabQuery{Kind: known(v, "kind", labKinds), State: known(v, "state", labRunStates)}
}

func runFilter(q paths.LabQuery) laboratory.RunFilter {
	return laboratory.RunFilter{Kind: laboratory.Kind(q.Kind), State: laboratory.RunState(q.State)}
}

func (s *Server) labRuns(c echo.Context) error {
	q := labQuery(c)
	runs, err := s.Lab.Runs(c.Request().Context(), visitorOf(c).actor(), runFilter(q))
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, lab.Runs(s.presentRuns(c, q, runs)))
}

func (s *Server) runForm(c echo.Context) error { return s.renderRunForm(c, http.StatusOK, nil) }

func (s *Server) renderRunForm(c echo.Context, status int, problem error) error {
	sets, err := s.Lab.Sets(c.Request().Context(), visitorOf(c).actor())
	if err != nil {
		return err
	}
	return render(c, status, lab.NewRun(s.presentRunForm(c, sets, problem)))
}

func (s *Server) startRun(c echo.Context) error {
	kind, set, _ := strings.Cut(c.FormValue("what"), " ")
	o, err := runOptions(c)
	if set == "" {
		err = errs.Fields(map[string]string{"what": "form.choose"})
	}
	var run laboratory.Run
	if err == nil {
		run, err = s.Lab.Start(c.Request().Context(), visitorOf(c).actor(), laboratory.Kind(kind), set, o)
	}
	if errs.CodeOf(err) == errs.Invalid && err != nil {
		return s.renderRunForm(c, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return seeOther(c, paths.LabRun(run.ID))
}

// runOptions reads the thresholds of a form; empty ones are those in force.
func runOptions(c echo.Context) (laboratory.Options, error) {
	var o laboratory.Options
	wrong := map[string]string{}
	for name, to := range map[string]*float64{"accept": &o.Accept, "review": &o.Review} {
		text := strings.ReplaceAll(strings.TrimSpace(c.FormValue(name)), ",", ".")
		if text == "" {
			continue
		}
		v, err := strconv.ParseFloat(text, 64)
		if err != nil || v <= 0 {
			wrong[name] = "lab.limit"
		}
		*to = v
	}
	return o, errs.Fields(wrong)
}

func (s *Server) showRun(c echo.Context) error { return s.renderRun(c, http.StatusOK, nil) }

// renderRun shows a run; problem is of the form that proposes its thresholds.
func (s *Server) renderRun(c echo.Context, status int, problem error) error {
	ctx, actor := c.Request().Context(), visitorOf(c).actor()
	run, err := s.Lab.Run(ctx, actor, c.Param("id"))
	if err != nil {
		return err
	}
	page, err := s.presentRun(c, run, problem)
	if err != nil {
		return err
	}
	return render(c, status, lab.Run(page))
}

// runProgress is the part of the page that asks again; when there is nothing
// more to wait for, the page is loaded anew.
func (s *Server) runProgress(c echo.Context) error {
	run, err := s.Lab.Run(c.Request().Context(), visitorOf(c).actor(), c.Param("id"))
	if err != nil {
		return err
	}
	if !run.State.Open() {
		c.Response().Header().Set("HX-Refresh", "true")
	}
	return render(c, http.StatusOK, lab.Progress(runWorking(run)))
}

func (s *Server) cancelRun(c echo.Context) error {
	if err := s.Lab.Cancel(c.Request().Context(), visitorOf(c).actor(), c.Param("id")); err != nil {
		return err
	}
	return seeOther(c, paths.With(paths.LabRun(c.Param("id")), "done", "cancelled"))
}

func (s *Server) publishRun(c echo.Context) error {
	on, done := c.FormValue("on") != "no", "published"
	if !on {
		done = "withdrawn"
	}
	if err := s.Lab.Publish(c.Request().Context(), visitorOf(c).actor(), c.Param("id"), on); err != nil {
		return err
	}
	return seeOther(c, paths.With(paths.LabRun(c.Param("id")), "done", done))
}

func (s *Server) proposeLimits(c echo.Context) error {
	_, err := s.Lab.Propose(c.Request().Context(), visitorOf(c).actor(), c.Param("id"), c.FormValue("words"))
	if errs.CodeOf(err) == errs.Invalid && err != nil {
		return s.renderRun(c, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return seeOther(c, paths.With(paths.LabThresholds(), "done", "proposed"))
}

// runPicture hands out a picture of an error. The look is in the log before.
func (s *Server) runPicture(c echo.Context) error {
	raw, err := s.Lab.Picture(c.Request().Context(), visitorOf(c).actor(), c.Param("id"), c.Param("part"))
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, "image/jpeg", raw)
}
