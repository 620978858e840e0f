package handlers

import (
	"math"
	"strconv"

	"github.com/labstack/echo/v4"

	"truepenny/internal/laboratory"
	"truepenny/views/kit"
	"truepenny/views/lab"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// The shape of the test of 2018.
const (
	congressGallery = 25_000
	congressProbes  = 535
)

// falseAlarms is the share of searches that may name a wrong person (NIST SP
// 800-63A-4, 3.11).
const falseAlarms = 1.0 / 1000

func (s *Server) presentDrill(c echo.Context, sets []laboratory.Set, runs []laboratory.Run, problem error) (lab.DrillProps, error) {
	p := lab.DrillProps{
		Frame: s.labFrame(c, words.DrillTitle), MayRun: labRunners.lets(visitorOf(c)), Errors: kit.Errors(fieldSentences(problem)),
		Sets: []kit.Option{{Label: words.DrillSynthetic}}, Gallery: words.Number(congressGallery), Probes: words.Number(congressProbes),
	}
	if problem != nil {
		p.Set, p.Gallery, p.Probes = c.FormValue("set"), c.FormValue("gallery"), c.FormValue("probes")
	}
	for _, set := range sets {
		if set.Kind == laboratory.Face && len(s.measurable(set)) > 0 {
			p.Sets = append(p.Sets, kit.Option{Value: set.ID, Label: set.Name})
		}
	}
	measured := 0.0
	for _, r := range runs {
		if r.State.Open() && p.Running == nil {
			w := runWorking(r)
			p.Running = &w
			continue
		}
		if r.State == laboratory.Done && p.Latest == nil {
			full, err := s.Lab.Run(c.Request().Context(), visitorOf(c).actor(), r.ID)
			if err != nil {
				return p, err
			}
			report, err := presentReport(full, func(table string) string { return paths.LabRunTable(full.ID, table) })
			if err != nil {
				return p, err
			}
			p.Latest, p.Title, p.Href, measured = &report, words.LabReportTitle(full.Number)+", "+setName(full), paths.LabRun(full.ID), full.Headline["fmr"]
			continue
		}
		p.Older = append(p.Older, runRows([]laboratory.Run{r})...)
	}
	p.Need = presentNeed(c.QueryParam("n"), measured)
	return p, nil
}

// fmrNeeded is the false match rate at which one search in a thousand names
// somebody else among n people: 1-(1-FPIR)^(1/n).
func fmrNeeded(n int) float64 { return -math.Expm1(math.Log1p(-falseAlarms) / float64(n)) }

// fpirAt is the share of searches among n people that name somebody else.
func fpirAt(fmr float64, n int) float64 { return -math.Expm1(float64(n) * math.Log1p(-fmr)) }

func presentNeed(asked string, measured float64) lab.Need {
	n, ok := wholeNumber(asked)
	if !ok || n < 1 {
		n = congressGallery
	}
	need := lab.Need{N: words.Number(n), Text: words.DrillNeed(n, fmrNeeded(n)), Pattern: words.DrillNeedPattern, AlarmsP: words.DrillAlarmsPattern,
		Table: lab.TableOf{ID: "needed", Caption: words.DrillNeedTitle, Open: true, Heads: []string{words.DrillNeedLabel, words.ReportDrillNeedFMR, words.ReportScoresIn}}}
	for _, size := range []int{1_000, 10_000, 100_000} {
		need.Table.Rows = append(need.Table.Rows, lab.TableRow{Cells: []string{words.Number(size), words.Percent(fmrNeeded(size)), words.OneIn(fmrNeeded(size))}})
	}
	if measured > 0 {
		need.FMR, need.Alarms = strconv.FormatFloat(measured, 'g', -1, 64), words.DrillAlarms(1000*fpirAt(measured, n))
	}
	return need
}
