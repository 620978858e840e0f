package sellers

import (
	"context"
	"slices"
	"strings"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
)

// Decide takes a first decision on a case in the version that was looked at.
// Approving and asking again take effect at once; a refusal waits for a second
// person. Errors: Conflict "case.changed" (another version), "case.claimed"
// (another holds it), "application.state"; Forbidden "role.reviewer",
// "case.connected", "case.took-part" (an appeal against one's own refusal);
// Invalid with the fields reason, words, items.
func (s *Service) Decide(ctx context.Context, actor audit.Actor, id string, version int64, d Decision) (Application, error) {
	d.Words = strings.TrimSpace(d.Words)
	if err := d.validate(); err != nil {
		return Application{}, err
	}
	app, to, err := s.mayDecide(ctx, actor, id)
	if err != nil {
		return Application{}, err
	}
	action := map[DecisionKind]string{Approve: "case.approved", Refuse: "case.refusal-proposed", Ask: "case.asked"}[d.Kind]
	return s.edit(ctx, actor, app, action, d.ReasonCode, func(e *edit) error {
		if err := s.onVersion(e, actor, app, version); err != nil {
			return err
		}
		return s.decide(e, actor, d, to)
	})
}

func (d Decision) validate() error {
	wrong := map[string]string{}
	switch d.Kind {
	case Approve:
		if d.Words != "" {
			note(wrong, "words", checkWords(d.Words))
		}
	case Refuse:
		if !slices.Contains(RefusalReasons, d.ReasonCode) {
			wrong["reason"] = "field.choice"
		}
		note(wrong, "words", checkWords(d.Words))
	case Ask:
		if len(d.Items) == 0 {
			wrong["items"] = "field.required"
		}
		for _, item := range d.Items {
			if !slices.Contains(Items, item) {
				wrong["items"] = "field.choice"
			}
		}
		note(wrong, "words", checkWords(d.Words))
	default:
		wrong["kind"] = "field.choice"
	}
	return errs.Fields(wrong)
}

func note(wrong map[string]string, field, reason string) {
	if reason != "" {
		wrong[field] = reason
	}
}

// onVersion refuses a decision on anything but what the reviewer saw; seen is
// the case on which it was found that they may decide.
func (s *Service) onVersion(e *edit, actor audit.Actor, seen Application, version int64) error {
	if e.app.Version != version || seen.Version != version {
		return errs.New(errs.Conflict, "case.changed")
	}
	if holder := e.app.Claimed(e.now, s.Policy); holder != "" && holder != actor.ID {
		return errs.New(errs.Conflict, "case.claimed")
	}
	return nil
}

func (s *Service) decide(e *edit, actor audit.Actor, d Decision, to string) error {
	if !e.app.State.Decidable() {
		return errs.New(errs.Conflict, reasonState)
	}
	row := decisionRow{
		ID: ids.New("dec"), ApplicationID: e.app.ID, AccountID: e.app.AccountID, Round: e.app.Round,
		Version: e.app.Version, Kind: string(d.Kind), Words: d.Words, Standing: string(Final),
		ByID: actor.ID, ByRole: actor.Role, At: e.now,
	}
	target := Approved
	switch d.Kind {
	case Refuse:
		target, row.Standing, row.ReasonCode = Second, string(Proposed), d.ReasonCode
	case Ask:
		items := e.askable(d.Items)
		if len(items) == 0 {
			return errs.Fields(map[string]string{"items": "items.road"})
		}
		target, row.Items = Asked, joinItems(items)
		d.Items = items
		e.details["items"] = row.Items
	}
	if err := e.app.move(target); err != nil {
		return err
	}
	e.details["decision"] = row.ID
	e.release()
	if target == Approved {
		e.app.DecidedAt = e.now
	}
	if err := insertDecision(e.tx, row); err != nil {
		return err
	}
	if target == Second {
		return nil // the person hears of it when it is confirmed
	}
	if err := s.rekeep(e); err != nil {
		return err
	}
	if target == Approved {
		if err := s.queueDispute(e); err != nil {
			return err
		}
	}
	return s.tell(e, to, d, row)
}

