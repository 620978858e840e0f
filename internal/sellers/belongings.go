package sellers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"truepenny/internal/audit"
	"truepenny/internal/errs"
	"truepenny/internal/vault"
)

// Belonging is one sealed item of a person's applications, told without opening
// it: what it is, and what it belongs to.
type Belonging struct {
	vault.Item
	What          string // "document", "paper", "frame", "portrait", "reading", "correction", "camera", "verdict", "signals", "compared"
	ApplicationID string
	Evidence      Evidence  // of "document", "paper", "frame", "portrait", "reading"
	CaptureID     string    // of a frame and of what was worked out from it
	Field         FieldName // of a correction
	Check         CheckKind // of "compared"
}

// Belongings lists what is sealed of the person's applications, oldest first; what
// the vault holds of other features is not among it.
func (s *Service) Belongings(ctx context.Context, actor audit.Actor) ([]Belonging, error) {
	if err := sellerOnly(actor); err != nil {
		return nil, err
	}
	return s.belongingsOf(ctx, actor.ID)
}

// BelongingsOf is Belongings for work that the program does for the person, such
// as the copy of their data.
func (s *Service) BelongingsOf(ctx context.Context, person string) ([]Belonging, error) {
	return s.belongingsOf(ctx, person)
}

func (s *Service) belongingsOf(ctx context.Context, person string) ([]Belonging, error) {
	items, err := s.keptItems(ctx, person)
	if err != nil {
		return nil, err
	}
	apps, err := s.applicationsOf(ctx, person)
	if err != nil {
		return nil, err
	}
	var out []Belonging
	for _, app := range apps {
		evidence, err := listEvidence(s.store.Reader(ctx), app.ID)
		if err != nil {
			return nil, err
		}
		kept, err := listKeptFrames(s.store.Reader(ctx).Where("application_id = ?", app.ID))
		if err != nil {
			return nil, err
		}
		evidence = append(evidence, kept...)
		for _, item := range items {
			if b, found := belonging(item, app, evidence); found {
				out = append(out, b)
			}
		}
	}
	slices.SortFunc(out, func(a, b Belonging) int {
		if n := a.CreatedAt.Compare(b.CreatedAt); n != 0 {
			return n
		}
		if n := a.Evidence.OffsetMS - b.Evidence.OffsetMS; n != 0 {
			return n
		}
		return strings.Compare(a.ID, b.ID)
	})
	return out, nil
}

// slots says what is sealed where.
var slots = map[string]string{
	"sellers_evidence.reading_item": "reading", "sellers_evidence.portrait_item": "portrait", "sellers_corrections.item": "correction",
	"sellers_captures.camera_item": "camera", "sellers_captures.verdict_item": "verdict", "sellers_captures.signals_item": "signals",
	"sellers_checks.item": "compared",
}

// belonging tells what an item is by the place that it was sealed for; false for
// one of another application or another feature.
func belonging(item vault.Item, app Application, evidence []Evidence) (Belonging, bool) {
	row, ours := strings.CutPrefix(item.Slot.Row, app.ID+"/")
	if !ours {
		return Belonging{}, false
	}
	b := Belonging{Item: item, ApplicationID: app.ID, What: slots[item.Slot.Table+"."+item.Slot.Column]}
	switch item.Slot.Table {
	case "sellers_evidence", "sellers_kept_frames":
		at := slices.IndexFunc(evidence, func(e Evidence) bool { return e.ID == row })
		if at < 0 {
			return Belonging{}, false
		}
		b.Evidence, b.CaptureID = evidence[at], evidence[at].CaptureID
		if item.Slot.Column == "item" {
			b.What = string(b.Evidence.Kind)
		}
	case "sellers_corrections":
		b.Field = FieldName(row)
	case "sellers_captures":
		b.CaptureID = row
	case "sellers_checks":
		_, kind, _ := strings.Cut(row, "/")
		b.Check = CheckKind(kind)
	}
	return b, b.What != ""
}

// OwnFilm opens the kept pictures of one of the person's captures for them, in the
// order of time: one look, one entry. Pictures that are gone are NotFound
// "vault.gone".
func (s *Service) OwnFilm(ctx context.Context, actor audit.Actor, captureID string) ([]Shot, error) {
	all, err := s.Belongings(ctx, actor)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(b Belonging) bool { return b.What != string(EvidenceFrame) || b.CaptureID != captureID })
	if len(all) == 0 {
		return nil, errs.New(errs.NotFound, "vault.gone")
	}
	purpose := all[0].Purpose // copies for a dispute show the same: one film, not two
	all = slices.DeleteFunc(all, func(b Belonging) bool { return b.Purpose != purpose })
	items := make([]string, len(all))
	for i, b := range all {
		items[i] = b.ID
	}
	opened, err := s.vault.OpenAll(ctx, actor, items, all[0].Purpose, "own")
	if err != nil {
		return nil, err
	}
	out := make([]Shot, len(opened))
	for i, o := range opened {
		out[i] = Shot{OffsetMS: all[i].Evidence.OffsetMS, Opened: Opened(o)}
	}
	return out, nil
}

// Shot is one picture of a film.
type Shot struct {
	OffsetMS int // since the capture began
	Opened
}

// OwnChecks returns the checks of every time that the person sent one of their
// applications, newest first, without scores and limits: those are for the
// people who decide.
func (s *Service) OwnChecks(ctx context.Context, actor audit.Actor, id string) ([]Check, error) {
	app, err := s.own(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	var out []Check
	for round := app.Round; round > 0; round-- {
		checks, err := s.checksOf(ctx, app.ID, round)
		if err != nil {
			return nil, fmt.Errorf("checks of %s: %w", app.ID, err)
		}
		for _, c := range checks {
			out = append(out, Check{Kind: c.Kind, Round: c.Round, Outcome: c.Outcome, Reason: c.Reason, At: c.At})
		}
	}
	return out, nil
}
