package handlers

import (
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/form"
	"truepenny/internal/registers"
	"truepenny/views/kit"
	"truepenny/views/layout"
	"truepenny/views/openness"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// registerPlaces are the lines of the registers in the group "Privacy".
func registerPlaces(v visitor) []layout.Place {
	if !registerReaders.lets(v) {
		return nil
	}
	return []layout.Place{{Label: words.DemandsConsole, Href: paths.DemandList()}, {Label: words.PartiesConsole, Href: paths.PartyList()}}
}

func (s *Server) presentDemandList(c echo.Context, all []registers.Demand) openness.DemandListProps {
	p := openness.DemandListProps{Frame: s.console(c, words.DemandsConsole), May: demandWriters.lets(visitorOf(c)),
		Pager: kit.PagerProps{From: min(1, len(all)), To: len(all), Total: len(all), Noun: words.DemandNoun, Nouns: words.DemandNouns, CSV: paths.DemandsCSV()}}
	for _, d := range all {
		row := openness.DemandRow{Title: words.DemandTitle(d.Number), Href: paths.Demand(d.ID), Received: words.WrittenDay(d.ReceivedOn), From: words.DemandSenderName(d.Sender),
			Asked: words.DemandScopeName(d.Scope), People: words.Number(d.People), Answer: words.DemandOutcomeName(d.Outcome), Told: words.DemandToldName(d.Told)}
		switch {
		case d.Waits():
			row.Standing = kit.BadgeProps{Text: words.DemandWaitsShort, Icon: kit.GlyphHalf, Tone: kit.ToneWarn}
		case d.GagOver(s.clock.Now()):
			row.Standing = kit.BadgeProps{Text: words.DemandTellNow, Icon: kit.GlyphWarning, Tone: kit.ToneWarn}
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}

func (s *Server) presentDemand(c echo.Context, d registers.Demand, problem error) openness.DemandProps {
	v, now := visitorOf(c), s.clock.Now()
	title := words.DemandNew
	if d.Number > 0 {
		title = words.DemandTitle(d.Number)
	}
	e := kit.Errors(fieldSentences(problem))
	p := openness.DemandProps{Frame: s.console(c, title), Messages: formMessages(c, problem), Errors: e, May: demandWriters.lets(v),
		Action: paths.DemandList(), Version: strconv.Itoa(d.Version), Waits: d.ID != "" && d.Waits() && problem == nil, GagOver: d.GagOver(now)}
	if d.ID != "" {
		p.Action = paths.Demand(d.ID)
	}
	if p.Waits && demandConfirmants.lets(v) && d.EnteredBy != v.member.ID && d.ChangedBy != v.member.ID {
		p.Confirm = paths.DemandConfirmation(d.ID)
	}
	p.Facts = s.demandFacts(c, d)
	p.Received = dayField(e, kit.Field{Name: "received", Label: words.DemandOn}, d.ReceivedOn)
	p.Sender = choiceField(e, "sender", words.DemandSender, d.Sender, registers.Senders, words.DemandSenderName)
	p.Country = countryField(e, "country", words.DemandCountry, d.Country)
	p.Reference = kit.TextProps{Field: e.Field(kit.Field{Name: "reference", Label: words.DemandReference, Help: words.DemandRefHelp, Optional: true}), Value: d.Reference, MaxLength: 120}
	p.Scope = choiceField(e, "scope", words.DemandScope, d.Scope, registers.Scopes, words.DemandScopeName)
	p.People = kit.TextProps{Field: e.Field(kit.Field{Name: "people", Label: words.DemandPeople}), Value: strconv.Itoa(max(d.People, 0)), InputMode: "numeric", Width: kit.WidthShort}
	p.Outcome = choiceField(e, "outcome", words.DemandOutcome, d.Outcome, registers.Outcomes, words.DemandOutcomeName)
	p.Answered = dayField(e, kit.Field{Name: "answered", Label: words.DemandAnsweredOn, Help: words.DemandAnsweredHlp}, d.AnsweredOn)
	p.Told = choiceField(e, "told", words.DemandTold, d.Told, registers.Tellings, words.DemandToldName)
	p.Gagged = dayField(e, kit.Field{Name: "gagged", Label: words.DemandGagged, Help: words.DemandGaggedHelp}, d.GaggedUntil)
	p.Note = kit.TextAreaProps{Field: e.Field(kit.Field{Name: "note", Label: words.DemandNote, Help: words.DemandNoteHelp, Optional: true}), Value: d.Note, Rows: 3, MaxLength: 1000}
	return p
}

func (s *Server) demandFacts(c echo.Context, d registers.Demand) []kit.SummaryRow {
	name := s.names(c)
	rows := []kit.SummaryRow{
		{Key: words.DemandOn, Value: words.WrittenDay(d.ReceivedOn)}, {Key: words.DemandSender, Value: words.DemandSenderName(d.Sender) + ", " + words.CountryName(d.Country)},
		{Key: words.DemandReference, Value: d.Reference}, {Key: words.DemandScope, Value: words.DemandScopeName(d.Scope)}, {Key: words.DemandPeople, Value: words.Number(d.People)},
		{Key: words.DemandOutcome, Value: words.DemandOutcomeName(d.Outcome), Note: words.WrittenDay(d.AnsweredOn)},
		{Key: words.DemandTold, Value: words.DemandToldName(d.Told), Note: words.WrittenDay(d.GaggedUntil)}, {Key: words.DemandNote, Value: d.Note},
	}
	if d.ConfirmedBy != "" {
		rows = append(rows, kit.SummaryRow{Key: words.DemandConfirmed, Value: name(d.ConfirmedBy), Note: words.Moment(d.ConfirmedAt)})
	}
	return rows
}

// formMessages say what was done, or what keeps a form from being saved beside
// its fields.
func formMessages(c echo.Context, problem error) []kit.Message {
	if problem != nil && errs.CodeOf(problem) == errs.Conflict {
		return []kit.Message{{Tone: kit.ToneBad, Text: words.Reason(errs.ReasonOf(problem))}}
	}
	return messages(words.RegisterDone(c.QueryParam("done")))
}

// dayField splits a day into its three fields.
func dayField(e kit.Errors, f kit.Field, day string) kit.DateProps {
	p := kit.DateProps{Field: e.Field(f)}
	if parts := strings.Split(day, "-"); len(parts) == 3 {
		p.Year, p.Month, p.Day = parts[0], parts[1], parts[2]
	}
	return p
}

func choiceField(e kit.Errors, name, label, value string, list []string, word func(string) string) kit.SelectProps {
	p := kit.SelectProps{Field: e.Field(kit.Field{Name: name, Label: label}), Value: value}
	for _, code := range list {
		p.Options = append(p.Options, kit.Option{Value: code, Label: word(code)})
	}
	return p
}

func countryField(e kit.Errors, name, label, value string) kit.SelectProps {
	var codes []string
	for _, country := range form.Countries() {
		codes = append(codes, country.Alpha2)
	}
	return choiceField(e, name, label, value, codes, words.CountryName)
}

func (s *Server) presentPartyList(c echo.Context, all []registers.Party) openness.PartyListProps {
	p := openness.PartyListProps{Frame: s.console(c, words.PartiesConsole), May: partyWriters.lets(visitorOf(c)),
		Pager: kit.PagerProps{From: min(1, len(all)), To: len(all), Total: len(all), Noun: words.PartyNoun, Nouns: words.PartyNouns, CSV: paths.PartiesCSV()}}
	for _, x := range all {
		row := openness.PartyRow{Name: x.Name, Href: paths.Party(x.ID), Kind: words.PartyKindName(x.Kind), Country: words.CountryName(x.Country),
			Since: words.WrittenDay(x.BeganOn), Ended: words.WrittenDay(x.EndedOn)}
		if x.Kind == registers.Merchant {
			row.Sites = words.Number(x.Sites)
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}

func (s *Server) presentPartyForm(c echo.Context, x registers.Party, problem error) openness.PartyProps {
	title := words.PartyNew
	if x.ID != "" {
		title = x.Name
	}
	e := kit.Errors(fieldSentences(problem))
	p := openness.PartyProps{Frame: s.console(c, title), Messages: formMessages(c, problem), Errors: e, May: partyWriters.lets(visitorOf(c)),
		Action: paths.PartyList(), Version: strconv.Itoa(x.Version), Facts: partyRows(x)}
	if x.ID != "" {
		p.Action = paths.Party(x.ID)
	}
	area := func(name, label, help, value string) kit.TextAreaProps {
		return kit.TextAreaProps{Field: e.Field(kit.Field{Name: name, Label: label, Help: help}), Value: value, Rows: 2, MaxLength: 1000, Required: true}
	}
	p.Kind = choiceField(e, "kind", words.PartyKind, x.Kind, registers.Kinds, words.PartyKindName)
	p.Name = kit.TextProps{Field: e.Field(kit.Field{Name: "name", Label: words.PartyName}), Value: x.Name, MaxLength: 120, Required: true}
	p.Does = area("does", words.PartyDoes, "", x.Does)
	p.Data = area("data", words.PartyData, "", x.Data)
	p.Country = countryField(e, "country", words.PartyCountry, x.Country)
	p.Terms = area("terms", words.PartyTerms, words.PartyTermsHelp, x.Terms)
	p.Sites = kit.TextProps{Field: e.Field(kit.Field{Name: "sites", Label: words.PartySitesLabel, Help: words.PartySitesHelp, Optional: true}), Value: strconv.Itoa(max(x.Sites, 0)),
		InputMode: "numeric", Width: kit.WidthShort}
	p.Began = dayField(e, kit.Field{Name: "began", Label: words.PartyBegan}, x.BeganOn)
	p.Ended = dayField(e, kit.Field{Name: "ended", Label: words.PartyEndedLabel, Help: words.PartyEndedHelp}, x.EndedOn)
	return p
}
