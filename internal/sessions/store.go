package sessions

import (
	"fmt"
	"time"

	"gorm.io/gorm"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
)

type sessionRow struct {
	ID        string `gorm:"primaryKey"`
	TokenHash string
	Kind      string
	Holder    string
	Method    string
	Browser   string
	System    string
	CreatedAt time.Time
	SeenAt    time.Time
}

func (sessionRow) TableName() string { return "sessions" }

type pendingRow struct {
	TokenHash string `gorm:"primaryKey"`
	Topic     string
	Value     []byte
	ExpiresAt time.Time
}

func (pendingRow) TableName() string { return "session_pending" }

func (r sessionRow) session() Session {
	return Session{
		ID: r.ID, Holder: Holder{Kind: audit.Kind(r.Kind), ID: r.Holder}, Method: Method(r.Method),
		Browser: r.Browser, System: r.System, CreatedAt: r.CreatedAt.UTC(), SeenAt: r.SeenAt.UTC(),
	}
}

func insert(tx *db.Tx, s Session, tokenHash string) error {
	return tx.DB().Create(&sessionRow{
		ID: s.ID, TokenHash: tokenHash, Kind: string(s.Holder.Kind), Holder: s.Holder.ID, Method: string(s.Method),
		Browser: s.Browser, System: s.System, CreatedAt: s.CreatedAt, SeenAt: s.SeenAt,
	}).Error
}

func byToken(q *gorm.DB, tokenHash string) (Session, bool, error) {
	var row sessionRow
	err := q.Where("token_hash = ?", tokenHash).Take(&row).Error
	if db.IsNotFound(err) {
		return Session{}, false, nil
	}
	if err != nil {
		return Session{}, false, fmt.Errorf("read session: %w", err)
	}
	return row.session(), true, nil
}

func listOf(q *gorm.DB, h Holder) ([]Session, error) {
	var rows []sessionRow
	err := q.Where("kind = ? AND holder = ?", string(h.Kind), h.ID).Order("seen_at DESC, id").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list sessions: %w", err)
	}
	out := make([]Session, len(rows))
	for i, r := range rows {
		out[i] = r.session()
	}
	return out, nil
}

func touch(tx *db.Tx, id string, now time.Time) error {
	return tx.DB().Model(&sessionRow{}).Where("id = ?", id).Update("seen_at", now).Error
}

func deleteByToken(tx *db.Tx, tokenHash string) error {
	return tx.DB().Where("token_hash = ?", tokenHash).Delete(&sessionRow{}).Error
}

func deleteOne(tx *db.Tx, h Holder, id string) error {
	done := tx.DB().Where("id = ? AND kind = ? AND holder = ?", id, string(h.Kind), h.ID).Delete(&sessionRow{})
	if done.Error == nil && done.RowsAffected == 0 {
		return errs.New(errs.NotFound, "session.unknown")
	}
	return done.Error
}

func deleteOf(tx *db.Tx, h Holder, keep string) (int, error) {
	done := tx.DB().Where("kind = ? AND holder = ? AND id <> ?", string(h.Kind), h.ID, keep).Delete(&sessionRow{})
	return int(done.RowsAffected), done.Error
}

// sweep removes sessions that no limit lets live any more.
func sweep(tx *db.Tx, now time.Time) (int, error) {
	n := 0
	for _, kind := range []audit.Kind{audit.KindSeller, audit.KindStaff} {
		idle, overall := Limits(kind)
		done := tx.DB().Where("kind = ? AND (created_at <= ? OR seen_at <= ?)", string(kind), now.Add(-overall), now.Add(-idle)).
			Delete(&sessionRow{})
		if done.Error != nil {
			return n, fmt.Errorf("sweep sessions: %w", done.Error)
		}
		n += int(done.RowsAffected)
	}
	return n, nil
}

// sweepPending removes ceremonies that nobody finished in time.
func sweepPending(tx *db.Tx, now time.Time) (int, error) {
	done := tx.DB().Where("expires_at <= ?", now).Delete(&pendingRow{})
	if done.Error != nil {
		return 0, fmt.Errorf("sweep pending values: %w", done.Error)
	}
	return int(done.RowsAffected), nil
}

func insertPending(tx *db.Tx, row pendingRow, now time.Time) error {
	if _, err := sweepPending(tx, now); err != nil {
		return err
	}
	return tx.DB().Create(&row).Error
}

func takePending(tx *db.Tx, tokenHash string) (pendingRow, bool, error) {
	var row pendingRow
	err := tx.DB().Where("token_hash = ?", tokenHash).Take(&row).Error
	if db.IsNotFound(err) {
		return row, false, nil
	}
	if err != nil {
		return row, false, fmt.Errorf("read pending value: %w", err)
	}
	// the deletion decides who took it when two requests come at once
	done := tx.DB().Where("token_hash = ?", tokenHash).Delete(&pendingRow{})
	return row, done.RowsAffected == 1, done.Error
}
