package vault

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/tink-crypto/tink-go/v2/tink"

	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
)

const (
	// messagesPerKey is how many items one key seals before another takes its
	// place: half of what NIST SP 800-38D, 8.3, allows with random nonces.
	messagesPerKey = 1 << 31

	// countedAtOnce is how many messages are counted against a key in one write.
	// A process that ends before it has sealed them wastes the rest.
	countedAtOnce = 1024

	// countsKept bounds what one process remembers of such counts.
	countsKept = 10_000
)

// Keys is the key store: a database apart from the main one, so that a copy of
// the main one holds no keys and what was erased stays erased when an old copy
// is put back.
type Keys struct {
	store   *db.Store
	clock   clock.Clock
	masters *masters
	limit   int64

	mu   sync.Mutex
	left map[string]int64 // messages that are counted and not sealed yet, by key
}

// wrappedKey is a key as the key store has it.
type wrappedKey struct {
	ID       string
	Person   string
	Purpose  Purpose
	Wrapped  []byte
	MasterID string
}

// OpenKeys makes the keys on a migrated key store. Previous master keys are
// needed only while a rotation is under way: they unwrap what is not rewrapped
// yet and wrap nothing. It fails when something is wrapped by a master key that
// is not given, and names that one: a program with the wrong master key must
// not start and collect what nobody could read later.
func OpenKeys(ctx context.Context, store *db.Store, clk clock.Clock, master MasterKey, previous ...MasterKey) (*Keys, error) {
	k := &Keys{store: store, clock: clk, masters: newMasters(master, previous), limit: messagesPerKey, left: map[string]int64{}}
	used, err := masterIDs(store.Reader(ctx))
	if err != nil {
		return nil, err
	}
	for _, id := range used {
		if _, err := k.masters.named(id); err != nil {
			return nil, fmt.Errorf("the master key that is loaded (%s) is not the one that the key store needs (%s): set TRUEPENNY_MASTER_KEY to that one, and TRUEPENNY_MASTER_KEY_PREVIOUS while keys are being rotated", master.ID(), id)
		}
	}
	return k, nil
}

// write is the only door to a transaction on the key store. It has no entry in
// it, because the log is in the other database: whoever changes something that
// concerns a person records it there, before or after.
func (k *Keys) write(ctx context.Context, change func(tx *db.Tx) error) error {
	return k.store.Write(ctx, change)
}

// Secret returns the 32 bytes that the program keeps under a label, such as
// "audit". They are made at the first call, derived from the master key of that
// day, and stay the same when the master key is rotated.
func (k *Keys) Secret(ctx context.Context, label string) ([]byte, error) {
	row, err := readSecret(k.store.Reader(ctx), label)
	if db.IsNotFound(err) {
		if err := k.makeSecret(ctx, label); err != nil {
			return nil, err
		}
		row, err = readSecret(k.store.Reader(ctx), label)
	}
	if err != nil {
		return nil, fmt.Errorf("read secret %s: %w", label, err)
	}
	return k.masters.unwrapSecret(row)
}

func (k *Keys) makeSecret(ctx context.Context, label string) error {
	master := k.masters.wrapping()
	wrapped, err := wrapSecret(master.Derive(label), master, label)
	if err != nil {
		return err
	}
	return k.write(ctx, func(tx *db.Tx) error {
		return insertSecret(tx, secretRow{Label: label, Wrapped: wrapped, MasterID: master.ID()})
	})
}

// forSealing returns the key of a person and purpose with one message counted
// against it, and makes it when it is the first time or the one before is full.
// Two that come at once agree on one.
func (k *Keys) forSealing(ctx context.Context, person string, purpose Purpose) (string, tink.AEAD, error) {
	for range 10 { // each turn somebody else was faster
		found, err := readKeyInUse(k.store.Reader(ctx), person, purpose)
		if db.IsNotFound(err) {
			if err := k.makeKey(ctx, person, purpose); err != nil {
				return "", nil, err
			}
			continue
		}
		if err != nil {
			return "", nil, fmt.Errorf("read vault key: %w", err)
		}
		counted, err := k.count(ctx, found.ID)
		if err != nil {
			return "", nil, err
		}
		if !counted {
			continue
		}
		c, err := k.masters.cipher(found)
		return found.ID, c, err
	}
	return "", nil, errors.New("vault: the key to seal with changes all the time")
}

