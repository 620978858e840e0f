package vault

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
)

// Purpose is why data may be used. The closed list stands in package privacy.
type Purpose string

// Slot is the place a sealed item belongs to: the row and column that point at it.
type Slot struct{ Table, Row, Column string }

// Sealing says whose data is sealed, what for, where it belongs and how long it
// may stay. KeepUntil is required: nothing is kept without an end.
type Sealing struct {
	Person    string // account id
	Purpose   Purpose
	Slot      Slot
	MIME      string
	KeepUntil time.Time
}

// Item is what is known of a sealed item without opening it.
type Item struct {
	ID        string
	Person    string
	Purpose   Purpose
	Slot      Slot
	MIME      string
	Size      int64 // bytes of plaintext
	KeepUntil time.Time
	CreatedAt time.Time
}

// Opened is an item in clear. It must not be written to disk.
type Opened struct {
	Plain []byte
	MIME  string
}

// Vault seals and opens.
type Vault struct {
	store   *db.Store
	log     *audit.Log
	clock   clock.Clock
	masters *masters
}

// New makes a vault on a master key. Previous keys are needed only while a
// rotation is under way: they open what is not rewrapped yet and seal nothing.
func New(store *db.Store, log *audit.Log, clk clock.Clock, master MasterKey, previous ...MasterKey) *Vault {
	return &Vault{store: store, log: log, clock: clk, masters: newMasters(master, previous)}
}

// Seal encrypts plain inside the transaction that creates the row it belongs
// to and returns the item's id. The first item of a person and purpose makes
// their key.
func (v *Vault) Seal(tx *db.Tx, s Sealing, plain []byte) (string, error) {
	if err := s.check(); err != nil {
		return "", err
	}
	key, err := v.keyForSealing(tx, s.Person, s.Purpose)
	if err != nil {
		return "", err
	}
	item := Item{
		ID: ids.New("itm"), Person: s.Person, Purpose: s.Purpose, Slot: s.Slot, MIME: s.MIME,
		Size: int64(len(plain)), KeepUntil: s.KeepUntil.UTC(), CreatedAt: v.clock.Now(),
	}
	sealed, err := v.encrypt(key, item, plain)
	if err != nil {
		return "", err
	}
	return item.ID, insertItem(tx, item, sealed)
}

func (s Sealing) check() error {
	switch {
	case s.Person == "", s.Purpose == "":
		return errors.New("vault: a sealed item needs a person and a purpose")
	case s.Slot.Table == "", s.Slot.Row == "", s.Slot.Column == "":
		return errors.New("vault: a sealed item needs the table, row and column it belongs to")
	case s.MIME == "":
		return errors.New("vault: a sealed item needs a MIME type")
	case s.KeepUntil.IsZero():
		return errors.New("vault: a sealed item needs a time until which it is kept")
	}
	return nil
}

// Open decrypts one item for a purpose. The entry "vault.opened" is in the log
// before the plaintext is returned. A wrong purpose is Forbidden
// "vault.purpose" and logged as "vault.refused"; an item that was removed, has
// expired or whose key was destroyed is NotFound "vault.gone". It must not be
// called inside a write transaction.
func (v *Vault) Open(ctx context.Context, actor audit.Actor, itemID string, purpose Purpose, reason string) (Opened, error) {
	all, err := v.OpenAll(ctx, actor, []string{itemID}, purpose, reason)
	if err != nil {
		return Opened{}, err
	}
	return all[0], nil
}

// OpenAll is Open for several items, all or none, in the order of itemIDs, with
// one entry that counts and names them. They must belong to one person.
func (v *Vault) OpenAll(ctx context.Context, actor audit.Actor, itemIDs []string, purpose Purpose, reason string) ([]Opened, error) {
	if len(itemIDs) == 0 {
		return nil, nil
	}
	sealed, err := v.sealedItems(ctx, itemIDs)
	if err != nil {
		return nil, err
	}
	entry := opening(actor, sealed, purpose, reason)
	for _, s := range sealed {
		if s.Person != sealed[0].Person {
			return nil, errors.New("vault: items of different people are opened one by one")
		}
		if s.Purpose != purpose {
			return nil, v.refuse(ctx, entry)
		}
	}
	opened, err := v.decryptAll(ctx, sealed)
	if err != nil {
		return nil, err
	}
	entry.Action = "vault.opened"
	err = v.log.Record(ctx, entry, func(tx *db.Tx) error {
		return requireItems(tx, itemIDs) // an erasure that came first has the last word
	})
	if err != nil {
		return nil, err
	}
	return opened, nil
}

// refuse logs an attempt under a wrong purpose.
func (v *Vault) refuse(ctx context.Context, entry audit.Entry) error {
	entry.Action = "vault.refused"
	if err := v.log.Record(ctx, entry, func(*db.Tx) error { return nil }); err != nil {
		return err
	}
	return errs.New(errs.Forbidden, "vault.purpose")
}

func opening(actor audit.Actor, sealed []sealedItem, purpose Purpose, reason string) audit.Entry {
	names := make([]string, len(sealed))
	for i, s := range sealed {
		names[i] = s.ID
	}
	first := sealed[0].Item
	return audit.Entry{
		Actor: actor, Subject: "item:" + first.ID, Person: first.Person,
		Purpose: string(purpose), Reason: reason,
		Details: map[string]string{
			"count": strconv.Itoa(len(sealed)), "items": strings.Join(names, " "),
			"table": first.Slot.Table, "row": first.Slot.Row, "column": first.Slot.Column,
		},
	}
}

// Describe lists what is sealed of a person, oldest first, without opening it.
func (v *Vault) Describe(ctx context.Context, person string) ([]Item, error) {
	return itemsOf(v.store.Reader(ctx), person)
}

// KeepUntil moves the end of an item: earlier after a decision, later when the
// person agreed to more.
func (v *Vault) KeepUntil(tx *db.Tx, itemID string, until time.Time) error {
	if until.IsZero() {
		return errors.New("vault: a sealed item needs a time until which it is kept")
	}
	return updateKeepUntil(tx, itemID, until.UTC())
}

// Remove deletes an item. That it is not there any more is no error.
func (v *Vault) Remove(tx *db.Tx, itemID string) error { return deleteItem(tx, itemID) }

// DestroyKey deletes the key of a person and purpose and with it every item it
// sealed; copies of them in a backup of the items alone stay unreadable.
func (v *Vault) DestroyKey(tx *db.Tx, person string, purpose Purpose) error {
	return deleteKey(tx, person, purpose)
}

// Expire removes the items whose time is over, each with an entry
// "vault.expired", and returns how many. A job runs it daily.
func (v *Vault) Expire(ctx context.Context, now time.Time) (int, error) {
	due, err := itemsDue(v.store.Reader(ctx), now.UTC())
	if err != nil {
		return 0, err
	}
	n := 0
	var failed []error
	for _, item := range due {
		entry := audit.Entry{
			Actor: audit.System("retention"), Action: "vault.expired", Subject: "item:" + item.ID,
			Person: item.Person, Purpose: string(item.Purpose),
			Details: map[string]string{"table": item.Slot.Table, "row": item.Slot.Row, "column": item.Slot.Column},
		}
		err := v.log.Record(ctx, entry, func(tx *db.Tx) error { return deleteDueItem(tx, item.ID, now.UTC()) })
		switch {
		case errors.Is(err, errNotDue):
		case err != nil: // one that cannot be removed must not keep the others
			failed = append(failed, fmt.Errorf("expire item %s: %w", item.ID, err))
		default:
			n++
		}
	}
	return n, errors.Join(failed...)
}
