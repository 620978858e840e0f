package privacy

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/privacy/receipt"
	"truepenny/internal/vault"
)

type erasureRow struct {
	ID        string `gorm:"primaryKey"`
	Person    string
	Purpose   string
	Occasion  string
	State     string
	AskedAt   time.Time
	HeldUntil *time.Time
	Keys      string
	ReceiptID string
	DoneAt    *time.Time
}

func (erasureRow) TableName() string { return "privacy_erasures" }

type receiptRow struct {
	ID        string `gorm:"primaryKey"`
	ErasureID string
	Body      string
	File      string
	At        time.Time
}

func (receiptRow) TableName() string { return "privacy_receipts" }

func insertErasure(tx *db.Tx, e Erasure) error {
	row := erasureRow{ID: e.ID, Person: e.Person, Purpose: string(e.Purpose), Occasion: string(e.Occasion), State: e.State, AskedAt: e.AskedAt, Keys: "[]"}
	if err := tx.DB().Create(&row).Error; err != nil {
		return fmt.Errorf("begin erasure: %w", err)
	}
	return nil
}

// moveErasure takes an erasure on to its next state, with the one thing that is
// known of it since, and fails with errElsewhere when it is not where it was.
func moveErasure(tx *db.Tx, e Erasure, to, column string, value any) error {
	done := tx.DB().Model(&erasureRow{}).Where("id = ? AND state = ?", e.ID, e.State).
		Updates(map[string]any{"state": to, column: value})
	if done.Error != nil {
		return fmt.Errorf("go on with erasure: %w", done.Error)
	}
	if done.RowsAffected == 0 {
		return errElsewhere
	}
	return nil
}

func takeErasure(tx *db.Tx, id string) (Erasure, error) {
	return readErasure(tx.DB().Clauses(clause.Locking{Strength: "UPDATE"}), id)
}

// takeOthers lists the erasures of the person whose items are not removed yet, but
// for the one given, and holds all until the end of the transaction: in one order,
// so that two of everything do not wait for each other.
func takeOthers(tx *db.Tx, e Erasure) ([]Erasure, error) {
	return listErasures(tx.DB().Clauses(clause.Locking{Strength: "UPDATE"}).
		Where("person = ? AND id <> ? AND state NOT IN ?", e.Person, e.ID, []string{ErasureRemoved, ErasureDone}).Order("id"))
}

// endErasures ends erasures with the receipt of the one that took everything.
func endErasures(tx *db.Tx, all []Erasure, receiptID string, now time.Time) error {
	if len(all) == 0 {
		return nil
	}
	ids := make([]string, len(all))
	for i, e := range all {
		ids[i] = e.ID
	}
	err := tx.DB().Model(&erasureRow{}).Where("id IN ?", ids).
		Updates(map[string]any{"state": ErasureDone, "receipt_id": receiptID, "done_at": now}).Error
	if err != nil {
		return fmt.Errorf("end erasures: %w", err)
	}
	return nil
}

func readErasure(g *gorm.DB, id string) (Erasure, error) {
	var row erasureRow
	err := g.Where("id = ?", id).Take(&row).Error
	if db.IsNotFound(err) {
		return Erasure{}, errs.New(errs.NotFound, "erasure.unknown")
	}
	if err != nil {
		return Erasure{}, fmt.Errorf("read erasure: %w", err)
	}
	return row.erasure()
}

func readUnfinished(g *gorm.DB, person string, purpose vault.Purpose) (Erasure, bool, error) {
	all, err := listErasures(g.Where("person = ? AND purpose = ? AND occasion = ? AND state <> ?", person, string(purpose), string(receipt.Asked), ErasureDone))
	if err != nil || len(all) == 0 {
		return Erasure{}, false, err
	}
	return all[0], true, nil
}

