package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/ids"
	"truepenny/internal/sellers"
	viewsellers "truepenny/views/sellers"
	"truepenny/views/words"
)

func (s *Server) showDetails(c echo.Context) error {
	app, err := s.editable(c)
	if err != nil {
		return standAside(c, err)
	}
	page, err := s.presentDetails(c, app, typedDetails(app.Details), nil)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, viewsellers.Details(page))
}

// saveDetails takes the whole form. What another tab saved meanwhile is shown
// and not overwritten; what is wrong is said beside its field.
func (s *Server) saveDetails(c echo.Context) error {
	app, err := s.editable(c)
	if err != nil {
		return standAside(c, err)
	}
	typed := bindDetails(c)
	if other := savedElsewhere(app.Details, detailsOf(typed), c.FormValue("seen")); len(other) > 0 {
		return s.askDetailsAgain(c, app, typed, other, nil)
	}
	_, err = s.Sellers.SaveDetails(c.Request().Context(), visitorOf(c).actor(), app.ID, detailsOf(typed), true)
	if errs.FieldsOf(err) != nil {
		return s.askDetailsAgain(c, app, typed, nil, err)
	}
	if err != nil {
		return standAside(c, err)
	}
	return s.goOn(c, app.ID, "saved")
}

func (s *Server) askDetailsAgain(c echo.Context, app sellers.Application, typed viewsellers.DetailsValues, other []string, wrong error) error {
	page, err := s.presentDetails(c, app, typed, wrong)
	if err != nil {
		return err
	}
	status := http.StatusUnprocessableEntity
	if len(other) > 0 {
		page.Elsewhere, status = presentElsewhere(app.Details, other), http.StatusConflict
	}
	return render(c, status, viewsellers.Details(page))
}

// kept is the answer to an autosave; Seen replaces the form's own, so that the
// next one is not taken for another tab's.
type kept struct {
	Saved string `json:"saved"`
	Seen  string `json:"seen"`
}

// saveDraft takes the form as it is typed. A tab that shows old answers saves
// nothing over newer ones.
func (s *Server) saveDraft(c echo.Context) error {
	app, err := s.editable(c)
	if err != nil {
		return err
	}
	d := detailsOf(bindDetails(c))
	if len(savedElsewhere(app.Details, d, c.FormValue("seen"))) > 0 {
		return errs.New(errs.Conflict, "application.elsewhere")
	}
	app, err = s.Sellers.SaveDetails(c.Request().Context(), visitorOf(c).actor(), app.ID, d, false)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, kept{Saved: words.Saved(s.clock.Now()), Seen: seenDetails(app.Details)})
}

func bindDetails(c echo.Context) viewsellers.DetailsValues {
	v := func(name string) string { return strings.TrimSpace(c.FormValue(name)) }
	return viewsellers.DetailsValues{
		Country: v("country"), Kind: v("kind"), GivenNames: v("given_names"), FamilyName: v("family_name"), BusinessName: v("business_name"),
		BirthDay: v("birth_date-day"), BirthMonth: v("birth_date-month"), BirthYear: v("birth_date-year"),
		Line1: v("line1"), Line2: v("line2"), Postcode: v("postcode"), City: v("city"), Region: v("region"),
	}
}

func detailsOf(v viewsellers.DetailsValues) sellers.Details {
	return sellers.Details{
		Country: v.Country, Kind: sellers.Kind(v.Kind), GivenNames: v.GivenNames, FamilyName: v.FamilyName, BusinessName: v.BusinessName,
		BirthDate: dayOf(v.BirthYear, v.BirthMonth, v.BirthDay),
		Address:   sellers.Address{Line1: v.Line1, Line2: v.Line2, Postcode: v.Postcode, City: v.City, Region: v.Region},
	}
}

// dayOf puts three fields together; none of them filled in is no day.
func dayOf(year, month, day string) string {
	if year+month+day == "" {
		return ""
	}
	return leadingZeros(year, 4) + "-" + leadingZeros(month, 2) + "-" + leadingZeros(day, 2)
}

func leadingZeros(s string, width int) string {
	return strings.Repeat("0", max(width-len(s), 0)) + s
}

// seenDetails names what was saved when a page was made.
func seenDetails(d sellers.Details) string {
	var all strings.Builder
	for _, f := range detailFields(d) {
		all.WriteString(f.value + "\x00")
	}
	return ids.Hash(all.String())[:16]
}

// detailField is one answer under the name of its field.
type detailField struct{ name, value string }

func detailFields(d sellers.Details) []detailField {
	return []detailField{
		{"country", d.Country}, {"kind", string(d.Kind)}, {"business_name", d.BusinessName},
		{"given_names", d.GivenNames}, {"family_name", d.FamilyName}, {"birth_date", d.BirthDate},
		{"line1", d.Address.Line1}, {"line2", d.Address.Line2}, {"postcode", d.Address.Postcode},
		{"city", d.Address.City}, {"region", d.Address.Region},
	}
}

// savedElsewhere names the fields that another tab changed since this one was
// shown. A value that this one only goes on writing is its own, saved while it
// was typed.
func savedElsewhere(saved, typed sellers.Details, seen string) []string {
	if seen == "" || seen == seenDetails(saved) {
		return nil
	}
	var names []string
	mine := detailFields(typed)
	for i, f := range detailFields(saved) {
		have := strings.Join(strings.Fields(mine[i].value), " ")
		if f.value != "" && !strings.HasPrefix(have, f.value) && !strings.HasPrefix(f.value, have) {
			names = append(names, f.name)
		}
	}
	return names
}
