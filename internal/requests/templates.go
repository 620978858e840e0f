package requests

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/form"
)

// Template is a wording that an answer begins as. Version 0 is the one that
// comes with the program; every change is kept as a version of its own.
type Template struct {
	Code      string // "access.granted"
	Kind      Kind   // "" fits every kind
	Outcome   Outcome
	Body      string
	Version   int
	ChangedBy string // staff id
	ChangedAt time.Time
}

// Templates lists the templates as they stand, in the order of the defaults.
func (s *Service) Templates(ctx context.Context) ([]Template, error) {
	changed, err := s.changedTemplates(ctx)
	if err != nil {
		return nil, err
	}
	out := slices.Clone(s.Defaults)
	for i, t := range out {
		if row, ok := changed[t.Code]; ok {
			out[i].Body, out[i].Version, out[i].ChangedBy, out[i].ChangedAt = row.Body, row.Version, row.ChangedBy, row.ChangedAt.UTC()
		}
	}
	return out, nil
}

// Template returns one. NotFound "template.unknown".
func (s *Service) Template(ctx context.Context, code string) (Template, error) {
	all, err := s.Templates(ctx)
	if err != nil {
		return Template{}, err
	}
	i := slices.IndexFunc(all, func(t Template) bool { return t.Code == code })
	if i < 0 {
		return Template{}, errs.New(errs.NotFound, "template.unknown")
	}
	return all[i], nil
}

// SaveTemplate keeps a new version of a template. Errors: Invalid with field
// "body", Conflict "template.changed" when version is not the one that stands.
func (s *Service) SaveTemplate(ctx context.Context, actor audit.Actor, code string, version int, body string) (Template, error) {
	if err := officerOnly(actor); err != nil {
		return Template{}, err
	}
	t, err := s.Template(ctx, code)
	if err != nil {
		return t, err
	}
	v := form.New(url.Values{"body": {body}})
	t.Body = v.Lines("body", 10, longestWords)
	if err := v.Err(); err != nil {
		return t, err
	}
	if t.Version != version {
		return t, errs.New(errs.Conflict, "template.changed")
	}
	t.Version, t.ChangedBy, t.ChangedAt = version+1, actor.ID, s.Clock.Now()
	entry := audit.Entry{Actor: actor, Action: "template.saved", Subject: "template:" + code, Details: map[string]string{"version": strconv.Itoa(t.Version)}}
	return t, s.Audit.Record(ctx, entry, func(tx *db.Tx) error { return insertTemplate(tx, t) })
}
