package sellers

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/vault"
)

type captureRow struct {
	ID            string `gorm:"primaryKey"`
	ApplicationID string
	AccountID     string
	Challenge     string
	Outcome       string
	Reasons       string
	Frames        int
	Round         int
	SessionID     string
	CameraItem    string
	VerdictItem   string
	SignalsItem   string
	CreatedAt     time.Time
	ExpiresAt     time.Time
	FinishedAt    *time.Time
	RemovedAt     *time.Time
}

func (captureRow) TableName() string { return "sellers_captures" }

func insertCapture(tx *db.Tx, row captureRow) error {
	if err := tx.DB().Create(&row).Error; err != nil {
		return fmt.Errorf("start capture: %w", err)
	}
	return nil
}

func saveCapture(tx *db.Tx, row captureRow) error {
	if err := tx.DB().Save(&row).Error; err != nil {
		return fmt.Errorf("finish capture: %w", err)
	}
	return nil
}

func (s *Service) readCapture(ctx context.Context, id string) (captureRow, error) {
	return oneCapture(s.store.Reader(ctx), id)
}

func takeCapture(tx *db.Tx, id string) (captureRow, error) {
	return oneCapture(tx.DB().Clauses(clause.Locking{Strength: "UPDATE"}), id)
}

func oneCapture(g *gorm.DB, id string) (captureRow, error) {
	var row captureRow
	err := g.Where("id = ?", id).Take(&row).Error
	if db.IsNotFound(err) {
		return row, errs.New(errs.NotFound, "capture.unknown")
	}
	if err != nil {
		return row, fmt.Errorf("read capture: %w", err)
	}
	return row, nil
}

// untouchedCapture is the latest capture of an application that began in this
// session, of which no further step was told, and that has time until then.
func untouchedCapture(tx *db.Tx, appID, session string, until time.Time) (captureRow, bool, error) {
	var row captureRow
	err := tx.DB().Where("application_id = ? AND session_id = ? AND finished_at IS NULL AND expires_at > ?", appID, session, until).
		Where("NOT EXISTS (SELECT 1 FROM sellers_capture_steps s WHERE s.capture_id = sellers_captures.id AND s.step > 0)").
		Order("created_at DESC").Take(&row).Error
	if db.IsNotFound(err) {
		return row, false, nil
	}
	if err != nil {
		return row, false, fmt.Errorf("read capture: %w", err)
	}
	return row, true, nil
}

// recentLights gives the colours of the application's last captures.
func recentLights(tx *db.Tx, appID string) ([][]Shade, error) {
	var rows []captureRow
	err := tx.DB().Where("application_id = ?", appID).Order("created_at DESC").Limit(5).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list captures: %w", err)
	}
	var out [][]Shade
	for _, r := range rows {
		stored, err := r.stored()
		if err != nil {
			return nil, err
		}
		if len(stored.Light) > 0 {
			out = append(out, stored.Light)
		}
	}
	return out, nil
}

// acceptedCaptures lists captures that were accepted and not replaced, newest first.
func (s *Service) acceptedCaptures(ctx context.Context, appID string) ([]captureRow, error) {
	return listAccepted(s.store.Reader(ctx), appID)
}

// failedCaptures counts the tries of an application that were not accepted.
func (s *Service) failedCaptures(ctx context.Context, appID string) (int, error) {
	var n int64
	err := s.store.Reader(ctx).Model(&captureRow{}).Where("application_id = ? AND outcome = ?", appID, string(Fail)).Count(&n).Error
	if err != nil {
		return 0, fmt.Errorf("count captures: %w", err)
	}
	return int(n), nil
}

func listAccepted(g *gorm.DB, appID string) ([]captureRow, error) {
	var rows []captureRow
	err := g.Where("application_id = ? AND outcome IN ? AND removed_at IS NULL", appID, []string{string(Pass), string(Review)}).
		Order("created_at DESC").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list captures: %w", err)
	}
	return rows, nil
}

// removeCaptures deletes captures and what was sealed for them; frames are
// evidence and removed as such.
func removeCaptures(tx *db.Tx, v *vault.Vault, appID string) error {
	var rows []captureRow
	if err := tx.DB().Where("application_id = ?", appID).Find(&rows).Error; err != nil {
		return fmt.Errorf("list captures: %w", err)
	}
	for _, r := range rows {
		if err := removeSealed(tx, v, r); err != nil {
			return err
		}
	}
	if err := tx.DB().Where("application_id = ?", appID).Delete(&captureRow{}).Error; err != nil {
		return fmt.Errorf("remove captures: %w", err)
	}
	return nil
}

// items are what was sealed for a capture, apart from its pictures.
func (r captureRow) items() []string {
	return slices.DeleteFunc([]string{r.CameraItem, r.VerdictItem, r.SignalsItem}, func(id string) bool { return id == "" })
}

func removeSealed(tx *db.Tx, v *vault.Vault, r captureRow) error {
	for _, item := range slices.Sorted(slices.Values(r.items())) {
		if err := v.Remove(tx, item); err != nil {
			return err
		}
	}
	return nil
}

// storedChallenge is the JSON of a challenge in a row.
type storedChallenge struct {
	Prompts  []Prompt
	LengthMS int
	Light    []Shade // colours of the last prompt
	ShadeMS  int
	Engine   json.RawMessage // the challenge as package liveness made it
}

func (r captureRow) stored() (storedChallenge, error) {
	var c storedChallenge
	if err := json.Unmarshal([]byte(r.Challenge), &c); err != nil {
		return c, fmt.Errorf("challenge of %s: %w", r.ID, err)
	}
	return c, nil
}

func (r captureRow) capture() (Capture, error) {
	c, err := r.stored()
	return Capture{
		ID: r.ID, Prompts: c.Prompts, LengthMS: c.LengthMS, Light: len(c.Light) > 0, Outcome: Outcome(r.Outcome),
		Reasons: strings.Fields(r.Reasons), Frames: r.Frames, At: db.TimeOf(r.FinishedAt),
	}, err
}

// replaceCaptures removes earlier accepted captures, whose frames a new one
// replaces; challenges and failures stay as they are.
func replaceCaptures(tx *db.Tx, v *vault.Vault, appID string, now time.Time) error {
	rows, err := listAccepted(tx.DB(), appID)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if err := removeSealed(tx, v, r); err != nil {
			return err
		}
		if err := deletePrints(tx, r.ID); err != nil {
			return err
		}
		r.CameraItem, r.VerdictItem, r.SignalsItem, r.Frames, r.RemovedAt = "", "", "", 0, db.Nullable(now)
		if err := saveCapture(tx, r); err != nil {
			return err
		}
	}
	return nil
}

// deleteParts removes the rows of everything that was sealed for an application.
func deleteParts(tx *db.Tx, appID string) error {
	for _, row := range []any{&evidenceRow{}, &correctionRow{}, &captureRow{}, &keptFrameRow{}, &checkRow{}} {
		if err := tx.DB().Where("application_id = ?", appID).Delete(row).Error; err != nil {
			return fmt.Errorf("empty application: %w", err)
		}
	}
	return nil
}
