package requests

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/privacy"
)

type requestRow struct {
	ID          string `gorm:"primaryKey"`
	Number      int64
	Person      string
	Kind        string
	Channel     string
	Purpose     string
	Field       string
	Application string
	PostOnly    bool
	State       string
	IdentityWay string
	IdentityAt  *time.Time
	OpenedAt    time.Time
	DueAt       time.Time
	ExtendedAt  *time.Time
	AnsweredAt  *time.Time
	AnsweredBy  string
	Outcome     string
	Template    string
	Erasure     string
	WordsItem   string
	ReasonItem  string
	AnswerItem  string
	ContactItem string
	KeepUntil   *time.Time
	Version     int64
}

func (requestRow) TableName() string { return "requests" }

// nextNumber gives the next request its number; a number is used once.
func nextNumber(tx *db.Tx) (int64, error) {
	if err := tx.DB().Exec("UPDATE requests_numbers SET last = last + 1 WHERE id = 1").Error; err != nil {
		return 0, fmt.Errorf("number request: %w", err)
	}
	var last int64
	if err := tx.DB().Table("requests_numbers").Where("id = 1").Select("last").Take(&last).Error; err != nil {
		return 0, fmt.Errorf("number request: %w", err)
	}
	return last, nil
}

func insertRequest(tx *db.Tx, r Request) error {
	row := toRow(r)
	if err := tx.DB().Create(&row).Error; err != nil {
		return fmt.Errorf("keep request: %w", err)
	}
	return nil
}

func saveRequest(tx *db.Tx, r Request) error {
	row := toRow(r)
	done := tx.DB().Model(&requestRow{}).Where("id = ?", r.ID).Select("*").Omit("id", "number", "opened_at").Updates(&row)
	if done.Error != nil {
		return fmt.Errorf("save request: %w", done.Error)
	}
	return nil
}

// takeRequest reads one and keeps others from changing it until the end of the
// transaction.
func takeRequest(tx *db.Tx, id string) (Request, error) {
	return oneRequest(tx.DB().Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", id))
}

func (s *Service) read(ctx context.Context, id string) (Request, error) {
	return oneRequest(s.Store.Reader(ctx).Where("id = ?", id))
}

func oneRequest(g *gorm.DB) (Request, error) {
	var row requestRow
	err := g.Take(&row).Error
	if db.IsNotFound(err) {
		return Request{}, errs.New(errs.NotFound, "request.unknown")
	}
	if err != nil {
		return Request{}, fmt.Errorf("read request: %w", err)
	}
	return row.request(), nil
}

func (s *Service) ofPerson(ctx context.Context, person string) ([]Request, error) {
	return listRequests(s.Store.Reader(ctx).Where("person = ?", person).Order("number DESC"))
}

func (s *Service) list(ctx context.Context, f Filter) ([]Request, error) {
	g, now := s.Store.Reader(ctx), s.Clock.Now()
	if f.Kind != "" {
		g = g.Where("kind = ?", string(f.Kind))
	}
	if f.State != "" {
		g = g.Where("state = ?", string(f.State))
	}
	switch f.Mark {
	case Overdue:
		g = g.Where("state = ? AND due_at < ?", string(Open), now)
	case DueSoon:
		g = g.Where("state = ? AND due_at >= ? AND due_at <= ?", string(Open), now, now.Add(soon))
	}
	return listRequests(g.Order("CASE WHEN state = 'open' THEN 0 ELSE 1 END, CASE WHEN state = 'open' THEN due_at END, number DESC"))
}

// expired lists the requests whose time is over.
func (s *Service) expired(ctx context.Context, now time.Time) ([]Request, error) {
	return listRequests(s.Store.Reader(ctx).Where("keep_until <= ?", now).Order("number"))
}

func listRequests(g *gorm.DB) ([]Request, error) {
	var rows []requestRow
	if err := g.Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list requests: %w", err)
	}
	out := make([]Request, len(rows))
	for i, r := range rows {
		out[i] = r.request()
	}
	return out, nil
}

func limitOpen(tx *db.Tx, person string) error {
	if person == "" {
		return nil
	}
	var n int64
	err := tx.DB().Model(&requestRow{}).Where("person = ? AND state = ?", person, string(Open)).Count(&n).Error
	if err == nil && n >= mostOpen {
		return errs.New(errs.TooMany, "request.many")
	}
	return err
}

func toRow(r Request) requestRow {
	return requestRow{ID: r.ID, Number: r.Number, Person: r.Person, Kind: string(r.Kind), Channel: string(r.Channel),
		Purpose: string(r.Purpose), Field: r.Field, Application: r.Application, PostOnly: r.PostOnly, State: string(r.State), IdentityWay: string(r.Identity),
		IdentityAt: db.Nullable(r.IdentityAt), OpenedAt: r.OpenedAt, DueAt: r.DueAt, ExtendedAt: db.Nullable(r.ExtendedAt), AnsweredAt: db.Nullable(r.AnsweredAt),
		AnsweredBy: r.AnsweredBy, Outcome: string(r.Outcome), Template: r.Template, Erasure: r.Erasure,
		WordsItem: r.words, ReasonItem: r.reason, AnswerItem: r.answer, ContactItem: r.contact, KeepUntil: db.Nullable(r.KeepUntil), Version: r.Version}
}

func (r requestRow) request() Request {
	purpose, _ := privacy.PurposeNamed(r.Purpose)
	return Request{ID: r.ID, Number: r.Number, Person: r.Person, Kind: Kind(r.Kind), Channel: Channel(r.Channel), Purpose: purpose,
		Field: r.Field, Application: r.Application, PostOnly: r.PostOnly, State: State(r.State), Identity: Way(r.IdentityWay), IdentityAt: db.TimeOf(r.IdentityAt),
		OpenedAt: r.OpenedAt.UTC(), DueAt: r.DueAt.UTC(), ExtendedAt: db.TimeOf(r.ExtendedAt), AnsweredAt: db.TimeOf(r.AnsweredAt),
		AnsweredBy: r.AnsweredBy, Outcome: Outcome(r.Outcome), Template: r.Template, Erasure: r.Erasure, KeepUntil: db.TimeOf(r.KeepUntil),
		Version: r.Version, words: r.WordsItem, reason: r.ReasonItem, answer: r.AnswerItem, contact: r.ContactItem}
}

// listErasedBy lists the requests for which an erasure was begun.
func listErasedBy(tx *db.Tx, erasure string) ([]Request, error) {
	return listRequests(tx.DB().Where("erasure = ? AND erasure <> ''", erasure).Order("id"))
}
