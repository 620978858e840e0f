package privacy

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/vault"
)

type consentRow struct {
	ID            string `gorm:"primaryKey"`
	Seq           int64  `gorm:"->"` // given by the database: answers within one clock tick keep their order
	Person        string
	Purpose       string
	Modality      string
	NoticeVersion string
	Language      string
	TextHash      string
	Answer        string
	At            time.Time
}

func (consentRow) TableName() string { return "privacy_consents" }

type noticeRow struct {
	TextHash string `gorm:"primaryKey"`
	Purpose  string
	Version  string
	Language string
	Text     string
	FirstAt  time.Time
}

func (noticeRow) TableName() string { return "privacy_notices" }

func (c *Consents) insert(tx *db.Tx, consent Consent) error { return insertConsent(tx, consent) }

func insertConsent(tx *db.Tx, consent Consent) error {
	if notice, ok := noticeOf(consent.Purpose, consent.NoticeVersion); ok {
		row := noticeRow{TextHash: notice.Hash(), Purpose: string(notice.Purpose), Version: notice.Version,
			Language: notice.Language, Text: notice.Text, FirstAt: consent.At}
		if err := tx.DB().Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
			return fmt.Errorf("keep notice: %w", err)
		}
	}
	row := consentRow{ID: consent.ID, Person: consent.Person, Purpose: string(consent.Purpose), Modality: string(consent.Modality),
		NoticeVersion: consent.NoticeVersion, Language: consent.Language, TextHash: consent.TextHash,
		Answer: string(consent.Answer), At: consent.At}
	if err := tx.DB().Create(&row).Error; err != nil {
		return fmt.Errorf("keep consent: %w", err)
	}
	return nil
}

// Current returns the latest answer of a person for a purpose; false when they
// were never asked.
func (c *Consents) Current(ctx context.Context, person string, purpose vault.Purpose) (Consent, bool, error) {
	return latest(c.store.Reader(ctx), person, purpose)
}

// CurrentIn is Current as a transaction sees it, with its own changes.
func (c *Consents) CurrentIn(tx *db.Tx, person string, purpose vault.Purpose) (Consent, bool, error) {
	return latest(tx.DB(), person, purpose)
}

func latest(g *gorm.DB, person string, purpose vault.Purpose) (Consent, bool, error) {
	var row consentRow
	err := g.Where("person = ? AND purpose = ?", person, string(purpose)).Order("seq DESC").Take(&row).Error
	if db.IsNotFound(err) {
		return Consent{}, false, nil
	}
	if err != nil {
		return Consent{}, false, fmt.Errorf("read consent: %w", err)
	}
	return row.consent(), true, nil
}

// byID returns one answer of a person; anybody else's is NotFound
// "consent.unknown".
func (c *Consents) byID(ctx context.Context, person, id string) (Consent, error) {
	var row consentRow
	err := c.store.Reader(ctx).Where("id = ? AND person = ?", id, person).Take(&row).Error
	if db.IsNotFound(err) {
		return Consent{}, errs.New(errs.NotFound, "consent.unknown")
	}
	if err != nil {
		return Consent{}, fmt.Errorf("read consent: %w", err)
	}
	return row.consent(), nil
}

func (c *Consents) list(ctx context.Context, person string) ([]Consent, error) {
	var rows []consentRow
	if err := c.store.Reader(ctx).Where("person = ?", person).Order("seq DESC").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list consents: %w", err)
	}
	out := make([]Consent, len(rows))
	for i, r := range rows {
		out[i] = r.consent()
	}
	return out, nil
}

// ShownText returns the notice text behind a consent, proved by its hash.
func (c *Consents) ShownText(ctx context.Context, textHash string) (Notice, bool, error) {
	var row noticeRow
	err := c.store.Reader(ctx).Where("text_hash = ?", textHash).Take(&row).Error
	if db.IsNotFound(err) {
		return Notice{}, false, nil
	}
	if err != nil {
		return Notice{}, false, fmt.Errorf("read notice: %w", err)
	}
	purpose, _ := PurposeNamed(row.Purpose)
	return Notice{Purpose: purpose, Version: row.Version, Language: row.Language, Text: row.Text}, true, nil
}

func (r consentRow) consent() Consent {
	purpose, _ := PurposeNamed(r.Purpose)
	return Consent{ID: r.ID, Person: r.Person, Purpose: purpose, Modality: Modality(r.Modality), NoticeVersion: r.NoticeVersion,
		Language: r.Language, TextHash: r.TextHash, Answer: Answer(r.Answer), At: r.At.UTC()}
}
