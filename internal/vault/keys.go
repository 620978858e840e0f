package vault

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"

	"github.com/tink-crypto/tink-go/v2/keyset"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
)

// ErrMaster says that a key is wrapped by a master key that is not loaded.
var ErrMaster = errors.New("vault: a key is wrapped by a master key that was not given")

// rewrapBatch is how many keys one transaction of a rotation rewraps.
const rewrapBatch = 100

// masters are the loaded master keys: one that wraps, and all that unwrap.
type masters struct {
	mu      sync.RWMutex
	current MasterKey
	byID    map[string]MasterKey
}

func newMasters(current MasterKey, previous []MasterKey) *masters {
	m := &masters{byID: map[string]MasterKey{}}
	for _, key := range previous {
		m.byID[key.ID()] = key
	}
	m.use(current)
	return m
}

func (m *masters) use(key MasterKey) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.current = key
	m.byID[key.ID()] = key
}

func (m *masters) wrapping() MasterKey {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.current
}

func (m *masters) named(id string) (MasterKey, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	key, ok := m.byID[id]
	if !ok {
		return MasterKey{}, fmt.Errorf("%w (its id is %s)", ErrMaster, id)
	}
	return key, nil
}

// wrappedKey is a row of vault_keys.
type wrappedKey struct {
	Person   string
	Purpose  Purpose
	Wrapped  []byte
	MasterID string
}

func (m *masters) unwrap(w wrappedKey) (*keyset.Handle, error) {
	master, err := m.named(w.MasterID)
	if err != nil {
		return nil, err
	}
	return unwrap(w.Wrapped, master, w.Person, w.Purpose)
}

// keyForSealing returns the key of a person and purpose and makes it when it
// is the first time. Two that come at once agree on one: the second insert
// waits for the first and then changes nothing.
func (v *Vault) keyForSealing(tx *db.Tx, person string, purpose Purpose) (*keyset.Handle, error) {
	found, err := takeKey(tx, person, purpose)
	if db.IsNotFound(err) {
		master := v.masters.wrapping()
		wrapped, err := newKeyset(master, person, purpose)
		if err != nil {
			return nil, err
		}
		fresh := wrappedKey{Person: person, Purpose: purpose, Wrapped: wrapped, MasterID: master.ID()}
		if err := insertKey(tx, fresh, v.clock.Now()); err != nil {
			return nil, err
		}
		found, err = takeKey(tx, person, purpose)
		if err != nil {
			return nil, fmt.Errorf("read vault key: %w", err)
		}
	} else if err != nil {
		return nil, fmt.Errorf("read vault key: %w", err)
	}
	return v.masters.unwrap(found)
}

func (v *Vault) encrypt(key *keyset.Handle, item Item, plain []byte) ([]byte, error) {
	c, err := cipher(key)
	if err != nil {
		return nil, err
	}
	sealed, err := c.Encrypt(plain, itemData(item))
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return sealed, nil
}

// sealedItems reads items in the order asked for; one that is missing or past
// its time makes the whole reading fail.
func (v *Vault) sealedItems(ctx context.Context, itemIDs []string) ([]sealedItem, error) {
	byID, err := readItems(v.store.Reader(ctx), itemIDs)
	if err != nil {
		return nil, err
	}
	now := v.clock.Now()
	out := make([]sealedItem, len(itemIDs))
	for i, id := range itemIDs {
		item, ok := byID[id]
		if !ok || !now.Before(item.KeepUntil) {
			return nil, errs.New(errs.NotFound, "vault.gone")
		}
		out[i] = item
	}
	return out, nil
}

// decryptAll opens items of one person and purpose.
func (v *Vault) decryptAll(ctx context.Context, sealed []sealedItem) ([]Opened, error) {
	wrapped, err := readKey(v.store.Reader(ctx), sealed[0].Person, sealed[0].Purpose)
	if db.IsNotFound(err) {
		return nil, errs.New(errs.NotFound, "vault.gone")
	}
	if err != nil {
		return nil, fmt.Errorf("read vault key: %w", err)
	}
	handle, err := v.masters.unwrap(wrapped)
	if err != nil {
		return nil, err
	}
	c, err := cipher(handle)
	if err != nil {
		return nil, err
	}
	out := make([]Opened, len(sealed))
	for i, s := range sealed {
		plain, err := c.Decrypt(s.Ciphertext, itemData(s.Item))
		if err != nil {
			return nil, fmt.Errorf("open %s: %w", s.ID, err)
		}
		out[i] = Opened{Plain: plain, MIME: s.MIME}
	}
	return out, nil
}

// Rotate makes next the wrapping master key and rewraps every key that another
// one wraps, in small transactions while the program serves; the items
// themselves stay as they are. It can be stopped at any point and started
// again. Other processes must have next loaded before it starts. It returns
// how many keys it rewrapped; afterwards the old master key can be retired.
func (v *Vault) Rotate(ctx context.Context, next MasterKey) (int, error) {
	v.masters.use(next)
	total := 0
	for {
		n := 0
		entry := audit.Entry{
			Actor: audit.System("rotation"), Action: "vault.rewrapped", Subject: "master:" + next.ID(),
			Details: map[string]string{},
		}
		err := v.log.Record(ctx, entry, func(tx *db.Tx) (err error) {
			n, err = v.rewrapSome(tx, next)
			entry.Details["keys"] = strconv.Itoa(n)
			if err == nil && n == 0 {
				return errNothingLeft
			}
			return err
		})
		if errors.Is(err, errNothingLeft) {
			return total, nil
		}
		if err != nil {
			return total, fmt.Errorf("rotate master key after %d keys: %w", total, err)
		}
		total += n
	}
}

// errNothingLeft ends a rotation without an empty entry in the log.
var errNothingLeft = errors.New("vault: nothing left to rewrap")

func (v *Vault) rewrapSome(tx *db.Tx, next MasterKey) (int, error) {
	keys, err := takeKeysNotUnder(tx, next.ID(), rewrapBatch)
	if err != nil {
		return 0, err
	}
	for _, key := range keys {
		handle, err := v.masters.unwrap(key)
		if err != nil {
			return 0, err
		}
		key.Wrapped, err = wrap(handle, next, key.Person, key.Purpose)
		if err != nil {
			return 0, err
		}
		key.MasterID = next.ID()
		if err := updateKey(tx, key); err != nil {
			return 0, err
		}
	}
	return len(keys), nil
}
