package handlers

import (
	"github.com/labstack/echo/v4"

	"truepenny/internal/sellers"
	"truepenny/views/kit"
	"truepenny/views/paths"
	viewsellers "truepenny/views/sellers"
	"truepenny/views/words"
)

// presentReading shows what was read, each field to be corrected; own and wrong
// are what was typed and did not pass.
func (s *Server) presentReading(c echo.Context, app sellers.Application, own, wrong map[string]string) (viewsellers.ReadingProps, error) {
	frame, progress, err := s.way(c, app, words.ReadingTitle, sellers.StepDocument)
	if err != nil {
		return viewsellers.ReadingProps{}, err
	}
	ctx, actor := c.Request().Context(), visitorOf(c).actor()
	fields, err := s.Sellers.Fields(ctx, actor, app.ID)
	if err != nil {
		return viewsellers.ReadingProps{}, err
	}
	evidence, err := s.Sellers.Evidence(ctx, actor, app.ID)
	if err != nil {
		return viewsellers.ReadingProps{}, err
	}
	p := viewsellers.ReadingProps{Frame: frame, Post: paths.ApplicationReading(app.ID), Next: stepPath(app.ID, progress.Next),
		Again: paths.ApplicationDocument(app.ID), Facts: s.evidenceFacts(words.ReadingWhy), Notice: words.ReadingSaid(string(readingNotice(evidence, fields)))}
	for _, f := range fields {
		field := presentReadField(f)
		if own != nil {
			field.Own = own[field.Name]
		}
		if reason := wrong[field.Name]; reason != "" {
			field.Error = words.Reason(reason)
			p.Errors = append(p.Errors, kit.FieldError{Target: field.Name, Text: field.Label + ": " + field.Error})
		}
		p.Fields = append(p.Fields, field)
	}
	return p, nil
}

func presentReadField(f sellers.Field) viewsellers.ReadField {
	out := viewsellers.ReadField{Name: string(f.Name), Label: words.FieldName(string(f.Name)), Read: writtenOut(f.Name, f.Read), Sure: f.Sure,
		Own: f.Corrected, Help: words.ReadingYoursHelp}
	if f.Name == sellers.FieldBirthDate || f.Name == sellers.FieldExpiry {
		out.Help = words.ReadingDateHelp
	}
	if f.Corrected != "" {
		out.Marked = words.CorrectionMarked(writtenOut(f.Name, f.Corrected))
	}
	return out
}

// writtenOut is what was read as a person reads it.
func writtenOut(name sellers.FieldName, value string) string {
	switch name {
	case sellers.FieldBirthDate, sellers.FieldExpiry:
		return dayWritten(value)
	case sellers.FieldIssuer, sellers.FieldNationality:
		return words.CountryName(value)
	}
	return value
}
