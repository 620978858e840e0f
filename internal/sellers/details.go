package sellers

import (
	"context"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"truepenny/internal/audit"
	"truepenny/internal/errs"
)

// Longest values, in characters; the machine-readable zone cuts names at 39.
const (
	maxName    = 100
	maxLine    = 120
	maxPost    = 16
	oldestAge  = 125 // years; the oldest person on record reached 122
	dateFormat = "2006-01-02"
)

// SaveDetails keeps what the person says about themselves. With final false it
// is an autosave: a value that cannot be right yet leaves the old one standing.
// With final true everything is checked and errs.Fields names what is wrong:
// country kind given_names family_name business_name birth_date line1 line2
// postcode city region.
func (s *Service) SaveDetails(ctx context.Context, actor audit.Actor, id string, d Details, final bool) (Application, error) {
	app, err := s.ownEditable(ctx, actor, id)
	if err != nil {
		return Application{}, err
	}
	d = d.trimmed()
	wrong := d.validate(s.clock.Now())
	if final && len(wrong) > 0 {
		return Application{}, errs.Fields(wrong)
	}
	action := "application.details-saved"
	if final {
		action = "application.details-confirmed"
	}
	return s.edit(ctx, actor, app, action, "", func(e *edit) error {
		if err := e.editable(); err != nil {
			return err
		}
		next := d.merge(e.app.Details, wrong)
		if next == e.app.Details && (!final || e.app.detailsRound == e.app.Round+1) {
			return errUnchanged
		}
		e.app.Details = next
		if final {
			e.app.detailsRound = e.app.Round + 1
		}
		return nil
	})
}

// fields gives pointers to every text of the details under its form name.
func (d *Details) fields() map[string]*string {
	return map[string]*string{
		"country": &d.Country, "kind": (*string)(&d.Kind), "given_names": &d.GivenNames, "family_name": &d.FamilyName,
		"business_name": &d.BusinessName, "birth_date": &d.BirthDate, "line1": &d.Address.Line1, "line2": &d.Address.Line2,
		"postcode": &d.Address.Postcode, "city": &d.Address.City, "region": &d.Address.Region,
	}
}

func (d Details) trimmed() Details {
	for _, v := range d.fields() {
		*v = strings.Join(strings.Fields(*v), " ")
	}
	d.Country = strings.ToUpper(d.Country)
	return d
}

// merge takes the values of d that are not wrong and keeps old ones for those
// that are. An empty value is taken: the person may empty a field.
func (d Details) merge(old Details, wrong map[string]string) Details {
	have, was := d.fields(), old.fields()
	for name, reason := range wrong {
		if reason != "field.required" {
			*have[name] = *was[name]
		}
	}
	if d.Kind == "" {
		d.Kind = old.Kind
	}
	return d
}

// validate returns a reason id for every field that cannot be accepted.
func (d Details) validate(now time.Time) map[string]string {
	wrong := map[string]string{}
	check := func(name string, reason string) {
		if reason != "" {
			wrong[name] = reason
		}
	}
	check("country", required(d.Country))
	if d.Country != "" && !ValidCountry(d.Country) {
		check("country", "field.choice")
	}
	if d.Kind != Person && d.Kind != Business {
		check("kind", "field.choice")
	}
	check("given_names", oneLine(d.GivenNames, maxName, false)) // some people have one name only
	check("family_name", oneLine(d.FamilyName, maxName, true))
	check("business_name", oneLine(d.BusinessName, maxName, d.Kind == Business))
	check("birth_date", birthDate(d.BirthDate, now))
	check("line1", oneLine(d.Address.Line1, maxLine, true))
	check("line2", oneLine(d.Address.Line2, maxLine, false))
	check("postcode", oneLine(d.Address.Postcode, maxPost, !withoutPostcodes[d.Country]))
	check("city", oneLine(d.Address.City, maxName, true))
	check("region", oneLine(d.Address.Region, maxName, false))
	return wrong
}

func required(v string) string {
	if v == "" {
		return "field.required"
	}
	return ""
}

// oneLine checks one line of text: not empty where needed, valid, printable, with
// a letter or digit in it, and not too long.
func oneLine(v string, longest int, needed bool) string {
	if v == "" {
		if needed {
			return "field.required"
		}
		return ""
	}
	if utf8.RuneCountInString(v) > longest {
		return "field.too-long"
	}
	meaningful := false
	for _, r := range v {
		if r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return "field.characters"
		}
		meaningful = meaningful || unicode.IsLetter(r) || unicode.IsDigit(r)
	}
	if !meaningful {
		return "field.characters"
	}
	return ""
}

func birthDate(v string, now time.Time) string {
	if v == "" {
		return "field.required"
	}
	born, err := time.Parse(dateFormat, v)
	switch {
	case err != nil:
		return "date.invalid"
	case born.After(now):
		return "date.future"
	case born.Before(now.AddDate(-oldestAge, 0, 0)):
		return "date.past"
	}
	return ""
}
