package sellers

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/vault"
)

var timeZero time.Time

type evidenceRow struct {
	ID            string `gorm:"primaryKey"`
	ApplicationID string
	AccountID     string
	Kind          string
	DocumentKind  string
	Side          string
	PaperKind     string
	CaptureID     string
	OffsetMS      int `gorm:"column:offset_ms"`
	Round         int
	Item          string
	ReadingItem   string
	PortraitItem  string
	ReadingState  string
	Width         int
	Height        int
	Bytes         int
	Findings      string
	At            time.Time
}

func (evidenceRow) TableName() string { return "sellers_evidence" }

func insertEvidence(tx *db.Tx, account string, e Evidence) error {
	row := evidenceRow{
		ID: e.ID, ApplicationID: e.ApplicationID, AccountID: account, Kind: string(e.Kind),
		DocumentKind: string(e.DocumentKind), Side: string(e.Side), PaperKind: string(e.PaperKind),
		CaptureID: e.CaptureID, OffsetMS: e.OffsetMS, Round: e.Round, Item: e.item, ReadingItem: e.reading, PortraitItem: e.portrait,
		ReadingState: string(e.Reading), Width: e.Width, Height: e.Height, Bytes: e.Bytes,
		Findings: strings.Join(e.Findings, " "), At: e.At,
	}
	if err := tx.DB().Create(&row).Error; err != nil {
		return fmt.Errorf("keep evidence: %w", err)
	}
	return nil
}

// evidenceOf lists the evidence of an application whose sealed picture is still
// there, in the order it is shown.
func (s *Service) evidenceOf(ctx context.Context, app Application) ([]Evidence, error) {
	all, err := listEvidence(s.store.Reader(ctx), app.ID)
	if err != nil {
		return nil, err
	}
	return s.stillKept(ctx, app.AccountID, all)
}

// stillKept leaves out what retention has removed from the vault and fills in
// until when the rest is kept.
func (s *Service) stillKept(ctx context.Context, account string, all []Evidence) ([]Evidence, error) {
	items, err := s.keptItems(ctx, account)
	if err != nil {
		return nil, err
	}
	var out []Evidence
	for _, e := range all {
		item, kept := items[e.item]
		if !kept {
			continue
		}
		e.KeepUntil = item.KeepUntil
		if _, kept := items[e.reading]; !kept {
			e.reading = ""
		}
		if _, kept := items[e.portrait]; !kept {
			e.portrait = ""
		}
		out = append(out, e)
	}
	return out, nil
}

// keptItems knows what the vault still holds of a person.
func (s *Service) keptItems(ctx context.Context, account string) (map[string]vault.Item, error) {
	items, err := s.vault.Describe(ctx, account)
	if err != nil {
		return nil, err
	}
	now := s.clock.Now()
	out := make(map[string]vault.Item, len(items))
	for _, i := range items {
		if i.KeepUntil.After(now) {
			out[i.ID] = i
		}
	}
	return out, nil
}

func listEvidence(g *gorm.DB, appID string) ([]Evidence, error) {
	var rows []evidenceRow
	err := g.Where("application_id = ?", appID).Order("kind, side DESC, at DESC, capture_id, offset_ms").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list evidence: %w", err)
	}
	out := make([]Evidence, len(rows))
	for i, r := range rows {
		out[i] = r.evidence()
	}
	return out, nil
}

func oneEvidence(g *gorm.DB, appID, id string) (Evidence, error) {
	var row evidenceRow
	err := g.Where("application_id = ? AND id = ?", appID, id).Take(&row).Error
	if db.IsNotFound(err) {
		return Evidence{}, errs.New(errs.NotFound, "evidence.unknown")
	}
	if err != nil {
		return Evidence{}, fmt.Errorf("read evidence: %w", err)
	}
	return row.evidence(), nil
}

func (s *Service) readEvidence(ctx context.Context, appID, id string) (Evidence, error) {
	return oneEvidence(s.store.Reader(ctx), appID, id)
}

// removeEvidence deletes items of evidence and what was sealed for them.
func (s *Service) removeEvidence(tx *db.Tx, list []Evidence) error {
	var items []string
	for _, e := range list {
		items = append(items, e.item, e.reading, e.portrait)
	}
	if err := s.removeItems(tx, items); err != nil {
		return err
	}
	for _, e := range list {
		if err := tx.DB().Where("id = ?", e.ID).Delete(&evidenceRow{}).Error; err != nil {
			return fmt.Errorf("remove evidence: %w", err)
		}
	}
	return nil
}

// removeItems takes items out of the vault in the order of their ids: a look at
// several of them holds them in that order.
func (s *Service) removeItems(tx *db.Tx, items []string) error {
	for _, item := range slices.Sorted(slices.Values(items)) {
		if item == "" {
			continue
		}
		if err := s.vault.Remove(tx, item); err != nil {
			return err
		}
	}
	return nil
}

// dropFaces removes every frame, capture and cut-out portrait of an application.
func (s *Service) dropFaces(tx *db.Tx, appID string) error {
	all, err := listEvidence(tx.DB(), appID)
	if err != nil {
		return err
	}
	var frames []Evidence
	var portraits []string
	for _, item := range all {
		portraits = append(portraits, item.portrait)
		if item.Kind == EvidenceFrame {
			frames = append(frames, item)
		}
	}
	if err := s.removeEvidence(tx, frames); err != nil {
		return err
	}
	if err := s.removeItems(tx, portraits); err != nil {
		return err
	}
	err = tx.DB().Model(&evidenceRow{}).Where("application_id = ? AND portrait_item <> ''", appID).Update("portrait_item", "").Error
	if err != nil {
		return fmt.Errorf("forget portraits: %w", err)
	}
	return removeCaptures(tx, s.vault, appID)
}

func (r evidenceRow) evidence() Evidence {
	return Evidence{
		ID: r.ID, ApplicationID: r.ApplicationID, Kind: EvidenceKind(r.Kind), DocumentKind: DocumentKind(r.DocumentKind),
		Side: Side(r.Side), PaperKind: PaperKind(r.PaperKind), CaptureID: r.CaptureID, OffsetMS: r.OffsetMS,
		Round: r.Round, Width: r.Width, Height: r.Height, Bytes: r.Bytes, Findings: strings.Fields(r.Findings),
		Reading: ReadingState(r.ReadingState), At: r.At.UTC(), item: r.Item, reading: r.ReadingItem, portrait: r.PortraitItem,
	}
}
