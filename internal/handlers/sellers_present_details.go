package handlers

import (
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/privacy"
	"truepenny/internal/sellers"
	"truepenny/views/kit"
	"truepenny/views/paths"
	viewsellers "truepenny/views/sellers"
	"truepenny/views/words"
)

// days is a length of time in whole days.
func days(d time.Duration) int { return int(d / (24 * time.Hour)) }

func (s *Server) presentDetails(c echo.Context, app sellers.Application, typed viewsellers.DetailsValues, wrong error) (viewsellers.DetailsProps, error) {
	frame, _, err := s.way(c, app, words.DetailsTitle, sellers.StepDetails)
	if err != nil {
		return viewsellers.DetailsProps{}, err
	}
	p := viewsellers.DetailsProps{
		Frame: frame, Post: paths.ApplicationDetails(app.ID), Draft: paths.ApplicationDraft(app.ID), TakeSaved: paths.ApplicationDetails(app.ID),
		Seen: seenDetails(app.Details), Values: typed, Countries: countryOptions(), Wrong: fieldErrors(wrong),
		Facts: []kit.SummaryRow{
			{Key: words.WhyAsked, Value: words.DetailsWhy},
			{Key: words.WhatIsKept, Value: words.DraftKept(days(s.Sellers.Policy.DraftKept))},
		},
	}
	p.Errors = p.Wrong.List("country", "kind", "business_name", "given_names", "family_name", "birth_date", "line1", "line2", "postcode", "city", "region")
	for i, e := range p.Errors {
		switch e.Target {
		case "birth_date":
			p.Errors[i].Target = "birth_date-day"
		case "kind":
			p.Errors[i].Target = "kind-0"
		}
		p.Errors[i].Text = detailLabel(e.Target) + ": " + e.Text
	}
	if app.UpdatedAt.After(app.CreatedAt) {
		p.Saved = words.Saved(app.UpdatedAt)
	}
	return p, nil
}

// typedDetails shows what is saved as it would be typed.
func typedDetails(d sellers.Details) viewsellers.DetailsValues {
	v := viewsellers.DetailsValues{
		Country: d.Country, Kind: string(d.Kind), GivenNames: d.GivenNames, FamilyName: d.FamilyName, BusinessName: d.BusinessName,
		Line1: d.Address.Line1, Line2: d.Address.Line2, Postcode: d.Address.Postcode, City: d.Address.City, Region: d.Address.Region,
	}
	if parts := strings.Split(d.BirthDate, "-"); len(parts) == 3 {
		v.BirthYear, v.BirthMonth, v.BirthDay = parts[0], strings.TrimLeft(parts[1], "0"), strings.TrimLeft(parts[2], "0")
	}
	return v
}

// presentElsewhere shows what another tab saved in the named fields.
func presentElsewhere(d sellers.Details, names []string) []kit.SummaryRow {
	var rows []kit.SummaryRow
	for _, f := range detailFields(d) {
		if slices.Contains(names, f.name) {
			rows = append(rows, kit.SummaryRow{Key: detailLabel(f.name), Value: detailValue(f)})
		}
	}
	return rows
}

// detailValue is an answer as it is read.
func detailValue(f detailField) string {
	switch f.name {
	case "country":
		return words.CountryName(f.value)
	case "kind":
		return kindName(sellers.Kind(f.value))
	case "birth_date":
		return dayWritten(f.value)
	}
	return f.value
}

func kindName(k sellers.Kind) string {
	if k == sellers.Business {
		return words.DetailsBusiness
	}
	return words.DetailsPerson
}

// dayWritten writes a day like "1987-03-27" out; anything else stays as it is.
func dayWritten(day string) string {
	t, err := time.Parse("2006-01-02", day)
	if err != nil {
		return day
	}
	return words.Date(t)
}

var detailLabels = map[string]string{
	"country": words.CheckCountry, "kind": words.CheckKind, "kind-0": words.CheckKind, "business_name": words.DetailsBusinessName,
	"given_names": words.DetailsGiven, "family_name": words.DetailsFamily, "birth_date": words.DetailsBirth, "birth_date-day": words.DetailsBirth,
	"line1": words.DetailsLine1, "line2": words.DetailsLine2, "postcode": words.DetailsPostcode, "city": words.DetailsCity, "region": words.DetailsRegion,
}

