package sellers

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"truepenny/internal/db"
	"truepenny/internal/errs"
)

type applicationRow struct {
	ID             string `gorm:"primaryKey"`
	Number         int64
	AccountID      string
	State          string
	Road           string
	Version        int64
	Round          int
	DetailsRound   int
	Country        string
	Kind           string
	GivenNames     string
	FamilyName     string
	BusinessName   string
	BirthDate      string
	Line1          string `gorm:"column:line1"`
	Line2          string `gorm:"column:line2"`
	Postcode       string
	City           string
	Region         string
	DocumentKind   string
	NameSort       string
	CreatedAt      time.Time
	UpdatedAt      time.Time `gorm:"autoUpdateTime:false"`
	SubmittedAt    *time.Time
	DueAt          *time.Time
	DecidedAt      *time.Time
	ClaimedBy      string
	ClaimedAt      *time.Time
	Outcome        string
	Appealed       bool
	ReapplyAt      *time.Time
	PreviousID     string
	FailedCaptures int
	CapturePause   *time.Time
	EmptiedAt      *time.Time
}

func (applicationRow) TableName() string { return "sellers_applications" }

// nextNumber gives the next application its number; a number is used once.
func nextNumber(tx *db.Tx) (int64, error) {
	err := tx.DB().Exec("UPDATE sellers_numbers SET last = last + 1 WHERE id = 1").Error
	if err != nil {
		return 0, fmt.Errorf("number application: %w", err)
	}
	var last int64
	if err := tx.DB().Table("sellers_numbers").Where("id = 1").Select("last").Take(&last).Error; err != nil {
		return 0, fmt.Errorf("number application: %w", err)
	}
	return last, nil
}

func insertApplication(tx *db.Tx, a Application) error {
	row := toApplicationRow(a)
	if err := tx.DB().Create(&row).Error; err != nil {
		return fmt.Errorf("create application: %w", err)
	}
	return nil
}

// saveApplication writes everything but number, account and creation.
func saveApplication(tx *db.Tx, a Application) error {
	row := toApplicationRow(a)
	done := tx.DB().Model(&applicationRow{}).Where("id = ?", a.ID).
		Select("*").Omit("id", "number", "account_id", "created_at").Updates(&row)
	if done.Error != nil {
		return fmt.Errorf("save application: %w", done.Error)
	}
	if done.RowsAffected != 1 {
		return errs.New(errs.NotFound, reasonUnknown)
	}
	return nil
}

// takeApplication reads one application and keeps others from changing it until
// the end of the transaction.
func takeApplication(tx *db.Tx, id string) (Application, error) {
	return oneApplication(tx.DB().Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", id))
}

func (s *Service) readApplication(ctx context.Context, id string) (Application, error) {
	return oneApplication(s.store.Reader(ctx).Where("id = ?", id))
}

// openApplicationOf returns the account's open application; NotFound when none.
func (s *Service) openApplicationOf(ctx context.Context, account string) (Application, error) {
	return oneApplication(s.store.Reader(ctx).
		Where("account_id = ? AND state IN ?", account, openStates()))
}

func hasOpen(tx *db.Tx, account string) (bool, error) {
	var n int64
	err := tx.DB().Model(&applicationRow{}).Where("account_id = ? AND state IN ?", account, openStates()).Count(&n).Error
	return n > 0, err
}

func (s *Service) applicationsOf(ctx context.Context, account string) ([]Application, error) {
	var rows []applicationRow
	err := s.store.Reader(ctx).Where("account_id = ?", account).Order("number DESC").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list applications: %w", err)
	}
	out := make([]Application, len(rows))
	for i, r := range rows {
		out[i] = r.application()
	}
	return out, nil
}

// analysing lists the applications that the machine has in hand.
func (s *Service) analysing(ctx context.Context) ([]Application, error) {
	var rows []applicationRow
	err := s.store.Reader(ctx).Where("state = ?", string(Analysing)).Order("number").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list applications: %w", err)
	}
	out := make([]Application, len(rows))
	for i, r := range rows {
		out[i] = r.application()
	}
	return out, nil
}

