package handlers

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/laboratory"
	"truepenny/views/lab"
	"truepenny/views/paths"
)

func (s *Server) labSets(c echo.Context) error {
	sets, err := s.Lab.Sets(c.Request().Context(), visitorOf(c).actor())
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, lab.Sets(s.presentSets(c, sets)))
}

func (s *Server) setForm(c echo.Context) error {
	return render(c, http.StatusOK, lab.NewSet(s.presentSetForm(c, nil)))
}

// setsAnHour is more than anybody adds; each costs the machine more than its
// sender.
const setsAnHour = 20

func (s *Server) addSet(c echo.Context) error {
	ctx, v := c.Request().Context(), visitorOf(c)
	if err := s.Limiter.Allow(ctx, "lab set by "+v.member.ID, setsAnHour, time.Hour); err != nil {
		return err
	}
	n, raw, err := newSet(c)
	var set laboratory.Set
	if err == nil {
		set, err = s.Lab.AddZip(ctx, v.actor(), n, raw)
	}
	if code := errs.CodeOf(err); err != nil && (code == errs.Invalid || code == errs.TooLarge) {
		return render(c, statusOf[code], lab.NewSet(s.presentSetForm(c, err)))
	}
	if err != nil {
		return err
	}
	return seeOther(c, paths.With(paths.LabSet(set.ID), "done", "added"))
}

// newSet reads the form. All of it stays in memory: a picture of a person is
// never written to a temporary file.
func newSet(c echo.Context) (laboratory.NewSet, []byte, error) {
	if err := c.Request().ParseMultipartForm(labUpload); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return laboratory.NewSet{}, nil, &errs.Error{Code: errs.TooLarge, Reason: "lab.zip.large", Fields: map[string]string{"zip": "lab.zip.large"}, Err: err}
		}
		return laboratory.NewSet{}, nil, errs.Wrap(errs.Invalid, "form.unreadable", err)
	}
	n := laboratory.NewSet{Name: c.FormValue("name"), Origin: c.FormValue("origin"), Basis: laboratory.Basis(c.FormValue("basis"))}
	if !readable(n.Name) || !readable(n.Origin) {
		return n, nil, errs.New(errs.Invalid, "form.unreadable")
	}
	if text := strings.TrimSpace(c.FormValue("expires")); text != "" {
		day, err := time.Parse(time.DateOnly, text)
		if err != nil {
			return n, nil, errs.Fields(map[string]string{"expires": "form.date"})
		}
		n.Expires = day
	}
	raw, err := uploaded(c, "zip")
	if errs.ReasonOf(err) == "upload.missing" && err != nil {
		err = nil // told beside its field with what else is missing
	}
	return n, raw, err
}

func (s *Server) showSet(c echo.Context) error {
	ctx, actor := c.Request().Context(), visitorOf(c).actor()
	set, err := s.Lab.Set(ctx, actor, c.Param("id"))
	if err != nil {
		return err
	}
	runs, err := s.Lab.Runs(ctx, actor, laboratory.RunFilter{Set: set.ID})
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, lab.Set(s.presentSet(c, set, runs)))
}

func (s *Server) setProgress(c echo.Context) error {
	set, err := s.Lab.Set(c.Request().Context(), visitorOf(c).actor(), c.Param("id"))
	if err != nil {
		return err
	}
	if set.State != laboratory.Reading {
		c.Response().Header().Set("HX-Refresh", "true")
	}
	return render(c, http.StatusOK, lab.Progress(s.setWorking(set)))
}

func (s *Server) endSet(c echo.Context) error {
	if err := s.Lab.EndSet(c.Request().Context(), visitorOf(c).actor(), c.Param("id")); err != nil {
		return err
	}
	return seeOther(c, paths.With(paths.LabSet(c.Param("id")), "done", "ended"))
}
