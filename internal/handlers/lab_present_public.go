package handlers

import (
	"github.com/labstack/echo/v4"

	"truepenny/internal/laboratory"
	"truepenny/views/kit"
	viewlab "truepenny/views/lab"
	"truepenny/views/paths"
	"truepenny/views/words"
)

func (s *Server) presentReports(c echo.Context, runs []laboratory.Run) (viewlab.ReportsProps, error) {
	p := viewlab.ReportsProps{PublicProps: s.public(c, words.ReportsTitle)}
	p.Wide = true
	active, confirmed, err := s.Lab.InForce(c.Request().Context())
	for _, r := range runs {
		p.Rows = append(p.Rows, viewlab.PublicRow{Title: words.LabReportTitle(r.Number), Href: paths.Report(r.ID), Kind: words.LabKindName(string(r.Kind)),
			Set: setName(r), Result: headline(r), Since: words.Date(r.PublishedAt), Force: confirmed && active.RunID == r.ID})
	}
	return p, err
}

// presentPublicReport leaves out pictures, errors one by one, and who works
// here.
func (s *Server) presentPublicReport(c echo.Context, run laboratory.Run) (viewlab.PublicProps, error) {
	report, err := presentReport(run, func(table string) string { return paths.ReportTable(run.ID, table) })
	if err != nil {
		return viewlab.PublicProps{}, err
	}
	p := viewlab.PublicProps{PublicProps: s.public(c, report.Title), Report: report}
	p.Wide = true
	used, err := s.Lab.ActivationsOf(c.Request().Context(), run.ID)
	for _, a := range used {
		if a.Exception == "" || a.Standing != laboratory.Active && a.Standing != laboratory.Replaced {
			continue
		}
		nobody := func(string) string { return "" }
		p.Exceptions = append(p.Exceptions, viewlab.Activation{ID: a.ID, Title: words.LimitsUsed, Href: paths.Report(run.ID), Standing: limitBadge(a.Standing),
			Facts: append(limitRows(a.Thresholds)[:2], kit.SummaryRow{Key: words.LimitsSince, Value: words.Moment(a.SettledAt)}),
			Worse: worseLines(a.Worse), Exception: exceptionRows(a, nobody)})
	}
	return p, err
}
