package mail

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"truepenny/internal/db"
)

type state string

const (
	queued state = "queued"
	sent   state = "sent"
	failed state = "failed"
	caught state = "caught"
)

// Letter is a message as the outbox knows it. Text is empty once it was sent.
type Letter struct {
	ID string
	Message
	State     string // queued, sent, failed or caught
	CreatedAt time.Time
	SentAt    time.Time // zero while it has not left
}

type letterRow struct {
	ID        string `gorm:"primaryKey"`
	Kind      string
	Person    string
	Recipient string
	Subject   string
	Body      string
	State     string
	CreatedAt time.Time
	SentAt    *time.Time
}

func (letterRow) TableName() string { return "mail_outbox" }

func (r letterRow) letter() Letter {
	l := Letter{
		ID: r.ID, State: r.State, CreatedAt: r.CreatedAt.UTC(),
		Message: Message{To: r.Recipient, Subject: r.Subject, Text: r.Body, Kind: r.Kind, Person: r.Person},
	}
	if r.SentAt != nil {
		l.SentAt = r.SentAt.UTC()
	}
	return l
}

func insertLetter(tx *db.Tx, row letterRow) error {
	if err := tx.DB().Create(&row).Error; err != nil {
		return fmt.Errorf("write mail to outbox: %w", err)
	}
	return nil
}

func (o *Outbox) letter(ctx context.Context, id string) (letterRow, error) {
	var row letterRow
	err := o.store.Reader(ctx).Where("id = ?", id).Take(&row).Error
	return row, err
}

func (o *Outbox) letters(ctx context.Context, s state, limit int) ([]Letter, error) {
	var rows []letterRow
	err := o.store.Reader(ctx).Where("state = ?", string(s)).Order("created_at DESC, id").Limit(limit).Find(&rows).Error
	return toLetters(rows, err)
}

// ofPerson are the mails of an account, and those without one to an address.
func ofPerson(g *gorm.DB, person string, addresses []string) *gorm.DB {
	return g.Where("person = ? OR (person = '' AND recipient IN ?)", person, addresses)
}

func (o *Outbox) lettersOf(ctx context.Context, person string, addresses []string) ([]Letter, error) {
	var rows []letterRow
	err := ofPerson(o.store.Reader(ctx), person, addresses).Order("created_at DESC, id").Find(&rows).Error
	return toLetters(rows, err)
}

func toLetters(rows []letterRow, err error) ([]Letter, error) {
	if err != nil {
		return nil, fmt.Errorf("read outbox: %w", err)
	}
	out := make([]Letter, len(rows))
	for i, r := range rows {
		out[i] = r.letter()
	}
	return out, nil
}

// errClosed says that somebody else closed or erased the mail first.
var errClosed = errors.New("mail: the message is not queued any more")

// closeLetter wipes the text: it may hold a sign-in link.
func closeLetter(tx *db.Tx, id string, to state, now time.Time) error {
	changes := map[string]any{"state": string(to), "body": ""}
	if to == sent {
		changes["sent_at"] = now
	}
	done := tx.DB().Model(&letterRow{}).Where("id = ? AND state = ?", id, string(queued)).Updates(changes)
	if done.Error != nil {
		return fmt.Errorf("close mail: %w", done.Error)
	}
	if done.RowsAffected == 0 {
		return errClosed
	}
	return nil
}

// forgetLetter leaves nothing of a mail that has left.
func forgetLetter(tx *db.Tx, id string) error {
	done := tx.DB().Where("id = ? AND state = ?", id, string(queued)).Delete(&letterRow{})
	if done.Error != nil {
		return fmt.Errorf("forget mail: %w", done.Error)
	}
	if done.RowsAffected == 0 {
		return errClosed
	}
	return nil
}

func (o *Outbox) anyBefore(ctx context.Context, before time.Time) (bool, error) {
	var found []string
	err := o.store.Reader(ctx).Model(&letterRow{}).Where("created_at < ?", before).Limit(1).Pluck("id", &found).Error
	if err != nil {
		return false, fmt.Errorf("look for old mail: %w", err)
	}
	return len(found) > 0, nil
}

// Late counts the mails that Expire would delete at now, and tells since when the
// first of them should be gone.
func (o *Outbox) Late(ctx context.Context, now time.Time) (count int, oldest time.Time, err error) {
	var rows []letterRow
	err = o.store.Reader(ctx).Select("created_at").Where("created_at < ?", now.Add(-kept)).Order("created_at").Find(&rows).Error
	if err != nil {
		return 0, oldest, fmt.Errorf("look for old mail: %w", err)
	}
	if len(rows) > 0 {
		oldest = rows[0].CreatedAt.UTC().Add(kept)
	}
	return len(rows), oldest, nil
}

func deleteBefore(tx *db.Tx, before time.Time) (int, error) {
	done := tx.DB().Where("created_at < ?", before).Delete(&letterRow{})
	if done.Error != nil {
		return 0, fmt.Errorf("delete old mail: %w", done.Error)
	}
	return int(done.RowsAffected), nil
}

func deleteOf(tx *db.Tx, person string, addresses []string) (int, error) {
	if person == "" {
		return 0, errors.New("mail: whose mail is erased must be named")
	}
	done := ofPerson(tx.DB(), person, addresses).Delete(&letterRow{})
	if done.Error != nil {
		return 0, fmt.Errorf("erase mail: %w", done.Error)
	}
	return int(done.RowsAffected), nil
}
