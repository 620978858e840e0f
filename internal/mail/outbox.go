package mail

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"strconv"
	"strings"
	"time"
	"unicode"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/config"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
	"truepenny/internal/jobs"
)

const (
	sendJob = "mail.send"

	attempts = 16                  // about eight hours of trying
	kept     = 30 * 24 * time.Hour // that a mail was sent; its text is gone at once
	longest  = 100_000             // bytes of text
)

// Farewell is the kind of the last mail that somebody gets. Nothing of it is kept
// once it was sent, or cannot be: its address belongs to nobody here any more.
const Farewell = "erasure.farewell"

// Message is one mail in plain text to one person.
type Message struct {
	To      string // bare address
	Subject string
	Text    string
	Kind    string // what it is about, such as "account.link"
	Person  string // account id, so that it appears in what is kept of them; may be empty
}

// Outbox takes messages and sees that they leave.
type Outbox struct {
	store  *db.Store
	log    *audit.Log
	queue  *jobs.Queue
	clock  clock.Clock
	server *server // nil: mails are caught
}

// New makes the outbox and registers its job on the queue.
func New(store *db.Store, log *audit.Log, queue *jobs.Queue, clk clock.Clock, settings config.Mail) *Outbox {
	o := &Outbox{store: store, log: log, queue: queue, clock: clk}
	if !settings.Catch {
		o.server = &server{settings: settings}
	}
	queue.Handle(sendJob, o.deliver)
	return o
}

// Send puts a message into the outbox, in the transaction of the change that it
// tells of: when that is rolled back, nobody is told. A wrong address is
// Invalid "mail.address".
func (o *Outbox) Send(tx *db.Tx, m Message) error {
	if err := m.check(); err != nil {
		return err
	}
	row := letterRow{
		ID: ids.New("mail"), Kind: m.Kind, Person: m.Person, Recipient: m.To, Subject: m.Subject,
		Body: m.Text, State: string(queued), CreatedAt: o.clock.Now(),
	}
	if o.server == nil {
		row.State = string(caught)
		return insertLetter(tx, row)
	}
	if err := insertLetter(tx, row); err != nil {
		return err
	}
	_, err := o.queue.Enqueue(tx, sendJob, row.ID, jobs.Options{UniqueKey: sendJob + ":" + row.ID, MaxAttempts: attempts})
	return err
}

// check refuses what could add headers or recipients.
func (m Message) check() error {
	address, err := mail.ParseAddress(m.To)
	if err != nil || address.Name != "" || address.Address != m.To || strings.ContainsFunc(m.To, unicode.IsControl) {
		return errs.New(errs.Invalid, "mail.address")
	}
	switch {
	case m.Subject == "" || m.Text == "" || m.Kind == "":
		return fmt.Errorf("mail: a message needs subject, text and kind")
	case strings.ContainsFunc(m.Subject, unicode.IsControl), strings.ContainsFunc(m.Kind, unicode.IsControl):
		return errs.New(errs.Invalid, "mail.subject")
	case len(m.Text) > longest:
		return errs.New(errs.TooLarge, "mail.text")
	}
	return nil
}

// Caught are the mails that were kept instead of sent, newest first. Empty
// outside development.
func (o *Outbox) Caught(ctx context.Context, limit int) ([]Letter, error) {
	return o.letters(ctx, caught, limit)
}

// deliver sends one message and wipes its text.
func (o *Outbox) deliver(ctx context.Context, j jobs.Job) error {
	var id string
	if err := j.Decode(&id); err != nil {
		return err
	}
	row, err := o.letter(ctx, id)
	if db.IsNotFound(err) || (err == nil && row.State != string(queued)) {
		return nil // erased, or sent by an attempt that died before it could say so
	}
	if err != nil {
		return err
	}
	if o.server == nil {
		return jobs.GiveUp(fmt.Errorf("mail %s was queued for a server, but mails are caught now", id))
	}
	sending := o.server.send(ctx, row.letter())
	if sending == nil {
		return o.settle(ctx, row, sent, "mail.sent", j.Attempt)
	}
	if refusedForGood(sending) || j.Last {
		if err := o.settle(ctx, row, failed, "mail.failed", j.Attempt); err != nil {
			return err
		}
		return jobs.GiveUp(sending)
	}
	return sending
}

func (o *Outbox) settle(ctx context.Context, row letterRow, to state, action string, attempt int) error {
	entry := audit.Entry{
		Actor: audit.System("mail"), Action: action, Subject: "mail:" + row.ID, Person: row.Person,
		Details: map[string]string{"kind": row.Kind, "attempt": strconv.Itoa(attempt)},
	}
	err := o.log.Record(context.WithoutCancel(ctx), entry, func(tx *db.Tx) error {
		if row.Kind == Farewell {
			return forgetLetter(tx, row.ID)
		}
		return closeLetter(tx, row.ID, to, o.clock.Now())
	})
	if errors.Is(err, errClosed) {
		return nil
	}
	return err
}

// Expire deletes what is known of mails older than 30 days and returns how many;
// to be called daily.
func (o *Outbox) Expire(ctx context.Context) (int, error) {
	before := o.clock.Now().Add(-kept)
	if some, err := o.anyBefore(ctx, before); err != nil || !some {
		return 0, err
	}
	n := 0
	entry := audit.Entry{Actor: audit.System("retention"), Action: "mail.expired", Subject: "mail", Details: map[string]string{}}
	err := o.log.Record(ctx, entry, func(tx *db.Tx) (err error) {
		n, err = deleteBefore(tx, before)
		entry.Details["count"] = strconv.Itoa(n)
		return err
	})
	return n, err
}

// OfPerson lists the mails to a person that are still known, newest first. With
// their addresses, the mails of before they had an account are among them.
func (o *Outbox) OfPerson(ctx context.Context, person string, addresses ...string) ([]Letter, error) {
	return o.lettersOf(ctx, person, addresses)
}

// Erase deletes the mails that OfPerson lists, also those not sent yet, and
// returns how many.
func (o *Outbox) Erase(tx *db.Tx, person string, addresses ...string) (int, error) {
	return deleteOf(tx, person, addresses)
}