// applicationIDs lists every application of an account.
func applicationIDs(tx *db.Tx, account string) ([]string, error) {
	var out []string
	err := tx.DB().Model(&applicationRow{}).Where("account_id = ?", account).Order("number").Pluck("id", &out).Error
	if err != nil {
		return nil, fmt.Errorf("list applications: %w", err)
	}
	return out, nil
}

func listApplications(q *gorm.DB) ([]Application, error) {
	var rows []applicationRow
	if err := q.Find(&rows).Error; err != nil {
		return nil, err
	}
	out := make([]Application, len(rows))
	for i, r := range rows {
		out[i] = r.application()
	}
	return out, nil
}

func oneApplication(q *gorm.DB) (Application, error) {
	var row applicationRow
	err := q.Take(&row).Error
	if db.IsNotFound(err) {
		return Application{}, errs.New(errs.NotFound, reasonUnknown)
	}
	if err != nil {
		return Application{}, fmt.Errorf("read application: %w", err)
	}
	return row.application(), nil
}

func openStates() []string {
	var out []string
	for _, s := range States {
		if s.Open() {
			out = append(out, string(s))
		}
	}
	return out
}

func toApplicationRow(a Application) applicationRow {
	return applicationRow{
		ID: a.ID, Number: a.Number, AccountID: a.AccountID, State: string(a.State), Road: string(a.Road),
		Version: a.Version, Round: a.Round, DetailsRound: a.detailsRound,
		Country: a.Country, Kind: string(a.Kind), GivenNames: a.GivenNames, FamilyName: a.FamilyName,
		BusinessName: a.BusinessName, BirthDate: a.BirthDate,
		Line1: a.Address.Line1, Line2: a.Address.Line2, Postcode: a.Address.Postcode, City: a.Address.City, Region: a.Address.Region,
		DocumentKind: string(a.DocumentKind), NameSort: a.nameSort(),
		CreatedAt: a.CreatedAt, UpdatedAt: a.UpdatedAt, SubmittedAt: db.Nullable(a.SubmittedAt), DueAt: db.Nullable(a.DueAt),
		DecidedAt: db.Nullable(a.DecidedAt), ClaimedBy: a.ClaimedBy, ClaimedAt: db.Nullable(a.ClaimedAt),
		Outcome: string(a.Outcome), Appealed: a.Appealed, ReapplyAt: db.Nullable(a.ReapplyAt), PreviousID: a.PreviousID,
		FailedCaptures: a.FailedCaptures, CapturePause: db.Nullable(a.CapturePause), EmptiedAt: db.Nullable(a.EmptiedAt),
	}
}

func (r applicationRow) application() Application {
	return Application{
		ID: r.ID, Number: r.Number, AccountID: r.AccountID, State: State(r.State), Road: Road(r.Road),
		Version: r.Version, Round: r.Round, detailsRound: r.DetailsRound,
		Details: Details{
			Country: r.Country, Kind: Kind(r.Kind), GivenNames: r.GivenNames, FamilyName: r.FamilyName,
			BusinessName: r.BusinessName, BirthDate: r.BirthDate,
			Address: Address{Line1: r.Line1, Line2: r.Line2, Postcode: r.Postcode, City: r.City, Region: r.Region},
		},
		DocumentKind: DocumentKind(r.DocumentKind),
		CreatedAt:    r.CreatedAt.UTC(), UpdatedAt: r.UpdatedAt.UTC(), SubmittedAt: db.TimeOf(r.SubmittedAt), DueAt: db.TimeOf(r.DueAt),
		DecidedAt: db.TimeOf(r.DecidedAt), ClaimedBy: r.ClaimedBy, ClaimedAt: db.TimeOf(r.ClaimedAt),
		Outcome: Outcome(r.Outcome), Appealed: r.Appealed, ReapplyAt: db.TimeOf(r.ReapplyAt), PreviousID: r.PreviousID,
		FailedCaptures: r.FailedCaptures, CapturePause: db.TimeOf(r.CapturePause), EmptiedAt: db.TimeOf(r.EmptiedAt),
	}
}
