package handlers

import (
	"encoding/json"
	"fmt"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/lab"
	"truepenny/internal/laboratory"
	"truepenny/views/words"
)

func (s *Server) runTable(c echo.Context) error {
	run, err := s.Lab.Run(c.Request().Context(), visitorOf(c).actor(), c.Param("id"))
	if err != nil {
		return err
	}
	return s.table(c, run)
}

func (s *Server) reportTable(c echo.Context) error {
	run, err := s.Lab.PublicRun(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	return s.table(c, run)
}

// table writes one of a report's tables as a file. None of them names a file or
// a person.
func (s *Server) table(c echo.Context, run laboratory.Run) error {
	name := c.Param("part")
	rows, err := tableRows(run, name)
	if err != nil {
		return err
	}
	out, err := startCSV(c, fmt.Sprintf("report-%d-%s.csv", run.Number, name), words.LabTableHeader(name)...)
	for i := 0; err == nil && i < len(rows); i++ {
		err = out.Row(rows[i]...)
	}
	return s.endCSV(c, out, err)
}

func tableRows(run laboratory.Run, name string) ([][]any, error) {
	if run.State == laboratory.Done && run.Kind == laboratory.Face {
		var r lab.FaceReport
		if err := json.Unmarshal(run.Report, &r); err != nil {
			return nil, fmt.Errorf("report of run %s: %w", run.ID, err)
		}
		if rows := faceRows(r, name); rows != nil {
			return rows, nil
		}
	}
	if run.State == laboratory.Done && run.Kind == laboratory.Identify && name == "points" {
		var r lab.IdentifyReport
		if err := json.Unmarshal(run.Report, &r); err != nil {
			return nil, fmt.Errorf("report of run %s: %w", run.ID, err)
		}
		rows := [][]any{}
		for _, p := range r.Points {
			rows = append(rows, []any{p.Name, p.Threshold, p.FalseIdentities, r.Probes, p.FPIR.Rate, p.FPIR.Low, p.FPIR.High, p.FMR.Rate, p.FNIR.Rate})
		}
		return rows, nil
	}
	if run.State == laboratory.Done && run.Kind == laboratory.Liveness && name == "attacks" {
		var r lab.LivenessReport
		if err := json.Unmarshal(run.Report, &r); err != nil {
			return nil, fmt.Errorf("report of run %s: %w", run.ID, err)
		}
		rows := [][]any{}
		for _, a := range r.Attacks {
			rows = append(rows, []any{a.Kind, a.Presented, a.Accepted, a.IAPAR, a.Low, a.High})
		}
		return rows, nil
	}
	return nil, errs.New(errs.NotFound, "page.missing")
}

// faceRows are the rows of a table of a face report, nil for a name it lacks.
func faceRows(r lab.FaceReport, name string) [][]any {
	rows := [][]any{}
	switch name {
	case "det":
		for _, p := range r.DET {
			rows = append(rows, []any{p.Threshold, p.FMR, p.FNMR})
		}
	case "histogram":
		for i := range max(len(r.Histogram.Genuine), len(r.Histogram.Impostor)) {
			from := r.Histogram.From + float64(i)*r.Histogram.Width
			rows = append(rows, []any{from, from + r.Histogram.Width, at(r.Histogram.Genuine, i), at(r.Histogram.Impostor, i)})
		}
	case "scores":
		for _, x := range r.Table {
			rows = append(rows, []any{x.Distance, x.FMR.Errors, x.FMR.Pairs, x.FMR.Rate, x.FMR.Low, x.FMR.High, x.AtMost, x.FNMR.Errors, x.FNMR.Pairs, x.FNMR.Rate})
		}
	case "groups":
		for _, g := range r.Groups {
			rows = append(rows, []any{g.Name, g.Value, g.FMR.Errors, g.FMR.Pairs, g.FMR.Rate, g.FMR.Low, g.FMR.High, orNil(g.FMRRatio), string(g.FMRStanding),
				g.FNMR.Errors, g.FNMR.Pairs, g.FNMR.Rate, g.FNMR.Low, g.FNMR.High, orNil(g.FNMRRatio), string(g.FNMRStanding)})
		}
	default:
		return nil
	}
	return rows
}

func orNil(v *float64) any {
	if v == nil {
		return nil
	}
	return *v
}
