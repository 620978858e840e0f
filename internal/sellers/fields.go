package sellers

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/errs"
	"truepenny/internal/privacy"
)

// longestField is the longest a corrected value may be, in characters.
const longestField = 120

// correction is what is sealed of a corrected field.
type correction struct {
	Read, Corrected string
}

// Evidence lists what the application holds, without the pictures.
func (s *Service) Evidence(ctx context.Context, actor audit.Actor, id string) ([]Evidence, error) {
	app, err := s.own(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	return s.evidenceOf(ctx, app)
}

// ShowEvidence opens one of the person's own pictures for them.
func (s *Service) ShowEvidence(ctx context.Context, actor audit.Actor, id, evidenceID string) (Opened, error) {
	app, err := s.own(ctx, actor, id)
	if err != nil {
		return Opened{}, err
	}
	return s.openEvidence(ctx, actor, app, evidenceID, "own")
}

func (s *Service) openEvidence(ctx context.Context, actor audit.Actor, app Application, evidenceID, reason string) (Opened, error) {
	item, err := s.readEvidence(ctx, app.ID, evidenceID)
	if err != nil {
		return Opened{}, err
	}
	opened, err := s.vault.Open(ctx, actor, item.item, purposeOf(item.Kind), reason)
	return Opened(opened), err
}

// Fields returns what was read from the person's document, with their
// corrections, for them.
func (s *Service) Fields(ctx context.Context, actor audit.Actor, id string) ([]Field, error) {
	app, err := s.own(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	fields, _, err := s.fieldsOf(ctx, actor, app, "own")
	return fields, err
}

// fieldsOf opens the readings and corrections of an application. The fields of
// the best reading come first; a side that reads the same field less well does
// not count.
func (s *Service) fieldsOf(ctx context.Context, actor audit.Actor, app Application, reason string) ([]Field, *reading, error) {
	evidence, err := s.evidenceOf(ctx, app)
	if err != nil {
		return nil, nil, err
	}
	if actor.Kind == audit.KindStaff {
		evidence = sent(app, evidence)
	}
	fixed, err := corrections(s.store.Reader(ctx), app.ID)
	if err != nil {
		return nil, nil, err
	}
	var items []string
	for _, e := range evidence {
		if e.reading != "" && e.Kind == EvidenceDocument {
			items = append(items, e.reading)
		}
	}
	for _, item := range fixed {
		items = append(items, item)
	}
	plain, err := s.openJSON(ctx, actor, app.AccountID, items, privacy.PurposeDocuments, reason)
	if err != nil {
		return nil, nil, err
	}
	best, err := bestReading(evidence, plain)
	if err != nil {
		return nil, nil, err
	}
	fields, err := mergeFields(best, fixed, plain)
	return fields, best, err
}

func bestReading(evidence []Evidence, plain map[string][]byte) (*reading, error) {
	var best *reading
	for _, e := range evidence {
		body, found := plain[e.reading]
		if !found || e.Kind != EvidenceDocument {
			continue
		}
		r := &reading{}
		if err := json.Unmarshal(body, r); err != nil {
			return nil, fmt.Errorf("reading of %s: %w", e.ID, err)
		}
		r.evidenceID = e.ID
		if best == nil || r.State.better(best.State) {
			best = r
		}
	}
	return best, nil
}

func mergeFields(best *reading, fixed map[FieldName]string, plain map[string][]byte) ([]Field, error) {
	var out []Field
	for _, name := range FieldNames {
		f := Field{Name: name}
		if best != nil {
			if r, ok := best.Fields[name]; ok {
				f.Read, f.Sure, f.Box, f.EvidenceID = r.Value, r.Sure, r.Box, best.evidenceID
			}
		}
		if body, ok := plain[fixed[name]]; ok && fixed[name] != "" {
			var c correction
			if err := json.Unmarshal(body, &c); err != nil {
				return nil, fmt.Errorf("correction of %s: %w", name, err)
			}
			f.Corrected = c.Corrected
		}
		if f.Read != "" || f.Corrected != "" {
			out = append(out, f)
		}
	}
	return out, nil
}

// CorrectField keeps what the person says a field of their document is. What
// was read and what they say are both sealed, and reviewers see both. An empty
// value, or the value that was read, takes the correction back.
func (s *Service) CorrectField(ctx context.Context, actor audit.Actor, id string, name FieldName, value string) error {
	value = strings.Join(strings.Fields(value), " ")
	if err := validField(name, value); err != nil {
		return err
	}
	app, err := s.ownEditable(ctx, actor, id)
	if err != nil {
		return err
	}
	fields, _, err := s.fieldsOf(ctx, actor, app, "own")
	if err != nil {
		return err
	}
	read := ""
	for _, f := range fields {
		if f.Name == name {
			read = f.Read
		}
	}
	_, err = s.edit(ctx, actor, app, "application.field-corrected", "", func(e *edit) error {
		if err := e.editable(); err != nil {
			return err
		}
		if err := s.removeCorrection(e.tx, e.app.ID, name); err != nil {
			return err
		}
		e.details["field"] = string(name)
		if value == "" || value == read {
			e.details["taken-back"] = "yes"
			return nil
		}
		item, err := s.sealJSON(e, privacy.PurposeDocuments, correctionSlot(name), correction{read, value})
		if err != nil {
			return err
		}
		return insertCorrection(e, name, item)
	})
	return err
}

func validField(name FieldName, value string) error {
	if !slices.Contains(FieldNames, name) {
		return errs.New(errs.Invalid, "field.unknown")
	}
	wrong := oneLine(value, longestField, false)
	if wrong == "" && value != "" && (name == FieldBirthDate || name == FieldExpiry) {
		if _, err := time.Parse(dateFormat, value); err != nil {
			wrong = "date.invalid"
		}
	}
	if wrong != "" {
		return errs.Fields(map[string]string{string(name): wrong})
	}
	return nil
}
