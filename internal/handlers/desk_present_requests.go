package handlers

import (
	"cmp"

	"github.com/labstack/echo/v4"

	"truepenny/internal/form"
	"truepenny/internal/privacy"
	"truepenny/internal/requests"
	deskview "truepenny/views/desk"
	"truepenny/views/kit"
	"truepenny/views/paths"
	"truepenny/views/words"
)

func (s *Server) presentRequests(c echo.Context, q paths.DeskQuery, list []requests.Request) deskview.ListProps {
	p := deskview.ListProps{
		Frame: s.console(c, words.RequestListTitle), Kind: q.Kind, State: q.State, Mark: q.Mark, On: requestFiltersOn(q),
		Kinds:  choices(words.RequestAnyKind, asText(requests.Kinds), words.DeskKind),
		States: choices(words.RequestAnyState, asText(requestStates), words.DeskState),
		Marks:  choices(words.RequestAnyMark, asText(requestMarks), words.DeskMark),
		MayAdd: officers.lets(visitorOf(c)),
		Pager:  kit.PagerProps{From: min(1, len(list)), To: len(list), Total: len(list), Noun: words.RequestNoun, Nouns: words.RequestNouns, CSV: paths.RequestsCSV(q)},
	}
	for _, r := range list {
		p.Rows = append(p.Rows, deskview.ListRow{
			Label: r.Label(), Href: paths.Request(r.ID), Kind: words.DeskKind(string(r.Kind)), Came: words.Date(r.OpenedAt), Due: words.Date(r.DueAt),
			Identity: words.DeskWay(string(r.Identity)), State: s.requestBadge(r),
		})
	}
	return p
}

func requestFiltersOn(q paths.DeskQuery) []kit.FilterOn {
	var on []kit.FilterOn
	add := func(text string, without paths.DeskQuery) {
		on = append(on, kit.FilterOn{Text: text, Remove: paths.Requests(without)})
	}
	if q.State != "" {
		add(words.DeskState(q.State), paths.DeskQuery{Kind: q.Kind, Mark: q.Mark})
	}
	if q.Kind != "" {
		add(words.DeskKind(q.Kind), paths.DeskQuery{State: q.State, Mark: q.Mark})
	}
	if q.Mark != "" {
		add(words.DeskMark(q.Mark), paths.DeskQuery{State: q.State, Kind: q.Kind})
	}
	return on
}

// requestBadge says where a request stands, and how near its end it is.
func (s *Server) requestBadge(r requests.Request) kit.BadgeProps {
	if r.State == requests.Answered {
		return kit.BadgeProps{Text: words.DeskOutcome(string(r.Outcome)), Tone: kit.ToneGood, Icon: kit.GlyphCheck}
	}
	open := words.DeskState(string(r.State))
	switch mark := r.Mark(s.clock.Now()); mark {
	case requests.Overdue:
		return kit.BadgeProps{Text: open + ", " + words.DeskMark(string(mark)), Tone: kit.ToneBad, Icon: kit.GlyphWarning}
	case requests.DueSoon:
		return kit.BadgeProps{Text: open + ", " + words.DeskMark(string(mark)), Tone: kit.ToneWarn, Icon: kit.GlyphClock}
	}
	return kit.BadgeProps{Text: open, Tone: kit.ToneInfo, Icon: kit.GlyphCircle}
}

// presentLetter shows the form for a letter with what was typed.
func (s *Server) presentLetter(c echo.Context, v *form.Values, problem error) deskview.LetterProps {
	p := deskview.LetterProps{
		Frame: s.console(c, words.LetterTitle), Kind: v.Raw("kind"), Words: v.Raw("words"), Value: v.Raw("value"), Purpose: v.Raw("purpose"),
		Contact: v.Raw("contact"), Postal: v.Raw("postal"), Day: v.Raw("received-day"), Month: v.Raw("received-month"), Year: v.Raw("received-year"),
		Errors: kit.Errors(fieldSentences(problem)), Purposes: []kit.Option{{Label: words.LetterEverything}},
	}
	for _, k := range requests.Kinds {
		p.Kinds = append(p.Kinds, kit.Choice{Value: string(k), Title: words.DeskKind(string(k)), Help: words.DeskKindHelp(string(k))})
	}
	for _, x := range privacy.Purposes() {
		if x.Offered {
			p.Purposes = append(p.Purposes, kit.Option{Value: string(x.ID), Label: words.PurposeName(string(x.ID))})
		}
	}
	return p
}

func (s *Server) presentTemplates(c echo.Context, list []requests.Template) deskview.TemplatesProps {
	p := deskview.TemplatesProps{Frame: s.console(c, words.TemplatesTitle)}
	name := s.names(c)
	for _, t := range list {
		row := deskview.TemplateRow{Title: words.TemplateFitting(string(t.Kind)), Href: paths.AnswerTemplate(t.Code), Outcome: words.DeskOutcome(string(t.Outcome)),
			Version: words.Number(t.Version), Changed: words.TemplateShipped}
		if t.Version > 0 {
			row.Changed = words.TemplateChangedBy(name(t.ChangedBy), t.ChangedAt)
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}

func (s *Server) presentTemplate(c echo.Context, t requests.Template, problem error) deskview.TemplateProps {
	p := deskview.TemplateProps{
		Frame: s.console(c, words.TemplateTitle(string(t.Kind), string(t.Outcome))), Messages: messages(words.RequestDone(c.QueryParam("done"))),
		Errors: kit.Errors(fieldSentences(problem)), Code: t.Code, Body: t.Body, Version: cmp.Or(words.Number(t.Version), "0"), MaySave: officers.lets(visitorOf(c)),
	}
	if conflict := conflictMessage(problem); conflict != nil {
		p.Messages = conflict
	}
	return p
}