func listErasures(g *gorm.DB) ([]Erasure, error) {
	var rows []erasureRow
	if err := g.Order("asked_at DESC, id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list erasures: %w", err)
	}
	out := make([]Erasure, len(rows))
	for i, r := range rows {
		var err error
		if out[i], err = r.erasure(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (r erasureRow) erasure() (Erasure, error) {
	purpose, known := PurposeNamed(r.Purpose)
	e := Erasure{unknown: !known && r.Purpose != "", ID: r.ID, Person: r.Person, Purpose: purpose, Occasion: receipt.Occasion(r.Occasion), State: r.State,
		AskedAt: r.AskedAt.UTC(), HeldUntil: db.TimeOf(r.HeldUntil), DoneAt: db.TimeOf(r.DoneAt), ReceiptID: r.ReceiptID}
	if err := json.Unmarshal([]byte(r.Keys), &e.keys); err != nil {
		return e, fmt.Errorf("keys of erasure %s: %w", r.ID, err)
	}
	return e, nil
}

func keysJSON(keys []vault.DestroyedKey) string {
	out, err := json.Marshal(keys)
	if err != nil {
		panic(err) // text and times only
	}
	if len(keys) == 0 {
		return "[]"
	}
	return string(out)
}

func insertReceipt(tx *db.Tx, row receiptRow) error {
	if err := tx.DB().Create(&row).Error; err != nil {
		return fmt.Errorf("write receipt: %w", err)
	}
	return nil
}

func saveReceipt(tx *db.Tx, id, file string) error {
	if err := tx.DB().Model(&receiptRow{}).Where("id = ?", id).Update("file", file).Error; err != nil {
		return fmt.Errorf("sign receipt: %w", err)
	}
	return nil
}

func readReceipt(g *gorm.DB, id string) (receiptRow, bool, error) {
	var row receiptRow
	err := g.Where("id = ?", id).Take(&row).Error
	if db.IsNotFound(err) {
		return row, false, nil
	}
	if err != nil {
		return row, false, fmt.Errorf("read receipt: %w", err)
	}
	return row, true, nil
}

// ErasureSource answers for the erasures and holds of a person.
type ErasureSource struct{ erasures *Erasures }

// Source makes their entry for the register.
func (e *Erasures) Source() ErasureSource { return ErasureSource{e} }

// Name is "erasures".
func (ErasureSource) Name() string { return "erasures" }

// Tables lists the tables of erasures and holds.
func (ErasureSource) Tables() []string { return []string{"privacy_erasures", "privacy_holds"} }

// Describe counts what was erased and what is held.
func (s ErasureSource) Describe(ctx context.Context, person string) ([]Holding, error) {
	erasures, err := s.erasures.Of(ctx, person)
	if err != nil {
		return nil, err
	}
	holds, err := s.erasures.holds.List(ctx, person)
	if err != nil || person == "" {
		return nil, err
	}
	var out []Holding
	if n := len(erasures); n > 0 {
		out = append(out, Holding{What: "erasures", Count: n, Oldest: erasures[n-1].AskedAt})
	}
	if n := len(holds); n > 0 {
		out = append(out, Holding{What: "legal-holds", Count: n, Oldest: holds[n-1].ProposedAt, KeptUntil: holds[0].Until})
	}
	return out, nil
}

// Export returns a person's erasures and holds, without names of staff.
func (s ErasureSource) Export(ctx context.Context, person string) (any, error) {
	erasures, err := s.erasures.Of(ctx, person)
	if err != nil {
		return nil, err
	}
	holds, err := s.erasures.holds.List(ctx, person)
	if err != nil || person == "" {
		return nil, err
	}
	for i := range holds {
		holds[i].ProposedBy, holds[i].ConfirmedBy, holds[i].LiftedBy = "", "", ""
	}
	return struct {
		Erasures []Erasure
		Holds    []Hold
	}{erasures, holds}, nil
}

// Erase takes the person out of their erasures, which point at receipts, and
// removes their holds, none of which holds any more.
func (ErasureSource) Erase(tx *db.Tx, person string, purpose vault.Purpose) (Erased, error) {
	if purpose != "" {
		return Erased{}, nil
	}
	if err := tx.DB().Model(&erasureRow{}).Where("person = ?", person).Update("person", "").Error; err != nil {
		return Erased{}, fmt.Errorf("erase erasures: %w", err)
	}
	done := tx.DB().Where("person = ?", person).Delete(&holdRow{})
	if done.Error != nil {
		return Erased{}, fmt.Errorf("erase holds: %w", done.Error)
	}
	return ErasedRows("privacy_holds", int(done.RowsAffected)), nil
}

// Due lists the erasures that have not come to their end, but for those that wait
// for a legal hold: each is done within a minute, or something is wrong.
func (s ErasureSource) Due(ctx context.Context, now time.Time) ([]Due, error) {
	begun, err := listErasures(s.erasures.store.Reader(ctx).
		Where("state NOT IN ? AND asked_at <= ?", []string{ErasureHeld, ErasureDone}, now))
	var out []Due
	for _, e := range begun {
		out = append(out, Due{Person: e.Person, What: "erasures", Purpose: e.Purpose, Since: e.AskedAt, Count: 1})
	}
	return out, err
}

// Expire removes nothing: receipts are proofs, and name nobody.
func (ErasureSource) Expire(context.Context, audit.Actor, time.Time) (int, error) { return 0, nil }