// askable leaves out what the person's road has no room for: nobody on the road
// on documents is asked for their face.
func (e *edit) askable(items []Item) []Item {
	var out []Item
	for _, item := range Items { // in the order of the list, each once
		if !slices.Contains(items, item) {
			continue
		}
		if item == ItemCapture && e.app.Road != RoadFace || item == ItemBack && e.app.DocumentKind == Passport {
			continue
		}
		out = append(out, item)
	}
	return out
}

func joinItems(items []Item) string {
	names := make([]string, len(items))
	for i, item := range items {
		names[i] = string(item)
	}
	return strings.Join(names, " ")
}

// SecondLook is the second person's answer to a proposed refusal: confirmed, it
// takes effect and the person is told; returned, the case waits again. The one
// who proposed it, and whoever took part in an earlier refusal of the case, is
// Forbidden "case.took-part". The other errors are Decide's.
func (s *Service) SecondLook(ctx context.Context, actor audit.Actor, id string, version int64, look SecondLook) (Application, error) {
	look.Words = strings.TrimSpace(look.Words)
	if !look.Confirm || look.Words != "" {
		if reason := checkWords(look.Words); reason != "" {
			return Application{}, errs.Fields(map[string]string{"words": reason})
		}
	}
	app, to, err := s.mayDecide(ctx, actor, id)
	if err != nil {
		return Application{}, err
	}
	action := "case.refusal-returned"
	if look.Confirm {
		action = "case.refused"
	}
	return s.edit(ctx, actor, app, action, "", func(e *edit) error {
		if err := s.onVersion(e, actor, app, version); err != nil {
			return err
		}
		return s.secondLook(e, actor, look, to)
	})
}

func (s *Service) secondLook(e *edit, actor audit.Actor, look SecondLook, to string) error {
	if e.app.State != Second {
		return errs.New(errs.Conflict, reasonState)
	}
	row, err := takeDecision(e.tx, e.app.ID, Proposed)
	if err != nil {
		return err
	}
	if row.ByID == actor.ID {
		return errs.New(errs.Forbidden, "case.took-part")
	}
	row.SecondBy, row.SecondRole, row.SecondAt, row.SecondWords = actor.ID, actor.Role, db.Nullable(e.now), look.Words
	e.details["decision"] = row.ID
	e.release()
	if !look.Confirm {
		row.Standing = string(Returned)
		if err := e.app.move(Waiting); err != nil {
			return err
		}
		return saveDecision(e.tx, row)
	}
	return s.refuse(e, row, to)
}

func (s *Service) refuse(e *edit, row decisionRow, to string) error {
	if err := e.app.move(Refused); err != nil {
		return err
	}
	row.Standing = string(Final)
	e.app.DecidedAt = e.now
	e.app.ReapplyAt = e.now.Add(s.Policy.ReapplyAfter)
	row.ReapplyAt = db.Nullable(e.app.ReapplyAt)
	if !e.app.Appealed {
		row.AppealUntil = db.Nullable(e.now.Add(s.Policy.AppealWithin))
	}
	e.details["reason"] = row.ReasonCode
	if err := saveDecision(e.tx, row); err != nil {
		return err
	}
	if err := s.rekeep(e); err != nil {
		return err
	}
	if err := s.queueDispute(e); err != nil {
		return err
	}
	return s.tell(e, to, row.record().Decision, row)
}

// DeclareConnection records that the actor knows the person behind a case. From
// then on they neither decide nor open it, nor any other case of that person.
func (s *Service) DeclareConnection(ctx context.Context, actor audit.Actor, id string) error {
	if err := reviewerOnly(actor); err != nil {
		return err
	}
	app, err := s.readCase(ctx, id)
	if err != nil {
		return err
	}
	_, err = s.edit(ctx, actor, app, "case.connection-declared", "", func(e *edit) error {
		e.quiet = true
		if e.app.ClaimedBy == actor.ID {
			e.release()
		}
		return insertConnection(e.tx, connectionRow{StaffID: actor.ID, AccountID: app.AccountID, At: e.now})
	})
	return err
}
