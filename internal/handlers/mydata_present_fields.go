package handlers

import (
	"slices"

	"github.com/labstack/echo/v4"

	"truepenny/internal/requests"
	"truepenny/internal/sellers"
	"truepenny/views/kit"
	"truepenny/views/mydata"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// presentFields shows what the person told and what was read, each with the form
// to have it corrected; the one that came back with mistakes stands open.
func (s *Server) presentFields(c echo.Context, wrong error) (mydata.FieldsProps, error) {
	ctx, actor := c.Request().Context(), visitorOf(c).actor()
	p := mydata.FieldsProps{Frame: s.room(c, words.FieldsTitle, paths.MyDataFields())}
	mine, err := s.Sellers.Mine(ctx, actor)
	if err != nil {
		return p, err
	}
	asked, err := s.Requests.Of(ctx, actor.ID)
	if err != nil {
		return p, err
	}
	for _, app := range mine {
		if !app.EmptiedAt.IsZero() {
			continue
		}
		read, err := s.Sellers.Fields(ctx, actor, app.ID)
		if err != nil {
			return p, err
		}
		p.Applications = append(p.Applications, presentTold(app, read, asked))
	}
	if wrong != nil {
		p.Errors = markWrong(c, p.Applications, fieldErrors(wrong))
	}
	return p, nil
}

func presentTold(app sellers.Application, read []sellers.Field, asked []requests.Request) mydata.ToldApplication {
	out := mydata.ToldApplication{ID: app.ID, Label: app.Label()}
	if app.State.Editable() {
		out.Edit = paths.ApplicationDetails(app.ID)
	}
	for _, f := range toldFields(app.Details) {
		own := mydata.OwnField{ID: app.ID + "-" + f.name, Name: f.name, Label: words.FormFieldName(f.name), Value: f.value}
		if !app.State.Editable() && slices.Contains(sellers.CorrectableFields, f.name) {
			own.Post = paths.MyDataFields()
			own.Hidden = []kit.Hidden{{Name: "application", Value: app.ID}, {Name: "field", Value: f.name}}
			own.Note = askedNoteOf(asked, app.ID, f.name)
		}
		out.Told = append(out.Told, own)
	}
	for _, f := range read {
		own := mydata.OwnField{ID: app.ID + "-read-" + string(f.Name), Name: string(f.Name), Label: words.FieldName(string(f.Name)), Value: f.Value()}
		if f.Corrected != "" {
			own.Note = words.CorrectedFrom(f.Read)
		}
		if !app.State.Editable() {
			own.Post = paths.MyDataFields()
			own.Hidden = []kit.Hidden{{Name: "application", Value: app.ID}, {Name: "read", Value: string(f.Name)}}
		}
		out.Read = append(out.Read, own)
	}
	return out
}

type toldField struct{ name, value string }

// toldFields lists what a person told, in the order of the form.
func toldFields(d sellers.Details) []toldField {
	out := []toldField{
		{"country", words.CountryName(d.Country)}, {"business_name", d.BusinessName}, {"given_names", d.GivenNames}, {"family_name", d.FamilyName},
		{"birth_date", dayWritten(d.BirthDate)}, {"line1", d.Address.Line1}, {"line2", d.Address.Line2}, {"postcode", d.Address.Postcode},
		{"city", d.Address.City}, {"region", d.Address.Region},
	}
	empty := func(f toldField) bool {
		return f.value == "" && slices.Contains([]string{"business_name", "line2", "region"}, f.name)
	}
	return slices.DeleteFunc(out, empty)
}

// askedNoteOf says that a correction of this field is under way, and until when it
// is answered.
func askedNoteOf(asked []requests.Request, app, field string) string {
	for _, r := range asked {
		if r.Kind == requests.Rectification && r.Application == app && r.Field == field {
			if r.State == requests.Open {
				return words.CorrectionAsked(r.DueAt)
			}
			return words.CorrectionAnswered(string(r.Outcome), r.AnsweredAt)
		}
	}
	return ""
}

// markWrong puts what was typed and what is wrong with it back into its form.
func markWrong(c echo.Context, apps []mydata.ToldApplication, wrong kit.Errors) []kit.FieldError {
	var out []kit.FieldError
	mark := func(f *mydata.OwnField) {
		f.Wish, f.Why = c.FormValue("value"), c.FormValue("words")
		for name, text := range wrong {
			if name == "words" {
				f.WhyNote = text
				out = append(out, kit.FieldError{Target: f.ID + "-words", Text: f.Label + ": " + text})
				continue
			}
			f.Error = text
			out = append(out, kit.FieldError{Target: f.ID + "-value", Text: f.Label + ": " + text})
		}
	}
	for i := range apps {
		if apps[i].ID != c.FormValue("application") {
			continue
		}
		for j := range apps[i].Told {
			if apps[i].Told[j].Name == c.FormValue("field") && c.FormValue("read") == "" {
				mark(&apps[i].Told[j])
			}
		}
		for j := range apps[i].Read {
			if apps[i].Read[j].Name == c.FormValue("read") {
				mark(&apps[i].Read[j])
			}
		}
	}
	return out
}
