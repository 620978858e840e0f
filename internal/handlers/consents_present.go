package handlers

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"truepenny/internal/privacy"
	"truepenny/views/consents"
	"truepenny/views/kit"
	"truepenny/views/paths"
	"truepenny/views/words"
)

func (s *Server) presentConsents(c echo.Context) (consents.ListProps, error) {
	p := consents.ListProps{Frame: s.public(c, words.ConsentsTitle)}
	ctx, person := c.Request().Context(), visitorOf(c).account.ID
	now, err := s.Consents.Standings(ctx, person, p.Frame.Lang)
	if err != nil {
		return p, err
	}
	for _, st := range now {
		p.Now = append(p.Now, presentStands(st))
	}
	all, err := s.Consents.History(ctx, person)
	for _, a := range all {
		p.Answers = append(p.Answers, consents.Answer{
			When: words.Moment(a.At), Purpose: words.PurposeName(string(a.Purpose)), Text: words.ConsentAnswer(string(a.Answer)),
			Version: a.NoticeVersion, Href: paths.ConsentRecord(a.ID),
		})
	}
	return p, err
}

func presentStands(s privacy.Standing) consents.Stands {
	out := consents.Stands{
		ID: string(s.Purpose.ID), Name: words.PurposeName(string(s.Purpose.ID)), Text: words.ConsentNotAsked,
		Href: paths.MyDataConsent(string(s.Purpose.ID)),
	}
	if s.Asked {
		out.Text = words.ConsentStands(string(s.Consent.Answer), s.Consent.At)
	}
	if s.AskAgain {
		out.Again = words.ConsentAskAgain
	}
	return out
}

func (s *Server) presentConsentRecord(c echo.Context, r privacy.Record) consents.RecordProps {
	a := r.Consent
	release := words.RecordDeclined
	if a.Given() {
		release = words.RecordRelease
	}
	return consents.RecordProps{
		Frame: s.public(c, words.RecordTitle), Release: release, Text: paragraphs(r.Text), File: paths.ConsentFile(a.ID), Proof: paths.MyDataProof(r.Entry),
		Rows: []kit.SummaryRow{
			{Key: words.RecordAnswer, Value: words.ConsentAnswer(string(a.Answer))},
			{Key: words.RecordAt, Value: words.Moment(a.At)},
			{Key: words.RecordPurpose, Value: words.PurposeName(string(a.Purpose))},
			{Key: words.RecordModality, Value: words.PurposeModality(string(a.Modality))},
			{Key: words.RecordKept, Value: words.PurposeKept(s.purposeDays(r.Purpose), r.Purpose.Clock)},
			{Key: words.RecordVersion, Value: a.NoticeVersion},
			{Key: words.RecordLanguage, Value: words.LanguageName(a.Language)},
			{Key: words.RecordHash, Content: consents.Hash(a.TextHash)},
			{Key: words.RecordEntry, Value: strconv.FormatInt(r.Entry, 10)},
		},
	}
}
