package handlers

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"truepenny/internal/audit"
	"truepenny/internal/errs"
	"truepenny/internal/privacy"
	"truepenny/views/mydata"
	"truepenny/views/words"
)

const (
	looksPage = 50
	looksCSV  = 500 // read at a time for the file
)

// shownLooks is which lines the page is asked for; anything else is the usual.
func shownLooks(c echo.Context) privacy.Show {
	show := privacy.Show(c.QueryParam("show"))
	if !slices.Contains(privacy.Shows, show) {
		return privacy.ShowOthers
	}
	return show
}

// showMyLooks shows who looked at the person's data, newest first.
func (s *Server) showMyLooks(c echo.Context) error {
	before, _ := strconv.ParseInt(c.QueryParam("before"), 10, 64)
	show := shownLooks(c)
	rows, next, err := privacy.Looks(c.Request().Context(), s.Audit, visitorOf(c).account.ID, show, max(before, 0), looksPage)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, mydata.Looks(s.presentLooks(c, show, rows, before, next)))
}

// exportMyLooks writes the same lines as a file.
func (s *Server) exportMyLooks(c echo.Context) error {
	show, before, more := shownLooks(c), int64(0), true
	out, err := startCSV(c, "who-looked.csv", words.LooksCSV()...)
	for more && err == nil {
		var rows []audit.Row
		rows, before, err = privacy.Looks(c.Request().Context(), s.Audit, visitorOf(c).account.ID, show, before, looksCSV)
		more = before > 0
		for i := 0; err == nil && i < len(rows); i++ {
			l := lookLine(rows[i])
			err = out.Row(rows[i].Index, rows[i].At, words.LookBy(l), words.LookAt(l), words.LookFor(l), l.Purpose, refusedCode(rows[i]), rows[i].Action)
		}
	}
	return s.endCSV(c, out, err)
}

// proveMyLook hands out the proof that one line about the person stands in the
// log, to be checked without us.
func (s *Server) proveMyLook(c echo.Context) error {
	index, err := strconv.ParseInt(c.Param("index"), 10, 64)
	if err != nil {
		return errs.Wrap(errs.NotFound, "audit.entry-missing", err)
	}
	proof, err := privacy.LookProof(c.Request().Context(), s.Audit, visitorOf(c).account.ID, index)
	if err != nil {
		return err
	}
	c.Response().Header().Set("Content-Disposition", `attachment; filename="truepenny-entry-`+strconv.FormatInt(index, 10)+`.json"`)
	return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, proof.File())
}