func (k *Keys) makeKey(ctx context.Context, person string, purpose Purpose) error {
	master := k.masters.wrapping()
	wrapped, err := newKeyset(master, person, purpose)
	if err != nil {
		return err
	}
	fresh := wrappedKey{ID: ids.New("key"), Person: person, Purpose: purpose, Wrapped: wrapped, MasterID: master.ID()}
	counted, made := min(countedAtOnce, k.limit), false
	err = k.write(ctx, func(tx *db.Tx) (err error) {
		made, err = insertKey(tx, fresh, counted, k.clock.Now())
		return err
	})
	if err == nil && made {
		k.mu.Lock()
		defer k.mu.Unlock()
		k.remember(fresh.ID, counted)
	}
	return err
}

// count takes one message from what a key may seal. A key that is full is
// retired, and the answer is no.
func (k *Keys) count(ctx context.Context, keyID string) (bool, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.left[keyID] > 0 {
		k.left[keyID]--
		return true, nil
	}
	more, counted := min(countedAtOnce, k.limit), false
	err := k.write(ctx, func(tx *db.Tx) (err error) {
		counted, err = countSealed(tx, keyID, more, k.limit)
		if err == nil && !counted {
			err = retireKey(tx, keyID, k.clock.Now())
		}
		return err
	})
	if err != nil || !counted {
		return false, err
	}
	k.remember(keyID, more-1)
	return true, nil
}

func (k *Keys) remember(keyID string, left int64) {
	if len(k.left) >= countsKept {
		clear(k.left)
	}
	k.left[keyID] = left
}

// ciphers returns what opens the items. One whose key was destroyed makes it
// fail with NotFound "vault.gone".
func (k *Keys) ciphers(ctx context.Context, items []Item) (map[string]tink.AEAD, error) {
	var wanted []string
	for _, i := range items {
		wanted = append(wanted, i.keyID)
	}
	keys, err := readKeys(k.store.Reader(ctx), wanted)
	if err != nil {
		return nil, err
	}
	out := map[string]tink.AEAD{}
	for _, i := range items {
		key, ok := keys[i.keyID]
		if !ok {
			return nil, errs.New(errs.NotFound, "vault.gone")
		}
		if key.Person != i.Person || key.Purpose != i.Purpose {
			return nil, fmt.Errorf("open %s: its key belongs to another person or purpose", i.ID)
		}
		if out[i.keyID] != nil {
			continue
		}
		if out[i.keyID], err = k.masters.cipher(key); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Count says how many keys there are for a purpose.
type Count struct {
	Purpose   Purpose
	InUse     int
	Retired   int // open what they sealed, and seal nothing more
	Destroyed int
	Waiting   int // not destroyed and wrapped by another master key than the current one
}

// Counts counts the keys by purpose.
func (k *Keys) Counts(ctx context.Context) ([]Count, error) {
	return countKeys(k.store.Reader(ctx), k.masters.wrapping().ID())
}

// DestroyedKey is what stays of a key: that there was one, and until when.
type DestroyedKey struct {
	ID      string
	Purpose Purpose
	At      time.Time
}

// destroy empties the keys of a person and purpose ("" for all) for good and
// returns everything of theirs that was ever destroyed, oldest first.
func (k *Keys) destroy(ctx context.Context, person string, purpose Purpose) ([]DestroyedKey, error) {
	err := k.write(ctx, func(tx *db.Tx) error { return destroyKeys(tx, person, purpose, k.clock.Now()) })
	if err != nil {
		return nil, err
	}
	if err := k.store.Scrub(ctx); err != nil { // not even in the log of changes
		return nil, err
	}
	return readDestroyed(k.store.Reader(ctx), person, purpose)
}