func detailLabel(name string) string { return detailLabels[name] }

func countryOptions() []kit.Option {
	var out []kit.Option
	for _, country := range words.Countries() {
		out = append(out, kit.Option{Value: country.Code, Label: country.Name})
	}
	return out
}

func (s *Server) presentRoad(c echo.Context, app sellers.Application) (viewsellers.RoadProps, error) {
	frame, progress, err := s.way(c, app, words.RoadTitle, sellers.StepRoad)
	if err != nil {
		return viewsellers.RoadProps{}, err
	}
	order, err := s.Sellers.RoadOrder(c.Request().Context(), app)
	if err != nil {
		return viewsellers.RoadProps{}, err
	}
	p := viewsellers.RoadProps{Frame: frame, Roads: s.roads(order,
		kit.Road{Action: words.RoadFaceAction, Href: paths.ApplicationConsent(app.ID)},
		kit.Road{Action: words.RoadPapersDo, Post: paths.ApplicationRoad(app.ID), Hidden: []kit.Hidden{{Name: "road", Value: string(sellers.RoadDocuments)}}},
	)}
	if app.Road != sellers.NoRoad {
		p.Chosen, p.Next = roadChosen(app.Road), stepPath(app.ID, progress.Next)
	}
	p.Tests, err = s.testNotices(c)
	return p, err
}

func roadChosen(road sellers.Road) string {
	if road == sellers.RoadFace {
		return words.CheckConsentYes
	}
	return words.CheckConsentNo
}

// presentConsent shows the notice word for word, and in short what it comes to.
func (s *Server) presentConsent(c echo.Context, app sellers.Application, consent privacy.Consent, answered bool) (viewsellers.ConsentProps, error) {
	frame, progress, err := s.way(c, app, words.ConsentTitle, sellers.StepRoad)
	if err != nil {
		return viewsellers.ConsentProps{}, err
	}
	notice, _ := privacy.CurrentNotice(privacy.PurposeFace, frame.Lang)
	p := viewsellers.ConsentProps{
		Frame: frame, Version: notice.Version, Notice: paragraphs(notice.Text), Facts: s.consentFacts(),
	}
	if app.State.Editable() {
		p.Post = paths.ApplicationConsent(app.ID)
	}
	if answered {
		p.Answered, p.Records = words.ConsentAnswered(string(consent.Answer), consent.At), paths.Consents()
		if app.State.Editable() && app.Road != sellers.NoRoad && progress.Next != sellers.StepRoad {
			p.Next = stepPath(app.ID, progress.Next)
		}
	}
	if consent.Given() && !consent.Counts() {
		for _, n := range consent.Changed() {
			p.Changed = append(p.Changed, n.Changed)
		}
	}
	if consent.Given() {
		p.Withdraw, p.Means = paths.ApplicationWithdrawal(app.ID), withdrawalMeans(app.State)
	}
	return p, nil
}

// withdrawalMeans is what taking the consent back leads to.
func withdrawalMeans(state sellers.State) string {
	switch {
	case state.Editable():
		return words.WithdrawText
	case state.Open():
		return words.WithdrawSent
	}
	return words.WithdrawDecided
}

func (s *Server) consentFacts() []kit.SummaryRow {
	purpose, _ := privacy.PurposeOf(privacy.PurposeFace)
	return []kit.SummaryRow{
		{Key: words.ConsentUsed, Value: words.ConsentUsedText},
		{Key: words.WhyAsked, Value: words.ConsentWhyText},
		{Key: words.WhatIsKept, Value: words.RoadKept(days(s.Sellers.Policy.FaceKept))},
		{Key: words.ConsentWho, Value: words.ConsentWhoText},
		{Key: words.WhoDecides, Value: words.APerson},
		{Key: words.ConsentNever, Value: words.NeverUsedFor(purpose.Never)},
	}
}

func paragraphs(text string) []string { return strings.Split(text, "\n\n") }
