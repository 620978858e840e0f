package sellers

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/errs"
	"truepenny/internal/privacy"
	"truepenny/internal/vault"
)

const jsonMIME = "application/json"

// The places of sealed items.
func pictureSlot(evidenceID string) vault.Slot {
	return vault.Slot{Table: "sellers_evidence", Row: evidenceID, Column: "item"}
}

func readingSlot(evidenceID string) vault.Slot {
	return vault.Slot{Table: "sellers_evidence", Row: evidenceID, Column: "reading_item"}
}

func portraitSlot(evidenceID string) vault.Slot {
	return vault.Slot{Table: "sellers_evidence", Row: evidenceID, Column: "portrait_item"}
}

func correctionSlot(name FieldName) vault.Slot {
	return vault.Slot{Table: "sellers_corrections", Row: string(name), Column: "item"}
}

func cameraSlot(captureID string) vault.Slot {
	return vault.Slot{Table: "sellers_captures", Row: captureID, Column: "camera_item"}
}

func verdictSlot(captureID string) vault.Slot {
	return vault.Slot{Table: "sellers_captures", Row: captureID, Column: "verdict_item"}
}

func signalsSlot(captureID string) vault.Slot {
	return vault.Slot{Table: "sellers_captures", Row: captureID, Column: "signals_item"}
}

func checkSlot(round int, kind CheckKind) vault.Slot {
	return vault.Slot{Table: "sellers_checks", Row: strconv.Itoa(round) + "/" + string(kind), Column: "item"}
}

// seal puts bytes into the vault under the person of the application. Until a
// decision sets the end, an item is kept as long as a draft.
func (s *Service) seal(e *edit, purpose vault.Purpose, place vault.Slot, mime string, plain []byte) (string, error) {
	place.Row = e.app.ID + "/" + place.Row // so that every look at it can be told by application
	return s.vault.Seal(e.tx, vault.Sealing{
		Person: e.app.AccountID, Purpose: purpose, MIME: mime, KeepUntil: s.keepUntil(*e.app, purpose, e.now),
		Slot: place,
	}, plain)
}

func (s *Service) sealJSON(e *edit, purpose vault.Purpose, place vault.Slot, v any) (string, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("seal %s: %w", place.Column, err)
	}
	return s.seal(e, purpose, place, jsonMIME, plain)
}

// openJSON opens sealed JSON of one purpose with one audit entry. Items that
// retention has removed are left out of the answer.
func (s *Service) openJSON(ctx context.Context, actor audit.Actor, account string, items []string, purpose vault.Purpose, reason string) (map[string][]byte, error) {
	kept, err := s.keptItems(ctx, account)
	if err != nil {
		return nil, err
	}
	var there []string
	for _, id := range items {
		if item, ok := kept[id]; ok && item.Purpose == purpose {
			there = append(there, id)
		}
	}
	opened, err := s.vault.OpenAll(ctx, actor, there, purpose, reason)
	if err != nil {
		return nil, err
	}
	out := make(map[string][]byte, len(opened))
	for i, o := range opened {
		out[there[i]] = o.Plain
	}
	return out, nil
}

// purposeOf is the purpose under which an item of evidence is sealed.
func purposeOf(k EvidenceKind) vault.Purpose {
	if k == EvidenceFrame {
		return privacy.PurposeFace
	}
	return privacy.PurposeDocuments
}

// keepUntil is how long sealed items of an application stay, as things stand.
func (s *Service) keepUntil(app Application, purpose vault.Purpose, now time.Time) time.Time {
	switch app.State {
	case Approved, Refused:
	case Analysing, Waiting, Second: // a decision needs its evidence, however late it comes
		return now.Add(s.Policy.OpenKept)
	default:
		return now.Add(s.Policy.DraftKept)
	}
	where := privacy.Where{Country: app.Country, Region: app.Address.Region}
	until, _ := s.clocks().KeptUntil(purpose, where, app.DecidedAt, app.DecidedAt)
	return until
}

// rekeep moves the end of every sealed item of the application to what its new
// state asks for.
func (s *Service) rekeep(e *edit) error {
	items, err := sealedItemsOf(e.tx, e.app.ID)
	if err != nil {
		return err
	}
	for id, purpose := range items {
		err := s.vault.KeepUntil(e.tx, id, s.keepUntil(*e.app, purpose, e.now))
		if err != nil && errs.ReasonOf(err) != "vault.gone" {
			return err
		}
	}
	return nil
}
