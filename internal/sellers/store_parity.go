package sellers

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm/clause"

	"truepenny/internal/db"
	"truepenny/internal/interval"
)

// courseRow is an application beside its first decision.
type courseRow struct {
	ID          string
	Road        string
	State       string
	CreatedAt   time.Time
	SubmittedAt *time.Time
	DecidedAt   *time.Time
}

type firstDecisionRow struct {
	ApplicationID string
	Kind          string
	At            time.Time
	SecondAt      *time.Time
}

const courseColumns = "id, road, state, created_at, submitted_at, decided_at"

// courses lists the applications that were first sent in a period, and those
// begun in it that were never sent. Applications that follow a refused one are
// left out.
func (s *Service) courses(ctx context.Context, from, to time.Time) ([]Course, error) {
	from, to = from.UTC(), to.UTC()
	var rows []courseRow
	err := s.store.Reader(ctx).Model(&applicationRow{}).Select(courseColumns).
		Where("previous_id = '' AND ((submitted_at >= ? AND submitted_at < ?) OR (submitted_at IS NULL AND created_at >= ? AND created_at < ?))", from, to, from, to).
		Order("number").Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list courses: %w", err)
	}
	var decisions []firstDecisionRow
	err = s.store.Reader(ctx).Table("sellers_decisions AS d").Select("d.application_id, d.kind, d.at, d.second_at").
		Joins("JOIN sellers_applications AS a ON a.id = d.application_id").
		Where("a.submitted_at >= ? AND a.submitted_at < ? AND d.kind IN ? AND d.standing IN ?", from, to, decisive, settled).
		Order("d.version").Scan(&decisions).Error
	if err != nil {
		return nil, fmt.Errorf("list first decisions: %w", err)
	}
	return coursesOf(rows, decisions), nil
}

// Outcomes tells how these applications went, in no order; those that are gone
// are left out.
func (s *Service) Outcomes(ctx context.Context, applications []string) ([]Course, error) {
	const atATime = 500 // SQLite takes so many values in a statement
	var out []Course
	for len(applications) > 0 {
		some := applications[:min(atATime, len(applications))]
		applications = applications[len(some):]
		var rows []courseRow
		if err := s.store.Reader(ctx).Model(&applicationRow{}).Select(courseColumns).Where("id IN ?", some).Scan(&rows).Error; err != nil {
			return nil, fmt.Errorf("list courses: %w", err)
		}
		var decisions []firstDecisionRow
		err := s.store.Reader(ctx).Model(&decisionRow{}).Select("application_id, kind, at, second_at").
			Where("application_id IN ? AND kind IN ? AND standing IN ?", some, decisive, settled).Order("version").Scan(&decisions).Error
		if err != nil {
			return nil, fmt.Errorf("list first decisions: %w", err)
		}
		out = append(out, coursesOf(rows, decisions)...)
	}
	return out, nil
}

// A first decision is a yes or a confirmed no, whatever an appeal made of it.
var (
	decisive = []string{string(Approve), string(Refuse)}
	settled  = []string{string(Final), string(Overruled)}
)

func coursesOf(rows []courseRow, decisions []firstDecisionRow) []Course {
	first := make(map[string]firstDecisionRow, len(decisions))
	for _, d := range decisions { // oldest first
		if _, found := first[d.ApplicationID]; !found {
			first[d.ApplicationID] = d
		}
	}
	out := make([]Course, len(rows))
	for i, r := range rows {
		c := Course{Application: r.ID, Road: Road(r.Road), StartedAt: r.CreatedAt.UTC(), SentAt: db.TimeOf(r.SubmittedAt)}
		if d, found := first[r.ID]; found {
			c.Decision, c.DecidedAt = DecisionKind(d.Kind), d.At.UTC()
			if c.Decision == Refuse { // it took effect with the second person
				c.DecidedAt = db.TimeOf(d.SecondAt)
			}
		} else if State(r.State) == Cancelled {
			c.EndedAt = db.TimeOf(r.DecidedAt)
		}
		out[i] = c
	}
	return out
}

// gapFigures is a Gap as it is kept. The difference inside would else write
// itself and leave the rest out.
type gapFigures struct {
	Difference interval.Difference
	Known      bool
	Margin     float64
	Verdict    Verdict
	Needed     int
}

// MarshalJSON writes all of a gap.
func (g Gap) MarshalJSON() ([]byte, error) {
	return json.Marshal(gapFigures{g.Difference, g.Known, g.Margin, g.Verdict, g.Needed})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (g *Gap) UnmarshalJSON(raw []byte) error {
	var f gapFigures
	err := json.Unmarshal(raw, &f)
	*g = Gap{f.Difference, f.Known, f.Margin, f.Verdict, f.Needed}
	return err
}

type parityRow struct {
	Day           string `gorm:"primaryKey"`
	Figures       string
	ApprovalSince *time.Time
	WaitSince     *time.Time
	ComputedAt    time.Time
}

func (parityRow) TableName() string { return "sellers_parity_days" }

// putParity keeps the comparison of a day; a second one of the same day
// replaces it.
func putParity(tx *db.Tx, d ParityDay) error {
	figures, err := json.Marshal(d.Figures)
	if err != nil {
		return err
	}
	row := parityRow{Day: d.Day, Figures: string(figures), ApprovalSince: db.Nullable(d.Since[alarmApproval]), WaitSince: db.Nullable(d.Since[alarmWait]), ComputedAt: d.Figures.At}
	err = tx.DB().Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "day"}}, UpdateAll: true}).Create(&row).Error
	if err != nil {
		return fmt.Errorf("keep comparison: %w", err)
	}
	return nil
}

// LastParity is the latest daily comparison; false before there was one.
func (s *Service) LastParity(ctx context.Context) (ParityDay, bool, error) {
	var row parityRow
	err := s.store.Reader(ctx).Order("day DESC").Take(&row).Error
	if db.IsNotFound(err) {
		return ParityDay{}, false, nil
	}
	if err != nil {
		return ParityDay{}, false, fmt.Errorf("read comparison: %w", err)
	}
	d := ParityDay{Day: row.Day, Since: map[string]time.Time{}}
	if err := json.Unmarshal([]byte(row.Figures), &d.Figures); err != nil {
		return ParityDay{}, false, fmt.Errorf("comparison of %s: %w", row.Day, err)
	}
	for alarm, since := range map[string]*time.Time{alarmApproval: row.ApprovalSince, alarmWait: row.WaitSince} {
		if since != nil {
			d.Since[alarm] = since.UTC()
		}
	}
	return d, true, nil
}
