package handlers

import (
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"truepenny/internal/laboratory"
	"truepenny/views/words"
)

func (s *Server) exportRuns(c echo.Context) error {
	runs, err := s.Lab.Runs(c.Request().Context(), visitorOf(c).actor(), runFilter(labQuery(c)))
	if err != nil {
		return err
	}
	out, err := startCSV(c, "lab-reports.csv", words.LabCSV()...)
	for i := 0; err == nil && i < len(runs); i++ {
		r := runs[i]
		err = out.Row(r.Number, string(r.Kind), setName(r), string(r.State), headline(r), r.Network, r.Version, r.Code, r.Machine,
			strconv.FormatUint(r.Seed, 10), r.AskedAt, r.FinishedAt, r.PublishedAt)
	}
	return s.endCSV(c, out, err)
}

func (s *Server) exportSets(c echo.Context) error {
	sets, err := s.Lab.Sets(c.Request().Context(), visitorOf(c).actor())
	if err != nil {
		return err
	}
	out, err := startCSV(c, "lab-sets.csv", words.LabSetsCSV()...)
	for i := 0; err == nil && i < len(sets); i++ {
		x := sets[i]
		err = out.Row(x.Name, string(x.Kind), x.Origin, words.LabBasisName(string(x.Basis)), string(x.State), x.Pictures, x.People,
			strings.Join(x.Columns, " "), x.AddedAt, x.ExpiresAt, x.EndedAt)
	}
	return s.endCSV(c, out, err)
}

func (s *Server) exportLimits(c echo.Context) error {
	all, err := s.Lab.Activations(c.Request().Context(), visitorOf(c).actor())
	if err != nil {
		return err
	}
	name, err := s.everyName(c)
	if err != nil {
		return err
	}
	out, err := startCSV(c, "lab-thresholds.csv", words.LimitsCSV()...)
	for i := 0; err == nil && i < len(all); i++ {
		a := all[i]
		err = out.Row(a.Thresholds.Report.Name, a.Network, a.Version, a.Thresholds.Accept, a.Thresholds.Review, string(a.Standing), name(a.ProposedBy), a.ProposedAt,
			name(a.SettledBy), a.SettledAt, a.EndedAt, a.Words, a.Answer, a.Exception, name(a.LeadBy), name(a.PrivacyBy))
	}
	return s.endCSV(c, out, err)
}

func (s *Server) exportDrift(c echo.Context) error {
	d, err := s.Lab.Drift(c.Request().Context(), visitorOf(c).actor())
	if err != nil {
		return err
	}
	out, err := startCSV(c, "lab-drift.csv", words.DriftCSV()...)
	for i := 0; err == nil && i < len(d.Weeks); i++ {
		w := d.Weeks[i]
		share, low, high := any(nil), any(nil), any(nil)
		if w.Checked() > 0 {
			share, low, high = tripled(w)
		}
		median := any(nil)
		if m, found := w.Median(); found {
			median = m
		}
		agree, of := w.Judged()
		err = out.Row(w.Monday, w.Checked(), w.Pass, w.Unsure, w.Apart, w.NotRun, share, low, high, median, agree, of, string(d.Look(i)))
	}
	return s.endCSV(c, out, err)
}

func tripled(w laboratory.Week) (share, low, high any) {
	a, b, c := w.PassShare()
	return a, b, c
}
