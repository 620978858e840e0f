package sellers

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/db"
)

type checkRow struct {
	ApplicationID string `gorm:"primaryKey"`
	AccountID     string
	Round         int    `gorm:"primaryKey;autoIncrement:false"`
	Kind          string `gorm:"primaryKey"`
	Outcome       string
	Reason        string
	Score         *float64
	Accept        *float64
	Review        *float64
	Report        string // JSON of face.Report
	Item          string
	At            time.Time
}

func (checkRow) TableName() string { return "sellers_checks" }

// insertCheck keeps a check once: a check of the round that is there already
// stands, and false is returned.
func insertCheck(tx *db.Tx, app Application, c Check) (bool, error) {
	row := checkRow{ApplicationID: app.ID, AccountID: app.AccountID, Round: c.Round, Kind: string(c.Kind),
		Outcome: string(c.Outcome), Reason: c.Reason, Item: c.item, At: c.At}
	if c.HasScore {
		row.Score = &c.Score
	}
	if c.Threshold != nil {
		row.Accept, row.Review = &c.Threshold.Accept, &c.Threshold.Review
		report, err := json.Marshal(c.Threshold.Report)
		if err != nil {
			return false, fmt.Errorf("write report: %w", err)
		}
		row.Report = string(report)
	}
	done := tx.DB().Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
	if done.Error != nil {
		return false, fmt.Errorf("keep check: %w", done.Error)
	}
	return done.RowsAffected == 1, nil
}

func (s *Service) checksOf(ctx context.Context, appID string, round int) ([]Check, error) {
	return listChecks(s.store.Reader(ctx), appID, round)
}

// listChecks returns the checks of one round in the order they are shown.
func listChecks(g *gorm.DB, appID string, round int) ([]Check, error) {
	var rows []checkRow
	if err := g.Where("application_id = ? AND round = ?", appID, round).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list checks: %w", err)
	}
	out := make([]Check, len(rows))
	for i, r := range rows {
		out[i] = r.check()
	}
	slices.SortFunc(out, func(a, b Check) int {
		return slices.Index(CheckKinds, a.Kind) - slices.Index(CheckKinds, b.Kind)
	})
	return out, nil
}

func (r checkRow) check() Check {
	c := Check{Kind: CheckKind(r.Kind), Round: r.Round, Outcome: Outcome(r.Outcome), Reason: r.Reason, At: r.At.UTC(), item: r.Item}
	if r.Score != nil {
		c.Score, c.HasScore = *r.Score, true
	}
	if r.Accept != nil && r.Review != nil {
		c.Threshold = &face.Thresholds{Accept: *r.Accept, Review: *r.Review, Report: r.report()}
	}
	return c
}

// report reads the report of a limit. Older rows hold only its name.
func (r checkRow) report() face.Report {
	var out face.Report
	if json.Unmarshal([]byte(r.Report), &out) != nil {
		return face.Report{Name: r.Report}
	}
	return out
}

// deleteChecks removes checks of a round and returns the items they had sealed.
func deleteChecks(tx *db.Tx, appID string, round int, kinds []CheckKind) ([]string, error) {
	of := func() *gorm.DB {
		return tx.DB().Where("application_id = ? AND round = ? AND kind IN ?", appID, round, kinds)
	}
	var items []string
	if err := of().Model(&checkRow{}).Where("item <> ''").Pluck("item", &items).Error; err != nil {
		return nil, fmt.Errorf("list checks: %w", err)
	}
	if err := of().Delete(&checkRow{}).Error; err != nil {
		return nil, fmt.Errorf("remove checks: %w", err)
	}
	return items, nil
}

// faceKinds are the checks that look at a face, as rows name them.
var faceKinds = []string{string(CheckPortrait), string(CheckCapture), string(CheckFace)}

// forgetScores takes what the checks on the face worked out away; that they ran,
// and their outcome, stays as part of the decision.
func forgetScores(tx *db.Tx, account string) error {
	err := tx.DB().Model(&checkRow{}).
		Where("account_id = ? AND kind IN ?", account, faceKinds).
		Updates(map[string]any{"score": nil, "item": ""}).Error
	if err != nil {
		return fmt.Errorf("forget scores: %w", err)
	}
	return nil
}
