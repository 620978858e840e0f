package handlers

import (
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"truepenny/internal/biometrics/document"
	"truepenny/internal/biometrics/document/printed"
	"truepenny/internal/errs"
	"truepenny/internal/sellers"
	"truepenny/views/kit"
	"truepenny/views/paths"
	viewprinted "truepenny/views/printed"
	"truepenny/views/words"
)

func (s *Server) presentLayouts(c echo.Context, list []sellers.PageLayout) viewprinted.ListProps {
	p := viewprinted.ListProps{Frame: s.console(c, words.LayoutsTitle), Messages: messages(words.LayoutDone(c.QueryParam("done")))}
	for _, l := range list {
		var parts []string
		for _, r := range l.Regions {
			parts = append(parts, words.Within(words.LayoutPartName(string(r.Part))))
		}
		row := viewprinted.Row{Name: l.Name, Href: paths.Layout(l.ID), Format: words.LayoutFormatName(string(l.Format)), Issuer: l.Issuer,
			Parts: strings.Join(parts, ", "), Changed: words.Date(l.ChangedAt)}
		if l.Issuer == "" {
			row.Issuer = words.LayoutAny
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}

// heights of pages, at a width of 1000 (ICAO Doc 9303 parts 4 to 6).
var heights = map[document.Format]int{document.TD3: 704, document.TD2: 705, document.TD1: 631, document.IDFRA: 705}

func (s *Server) presentLayout(c echo.Context, l sellers.PageLayout, problem error) viewprinted.EditProps {
	title := l.Name
	if l.Version == 0 {
		title = words.LayoutsNew
	}
	p := viewprinted.EditProps{
		Frame: s.console(c, title), Messages: messages(words.LayoutDone(c.QueryParam("done"))), Errors: kit.Errors(fieldSentences(problem)),
		Action: paths.Layouts(), Version: strconv.Itoa(l.Version), Name: l.Name, Format: string(l.Format), Issuer: l.Issuer, Ratio: heights[l.Format],
	}
	if errs.CodeOf(problem) == errs.Conflict && problem != nil {
		p.Messages = []kit.Message{{Tone: kit.ToneBad, Text: words.Reason(errs.ReasonOf(problem))}}
	}
	if p.Ratio == 0 {
		p.Ratio = heights[document.TD3]
	}
	if l.ID != "" {
		p.Action, p.Remove = paths.Layout(l.ID), paths.LayoutRemoval(l.ID)
	}
	for _, f := range sellers.LayoutFormats {
		p.Formats = append(p.Formats, kit.Option{Value: string(f), Label: words.LayoutFormatName(string(f))})
	}
	for _, part := range printed.Parts {
		row := viewprinted.PartRow{Code: string(part), Name: words.LayoutPartName(string(part))}
		if i := slices.IndexFunc(l.Regions, func(r printed.Region) bool { return r.Part == part }); i >= 0 {
			r := l.Regions[i]
			row.X, row.Y, row.W, row.H = percent(r.X), percent(r.Y), percent(r.W), percent(r.H)
		}
		p.Parts = append(p.Parts, row)
	}
	return p
}

func percent(v float64) string { return strconv.FormatFloat(v*100, 'f', 1, 64) }
