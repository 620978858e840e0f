package answers

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"truepenny/internal/db"
	"truepenny/internal/ids"
)

type saidRow struct {
	ID       string `gorm:"primaryKey"`
	Question string
	Text     string
	Facts    string
	Since    time.Time
	Until    *time.Time
}

func (saidRow) TableName() string { return "answers_said" }

type stepRow struct {
	Name  string `gorm:"primaryKey"`
	Count int
}

func (stepRow) TableName() string { return "answers_steps" }

// keptAnswer is an answer as it was kept.
type keptAnswer struct {
	Earlier
	text, facts string
	now         bool // it is the one in force
}

// said lists what was answered, newest first, by question.
func (s *Service) said(ctx context.Context) (map[string][]keptAnswer, error) {
	var rows []saidRow
	if err := s.Store.Reader(ctx).Order("since DESC, id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list answers: %w", err)
	}
	out := map[string][]keptAnswer{}
	for _, r := range rows {
		k := keptAnswer{Earlier: Earlier{Since: r.Since.UTC()}, text: r.Text, facts: r.Facts, now: r.Until == nil}
		if r.Until != nil {
			k.Until = r.Until.UTC()
		}
		if err := json.Unmarshal([]byte(r.Text), &k.Text); err != nil {
			return nil, fmt.Errorf("answer to %s: %w", r.Question, err)
		}
		if err := json.Unmarshal([]byte(r.Facts), &k.Facts); err != nil {
			return nil, fmt.Errorf("answer to %s: %w", r.Question, err)
		}
		out[r.Question] = append(out[r.Question], k)
	}
	return out, nil
}

// replaceSaid ends the answer in force and puts another in its place.
func replaceSaid(tx *db.Tx, a Said, now time.Time) error {
	text, facts, err := a.texts()
	if err != nil {
		return err
	}
	err = tx.DB().Model(&saidRow{}).Where("question = ? AND until IS NULL", a.Question).Update("until", now.UTC()).Error
	if err != nil {
		return fmt.Errorf("end answer: %w", err)
	}
	row := saidRow{ID: ids.New("ans"), Question: a.Question, Text: text, Facts: facts, Since: now.UTC()}
	if err := tx.DB().Create(&row).Error; err != nil {
		return fmt.Errorf("keep answer: %w", err)
	}
	return nil
}

func (s *Service) steps(ctx context.Context) (map[string]int, error) {
	var rows []stepRow
	if err := s.Store.Reader(ctx).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list figures: %w", err)
	}
	out := map[string]int{}
	for _, r := range rows {
		out[r.Name] = r.Count
	}
	return out, nil
}

func saveSteps(tx *db.Tx, steps map[string]int) error {
	for name, n := range steps {
		if err := tx.DB().Save(&stepRow{Name: name, Count: n}).Error; err != nil {
			return fmt.Errorf("keep figure: %w", err)
		}
	}
	return nil
}
