package handlers

import (
	"math"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"truepenny/internal/biometrics/document"
	"truepenny/internal/biometrics/document/printed"
	"truepenny/internal/errs"
	"truepenny/internal/sellers"
	"truepenny/internal/staff"
	"truepenny/views/paths"
	viewprinted "truepenny/views/printed"
)

func (s *Server) layoutRoutes() []route {
	get, post, admin := http.MethodGet, http.MethodPost, only(staff.Administrator)
	return []route{
		{method: get, path: "/console/layouts", name: "layouts.list", who: admin, do: s.listLayouts},
		{method: get, path: "/console/layouts/new", name: "layouts.new", who: admin, do: s.newLayout},
		{method: post, path: "/console/layouts", name: "layouts.add", who: admin, do: s.saveLayout},
		{method: get, path: "/console/layouts/:id", name: "layouts.show", who: admin, do: s.showLayout},
		{method: post, path: "/console/layouts/:id", name: "layouts.save", who: admin, do: s.saveLayout},
		{method: post, path: "/console/layouts/:id/removal", name: "layouts.remove", who: admin, do: s.removeLayout},
	}
}

func (s *Server) listLayouts(c echo.Context) error {
	list, err := s.Sellers.PageLayouts(c.Request().Context(), visitorOf(c).actor())
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, viewprinted.List(s.presentLayouts(c, list)))
}

func (s *Server) newLayout(c echo.Context) error {
	fresh := sellers.PageLayout{Layout: printed.Layout{Format: document.TD3}}
	return render(c, http.StatusOK, viewprinted.Edit(s.presentLayout(c, fresh, nil)))
}

func (s *Server) showLayout(c echo.Context) error {
	l, err := s.Sellers.PageLayout(c.Request().Context(), visitorOf(c).actor(), c.Param("id"))
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, viewprinted.Edit(s.presentLayout(c, l, nil)))
}

func (s *Server) saveLayout(c echo.Context) error {
	l := bindLayout(c)
	saved, err := s.Sellers.SaveLayout(c.Request().Context(), visitorOf(c).actor(), l)
	if err != nil && (errs.CodeOf(err) == errs.Invalid || errs.CodeOf(err) == errs.Conflict) {
		return render(c, statusOf[errs.CodeOf(err)], viewprinted.Edit(s.presentLayout(c, l, err)))
	}
	if err != nil {
		return err
	}
	return seeOther(c, paths.With(paths.Layout(saved.ID), "done", "saved"))
}

func (s *Server) removeLayout(c echo.Context) error {
	if err := s.Sellers.RemoveLayout(c.Request().Context(), visitorOf(c).actor(), c.Param("id")); err != nil {
		return err
	}
	return seeOther(c, paths.With(paths.Layouts(), "done", "removed"))
}

// bindLayout reads the form. What is no number is out of every page, so that the
// layout's own check refuses it.
func bindLayout(c echo.Context) sellers.PageLayout {
	version, _ := strconv.Atoi(c.FormValue("version"))
	l := sellers.PageLayout{ID: c.Param("id"), Name: short(c.FormValue("name"), 500), Version: version,
		Layout: printed.Layout{Format: document.Format(c.FormValue("format")), Issuer: short(c.FormValue("issuer"), 20)}}
	for _, part := range printed.Parts {
		var at [4]float64
		given := false
		for i, axis := range []string{"x", "y", "w", "h"} {
			text := strings.TrimSpace(c.FormValue(axis + "-" + string(part)))
			given = given || text != ""
			at[i] = share100(text)
		}
		if given {
			l.Regions = append(l.Regions, printed.Region{Part: part, X: at[0], Y: at[1], W: at[2], H: at[3]})
		}
	}
	return l
}

// share100 reads per cent, with a point or a comma, as a share of 1.
func share100(text string) float64 {
	v, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	if err != nil || math.IsNaN(v) || math.Abs(v) > 1000 {
		return -1
	}
	return math.Round(v*10) / 1000
}
