package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"truepenny/internal/audit"
	"truepenny/internal/errs"
	"truepenny/internal/privacy"
	deskview "truepenny/views/desk"
	"truepenny/views/kit"
	"truepenny/views/words"
)

// deskConsents counts the answers to notices.
func (s *Server) deskConsents(c echo.Context) error {
	return s.renderConsents(c, http.StatusOK, deskview.ConsentsProps{})
}

func (s *Server) renderConsents(c echo.Context, status int, p deskview.ConsentsProps) error {
	totals, err := s.Consents.Totals(c.Request().Context())
	if err != nil {
		return err
	}
	p.Frame, p.MayLook = s.console(c, words.DeskConsents), officers.lets(visitorOf(c))
	for _, t := range totals {
		p.Rows = append(p.Rows, deskview.ConsentRow{Purpose: words.PurposeName(string(t.Purpose)), Version: t.Version, Language: t.Language,
			Answer: words.ConsentAnswerName(string(t.Answer)), Answers: words.Number(t.Answers), Stand: words.Number(t.Stand)})
	}
	return render(c, status, deskview.Consents(p))
}

func (s *Server) exportDeskConsents(c echo.Context) error {
	totals, err := s.Consents.Totals(c.Request().Context())
	if err != nil {
		return err
	}
	out, err := startCSV(c, "consents.csv", words.ConsentsCSVHead()...)
	for i := 0; err == nil && i < len(totals); i++ {
		t := totals[i]
		err = out.Row(string(t.Purpose), t.Version, t.Language, string(t.Answer), t.Answers, t.Stand)
	}
	return s.endCSV(c, out, err)
}

// lookUpConsents shows one person's answers. That somebody looked stands in the
// log before the answers are read.
func (s *Server) lookUpConsents(c echo.Context) error {
	ctx, query := c.Request().Context(), strings.TrimSpace(short(c.FormValue("application"), 20))
	again := func(reason string) error {
		return s.renderConsents(c, http.StatusUnprocessableEntity, deskview.ConsentsProps{Query: query,
			Errors: kit.Errors(fieldSentences(errs.Fields(map[string]string{"application": reason})))})
	}
	if !strings.HasPrefix(strings.ToUpper(query), "TP-") {
		return again("consents.number")
	}
	person, err := s.personOf(c, query)
	if err != nil {
		return err
	}
	if person == "" {
		return again("request.nobody")
	}
	if err := s.Audit.Note(ctx, audit.Entry{Actor: visitorOf(c).actor(), Action: "consents.looked-up", Subject: "account:" + person, Person: person}); err != nil {
		return err
	}
	answers, err := s.Consents.History(ctx, person)
	if err != nil {
		return err
	}
	return s.renderConsents(c, http.StatusOK, deskview.ConsentsProps{Query: query, Person: personAnswers(strings.ToUpper(query), answers)})
}

func personAnswers(label string, answers []privacy.Consent) *deskview.PersonProps {
	p := &deskview.PersonProps{Label: label}
	for _, a := range answers {
		p.Rows = append(p.Rows, deskview.AnswerRow{At: words.Moment(a.At), Purpose: words.PurposeName(string(a.Purpose)), Version: a.NoticeVersion,
			Language: a.Language, Answer: words.ConsentAnswerName(string(a.Answer))})
	}
	return p
}
