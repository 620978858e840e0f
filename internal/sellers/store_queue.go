package sellers

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"truepenny/internal/audit"
)

// queueColumns are what a row of the queue shows; nothing else is read.
const queueColumns = "id, number, kind, given_names, family_name, business_name, country, state, road, outcome, " +
	"submitted_at, due_at, decided_at, claimed_by, claimed_at, appealed, version"

// queue reads one page of the queue and the number of all rows.
func (s *Service) queue(ctx context.Context, actor audit.Actor, f QueueFilter) ([]QueueRow, int64, error) {
	var total int64
	if err := s.narrow(s.store.Reader(ctx).Model(&applicationRow{}), actor, f).Count(&total).Error; err != nil {
		return nil, 0, fmt.Errorf("count queue: %w", err)
	}
	var rows []applicationRow
	err := f.order(s.narrow(s.store.Reader(ctx), actor, f)).Select(queueColumns).
		Offset((max(f.Page, 1) - 1) * PageSize).Limit(PageSize).Find(&rows).Error
	if err != nil {
		return nil, 0, fmt.Errorf("read queue: %w", err)
	}
	out := make([]QueueRow, len(rows))
	for i, r := range rows {
		out[i] = s.queueRow(r)
	}
	return out, total, nil
}

// streamBatch is how many rows a list that is streamed reads at a time.
const streamBatch = 500

// streamQueue hands every row of a filter to f. Which rows these are, and their
// order, is settled first; their content is read in batches, so that whoever
// reads slowly holds no connection and the memory holds ids only.
func (s *Service) streamQueue(ctx context.Context, actor audit.Actor, f QueueFilter, each func(QueueRow) error) (int, error) {
	var all []string
	err := f.order(s.narrow(s.store.Reader(ctx).Model(&applicationRow{}), actor, f)).Pluck("id", &all).Error
	if err != nil {
		return 0, fmt.Errorf("read queue: %w", err)
	}
	n := 0
	for batch := range slices.Chunk(all, streamBatch) {
		var rows []applicationRow
		if err := s.store.Reader(ctx).Select(queueColumns).Where("id IN ?", batch).Find(&rows).Error; err != nil {
			return n, fmt.Errorf("read queue: %w", err)
		}
		byID := make(map[string]applicationRow, len(rows))
		for _, row := range rows {
			byID[row.ID] = row
		}
		for _, id := range batch {
			row, there := byID[id]
			if !there {
				continue
			}
			if err := each(s.queueRow(row)); err != nil {
				return n, err
			}
			n++
		}
	}
	return n, nil
}

func (s *Service) narrow(q *gorm.DB, actor audit.Actor, f QueueFilter) *gorm.DB {
	if f.State != "" {
		q = q.Where("state = ?", string(f.State))
	}
	q = q.Where("round > 0")
	for column, value := range map[string]string{"road": string(f.Road), "country": f.Country, "outcome": string(f.Outcome)} {
		if value != "" {
			q = q.Where(column+" = ?", value)
		}
	}
	now := s.clock.Now()
	alive := now.Add(-s.Policy.ClaimIdle)
	holder := f.ClaimedBy
	if f.Mine {
		holder = actor.ID
	}
	if holder != "" {
		q = q.Where("claimed_by = ? AND claimed_at > ?", holder, alive)
	}
	if f.Unclaimed {
		q = q.Where("(claimed_by = '' OR claimed_at <= ?)", alive)
	}
	if f.Appeals {
		q = q.Where("appealed = ? AND state IN ?", true, []string{string(Waiting), string(Second)})
	}
	if f.Overdue {
		q = q.Where("due_at < ? AND state IN ?", now, []string{string(Analysing), string(Waiting), string(Second)})
	}
	return search(q, f.Text)
}

// search finds a number as people write it, or part of a name.
func search(q *gorm.DB, text string) *gorm.DB {
	text = strings.TrimSpace(text)
	if text == "" {
		return q
	}
	digits := strings.TrimPrefix(strings.ToUpper(text), "TP-")
	if number, err := strconv.ParseInt(digits, 10, 64); err == nil {
		return q.Where("number = ?", number)
	}
	pattern := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(fold(text))
	return q.Where(`name_sort LIKE ? ESCAPE '\'`, "%"+pattern+"%")
}

// order ends in the number, so that pages never overlap.
func (f QueueFilter) order(q *gorm.DB) *gorm.DB {
	column := map[Sort]string{SortSubmitted: "submitted_at", SortNumber: "number", SortName: "name_sort"}[f.Sort]
	if column == "" {
		column = "due_at"
	}
	direction := ""
	if f.Descending {
		direction = " DESC"
	}
	if column == "number" {
		return q.Order("number" + direction)
	}
	return q.Order(column + direction + ", number" + direction)
}

// sentWhere counts cases; the condition that they were sent is the one of the
// indexes.
const sentWhere = "(SELECT COUNT(*) FROM sellers_applications WHERE round > 0 AND "

// counts reads the figures of the side bar, each through an index: one pass over
// all open cases took most of the time of a page of the list.
func (s *Service) counts(ctx context.Context, actor audit.Actor) (Counts, error) {
	now := s.clock.Now()
	var out Counts
	err := s.store.Reader(ctx).Raw("SELECT "+
		sentWhere+"state = 'waiting') AS waiting, "+
		sentWhere+"claimed_by = ? AND claimed_at > ? AND state IN ?) AS mine, "+
		sentWhere+"state = 'second') AS second, "+
		sentWhere+"appealed AND state IN ('waiting', 'second')) AS appeals, "+
		sentWhere+"state = 'asked') AS asked, "+
		sentWhere+"state IN ('analysing', 'waiting', 'second') AND due_at < ?) AS overdue",
		actor.ID, now.Add(-s.Policy.ClaimIdle), openStates(), now).Scan(&out).Error
	if err != nil {
		return Counts{}, fmt.Errorf("count cases: %w", err)
	}
	return out, nil
}

func (s *Service) queueRow(r applicationRow) QueueRow {
	a := r.application()
	return QueueRow{
		ID: a.ID, Number: a.Number, Name: a.DisplayName(), Kind: a.Kind, Country: a.Country, State: a.State, Road: a.Road,
		Outcome: a.Outcome, SubmittedAt: a.SubmittedAt, DueAt: a.DueAt, DecidedAt: a.DecidedAt,
		ClaimedBy: a.Claimed(s.clock.Now(), s.Policy), Appealed: a.Appealed, Version: a.Version,
	}
}

// caseRow finds an application by id, as a row of the queue.
func (s *Service) caseRow(ctx context.Context, id string) (*QueueRow, error) {
	app, err := s.readApplication(ctx, id)
	if err != nil {
		return nil, err
	}
	row := s.queueRow(toApplicationRow(app))
	return &row, nil
}
