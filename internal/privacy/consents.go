package privacy

import (
	"context"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
	"truepenny/internal/vault"
)

// Answer is what a person said to a notice.
type Answer string

const (
	Given     Answer = "given"
	Declined  Answer = "declined"
	Withdrawn Answer = "withdrawn"
)

// Consent is one person's dated answer for one purpose and one notice version.
// Answers are only ever added; the latest one holds.
type Consent struct {
	ID            string
	Person        string
	Purpose       vault.Purpose
	Modality      Modality // what of the person it is about
	NoticeVersion string
	Language      string
	TextHash      string // SHA-256 of the text that was shown
	Answer        Answer
	At            time.Time
}

// Given reports whether the answer is a yes that was not taken back: what was
// collected under it may be used as its notice said.
func (c Consent) Given() bool { return c.Answer == Given }

// Counts reports whether something new may be collected under the answer. A yes
// to an older notice counts no more once the notice has changed materially: the
// person is asked again. RCW 19.375.020: a materially different use needs a new
// consent.
func (c Consent) Counts() bool {
	_, known := noticeOf(c.Purpose, c.NoticeVersion)
	return known && c.Given() && len(c.Changed()) == 0
}

// Changed lists the notices that said something materially new since the one
// that was answered, newest first.
func (c Consent) Changed() []Notice {
	n, _ := noticeOf(c.Purpose, c.NoticeVersion)
	return changedSince(c.Purpose, n.Number)
}

// Consents keeps the answers. It also keeps each notice text that was ever
// answered, so that what a person was shown can be proved later.
type Consents struct {
	store *db.Store
	log   *audit.Log
	clock clock.Clock
}

// NewConsents makes the keeper of answers.
func NewConsents(store *db.Store, log *audit.Log, clk clock.Clock) *Consents {
	return &Consents{store: store, log: log, clock: clk}
}

// Answer records a yes or a no to a notice. Only the person can answer for
// themselves: anybody else is Forbidden "consent.own". A version that is not
// shown any more is Conflict "notice.old".
func (c *Consents) Answer(ctx context.Context, actor audit.Actor, person string, purpose vault.Purpose, noticeVersion string, given bool) (Consent, error) {
	answer := Declined
	if given {
		answer = Given
	}
	consent, err := c.prepare(actor, person, purpose, noticeVersion, answer)
	if err != nil {
		return Consent{}, err
	}
	err = c.log.Record(ctx, consent.entry(actor), func(tx *db.Tx) error { return c.insert(tx, consent) })
	return consent, err
}

// AnswerIn is Answer inside a transaction that Record opened, for a change that
// must not happen without the answer. It appends its own audit entry.
func (c *Consents) AnswerIn(tx *db.Tx, actor audit.Actor, person string, purpose vault.Purpose, noticeVersion string, given bool) (Consent, error) {
	answer := Declined
	if given {
		answer = Given
	}
	consent, err := c.prepare(actor, person, purpose, noticeVersion, answer)
	if err != nil {
		return Consent{}, err
	}
	if err := c.insert(tx, consent); err != nil {
		return Consent{}, err
	}
	return consent, c.log.Append(tx, consent.entry(actor))
}

// Withdraw takes a given consent back. Nothing to withdraw is Conflict
// "consent.none". What was collected under it is deleted by the feature that
// holds it, which calls WithdrawIn in the same transaction.
func (c *Consents) Withdraw(ctx context.Context, actor audit.Actor, person string, purpose vault.Purpose) error {
	current, found, err := c.Current(ctx, person, purpose)
	if err != nil {
		return err
	}
	consent, err := c.withdrawal(actor, person, current, found)
	if err != nil {
		return err
	}
	return c.log.Record(ctx, consent.entry(actor), func(tx *db.Tx) error { return c.insert(tx, consent) })
}

// WithdrawIn is Withdraw inside a transaction that Record opened.
func (c *Consents) WithdrawIn(tx *db.Tx, actor audit.Actor, person string, purpose vault.Purpose) error {
	current, found, err := c.CurrentIn(tx, person, purpose)
	if err != nil {
		return err
	}
	consent, err := c.withdrawal(actor, person, current, found)
	if err != nil {
		return err
	}
	if err := c.insert(tx, consent); err != nil {
		return err
	}
	return c.log.Append(tx, consent.entry(actor))
}

func (c *Consents) withdrawal(actor audit.Actor, person string, current Consent, found bool) (Consent, error) {
	if actor.Kind != audit.KindSeller || actor.ID != person {
		return Consent{}, errs.New(errs.Forbidden, "consent.own")
	}
	if !found || !current.Given() {
		return Consent{}, errs.New(errs.Conflict, "consent.none")
	}
	return current.takenBack(c.clock.Now()), nil
}

// takenBack is the answer that takes this one back.
func (c Consent) takenBack(now time.Time) Consent {
	c.ID, c.Answer, c.At = ids.New("con"), Withdrawn, now
	return c
}

func (c *Consents) prepare(actor audit.Actor, person string, purpose vault.Purpose, version string, answer Answer) (Consent, error) {
	if actor.Kind != audit.KindSeller || actor.ID != person || person == "" {
		return Consent{}, errs.New(errs.Forbidden, "consent.own")
	}
	about, listed := PurposeOf(purpose)
	notice, found := noticeToAnswer(purpose, version)
	if !found || !listed || !about.Offered {
		return Consent{}, errs.New(errs.Conflict, "notice.old")
	}
	return Consent{
		ID: ids.New("con"), Person: person, Purpose: purpose, Modality: about.Modality,
		NoticeVersion: notice.Version, Language: notice.Language, TextHash: notice.Hash(),
		Answer: answer, At: c.clock.Now(),
	}, nil
}

func (c Consent) entry(actor audit.Actor) audit.Entry {
	return audit.Entry{
		Actor: actor, Action: c.action(), Subject: c.subject(),
		Person: c.Person, Purpose: string(c.Purpose),
		Details: map[string]string{"notice": c.NoticeVersion, "text": c.TextHash, "modality": string(c.Modality)},
	}
}

func (c Consent) action() string  { return "consent." + string(c.Answer) }
func (c Consent) subject() string { return "consent:" + c.ID }

// History returns every answer of a person, newest first.
func (c *Consents) History(ctx context.Context, person string) ([]Consent, error) {
	return c.list(ctx, person)
}
