package sellers

import (
	"context"
	"slices"
	"strings"

	"truepenny/internal/audit"
	"truepenny/internal/errs"
)

// CorrectableFields are the fields of an application that a person may have
// corrected after it was sent, by their form names.
var CorrectableFields = []string{"given_names", "family_name", "business_name", "birth_date", "line1", "line2", "postcode", "city", "region"}

// Correctable checks a proposed value of a person's own application and returns
// the value that is held and the version of the application it was held in.
// Errors: NotFound "application.unknown"; Conflict "correction.emptied"; Invalid
// with fields "field" or "value".
func (s *Service) Correctable(ctx context.Context, person, id, field, value string) (held string, version int64, err error) {
	app, err := s.readApplication(ctx, id)
	if err != nil {
		return "", 0, err
	}
	if person == "" || app.AccountID != person {
		return "", 0, errs.New(errs.NotFound, reasonUnknown)
	}
	_, held, err = s.corrected(app, field, value)
	return held, app.Version, err
}

// corrected is the details with one value replaced, and the value before.
func (s *Service) corrected(app Application, field, value string) (next Details, held string, err error) {
	next = app.Details
	if !slices.Contains(CorrectableFields, field) {
		return next, "", errs.Fields(map[string]string{"field": "correction.unknown"})
	}
	if !app.EmptiedAt.IsZero() {
		return next, "", errs.New(errs.Conflict, "correction.emptied")
	}
	place := next.fields()[field]
	held = *place
	if *place = strings.Join(strings.Fields(value), " "); *place == held {
		return next, held, errs.Fields(map[string]string{"value": "correction.same"})
	}
	if reason := next.validate(s.clock.Now())[field]; reason != "" {
		return next, held, errs.Fields(map[string]string{"value": reason})
	}
	return next, held, nil
}

// ApplyCorrection puts a value in place of the one that a version of the
// application holds, for a reviewer without a connection to the person who asked
// for it (GDPR, article 16). A case that waits is checked again with it. The log
// keeps which field, not what stood there.
// Errors: Conflict "case.changed" when the version is an older one,
// "application.state" while the machine looks at the application.
func (s *Service) ApplyCorrection(ctx context.Context, actor audit.Actor, id, field, value string, version int64) error {
	app, _, err := s.unconnected(ctx, actor, id)
	if err != nil {
		return err
	}
	_, err = s.edit(ctx, actor, app, "application.corrected", "request.correction", func(e *edit) error {
		if e.app.State == Analysing {
			return errs.New(errs.Conflict, reasonState)
		}
		if e.app.Version != version {
			return errs.New(errs.Conflict, "case.changed")
		}
		next, _, err := s.corrected(*e.app, field, value)
		if err != nil {
			return err
		}
		e.app.Details, e.details["field"] = next, field
		return s.recheck(e)
	})
	return err
}

// PersonOf is whose application a number is, for those who answer letters and
// hold data; "" when there is none.
func (s *Service) PersonOf(ctx context.Context, actor audit.Actor, number int64) (string, error) {
	if !hasRole(actor, "privacy", "administrator", "lead") { // who answers, and who may hold data
		return "", errs.New(errs.Forbidden, "role.privacy")
	}
	app, err := oneApplication(s.store.Reader(ctx).Where("number = ?", number))
	if errs.CodeOf(err) == errs.NotFound && err != nil {
		return "", nil
	}
	return app.AccountID, err
}

// PostalOf is the postal address on file of a person, name first, for a letter of
// a privacy officer; empty when there is none.
func (s *Service) PostalOf(ctx context.Context, actor audit.Actor, person string) ([]string, error) {
	if !hasRole(actor, "privacy") {
		return nil, errs.New(errs.Forbidden, "role.privacy")
	}
	apps, err := s.applicationsOf(ctx, person)
	if err != nil {
		return nil, err
	}
	for _, app := range apps {
		if app.Address.Line1 == "" {
			continue
		}
		a := app.Address
		lines := []string{app.DisplayName(), a.Line1, a.Line2, strings.TrimSpace(a.Postcode + " " + a.City), a.Region, app.Country}
		return slices.DeleteFunc(lines, func(l string) bool { return l == "" }), nil
	}
	return nil, nil
}
