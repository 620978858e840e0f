package handlers

import (
	"maps"
	"net/http"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/sellers"
	viewsellers "truepenny/views/sellers"
)

func (s *Server) showReading(c echo.Context) error {
	return s.readingPage(c, http.StatusOK, nil, nil)
}

// readingPage shows what was read; own holds corrections as they were typed
// and wrong what is wrong with them.
func (s *Server) readingPage(c echo.Context, status int, own, wrong map[string]string) error {
	app, err := s.editable(c)
	if err != nil {
		return standAside(c, err)
	}
	page, err := s.presentReading(c, app, own, wrong)
	if err != nil {
		return err
	}
	return render(c, status, viewsellers.Reading(page))
}

// correctReading keeps each correction that changed. All that are right are
// kept, also when another one is wrong.
func (s *Server) correctReading(c echo.Context) error {
	ctx, actor, id := c.Request().Context(), visitorOf(c).actor(), c.Param("id")
	fields, err := s.Sellers.Fields(ctx, actor, id)
	if err != nil {
		return err
	}
	own, wrong := map[string]string{}, map[string]string{}
	for _, f := range fields {
		value := c.FormValue(string(f.Name))
		own[string(f.Name)] = value
		if value == f.Corrected || value == "" && f.Corrected == "" {
			continue
		}
		err := s.Sellers.CorrectField(ctx, actor, id, f.Name, value)
		if errs.FieldsOf(err) == nil && err != nil {
			return standAside(c, err)
		}
		maps.Copy(wrong, errs.FieldsOf(err))
	}
	if len(wrong) > 0 {
		return s.readingPage(c, http.StatusUnprocessableEntity, own, wrong)
	}
	return s.goOn(c, id, "saved")
}

// readingNotice is why there is nothing to look through, "" when there is.
func readingNotice(evidence []sellers.Evidence, fields []sellers.Field) sellers.ReadingState {
	if len(fields) > 0 {
		return sellers.ReadingSure
	}
	state := sellers.ReadingNone
	for _, e := range evidence {
		if e.Kind == sellers.EvidenceDocument && e.Reading != sellers.ReadingNone {
			state = e.Reading
		}
	}
	return state
}
