package vault

import (
	"context"
	"errors"
	"fmt"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/db"
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

	keyID string
}

// Opened is an item in clear. It must not be written to disk.
type Opened struct {
	Plain []byte
	MIME  string
}

// Vault seals and opens.
type Vault struct {
	store *db.Store
	keys  *Keys
	log   *audit.Log
	clock clock.Clock
	held  Held
}

// Held says whether a person's items of a purpose are under legal hold. The
// transaction is nil outside of one.
type Held func(ctx context.Context, tx *db.Tx, person string, purpose Purpose) (bool, error)

// New makes a vault for the sealed items of a database, with the keys of its
// key store.
func New(store *db.Store, keys *Keys, log *audit.Log, clk clock.Clock) *Vault {
	nothing := func(context.Context, *db.Tx, string, Purpose) (bool, error) { return false, nil }
	return &Vault{store: store, keys: keys, log: log, clock: clk, held: nothing}
}

// Hold lets the vault ask what is under legal hold: that neither expires nor is
// removed, and its keys are not destroyed. To be called before anything else.
func (v *Vault) Hold(held Held) { v.held = held }

// Seal encrypts plain inside the transaction that creates the row it belongs
// to and returns the item's id. The first item of a person and purpose makes
// their key, in the key store at once: a transaction that is rolled back leaves
// a key that sealed nothing. If the key is destroyed before the transaction
// ends, the item can never be opened.
func (v *Vault) Seal(tx *db.Tx, s Sealing, plain []byte) (string, error) {
	if err := s.check(); err != nil {
		return "", err
	}
	keyID, key, err := v.keys.forSealing(contextOf(tx), s.Person, s.Purpose)
	if err != nil {
		return "", err
	}
	item := Item{
		ID: ids.New("itm"), Person: s.Person, Purpose: s.Purpose, Slot: s.Slot, MIME: s.MIME,
		Size: int64(len(plain)), KeepUntil: s.KeepUntil.UTC(), CreatedAt: v.clock.Now(), keyID: keyID,
	}
	sealed, err := key.Encrypt(plain, itemData(item))
	if err != nil {
		return "", fmt.Errorf("seal: %w", err)
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
