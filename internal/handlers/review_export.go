package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"truepenny/internal/csvout"
	"truepenny/internal/sellers"
	"truepenny/views/words"
)

// queueExport streams every case that the filter shows, on all its pages. The
// number of rows goes into the audit log.
func (s *Server) queueExport(c echo.Context) error {
	name, err := s.everyName(c)
	if err != nil {
		return err
	}
	out, err := startCSV(c, "cases.csv", words.CaseCSV()...)
	if err != nil {
		return err
	}
	_, err = s.Sellers.Export(c.Request().Context(), visitorOf(c).actor(), queueFilter(queueQuery(c)), func(r sellers.QueueRow) error {
		return out.Row(caseLabel(r.Number), r.Name, words.KindName(string(r.Kind)), r.Country, words.StateName(string(r.State)),
			words.RoadName(string(r.Road)), words.OutcomeName(string(r.Outcome)), r.SubmittedAt, r.DueAt, r.DecidedAt,
			name(r.ClaimedBy), r.Appealed)
	})
	return s.endCSV(c, out, err)
}

// startCSV begins a file that the browser saves under a name.
func startCSV(c echo.Context, name string, header ...string) (*csvout.Writer, error) {
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, "text/csv; charset=utf-8")
	h.Set(echo.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	return csvout.New(c.Response(), header...)
}

// endCSV ends it. When something failed after a part of the file was sent, the
// connection is cut, so that nobody takes half a list for the whole.
func (s *Server) endCSV(c echo.Context, out *csvout.Writer, err error) error {
	if err == nil {
		err = out.Close()
	}
	if err != nil && c.Response().Committed {
		s.log.Error("export broke off", "error", err, "reference", reference(c))
		panic(http.ErrAbortHandler)
	}
	if err != nil {
		h := c.Response().Header()
		h.Del(echo.HeaderContentType)
		h.Del(echo.HeaderContentDisposition)
	}
	return err
}
