package handlers

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/experiments"
	viewtests "truepenny/views/experiments"
	"truepenny/views/paths"
	"truepenny/views/words"
)

var (
	testReaders = only(experiments.Readers...)
	testKeepers = only(experiments.Keepers...)
)

func (s *Server) experimentRoutes() []route {
	get, post := http.MethodGet, http.MethodPost
	return []route{
		{method: get, path: paths.Experiments(), name: "experiments", who: testReaders, do: s.listExperiments},
		{method: get, path: paths.ExperimentsCSV(), name: "experiments.export", who: testReaders, do: s.exportExperiments},
		{method: get, path: paths.ExperimentNew(), name: "experiments.form", who: testKeepers, do: s.experimentForm},
		{method: post, path: paths.Experiments(), name: "experiments.register", who: testKeepers, do: s.registerExperiment},
		{method: get, path: "/console/privacy/experiments/:id", name: "experiments.show", who: testReaders, do: s.showExperiment},
		{method: post, path: "/console/privacy/experiments/:id/approval", name: "experiments.approve", who: testKeepers, do: s.approveExperiment},
		{method: post, path: "/console/privacy/experiments/:id/end", name: "experiments.end", who: testKeepers, do: s.endExperiment},
		{method: post, path: "/console/privacy/experiments/:id/result", name: "experiments.conclude", who: testKeepers, do: s.concludeExperiment},
		{method: get, path: paths.PublicExperiments(), name: "experiments.public", who: anyone, do: s.publicExperiments, public: true},
		{method: post, path: "/experiments/:id/leaving", name: "experiments.leave", who: seller, do: s.leaveExperiment},
	}
}

func (s *Server) listExperiments(c echo.Context) error {
	all, err := s.Experiments.List(c.Request().Context(), visitorOf(c).actor())
	if err != nil {
		return err
	}
	page, err := s.presentExperiments(c, all)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, viewtests.List(page))
}

func (s *Server) experimentForm(c echo.Context) error {
	today := s.clock.Now().UTC()
	fresh := experimentTyped{Share: "50", Change: string(experiments.RoadOrder), Audience: string(experiments.Everyone),
		Start: today.AddDate(0, 0, 1).Format(time.DateOnly), End: today.AddDate(0, 0, 30).Format(time.DateOnly)}
	return render(c, http.StatusOK, viewtests.Form(s.presentExperimentForm(c, fresh, nil)))
}

// experimentTyped is the form as it was typed.
type experimentTyped struct{ Name, Why, Change, Share, Audience, Start, End string }

func bindExperiment(c echo.Context) experimentTyped {
	v := func(name string, most int) string { return short(strings.TrimSpace(c.FormValue(name)), most) }
	return experimentTyped{v("name", 500), v("why", 5000), v("change", 50), v("share", 10), v("audience", 50), v("start", 20), v("end", 20)}
}

// plan reads what was typed; what is no number or day is refused by the
// register.
func (t experimentTyped) plan() experiments.New {
	share, _ := strconv.Atoi(strings.TrimSuffix(t.Share, "%"))
	day := func(text string) time.Time {
		d, _ := time.Parse(time.DateOnly, text)
		return d
	}
	return experiments.New{Name: t.Name, Why: t.Why, Change: experiments.Change(t.Change), TestShare: share, Audience: experiments.Audience(t.Audience), StartDay: day(t.Start), EndDay: day(t.End)}
}

func (s *Server) registerExperiment(c echo.Context) error {
	typed := bindExperiment(c)
	e, err := s.Experiments.Register(c.Request().Context(), visitorOf(c).actor(), typed.plan())
	if err != nil && (errs.CodeOf(err) == errs.Invalid || errs.CodeOf(err) == errs.Conflict) {
		return render(c, statusOf[errs.CodeOf(err)], viewtests.Form(s.presentExperimentForm(c, typed, err)))
	}
	if err != nil {
		return err
	}
	return seeOther(c, paths.With(paths.Experiment(e.ID), "done", "added"))
}

func (s *Server) showExperiment(c echo.Context) error {
	return s.renderExperiment(c, http.StatusOK, nil)
}

func (s *Server) renderExperiment(c echo.Context, status int, problem error) error {
	e, err := s.Experiments.Get(c.Request().Context(), visitorOf(c).actor(), c.Param("id"))
	if err != nil {
		return err
	}
	page, err := s.presentExperiment(c, e, problem)
	if err != nil {
		return err
	}
	return render(c, status, viewtests.Show(page))
}

func (s *Server) approveExperiment(c echo.Context) error {
	return s.experimentDone(c, s.Experiments.Approve(c.Request().Context(), visitorOf(c).actor(), c.Param("id")), "approved")
}

func (s *Server) endExperiment(c echo.Context) error {
	return s.experimentDone(c, s.Experiments.End(c.Request().Context(), visitorOf(c).actor(), c.Param("id"), c.FormValue("result")), "ended")
}

func (s *Server) concludeExperiment(c echo.Context) error {
	return s.experimentDone(c, s.Experiments.Conclude(c.Request().Context(), visitorOf(c).actor(), c.Param("id"), c.FormValue("result")), "said")
}

func (s *Server) experimentDone(c echo.Context, err error, done string) error {
	if err != nil && errs.CodeOf(err) == errs.Invalid {
		return s.renderExperiment(c, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return seeOther(c, paths.With(paths.Experiment(c.Param("id")), "done", done))
}

// leaveExperiment takes the person out at once and shows their application.
func (s *Server) leaveExperiment(c echo.Context) error {
	if err := s.Experiments.Leave(c.Request().Context(), visitorOf(c).actor(), c.Param("id")); err != nil {
		return err
	}
	mine, err := s.Sellers.Mine(c.Request().Context(), visitorOf(c).actor())
	if err != nil {
		return err
	}
	if len(mine) == 0 {
		return seeOther(c, paths.Application())
	}
	return seeOther(c, paths.With(paths.ApplicationPage(current(mine).ID), "said", "left-test"))
}

func (s *Server) publicExperiments(c echo.Context) error {
	all, err := s.Experiments.Public(c.Request().Context())
	if err != nil {
		return err
	}
	page, err := s.presentPublicExperiments(c, all)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, viewtests.PublicList(page))
}

func (s *Server) exportExperiments(c echo.Context) error {
	all, err := s.Experiments.List(c.Request().Context(), visitorOf(c).actor())
	if err != nil {
		return err
	}
	rows, err := s.experimentRows(c, all)
	if err != nil {
		return err
	}
	out, err := startCSV(c, "tests.csv", words.TestsCSV()...)
	for i := 0; err == nil && i < len(rows); i++ {
		err = out.Row(rows[i]...)
	}
	return s.endCSV(c, out, err)
}
