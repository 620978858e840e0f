package sellers

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
	"truepenny/internal/privacy"
	"truepenny/internal/vault"
)

// Trader is what Regulation (EU) 2022/2065, Art. 30(5), makes us keep of a
// verified seller who has left: who they were, where, and that they were
// verified. It stands under an id of its own and leads to no account.
type Trader struct {
	ID           string
	Country      string
	Kind         Kind
	GivenNames   string
	FamilyName   string
	BusinessName string
	Address      Address
	ApprovedAt   time.Time
	EndedAt      time.Time
	KeepUntil    time.Time
}

type traderRow struct {
	ID         string `gorm:"primaryKey"`
	Item       string
	Country    string
	ApprovedAt time.Time
	EndedAt    time.Time
	KeepUntil  time.Time
	ReceiptID  string
}

func (traderRow) TableName() string { return "sellers_traders" }

func (r traderRow) trader() Trader {
	return Trader{ID: r.ID, Country: r.Country, ApprovedAt: r.ApprovedAt.UTC(), EndedAt: r.EndedAt.UTC(), KeepUntil: r.KeepUntil.UTC()}
}

// Keeps tells what of a person would stay if they were erased at now.
func (x Source) Keeps(ctx context.Context, person string, purpose vault.Purpose, now time.Time) ([]privacy.Kept, error) {
	if purpose != "" {
		return nil, nil
	}
	_, found, err := traderOf(x.s.store.Reader(ctx), person)
	if err != nil || !found {
		return nil, err
	}
	return []privacy.Kept{{What: privacy.KeptTraders, Law: privacy.LawTraders, Until: privacy.TradersUntil(now)}}, nil
}

// traderOf finds the verified application of a person whom the law makes us
// remember.
func traderOf(g *gorm.DB, account string) (Application, bool, error) {
	all, err := listApplications(g.Where("account_id = ? AND state = ?", account, string(Approved)).Order("number DESC"))
	if err != nil || len(all) == 0 {
		return Application{}, false, err
	}
	return all[0], privacy.Where{Country: all[0].Country}.InUnion(), nil
}

// keepTrader seals what must stay of a verified seller, without birth date or
// picture, under an id that is nobody's.
func (s *Service) keepTrader(tx *db.Tx, account string) ([]privacy.Kept, error) {
	app, found, err := traderOf(tx.DB(), account)
	if err != nil || !found {
		return nil, err
	}
	now := s.clock.Now()
	row := traderRow{ID: ids.New("trd"), Country: app.Country, ApprovedAt: app.DecidedAt, EndedAt: now,
		KeepUntil: privacy.TradersUntil(now), ReceiptID: ids.New("rcp")}
	plain, err := json.Marshal(Trader{Country: app.Country, Kind: app.Kind, GivenNames: app.GivenNames, FamilyName: app.FamilyName,
		BusinessName: app.BusinessName, Address: app.Address, ApprovedAt: app.DecidedAt})
	if err != nil {
		return nil, fmt.Errorf("keep trader: %w", err)
	}
	row.Item, err = s.vault.Seal(tx, vault.Sealing{Person: row.ID, Purpose: privacy.PurposeDocuments, MIME: jsonMIME,
		KeepUntil: row.KeepUntil, Slot: vault.Slot{Table: "sellers_traders", Row: row.ID, Column: "item"}}, plain)
	if err != nil {
		return nil, err
	}
	if err := tx.DB().Create(&row).Error; err != nil {
		return nil, fmt.Errorf("keep trader: %w", err)
	}
	return []privacy.Kept{{What: privacy.KeptTraders, Law: privacy.LawTraders, Until: row.KeepUntil, Receipt: row.ReceiptID}}, nil
}

// Traders lists what is kept of sellers who have left, without opening it: the
// one whose time is over first comes first. Only the privacy officer may:
// Forbidden "role.privacy".
func (s *Service) Traders(ctx context.Context, actor audit.Actor) ([]Trader, error) {
	if err := privacyOnly(actor); err != nil {
		return nil, err
	}
	rows, err := listTraders(s.store.Reader(ctx))
	out := make([]Trader, len(rows))
	for i, r := range rows {
		out[i] = r.trader()
	}
	return out, err
}

// Trader opens what is kept of one, for a reason that the log keeps, such as the
// demand of an authority: Art. 30(6) lets nobody else have it. Errors: Forbidden
// "role.privacy", NotFound "vault.gone".
func (s *Service) Trader(ctx context.Context, actor audit.Actor, id, reason string) (Trader, error) {
	if err := privacyOnly(actor); err != nil {
		return Trader{}, err
	}
	rows, err := listTraders(s.store.Reader(ctx).Where("id = ?", id))
	if err != nil {
		return Trader{}, err
	}
	if len(rows) == 0 {
		return Trader{}, errs.New(errs.NotFound, "vault.gone")
	}
	opened, err := s.vault.Open(ctx, actor, rows[0].Item, privacy.PurposeDocuments, reason)
	if err != nil {
		return Trader{}, err
	}
	out := rows[0].trader()
	kept := out
	if err := json.Unmarshal(opened.Plain, &out); err != nil {
		return Trader{}, fmt.Errorf("read trader: %w", err)
	}
	out.ID, out.EndedAt, out.KeepUntil = kept.ID, kept.EndedAt, kept.KeepUntil
	return out, nil
}

func privacyOnly(actor audit.Actor) error {
	if actor.Kind == audit.KindStaff && slices.Contains(strings.Split(actor.Role, ","), "privacy") {
		return nil
	}
	return errs.New(errs.Forbidden, "role.privacy")
}

func (s *Service) dueTraders(ctx context.Context, now time.Time) ([]traderRow, error) {
	return listTraders(s.store.Reader(ctx).Where("keep_until <= ?", now))
}

func listTraders(g *gorm.DB) ([]traderRow, error) {
	var rows []traderRow
	if err := g.Order("keep_until, id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list traders: %w", err)
	}
	return rows, nil
}

// expireTrader removes what was kept under an id, once its time is over; its
// receipt was promised when the seller left.
func expireTrader(tx *db.Tx, id string, now time.Time) (privacy.Erased, error) {
	rows, err := listTraders(tx.DB().Where("id = ? AND keep_until <= ?", id, now))
	if err != nil || len(rows) == 0 {
		return privacy.Erased{}, err
	}
	if err := tx.DB().Where("id = ?", id).Delete(&traderRow{}).Error; err != nil {
		return privacy.Erased{}, fmt.Errorf("forget trader: %w", err)
	}
	out := privacy.ErasedRows("sellers_traders", 1)
	out.Receipt = rows[0].ReceiptID
	return out, nil
}
