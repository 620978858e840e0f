package handlers

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/sellers"
	"truepenny/internal/staff"
	"truepenny/views/layout"
	viewparity "truepenny/views/parity"
	"truepenny/views/paths"
	"truepenny/views/words"
)

var parityReaders = only(staff.Privacy, staff.Lead, staff.Auditor, staff.Administrator)

func (s *Server) parityRoutes() []route {
	get := http.MethodGet
	return []route{
		{method: get, path: paths.Parity(paths.ParityQuery{}), name: "parity", who: parityReaders, do: s.showParity},
		{method: get, path: paths.ParityCSV(paths.ParityQuery{}), name: "parity.export", who: parityReaders, do: s.exportParity},
		{method: get, path: paths.PublicParity(), name: "parity.public", who: anyone, do: s.showPublicParity, public: true},
		{method: get, path: paths.PublicParityJSON(), name: "parity.public.json", who: anyone, do: s.publicParityJSON, public: true},
	}
}

// parityPlaces are the lines of the comparison and the tests in the group
// "Privacy".
func parityPlaces(v visitor) []layout.Place {
	if !parityReaders.lets(v) {
		return nil
	}
	return []layout.Place{{Label: words.ParityNav, Href: paths.Parity(paths.ParityQuery{})}, {Label: words.TestsNav, Href: paths.Experiments()}}
}

// parityPeriods are the choices of the filter, in days back; 0 is everything.
var parityPeriods = []int{30, 90, 180, 365, 0}

// parityDays reads the filter; without one it is the time of the daily
// comparison.
func (s *Server) parityDays(c echo.Context) int {
	n, err := strconv.Atoi(c.QueryParam("days"))
	if err != nil || !slices.Contains(parityPeriods, n) {
		return days(s.Sellers.Policy.ParityOver)
	}
	return n
}

func (s *Server) parityOf(c echo.Context) (sellers.Parity, error) {
	now := s.clock.Now()
	from := time.Time{}
	if n := s.parityDays(c); n > 0 {
		from = now.AddDate(0, 0, -n)
	}
	return s.Sellers.Parity(c.Request().Context(), from, now.Add(time.Second))
}

func (s *Server) showParity(c echo.Context) error {
	p, err := s.parityOf(c)
	if err != nil {
		return err
	}
	page, err := s.presentParity(c, p)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, viewparity.Console(page))
}

func (s *Server) exportParity(c echo.Context) error {
	p, err := s.parityOf(c)
	if err != nil {
		return err
	}
	out, err := startCSV(c, "parity.csv", words.ParityCSVHead()...)
	for i, rows := 0, parityRows(p); err == nil && i < len(rows); i++ {
		err = out.Row(rows[i]...)
	}
	return s.endCSV(c, out, err)
}

func (s *Server) showPublicParity(c echo.Context) error {
	d, found, err := s.Sellers.LastParity(c.Request().Context())
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, viewparity.Public(s.presentPublicParity(c, d, found)))
}

func (s *Server) publicParityJSON(c echo.Context) error {
	d, found, err := s.Sellers.LastParity(c.Request().Context())
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, publicParity(d, found))
}
