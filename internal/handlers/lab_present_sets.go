package handlers

import (
	"strings"

	"github.com/labstack/echo/v4"

	"truepenny/internal/laboratory"
	"truepenny/views/kit"
	"truepenny/views/lab"
	"truepenny/views/paths"
	"truepenny/views/words"
)

func (s *Server) presentSets(c echo.Context, sets []laboratory.Set) lab.SetsProps {
	p := lab.SetsProps{
		Frame: s.labFrame(c, words.LabTabSets), MayRun: labRunners.lets(visitorOf(c)),
		Pager: kit.PagerProps{From: min(1, len(sets)), To: len(sets), Total: len(sets), Noun: words.LabSetNoun, Nouns: words.LabSetNouns, CSV: paths.LabSetsCSV()},
	}
	for _, set := range sets {
		row := lab.SetRow{
			Name: set.Name, Href: paths.LabSet(set.ID), Origin: set.Origin, Basis: words.LabBasisName(string(set.Basis)),
			State: setBadge(set.State), Kept: words.Date(set.ExpiresAt),
		}
		if set.Kind != "" {
			row.Kind, row.Pictures, row.People = words.LabKindName(string(set.Kind)), words.Number(set.Pictures), words.Number(set.People)
		}
		if !set.EndedAt.IsZero() {
			row.Kept = words.LabSetStateName(string(laboratory.Ended)) + ", " + words.Date(set.EndedAt)
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}

func setBadge(state laboratory.SetState) kit.BadgeProps {
	b := kit.BadgeProps{Text: words.LabSetStateName(string(state)), Icon: kit.GlyphCircle}
	switch state {
	case laboratory.Reading:
		b.Icon, b.Tone = kit.GlyphTurn, kit.ToneInfo
	case laboratory.Ready:
		b.Icon, b.Tone = kit.GlyphCheck, kit.ToneGood
	case laboratory.Refused:
		b.Icon, b.Tone = kit.GlyphCross, kit.ToneBad
	}
	return b
}

func (s *Server) presentSetForm(c echo.Context, problem error) lab.NewSetProps {
	p := lab.NewSetProps{Frame: s.labFrame(c, words.LabSetAdd), Errors: kit.Errors(fieldSentences(problem))}
	for _, b := range laboratory.Bases {
		p.Bases = append(p.Bases, kit.Choice{Value: string(b), Title: words.LabBasisName(string(b))})
	}
	if problem != nil {
		p.Name, p.Origin, p.Basis, p.Expires = c.FormValue("name"), c.FormValue("origin"), c.FormValue("basis"), c.FormValue("expires")
	}
	return p
}

func (s *Server) setWorking(set laboratory.Set) lab.Working {
	done, total := s.Lab.Reached(set.ID)
	return lab.Working{Poll: paths.LabSetProgress(set.ID), Reload: paths.LabSet(set.ID), Text: words.LabSetReading, Done: done, Total: total,
		Reached: words.LabReached(done, total)}
}

func (s *Server) presentSet(c echo.Context, set laboratory.Set, runs []laboratory.Run) lab.SetProps {
	added := words.LabByCommand
	if strings.HasPrefix(set.AddedBy, "stf_") {
		added = s.names(c)(set.AddedBy)
	}
	groups := words.LabNoGroups
	if len(set.Columns) > 0 {
		groups = strings.Join(set.Columns, ", ")
	}
	p := lab.SetProps{
		Frame: s.labFrame(c, set.Name), Name: set.Name, State: setBadge(set.State), Ended: set.State == laboratory.Ended, Runs: runRows(runs),
		Facts: []kit.SummaryRow{
			{Key: words.ReportOrigin, Value: set.Origin}, {Key: words.ReportBasis, Value: words.LabBasisName(string(set.Basis))},
			{Key: words.LabSetKept, Value: words.Date(set.ExpiresAt)}, {Key: words.LabSetBy, Value: added, Note: words.Moment(set.AddedAt)},
		},
	}
	if set.Kind != "" {
		p.Facts = append([]kit.SummaryRow{
			{Key: words.LabSetKind, Value: words.LabKindName(string(set.Kind))}, {Key: words.LabSetCounts, Value: words.Number(set.Pictures)},
			{Key: words.LabSetPeople, Value: words.Number(set.People)}, {Key: words.LabSetGroups, Value: groups},
		}, p.Facts...)
	}
	switch set.State {
	case laboratory.Reading:
		w := s.setWorking(set)
		p.Working = &w
	case laboratory.Refused:
		if p.Problem = words.Reason(set.Reason); set.Line > 0 {
			p.Line = words.LabLine(set.Line)
		}
	}
	v := visitorOf(c)
	if labKeepers.lets(v) && (set.State == laboratory.Ready || set.State == laboratory.Reading) {
		p.End = paths.LabSetEnd(set.ID)
	}
	if labRunners.lets(v) {
		for _, kind := range s.measurable(set) {
			p.Measures = append(p.Measures, lab.Measure{Label: words.LabKindName(string(kind)), Href: paths.LabRunNew(string(kind), set.ID)})
		}
	}
	return p
}
