package refusals

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm/clause"

	"truepenny/internal/db"
	"truepenny/internal/ids"
)

type resultRow struct {
	Code  string `gorm:"primaryKey"`
	Holds bool
	Found string // JSON
	More  int
	Seen  string // JSON
	At    time.Time
	Since time.Time
}

func (resultRow) TableName() string { return "refusals_results" }

type turnRow struct {
	ID    string `gorm:"primaryKey"`
	Code  string
	Holds bool
	Found string
	At    time.Time
}

func (turnRow) TableName() string { return "refusals_turns" }

type searchRow struct {
	ID        int `gorm:"primaryKey"`
	Statement string
}

func (searchRow) TableName() string { return "refusals_search" }

func lastResult(tx *db.Tx, code string) (Result, bool, error) {
	var row resultRow
	err := tx.DB().Clauses(clause.Locking{Strength: "UPDATE"}).Where("code = ?", code).Take(&row).Error
	if db.IsNotFound(err) {
		return Result{}, false, nil
	}
	if err != nil {
		return Result{}, false, fmt.Errorf("read result of %s: %w", code, err)
	}
	r, err := row.result()
	return r, err == nil, err
}

func saveResult(tx *db.Tx, r Result) error {
	found, seen, err := r.texts()
	if err != nil {
		return err
	}
	row := resultRow{Code: r.Code, Holds: r.Holds, Found: found, More: r.More, Seen: seen, At: r.At.UTC(), Since: r.Since.UTC()}
	if err := tx.DB().Save(&row).Error; err != nil {
		return fmt.Errorf("keep result of %s: %w", r.Code, err)
	}
	return nil
}

func insertTurn(tx *db.Tx, r Result) error {
	found, _, err := r.texts()
	if err != nil {
		return err
	}
	row := turnRow{ID: ids.New("trn"), Code: r.Code, Holds: r.Holds, Found: found, At: r.At.UTC()}
	if err := tx.DB().Create(&row).Error; err != nil {
		return fmt.Errorf("keep change of %s: %w", r.Code, err)
	}
	return nil
}

func (r Result) texts() (found, seen string, err error) {
	f, err := json.Marshal(r.Found)
	if err != nil {
		return "", "", err
	}
	n, err := json.Marshal(r.Seen)
	return string(f), string(n), err
}

func (r resultRow) result() (Result, error) {
	out := Result{Code: r.Code, Known: true, Holds: r.Holds, More: r.More, At: r.At.UTC(), Since: r.Since.UTC()}
	if err := json.Unmarshal([]byte(r.Found), &out.Found); err != nil {
		return out, fmt.Errorf("result of %s: %w", r.Code, err)
	}
	if err := json.Unmarshal([]byte(r.Seen), &out.Seen); err != nil {
		return out, fmt.Errorf("result of %s: %w", r.Code, err)
	}
	return out, nil
}

func (s *Service) results(ctx context.Context) (map[string]Result, error) {
	var rows []resultRow
	if err := s.Store.Reader(ctx).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list results: %w", err)
	}
	out := map[string]Result{}
	for _, row := range rows {
		r, err := row.result()
		if err != nil {
			return nil, err
		}
		out[row.Code] = r
	}
	var turns []turnRow
	if err := s.Store.Reader(ctx).Order("at DESC, id").Find(&turns).Error; err != nil {
		return nil, fmt.Errorf("list changes: %w", err)
	}
	for _, row := range turns {
		t := Turn{Holds: row.Holds, At: row.At.UTC()}
		if err := json.Unmarshal([]byte(row.Found), &t.Found); err != nil {
			return nil, fmt.Errorf("change of %s: %w", row.Code, err)
		}
		r := out[row.Code]
		r.Turns = append(r.Turns, t)
		out[row.Code] = r
	}
	return out, nil
}

func saveSearch(tx *db.Tx, s Search) error {
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	if err := tx.DB().Save(&searchRow{ID: 1, Statement: string(text)}).Error; err != nil {
		return fmt.Errorf("keep search statement: %w", err)
	}
	return nil
}

func (s *Service) search(ctx context.Context) (Search, error) {
	out := Search{Places: []Place{}, Commands: []string{}}
	var row searchRow
	err := s.Store.Reader(ctx).Where("id = 1").Take(&row).Error
	if db.IsNotFound(err) {
		return out, nil
	}
	if err != nil {
		return out, fmt.Errorf("read search statement: %w", err)
	}
	return out, json.Unmarshal([]byte(row.Statement), &out)
}

// schema asks the database itself.
func (s *Service) schema(ctx context.Context) ([]Table, error) {
	query := `SELECT m.name AS name, c.name AS col FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c
		WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.cid`
	if s.Store.Dialect() == db.PostgreSQL {
		query = `SELECT table_name AS name, column_name AS col FROM information_schema.columns
			WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position`
	}
	var rows []struct{ Name, Col string }
	if err := s.Store.Reader(ctx).Raw(query).Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("read schema: %w", err)
	}
	var out []Table
	for _, r := range rows {
		if len(out) == 0 || out[len(out)-1].Name != r.Name {
			out = append(out, Table{Name: r.Name})
		}
		t := &out[len(out)-1]
		t.Columns = append(t.Columns, r.Col)
	}
	return out, nil
}
