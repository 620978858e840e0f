package staff

import (
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"truepenny/internal/db"
	"truepenny/internal/errs"
)

type memberRow struct {
	ID        string `gorm:"primaryKey"`
	Name      string
	Email     string
	Roles     string
	State     string
	CreatedAt time.Time
}

func (memberRow) TableName() string { return "staff_members" }

func (r memberRow) member() Member {
	m := Member{ID: r.ID, Name: r.Name, Email: r.Email, State: State(r.State), CreatedAt: r.CreatedAt.UTC()}
	for name := range strings.SplitSeq(r.Roles, ",") {
		m.Roles = append(m.Roles, Role(name))
	}
	return m
}

func insertMember(tx *db.Tx, m Member) error {
	return unlessTaken(tx.DB().Create(&memberRow{
		ID: m.ID, Name: m.Name, Email: m.Email, Roles: joinRoles(m.Roles), State: string(m.State), CreatedAt: m.CreatedAt,
	}).Error)
}

func unlessTaken(err error) error {
	if db.IsDuplicate(err) {
		return errs.Fields(map[string]string{"email": "staff.email-taken"})
	}
	return err
}

func byID(q *gorm.DB, id string) (Member, error) { return take(q.Where("id = ?", id)) }
func byEmail(q *gorm.DB, email string) (Member, error) {
	return take(q.Where("email = ? AND email <> ''", email))
}

func take(q *gorm.DB) (Member, error) {
	var row memberRow
	err := q.Take(&row).Error
	if db.IsNotFound(err) {
		return Member{}, errs.New(errs.NotFound, "staff.unknown")
	}
	if err != nil {
		return Member{}, fmt.Errorf("read member: %w", err)
	}
	return row.member(), nil
}

func every(q *gorm.DB) ([]Member, error) {
	var rows []memberRow
	if err := q.Order("lower(name), id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list members: %w", err)
	}
	out := make([]Member, len(rows))
	for i, r := range rows {
		out[i] = r.member()
	}
	return out, nil
}

func administrators(q *gorm.DB, state State) *gorm.DB {
	return q.Model(&memberRow{}).Where("state = ? AND ',' || roles || ',' LIKE ?", string(state), "%,"+string(Administrator)+",%")
}

func invitedAdministrator(q *gorm.DB) (Member, bool, error) {
	m, err := take(administrators(q, Invited).Order("created_at, id").Limit(1))
	if errs.CodeOf(err) == errs.NotFound {
		return Member{}, false, nil
	}
	return m, err == nil, err
}

// keepsAnother refuses to take the last active administrator away. The rows are
// locked, so that two administrators cannot remove each other at once.
func keepsAnother(tx *db.Tx, m Member) error {
	if m.State != Active || !m.Has(Administrator) {
		return nil
	}
	var rows []memberRow
	err := administrators(tx.DB(), Active).Clauses(clause.Locking{Strength: "UPDATE"}).Find(&rows).Error
	if err == nil && len(rows) < 2 {
		return errs.New(errs.Conflict, "staff.last-administrator")
	}
	return err
}

func setRoles(tx *db.Tx, id string, roles []Role) error {
	return tx.DB().Model(&memberRow{}).Where("id = ?", id).Update("roles", joinRoles(roles)).Error
}

func setState(tx *db.Tx, id string, s State) error {
	return tx.DB().Model(&memberRow{}).Where("id = ?", id).Update("state", string(s)).Error
}

func setDetails(tx *db.Tx, id string, d Details) error {
	return unlessTaken(tx.DB().Model(&memberRow{}).Where("id = ?", id).
		Updates(map[string]any{"name": d.Name, "email": d.Email}).Error)
}
