package registers

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
)

type demandRow struct {
	ID          string `gorm:"primaryKey"`
	Number      int64
	ReceivedOn  string
	Sender      string
	Country     string
	Reference   string
	Scope       string
	People      int
	Outcome     string
	AnsweredOn  string
	Told        string
	GaggedUntil string
	Note        string
	EnteredBy   string
	EnteredAt   time.Time
	ChangedBy   string
	ChangedAt   time.Time
	ConfirmedBy string
	ConfirmedAt *time.Time
	Version     int
}

func (demandRow) TableName() string { return "registers_demands" }

type partyRow struct {
	ID        string `gorm:"primaryKey"`
	Kind      string
	Name      string
	Does      string
	Data      string
	Country   string
	Terms     string
	Sites     int
	BeganOn   string
	EndedOn   string
	ChangedBy string
	ChangedAt time.Time
	Version   int
}

func (partyRow) TableName() string { return "registers_parties" }

type versionRow struct {
	ID      string `gorm:"primaryKey"`
	PartyID string
	Version int
	State   string
	At      time.Time
}

func (versionRow) TableName() string { return "registers_versions" }

// nextDemand numbers a demand. Numbers are given in one transaction with the
// row, which the unique index guards.
func nextDemand(tx *db.Tx) (int64, error) {
	var last int64
	err := tx.DB().Model(&demandRow{}).Select("COALESCE(MAX(number), 0)").Scan(&last).Error
	if err != nil {
		return 0, fmt.Errorf("number demand: %w", err)
	}
	return last + 1, nil
}

func insertDemand(tx *db.Tx, d Demand) error {
	row := toDemandRow(d)
	err := tx.DB().Create(&row).Error
	if db.IsDuplicate(err) {
		return errs.New(errs.Conflict, "register.changed")
	}
	if err != nil {
		return fmt.Errorf("enter demand: %w", err)
	}
	return nil
}

func saveDemand(tx *db.Tx, d Demand) error {
	row := toDemandRow(d)
	if err := tx.DB().Save(&row).Error; err != nil {
		return fmt.Errorf("save demand: %w", err)
	}
	return nil
}

func takeDemand(g *gorm.DB, id string) (Demand, error) {
	var row demandRow
	err := g.Where("id = ?", id).Take(&row).Error
	if db.IsNotFound(err) {
		return Demand{}, errs.New(errs.NotFound, "not-found")
	}
	if err != nil {
		return Demand{}, fmt.Errorf("read demand: %w", err)
	}
	return row.demand(), nil
}

func holdDemand(tx *db.Tx, id string) (Demand, error) {
	return takeDemand(tx.DB().Clauses(clause.Locking{Strength: "UPDATE"}), id)
}

func (s *Service) demands(ctx context.Context) ([]Demand, error) {
	var rows []demandRow
	if err := s.store.Reader(ctx).Order("received_on DESC, number DESC").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list demands: %w", err)
	}
	out := make([]Demand, len(rows))
	for i, r := range rows {
		out[i] = r.demand()
	}
	return out, nil
}

func toDemandRow(d Demand) demandRow {
	row := demandRow{d.ID, d.Number, d.ReceivedOn, d.Sender, d.Country, d.Reference, d.Scope, d.People, d.Outcome, d.AnsweredOn, d.Told,
		d.GaggedUntil, d.Note, d.EnteredBy, d.EnteredAt.UTC(), d.ChangedBy, d.ChangedAt.UTC(), d.ConfirmedBy, nil, d.Version}
	if !d.ConfirmedAt.IsZero() {
		at := d.ConfirmedAt.UTC()
		row.ConfirmedAt = &at
	}
	return row
}

func (r demandRow) demand() Demand {
	d := Demand{r.ID, r.Number, r.ReceivedOn, r.Sender, r.Country, r.Reference, r.Scope, r.People, r.Outcome, r.AnsweredOn, r.Told,
		r.GaggedUntil, r.Note, r.EnteredBy, r.EnteredAt.UTC(), r.ChangedBy, r.ChangedAt.UTC(), r.ConfirmedBy, time.Time{}, r.Version}
	if r.ConfirmedAt != nil {
		d.ConfirmedAt = r.ConfirmedAt.UTC()
	}
	return d
}

func insertParty(tx *db.Tx, p Party) error {
	row := partyRow(p)
	if err := tx.DB().Create(&row).Error; err != nil {
		return fmt.Errorf("enter party: %w", err)
	}
	return keepVersion(tx, p)
}

func saveParty(tx *db.Tx, p Party) error {
	row := partyRow(p)
	if err := tx.DB().Save(&row).Error; err != nil {
		return fmt.Errorf("save party: %w", err)
	}
	return keepVersion(tx, p)
}

func keepVersion(tx *db.Tx, p Party) error {
	state, err := json.Marshal(p)
	if err != nil {
		return err
	}
	row := versionRow{ID: ids.New("ver"), PartyID: p.ID, Version: p.Version, State: string(state), At: p.ChangedAt.UTC()}
	if err := tx.DB().Create(&row).Error; err != nil {
		return fmt.Errorf("keep version of party: %w", err)
	}
	return nil
}

func takeParty(g *gorm.DB, id string) (Party, error) {
	var row partyRow
	err := g.Where("id = ?", id).Take(&row).Error
	if db.IsNotFound(err) {
		return Party{}, errs.New(errs.NotFound, "not-found")
	}
	if err != nil {
		return Party{}, fmt.Errorf("read party: %w", err)
	}
	return row.party(), nil
}

func holdParty(tx *db.Tx, id string) (Party, error) {
	return takeParty(tx.DB().Clauses(clause.Locking{Strength: "UPDATE"}), id)
}

func (r partyRow) party() Party {
	p := Party(r)
	p.ChangedAt = p.ChangedAt.UTC()
	return p
}

func (s *Service) parties(ctx context.Context) ([]Party, error) {
	var rows []partyRow
	if err := s.store.Reader(ctx).Order("kind DESC, name, id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list parties: %w", err)
	}
	out := make([]Party, len(rows))
	for i, r := range rows {
		out[i] = r.party()
	}
	return out, nil
}

func (s *Service) versions(ctx context.Context) (map[string][]Version, error) {
	var rows []versionRow
	if err := s.store.Reader(ctx).Order("party_id, version").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list versions: %w", err)
	}
	out := map[string][]Version{}
	for _, r := range rows {
		v := Version{At: r.At.UTC()}
		if err := json.Unmarshal([]byte(r.State), &v.Party); err != nil {
			return nil, fmt.Errorf("version of party %s: %w", r.PartyID, err)
		}
		out[r.PartyID] = append(out[r.PartyID], v)
	}
	return out, nil
}
