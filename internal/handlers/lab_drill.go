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

func (s *Server) showDrill(c echo.Context) error { return s.renderDrill(c, http.StatusOK, nil) }

func (s *Server) renderDrill(c echo.Context, status int, problem error) error {
	ctx, actor := c.Request().Context(), visitorOf(c).actor()
	sets, err := s.Lab.Sets(ctx, actor)
	if err != nil {
		return err
	}
	runs, err := s.Lab.Runs(ctx, actor, laboratory.RunFilter{Kind: laboratory.Identify})
	if err != nil {
		return err
	}
	page, err := s.presentDrill(c, sets, runs, problem)
	if err != nil {
		return err
	}
	return render(c, status, lab.Drill(page))
}

// runDrill is the button.
func (s *Server) runDrill(c echo.Context) error {
	set := c.FormValue("set")
	o, err := drillOptions(c, set)
	if err == nil {
		_, err = s.Lab.Start(c.Request().Context(), visitorOf(c).actor(), laboratory.Identify, set, o)
	}
	if errs.CodeOf(err) == errs.Invalid && err != nil {
		return s.renderDrill(c, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return seeOther(c, paths.LabDrill(0))
}

// drillOptions reads the shape of a synthetic drill; a set brings its own.
func drillOptions(c echo.Context, set string) (laboratory.Options, error) {
	var o laboratory.Options
	if set != "" {
		return o, nil
	}
	wrong := map[string]string{}
	for name, to := range map[string]*int{"gallery": &o.Gallery, "probes": &o.Probes} {
		n, ok := wholeNumber(c.FormValue(name))
		if !ok {
			wrong[name] = "form.number"
		}
		*to = n
	}
	return o, errs.Fields(wrong)
}

// wholeNumber reads a number as people write it: 25,000 or 25 000.
func wholeNumber(text string) (int, bool) {
	text = strings.NewReplacer(",", "", " ", "", " ", "", ".", "", "'", "").Replace(strings.TrimSpace(text))
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= 0 && n <= 1_000_000_000
}
