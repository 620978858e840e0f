package vault

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
)

// RemovedItem is what can be said of an item that is no more. Its hash is of
// the ciphertext: whoever has a copy can see that it is the one, and nothing else.
type RemovedItem struct {
	ID      string
	Purpose Purpose
	SHA256  string // hexadecimal
}

// Remove deletes an item. That it is not there any more is no error. One under
// legal hold stays until the hold ends and its time is over.
func (v *Vault) Remove(tx *db.Tx, itemID string) error {
	item, err := takeItem(tx, itemID)
	if db.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read sealed item: %w", err)
	}
	held, err := v.held(contextOf(tx), tx, item.Person, item.Purpose)
	if err != nil || held {
		return err
	}
	return deleteItem(tx, itemID)
}

// RemoveAll deletes the items of a person and purpose, or of every purpose with
// "", and tells which. What is under legal hold makes it fail with Conflict
// "vault.held".
func (v *Vault) RemoveAll(tx *db.Tx, person string, purpose Purpose) ([]RemovedItem, error) {
	items, err := takeItemsOf(tx, person, purpose)
	if err != nil {
		return nil, err
	}
	asked := map[Purpose]bool{}
	var out []RemovedItem
	for _, item := range items { // one in memory at a time
		if !asked[item.Purpose] {
			if err := v.notHeld(contextOf(tx), tx, person, item.Purpose); err != nil {
				return nil, err
			}
			asked[item.Purpose] = true
		}
		sealed, err := takeSealed(tx, item.ID)
		if err != nil {
			return nil, fmt.Errorf("read sealed item: %w", err)
		}
		sum := sha256.Sum256(sealed.Ciphertext)
		out = append(out, RemovedItem{ID: item.ID, Purpose: item.Purpose, SHA256: hex.EncodeToString(sum[:])})
		if err := deleteItem(tx, item.ID); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// DestroyKeys destroys the keys of a person and purpose, or of every purpose
// with "": from then on nothing that they sealed can be opened, in whichever
// copy of the database. It returns what was ever destroyed of theirs, oldest
// first, and may be called again. It writes to the key store and is not undone
// by anything: never call it inside a transaction. The items are for RemoveAll.
// What is under legal hold is Conflict "vault.held".
func (v *Vault) DestroyKeys(ctx context.Context, person string, purpose Purpose) ([]DestroyedKey, error) {
	wanted := []Purpose{purpose}
	if purpose == "" {
		var err error
		if wanted, err = readPurposes(v.keys.store.Reader(ctx), person); err != nil {
			return nil, err
		}
	}
	for _, p := range wanted {
		if err := v.notHeld(ctx, nil, person, p); err != nil {
			return nil, err
		}
	}
	return v.keys.destroy(ctx, person, purpose)
}

// DestroyAgain destroys those of the keys that are alive, each with its entry,
// and returns how many: they were destroyed before and came back with an old
// copy of the key store.
func (v *Vault) DestroyAgain(ctx context.Context, keyIDs []string) (int, error) {
	n := 0
	for len(keyIDs) > 0 {
		some := keyIDs[:min(keysPage, len(keyIDs))]
		keyIDs = keyIDs[len(some):]
		alive, err := readKeys(v.keys.store.Reader(ctx), some)
		if err != nil {
			return n, err
		}
		for _, k := range alive {
			if err := v.destroyOne(ctx, k.ID, k.Person, k.Purpose); err != nil {
				return n, err
			}
			n++
		}
	}
	return n, nil
}

// destroyOne destroys a key behind its entry: a key that is gone without one
// would be a riddle.
func (v *Vault) destroyOne(ctx context.Context, keyID, person string, purpose Purpose) error {
	entry := audit.Entry{
		Actor: audit.System("retention"), Action: "vault.key-destroyed", Subject: "key:" + keyID,
		Person: person, Purpose: string(purpose),
	}
	if err := v.log.Record(ctx, entry, func(*db.Tx) error { return nil }); err != nil {
		return err
	}
	err := v.keys.write(ctx, func(tx *db.Tx) error { return destroyKey(tx, keyID, v.clock.Now()) })
	if err != nil {
		return fmt.Errorf("destroy key %s: %w", keyID, err)
	}
	return v.keys.store.Scrub(ctx)
}

func (v *Vault) notHeld(ctx context.Context, tx *db.Tx, person string, purpose Purpose) error {
	held, err := v.held(ctx, tx, person, purpose)
	if err == nil && held {
		err = errs.New(errs.Conflict, "vault.held")
	}
	return err
}

// Expire removes the items whose time is over and that nobody holds, each with
// an entry "vault.expired", and returns how many. A job runs it daily.
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
		err := v.log.Record(ctx, entry, func(tx *db.Tx) error {
			held, err := v.held(ctx, tx, item.Person, item.Purpose)
			if err != nil {
				return err
			}
			if held {
				return errNotDue
			}
			return deleteDueItem(tx, item.ID, now.UTC())
		})
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
