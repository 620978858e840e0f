package passkeys

import (
	"fmt"
	"strings"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/sessions"
)

type passkeyRow struct {
	ID             string `gorm:"primaryKey"`
	Kind           string
	Holder         string
	Credential     []byte
	PublicKey      []byte
	SignCount      int64
	BackupEligible bool
	BackedUp       bool
	Transports     string
	Name           string
	CreatedAt      time.Time
	UsedAt         *time.Time
}

func (passkeyRow) TableName() string { return "passkeys" }

func newRow(id string, h sessions.Holder, c *webauthn.Credential, name string, now time.Time) passkeyRow {
	transports := make([]string, len(c.Transport))
	for i, t := range c.Transport {
		transports[i] = string(t)
	}
	return passkeyRow{
		ID: id, Kind: string(h.Kind), Holder: h.ID, Credential: c.ID, PublicKey: c.PublicKey,
		SignCount: int64(c.Authenticator.SignCount), BackupEligible: c.Flags.BackupEligible, BackedUp: c.Flags.BackupState,
		Transports: strings.Join(transports, ","), Name: name, CreatedAt: now,
	}
}

func (r passkeyRow) holder() sessions.Holder {
	return sessions.Holder{Kind: audit.Kind(r.Kind), ID: r.Holder}
}

func (r passkeyRow) passkey() Passkey {
	p := Passkey{ID: r.ID, Name: r.Name, Synced: r.BackupEligible, CreatedAt: r.CreatedAt.UTC()}
	if r.UsedAt != nil {
		p.UsedAt = r.UsedAt.UTC()
	}
	return p
}

func (r passkeyRow) credential() webauthn.Credential {
	c := webauthn.Credential{
		ID: r.Credential, PublicKey: r.PublicKey,
		Flags: webauthn.CredentialFlags{
			UserPresent: true, UserVerified: true, BackupEligible: r.BackupEligible, BackupState: r.BackedUp,
		},
		Authenticator: webauthn.Authenticator{SignCount: uint32(r.SignCount)},
	}
	if r.Transports != "" {
		for _, t := range strings.Split(r.Transports, ",") {
			c.Transport = append(c.Transport, protocol.AuthenticatorTransport(t))
		}
	}
	return c
}

// user shows a holder to the library. The handle says only kind and id.
type user struct {
	holder sessions.Holder
	name   string
	rows   []passkeyRow
}

func (u user) WebAuthnID() []byte          { return []byte(string(u.holder.Kind) + ":" + u.holder.ID) }
func (u user) WebAuthnName() string        { return u.name }
func (u user) WebAuthnDisplayName() string { return u.name }
func (u user) WebAuthnCredentials() []webauthn.Credential {
	out := make([]webauthn.Credential, len(u.rows))
	for i, r := range u.rows {
		out[i] = r.credential()
	}
	return out
}

func of(q *gorm.DB, h sessions.Holder) *gorm.DB {
	return q.Where("kind = ? AND holder = ?", string(h.Kind), h.ID)
}

func rowsOf(q *gorm.DB, h sessions.Holder) ([]passkeyRow, error) {
	var rows []passkeyRow
	if err := of(q, h).Order("created_at, id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list passkeys: %w", err)
	}
	return rows, nil
}

// takeRowsOf is rowsOf for a transaction that removes one of them: until its end
// nobody removes another.
func takeRowsOf(tx *db.Tx, h sessions.Holder) ([]passkeyRow, error) {
	return rowsOf(tx.DB().Clauses(clause.Locking{Strength: "UPDATE"}), h)
}

func byCredential(q *gorm.DB, credential []byte) (passkeyRow, bool, error) {
	var row passkeyRow
	err := q.Where("credential = ?", credential).Take(&row).Error
	if db.IsNotFound(err) {
		return row, false, nil
	}
	if err != nil {
		return row, false, fmt.Errorf("read passkey: %w", err)
	}
	return row, true, nil
}

func insert(tx *db.Tx, row passkeyRow) error {
	err := tx.DB().Create(&row).Error
	if db.IsDuplicate(err) {
		return errs.Wrap(errs.Conflict, "passkey.known", err)
	}
	return err
}

// used takes over the counter, unless another sign-in with the same counter was
// faster: then one of the two comes from a copy.
func used(tx *db.Tx, row passkeyRow, c *webauthn.Credential, now time.Time) error {
	done := tx.DB().Model(&passkeyRow{}).Where("id = ? AND sign_count = ?", row.ID, row.SignCount).
		Updates(map[string]any{"sign_count": int64(c.Authenticator.SignCount), "backed_up": c.Flags.BackupState, "used_at": now})
	if done.Error == nil && done.RowsAffected == 0 {
		return errs.New(errs.Forbidden, "passkey.copied")
	}
	return done.Error
}

func rename(tx *db.Tx, h sessions.Holder, id, name string) error {
	return one(of(tx.DB().Model(&passkeyRow{}), h).Where("id = ?", id).Update("name", name))
}

func remove(tx *db.Tx, h sessions.Holder, id string) error {
	return one(of(tx.DB(), h).Where("id = ?", id).Delete(&passkeyRow{}))
}

func removeAll(tx *db.Tx, h sessions.Holder) (int, error) {
	done := of(tx.DB(), h).Delete(&passkeyRow{})
	return int(done.RowsAffected), done.Error
}

func one(done *gorm.DB) error {
	if done.Error == nil && done.RowsAffected == 0 {
		return errs.New(errs.NotFound, "passkey.unknown")
	}
	return done.Error
}
